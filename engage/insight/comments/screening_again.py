"""Screening a survey's comments again at once: asking for it, watching it, stopping it."""

from __future__ import annotations

from flask import Response, abort, make_response, redirect, url_for
from sqlalchemy.orm import Session

from engage import clock
from engage.access.forms import StaffForm
from engage.access.guards import requires
from engage.access.signed_in import staff
from engage.access.staff_pages import staff_page
from engage.audit.recording import record
from engage.audit.triage_events import ScreeningAsked, ScreeningStopped
from engage.insight.comments.opening import OpenedSurvey, open_survey
from engage.queue import jobs
from engage.queue.broker import send
from engage.services import services
from surveys.storage import tables

KIND = "screening"


@requires("sort_comments")
def ask(slug: str) -> Response:
    """Ask a worker to screen every comment that the rules in force have not seen."""
    who, at = staff(), clock.now()
    if not StaffForm().is_sent():
        abort(400)
    with services().database.writing() as session:
        opened = open_survey(session, slug)
        job = jobs.ask(
            session,
            organisation_id=who.organisation_id,
            kind=KIND,
            parameters={"survey": opened.survey.slug},
            by=who.email,
            at=at,
        )
        if job.asked_at == at:
            record(session, ScreeningAsked(slug), organisation_id=who.organisation_id, by=who.email, at=at)
        job_id, name = job.id, job.result_path
    send(services().settings, job_id)
    return make_response(redirect(url_for("comments.progress", slug=slug, name=name), 303))


@requires("sort_comments")
def progress(slug: str, name: str) -> Response:
    """How far the work is. The page can be left and opened again."""
    with services().database.reading() as session:
        opened, job = _own_job(session, slug, name)
        session.expunge_all()
    page = staff_page(
        "insight/comments/screening.html",
        survey=opened.survey,
        title=opened.title,
        job=job,
        state=jobs.state_of(job),
        form=StaffForm(formdata=None),
    )
    return make_response(page)


@requires("sort_comments")
def stop(slug: str, name: str) -> Response:
    """Stop the work after the comments that are being screened; what is screened stays so."""
    who, at = staff(), clock.now()
    if not StaffForm().is_sent():
        abort(400)
    with services().database.writing() as session:
        _, job = _own_job(session, slug, name)
        if jobs.state_of(job) in ("asked", "started"):
            jobs.fail(session, job_id=job.id, message=jobs.STOPPED, at=at)
            record(session, ScreeningStopped(slug), organisation_id=who.organisation_id, by=who.email, at=at)
    return make_response(redirect(url_for("comments.progress", slug=slug, name=name), 303))


def _own_job(session: Session, slug: str, name: str) -> tuple[OpenedSurvey, tables.Job]:
    opened = open_survey(session, slug)
    job = jobs.find_job(session, organisation_id=staff().organisation_id, name=name)
    if job is None or job.kind != KIND or job.parameters["survey"] != slug:
        abort(404)
    return opened, job
