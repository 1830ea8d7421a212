"""Asking for suggested codes, and how well they are suggested."""

from __future__ import annotations

from flask import Blueprint, Response, abort, make_response, redirect, url_for
from sqlalchemy.orm import Session

from engage import clock
from engage.access.forms import StaffForm
from engage.access.guards import requires
from engage.access.signed_in import staff
from engage.access.staff_pages import staff_page
from engage.audit.coding_events import SuggestionsAsked
from engage.insight.coding.frames import record_coding
from engage.insight.coding.opening import OpenedFrame, open_frame
from engage.insight.suggestions.installed import HOW_TO_INSTALL, is_installed
from engage.insight.suggestions.standing import newest_job, suggested_in_figures, suggested_in_words
from engage.queue import jobs
from engage.queue.broker import send
from engage.services import services
from surveys.coding.agreement import two_places
from surveys.coding.frames import live_codes
from surveys.coding.suggestions_kept import suggestion_model
from surveys.coding.to_code import progress, whole
from surveys.storage import tables

blueprint = Blueprint("suggestions", __name__, url_prefix="/staff/surveys/<slug>/coding/<int:frame_id>/suggestions")

# A few hundred comments are learned within seconds, so whoever asks mostly gets the result as the answer.
WAIT = 6.0


@blueprint.get("")
@requires("code_comments")
def show(slug: str, frame_id: int) -> Response:
    """What was suggested last, how well each code is suggested, and a button to ask again."""
    with services().database.reading() as session:
        opened = open_frame(session, slug, frame_id)
        model = suggestion_model(session, frame_id=frame_id)
        codes = live_codes(session, frame_id=frame_id)
        far = whole(progress(session, frame=opened.frame))
        job = _job(session, opened)
        session.expunge_all()
    page = staff_page(
        "insight/suggestions.html",
        opened=opened,
        model=model,
        lines=suggested_in_words(model, codes) if model else (),
        figures=suggested_in_figures(model, codes) if model else (),
        two_places=two_places,
        is_stale=model is not None and model.quality["frame_version"] != opened.frame.version,
        far=far,
        job=job,
        state=jobs.state_of(job) if job else None,
        missing=None if is_installed() else HOW_TO_INSTALL,
        form=StaffForm(formdata=None),
    )
    return make_response(page)


@blueprint.post("")
@requires("code_comments")
def ask(slug: str, frame_id: int) -> Response:
    """Have codes suggested by a worker."""
    if not StaffForm().is_sent():
        abort(400)
    if not is_installed():
        abort(409)
    who, at, database = staff(), clock.now(), services().database
    with database.writing() as session:
        open_frame(session, slug, frame_id)
        parameters = {"survey": slug, "frame": frame_id}
        job = jobs.ask(
            session,
            organisation_id=who.organisation_id,
            kind="suggestions",
            parameters=parameters,
            by=who.email,
            at=at,
        )
        if job.asked_at == at:
            record_coding(session, SuggestionsAsked(slug, frame_id))
        job_id = job.id
    send(services().settings, job_id)
    jobs.wait_until_over(database, job_id=job_id, seconds=WAIT)
    return _back(slug, frame_id)


@blueprint.post("/stop")
@requires("code_comments")
def stop(slug: str, frame_id: int) -> Response:
    """Stop the work; what was suggested before stays."""
    if not StaffForm().is_sent():
        abort(400)
    with services().database.writing() as session:
        job = _job(session, open_frame(session, slug, frame_id))
        if job is not None:
            jobs.fail(session, job_id=job.id, message=jobs.STOPPED, at=clock.now())
    return _back(slug, frame_id)


def _job(session: Session, opened: OpenedFrame) -> tables.Job | None:
    return newest_job(session, survey=opened.survey, frame_id=opened.frame.id)


def _back(slug: str, frame_id: int) -> Response:
    return make_response(redirect(url_for("suggestions.show", slug=slug, frame_id=frame_id), 303))
