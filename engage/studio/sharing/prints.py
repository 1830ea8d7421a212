"""Asking for prints of many rows at once, watching them being made, and taking them away."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from flask import Blueprint, Response, abort, make_response, redirect, request, send_file, url_for

from engage import clock
from engage.access.forms import StaffForm
from engage.access.guards import requires
from engage.access.signed_in import staff
from engage.access.staff_pages import staff_page
from engage.audit.events import PrintsAsked, record
from engage.languages import own_name
from engage.queue import jobs, result_files
from engage.queue.broker import send
from engage.services import services
from engage.studio.overview import own_survey, survey_line
from engage.studio.sharing.forms import PrintForm
from engage.studio.sharing.rows import Shared, newest_printing, what_is_shared
from surveys.collectors import collectors_of
from surveys.print_plan import CONTENTS, KINDS, MANY_FILES, Piece, Row, pieces
from surveys.storage import tables

blueprint = Blueprint("sharing_prints", __name__, url_prefix="/staff/surveys/<slug>/share/print")

# A print takes under a second or two, so whoever asks for a few mostly gets them as the answer to the button.
WAIT_FOR_PRINTING = 6.0


@blueprint.route("", methods=["GET", "POST"])
@requires("share_surveys")
def choose(slug: str) -> Response:
    """Which prints, in which languages, for which rows."""
    who, at, database = staff(), clock.now(), services().database
    with database.reading() as session:
        survey = own_survey(session, organisation_id=who.organisation_id, slug=slug) or abort(404)
        line = survey_line(session, survey=survey, at=at)
        shared = what_is_shared(session, survey=survey)
        rows = _rows(collectors_of(session, survey=survey), shared)
        before = newest_printing(session, survey=survey)
        session.expunge_all()
    only = [row.code for row in rows if row.code == request.args.get("row", "").upper()]
    form = PrintForm(data={"kinds": PrintForm.usual(), "which": "some" if only else "all", "rows": only,
                           "languages": list(shared.languages)})  # fmt: skip
    form.languages.choices = {language: own_name(language) for language in shared.languages}
    form.rows.choices = {row.code: " ".join(filter(None, (row.name, row.place, f"({row.code})"))) for row in rows}
    complete = form.is_sent()
    planned = _planned(form, rows)
    many = len(planned) > MANY_FILES
    if complete and planned and shared.is_published and (form.sure.data or not many):
        return _ask(slug, form, planned)
    errors = {name: found[0] for name, found in form.errors.items() if name and found}
    if complete and not planned:
        errors["languages"] = "No row is printed in these languages. Choose another language"
    page = staff_page(
        "studio/sharing/print.html",
        form=form,
        errors=errors,
        survey=line,
        shared=shared,
        rows=rows,
        planned=len(planned),
        many=many,
        most=MANY_FILES,
        before=before,
        before_state=jobs.state_of(before) if before else None,
    )
    return make_response(page, 422 if errors or (complete and many) else 200)


def _ask(slug: str, form: PrintForm, planned: tuple[Piece, ...]) -> Response:
    who, at, settings, database = staff(), clock.now(), services().settings, services().database
    with database.writing() as session:
        job = jobs.ask(
            session,
            organisation_id=who.organisation_id,
            kind="printing",
            parameters={
                "survey": slug,
                "codes": list(dict.fromkeys(piece.row.code for piece in planned)),
                "kinds": list(form.kinds.data or ()),
                "languages": list(form.languages.data or ()),
                "files": len(planned),
            },
            by=who.email,
            at=at,
        )
        if job.asked_at == at:
            event = PrintsAsked(slug, len(planned))
            record(session, event, organisation_id=who.organisation_id, by=who.email, at=at)
        job_id, name = job.id, job.result_path
    send(settings, job_id)
    jobs.wait_until_over(database, job_id=job_id, seconds=WAIT_FOR_PRINTING)
    return make_response(redirect(url_for("sharing_prints.made", slug=slug, name=name), 303))


@blueprint.get("/<name>")
@requires("share_surveys")
def made(slug: str, name: str) -> Response:
    """How far the work is, and its files once it is done. The page can be left and opened again."""
    line, job = _own_job(slug, name)
    done = round(job.progress * job.parameters["files"])
    page = staff_page(
        "studio/sharing/made.html",
        form=StaffForm(),
        survey=line,
        job=job,
        state=jobs.state_of(job),
        done=done,
        files=[file for file in _names(job) if file != CONTENTS],
        kinds=KINDS,
    )
    return make_response(page)


@blueprint.post("/<name>/stop")
@requires("share_surveys")
def stop(slug: str, name: str) -> Response:
    """Stop the work after the print that is being made."""
    _, job = _own_job(slug, name)
    if not StaffForm().is_sent():
        abort(400)
    with services().database.writing() as session:
        jobs.fail(session, job_id=job.id, message=jobs.STOPPED, at=clock.now())
    return make_response(redirect(url_for("sharing_prints.made", slug=slug, name=name), 303))


@blueprint.get("/<name>/<file>")
@requires("share_surveys")
def file(slug: str, name: str, file: str) -> Response:
    """The zip file, or one of the files in it."""
    _, job = _own_job(slug, name)
    path = result_files.path_of(services().settings, job, result_files.PRINTS) or abort(404)
    if file == result_files.PRINTS:
        return send_file(path, as_attachment=True, download_name=f"{slug}-prints.zip", max_age=0)
    if file not in _names(job):
        abort(404)
    with zipfile.ZipFile(path) as bundle:
        content = bundle.read(file)
    return send_file(io.BytesIO(content), as_attachment=True, download_name=file, max_age=0)


def _own_job(slug: str, name: str) -> tuple[Any, tables.Job]:
    who = staff()
    with services().database.reading() as session:
        survey = own_survey(session, organisation_id=who.organisation_id, slug=slug) or abort(404)
        job = jobs.find_job(session, organisation_id=who.organisation_id, name=name)
        if job is None or job.kind != "printing" or job.parameters["survey"] != slug:
            abort(404)
        line = survey_line(session, survey=survey, at=clock.now())
        session.expunge_all()
    return line, job


def _names(job: tables.Job) -> list[str]:
    path = result_files.path_of(services().settings, job, result_files.PRINTS)
    if path is None:
        return []
    with zipfile.ZipFile(path) as bundle:
        return bundle.namelist()


def _rows(collectors: list[tables.Collector], shared: Shared) -> list[Row]:
    """The rows that take answers; one that is meant for an edition that is not there is printed like any other."""
    return [
        Row(one.code, one.name, one.place, one.language if one.language in shared.languages else None)
        for one in collectors
        if one.stopped_at is None
    ]


def _planned(form: PrintForm, rows: list[Row]) -> tuple[Piece, ...]:
    chosen = rows if form.which.data == "all" else [row for row in rows if row.code in (form.rows.data or ())]
    return pieces(chosen, languages=form.languages.data or (), kinds=form.kinds.data or ())
