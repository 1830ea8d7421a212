"""Drawing a sample for a second coder, and how far it is."""

from __future__ import annotations

from flask import Blueprint, Response, abort, make_response, redirect, url_for
from sqlalchemy.orm import Session
from wtforms import SelectField
from wtforms.validators import InputRequired

from engage import clock
from engage.access.forms import StaffForm
from engage.access.guards import requires
from engage.access.signed_in import staff
from engage.access.staff_pages import staff_page
from engage.audit.coding_events import CodingSampleDrawn, CodingSampleEnded
from engage.insight.agreement.coders import possible_coders
from engage.insight.coding.frames import record_coding
from engage.insight.coding.opening import open_frame
from engage.services import services
from surveys.coding.drawing import (
    SampleRefused,
    draw_sample,
    end_sample,
    leave_out_lost,
    open_sample,
    sample_size,
    sample_standing,
    sample_standings,
)
from surveys.coding.to_code import progress, whole
from surveys.storage import tables

blueprint = Blueprint("agreement", __name__, url_prefix="/staff/surveys/<slug>/coding/<int:frame_id>/second-coder")

_CHOOSE = "Choose who shall code the comments a second time"


class DrawForm(StaffForm):
    """``coder`` gets its choices from the organisation's accounts."""

    coder = SelectField("Who codes them a second time?", [InputRequired(_CHOOSE)])


@blueprint.get("")
@requires("code_comments")
def show(slug: str, frame_id: int) -> Response:
    """The sample that is being coded, or a form to draw one, and the samples that are finished."""
    return _page(slug, frame_id, DrawForm(formdata=None))


@blueprint.post("")
@requires("code_comments")
def draw(slug: str, frame_id: int) -> Response:
    form = DrawForm()
    with services().database.reading() as session:
        _offer(session, form)
    if not form.is_sent():
        return _page(slug, frame_id, form, {"coder": _CHOOSE})
    coder = str(form.coder.data)
    try:
        with services().database.writing() as session:
            frame = open_frame(session, slug, frame_id).frame
            sample = draw_sample(session, frame=frame, coder=coder, by=staff().email, at=clock.now())
            comments = sample_standing(session, sample=sample).comments
            record_coding(session, CodingSampleDrawn(slug, frame_id, sample.round, coder, comments))
    except SampleRefused as refused:
        return _page(slug, frame_id, form, {"coder": str(refused)})
    return _back(slug, frame_id)


@blueprint.post("/leave-out")
@requires("code_comments")
def leave_out(slug: str, frame_id: int) -> Response:
    """Go on without comments that can no longer be coded."""
    with services().database.writing() as session:
        leave_out_lost(session, sample=_sent_about_open_sample(session, slug, frame_id))
    return _back(slug, frame_id)


@blueprint.post("/end")
@requires("code_comments")
def end(slug: str, frame_id: int) -> Response:
    """Give the sample up that is being coded."""
    with services().database.writing() as session:
        sample = _sent_about_open_sample(session, slug, frame_id)
        coded = sample_standing(session, sample=sample).coded
        event = CodingSampleEnded(slug, frame_id, sample.round, coded)
        end_sample(session, sample=sample)
        record_coding(session, event)
    return _back(slug, frame_id)


def _sent_about_open_sample(session: Session, slug: str, frame_id: int) -> tables.CodingSample:
    if not StaffForm().is_sent():
        abort(400)
    frame = open_frame(session, slug, frame_id, in_sample=True).frame
    # Somebody else may have ended it, or coded its last comment, since the page was read.
    return open_sample(session, frame_id=frame.id) or abort(409)


def _page(slug: str, frame_id: int, form: DrawForm, errors: dict[str, str] | None = None) -> Response:
    with services().database.reading() as session:
        opened = open_frame(session, slug, frame_id, in_sample=True)
        _offer(session, form)
        standings = sample_standings(session, frame_id=frame_id)
        coded = whole(progress(session, frame=opened.frame)).coded
        session.expunge_all()
    at_work = next((one for one in standings if one.finished_at is None), None)
    own = at_work is not None and at_work.sample.coder == staff().email
    page = staff_page(
        "insight/agreement/samples.html",
        opened=opened,
        form=form,
        button=StaffForm(formdata=None),
        errors=errors or {},
        at_work=at_work,
        own=own,
        # Whoever codes blind sees no earlier sample either: the same comment may be in it.
        finished=[] if own else [one for one in standings if one.finished_at is not None],
        coded=coded,
        drawn=sample_size(coded),
    )
    return make_response(page, 422 if errors else 200)


def _offer(session: Session, form: DrawForm) -> None:
    coders = possible_coders(session, organisation_id=staff().organisation_id)
    form.coder.choices = [("", "Choose somebody"), *coders.items()]


def _back(slug: str, frame_id: int) -> Response:
    return make_response(redirect(url_for("agreement.show", slug=slug, frame_id=frame_id), 303))
