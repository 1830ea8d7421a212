"""The studio's pages: surveys, their collectors, posters and leaflets, and answers that do not belong."""

from __future__ import annotations

from flask import Blueprint, Response, abort, make_response, redirect, send_file, url_for

from engage import clock
from engage.access.guards import requires
from engage.access.signed_in import staff
from engage.access.staff_pages import staff_page
from engage.audit.events import FileDownloaded, record
from engage.queue import jobs, result_files
from engage.queue.broker import send
from engage.services import services
from engage.studio.forms import PRINTED, PrintForm
from engage.studio.overview import collector_lines, own_collector, own_survey, own_surveys, survey_line

blueprint = Blueprint("studio", __name__, url_prefix="/staff")

# A poster takes about two seconds, so whoever asks for one mostly gets it as the answer to the button.
WAIT_FOR_PRINTING = 8.0


@blueprint.get("/", strict_slashes=False)
@requires("see_surveys")
def home() -> str:
    who, at = staff(), clock.now()
    with services().database.reading() as session:
        surveys = own_surveys(session, organisation_id=who.organisation_id)
        lines = [survey_line(session, survey=survey, at=at) for survey in surveys]
    return staff_page("studio/home.html", surveys=lines)


@blueprint.get("/surveys/<slug>")
@requires("see_surveys")
def survey(slug: str) -> str:
    who = staff()
    with services().database.reading() as session:
        found = own_survey(session, organisation_id=who.organisation_id, slug=slug) or abort(404)
        line = survey_line(session, survey=found, at=clock.now())
        collectors = collector_lines(session, survey=found)
    return staff_page(
        "studio/survey.html",
        survey=line,
        collectors=collectors,
        base_url=services().settings.base_url,
        may=who.permissions,
    )


@blueprint.route("/collectors/<code>", methods=["GET", "POST"])
@requires("make_posters")
def collector(code: str) -> Response:
    form = PrintForm()
    who, settings, database = staff(), services().settings, services().database
    with database.reading() as session:
        found = own_collector(session, organisation_id=who.organisation_id, code=code) or abort(404)
        line = survey_line(session, survey=found.survey, at=clock.now())
        session.expunge_all()
    if not form.is_sent():
        errors = {"what-0": form.what.errors[0]} if form.what.errors else {}
        page = staff_page(
            "studio/collector.html",
            form=form,
            errors=errors,
            collector=found,
            survey=line,
            address=f"{settings.base_url}/{found.code}",
        )
        return make_response(page, 422 if errors else 200)
    with database.writing() as session:
        job = jobs.ask(
            session,
            organisation_id=who.organisation_id,
            kind="printing",
            parameters={"collector_id": found.id, "survey": line.slug, "what": form.what.data},
            by=who.email,
            at=clock.now(),
        )
        job_id, name = job.id, job.result_path
    send(settings, job_id)
    jobs.wait_until_over(database, job_id=job_id, seconds=WAIT_FOR_PRINTING)
    return make_response(redirect(url_for("studio.work", name=name), 303))


@blueprint.get("/jobs/<name>")
@requires("see_surveys")
def work(name: str) -> Response:
    with services().database.reading() as session:
        job = jobs.find_job(session, organisation_id=staff().organisation_id, name=name) or abort(404)
    page = staff_page(
        "studio/work.html",
        state=jobs.state_of(job),
        job=job,
        what=PRINTED.get(job.parameters.get("what", ""), "Report"),
        files=[(file, result_files.TITLES[file]) for file in result_files.names(services().settings, job)],
    )
    return make_response(page)


@blueprint.get("/jobs/<name>/<file>")
@requires("see_surveys")
def download(name: str, file: str) -> Response:
    who, at = staff(), clock.now()
    with services().database.reading() as session:
        job = jobs.find_job(session, organisation_id=who.organisation_id, name=name) or abort(404)
    path = result_files.path_of(services().settings, job, file) or abort(404)
    if job.kind == "report":
        if "see_results" not in who.permissions:
            abort(403)
        with services().database.writing() as session:
            event = FileDownloaded(str(job.parameters["survey"]), file)
            record(session, event, organisation_id=who.organisation_id, by=who.email, at=at)
    slug = job.parameters.get("survey", "engage")
    return send_file(path, as_attachment=True, download_name=f"{slug}-{file}", max_age=0)
