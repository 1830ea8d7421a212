"""The pages of results. They print what a worker has worked out and never work out anything themselves."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from flask import Blueprint, Response, abort, make_response, redirect, url_for

from engage import clock
from engage.access.forms import StaffForm
from engage.access.guards import requires
from engage.access.signed_in import staff
from engage.access.staff_pages import staff_page
from engage.audit.events import ReportAsked, record
from engage.insight.snapshots import newest_report_job, newest_snapshot
from engage.queue import jobs, result_files
from engage.queue.broker import send
from engage.services import services
from engage.studio.overview import own_survey, survey_line

blueprint = Blueprint("insight", __name__, url_prefix="/staff")


@blueprint.get("/surveys/<slug>/results")
@requires("see_results")
def results(slug: str) -> Response:
    who, settings = staff(), services().settings
    with services().database.reading() as session:
        survey = own_survey(session, organisation_id=who.organisation_id, slug=slug) or abort(404)
        line = survey_line(session, survey=survey, at=clock.now())
        snapshot = newest_snapshot(session, survey=survey)
        asked = newest_report_job(session, survey=survey)
        made = newest_report_job(session, survey=survey, finished=True)
    page = staff_page(
        "insight/results.html",
        survey=line,
        state=jobs.state_of(asked) if asked else None,
        asked=asked,
        made_at=snapshot.made_at.astimezone(ZoneInfo(settings.time_zone)) if snapshot else None,
        figures=snapshot.document["page"] if snapshot else None,
        files=[(made, name, result_files.TITLES[name]) for name in result_files.names(settings, made)] if made else [],
        form=StaffForm(formdata=None) if "make_reports" in who.permissions else None,
    )
    return make_response(page)


@blueprint.post("/surveys/<slug>/results/new")
@requires("make_reports")
def new_report(slug: str) -> Response:
    who, at = staff(), clock.now()
    if not StaffForm().is_sent():
        abort(400)
    with services().database.writing() as session:
        survey = own_survey(session, organisation_id=who.organisation_id, slug=slug) or abort(404)
        job = jobs.ask(
            session,
            organisation_id=who.organisation_id,
            kind="report",
            parameters={"survey": survey.slug},
            by=who.email,
            at=at,
        )
        if job.asked_at == at:
            record(session, ReportAsked(slug), organisation_id=who.organisation_id, by=who.email, at=at)
        job_id = job.id
    send(services().settings, job_id)
    return make_response(redirect(url_for("insight.results", slug=slug), 303))
