"""The studio's first pages: all surveys, one of them, and the files that jobs make."""

from __future__ import annotations

from flask import Blueprint, Response, abort, make_response, redirect, send_file, url_for

from engage import clock
from engage.access.guards import requires
from engage.access.signed_in import staff
from engage.access.staff_pages import staff_page
from engage.audit.events import FileDownloaded, record
from engage.queue import jobs, result_files
from engage.services import services
from engage.studio.home import home
from engage.studio.hub import hub
from engage.studio.overview import own_collector

blueprint = Blueprint("studio", __name__, url_prefix="/staff")

blueprint.add_url_rule("/", "home", home, strict_slashes=False)
blueprint.add_url_rule("/surveys/<slug>", "survey", hub)


@blueprint.get("/collectors/<code>")
@requires("share_surveys")
def collector(code: str) -> Response:
    """The address that a collector's page had before it became a row of the planner."""
    with services().database.reading() as session:
        found = own_collector(session, organisation_id=staff().organisation_id, code=code) or abort(404)
        slug = found.survey.slug
    return make_response(redirect(url_for("sharing.row", slug=slug, code=found.code), 303))


@blueprint.get("/jobs/<name>")
@requires("see_surveys")
def work(name: str) -> Response:
    with services().database.reading() as session:
        job = jobs.find_job(session, organisation_id=staff().organisation_id, name=name) or abort(404)
    if job.kind != "report":
        abort(404)
    page = staff_page(
        "studio/work.html",
        state=jobs.state_of(job),
        job=job,
        files=[(file, result_files.TITLES[file]) for file in result_files.names(services().settings, job)],
    )
    return make_response(page)


@blueprint.get("/jobs/<name>/<file>")
@requires("see_surveys")
def download(name: str, file: str) -> Response:
    who, at = staff(), clock.now()
    with services().database.reading() as session:
        job = jobs.find_job(session, organisation_id=who.organisation_id, name=name) or abort(404)
    if job.kind != "report":
        abort(404)
    if "see_results" not in who.permissions:
        abort(403)
    path = result_files.path_of(services().settings, job, file) or abort(404)
    with services().database.writing() as session:
        event = FileDownloaded(str(job.parameters["survey"]), file)
        record(session, event, organisation_id=who.organisation_id, by=who.email, at=at)
    return send_file(path, as_attachment=True, download_name=f"{job.parameters['survey']}-{file}", max_age=0)
