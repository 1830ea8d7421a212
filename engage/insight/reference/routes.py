"""A survey's reference population: what was read, a new file in its place, an empty file, and its removal."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, abort, make_response, redirect, url_for
from flask_wtf.file import FileField
from sqlalchemy.orm import Session

from engage import clock
from engage.access.forms import StaffForm
from engage.access.guards import requires
from engage.access.signed_in import staff
from engage.access.staff_pages import staff_page
from engage.audit.events import Event, ReferencePopulationGiven, ReferencePopulationRemoved, record
from engage.services import services
from engage.studio.overview import own_survey, survey_line
from engage.studio.uploads import allow_upload, uploaded
from surveys.reference_population import (
    MOST_BYTES,
    Fault,
    ReferenceFaults,
    equality_fields,
    fields_of,
    find_reference,
    put_reference,
    read_reference,
    remove_reference,
    template,
)
from surveys.storage import tables

blueprint = Blueprint("reference", __name__, url_prefix="/staff/surveys/<slug>/reference")


class ReferenceForm(StaffForm):
    file = FileField("Reference population (CSV)")


@blueprint.route("", methods=["GET", "POST"])
@requires("make_reports")
def page(slug: str) -> Response:
    """What is kept as tables; a file that is sent is read, and kept where it has no faults."""
    readable = allow_upload(MOST_BYTES)
    form = ReferenceForm() if readable else ReferenceForm(formdata=None)
    if not readable:
        return _page(slug, form, "The file has more than 256 KB. Check that it is the right file")
    if not form.is_sent():
        return _page(slug, form)
    given = uploaded(form.file.data)
    if given is None:
        return _page(slug, form, "Choose the file on your computer")
    name, content = given
    who, at = staff(), clock.now()
    try:
        with services().database.writing() as session:
            survey = _survey(session, slug)
            population = read_reference(content, fields_of(session, survey=survey))
            put_reference(session, survey=survey, population=population, file_name=name, at=at, by=who.email)
            _note(session, ReferencePopulationGiven(slug, name))
    except ReferenceFaults as refused:
        return _page(
            slug, form, "The file has faults. Put right what is listed below and upload it again", refused.faults
        )
    return make_response(redirect(url_for("reference.page", slug=slug), 303))


@blueprint.post("/remove")
@requires("make_reports")
def remove(slug: str) -> Response:
    if not StaffForm().is_sent():
        abort(400)
    with services().database.writing() as session:
        if remove_reference(session, survey=_survey(session, slug)):
            _note(session, ReferencePopulationRemoved(slug))
    return make_response(redirect(url_for("reference.page", slug=slug), 303))


@blueprint.get("/template.csv")
@requires("make_reports")
def empty_file(slug: str) -> Response:
    """An empty file for the questions about the person that this survey asks."""
    with services().database.reading() as session:
        text = template(equality_fields(session, survey=_survey(session, slug)))
    # Spreadsheet programs take a file for UTF-8 only where it begins with this mark.
    response = Response("\ufeff" + text, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}-reference.csv"'
    return response


def _page(slug: str, form: ReferenceForm, problem: str = "", faults: Sequence[Fault] = ()) -> Response:
    form.file.errors = [problem] if problem else []
    with services().database.reading() as session:
        survey = _survey(session, slug)
        line = survey_line(session, survey=survey, at=clock.now())
        kept = find_reference(session, survey=survey)
        fields = fields_of(session, survey=survey)
        asked = equality_fields(session, survey=survey)
    shown = staff_page(
        "insight/reference/page.html",
        survey=line,
        form=form,
        errors={"file": problem} if problem else {},
        faults=faults,
        kept=kept,
        given_at=kept.given_at.astimezone(ZoneInfo(services().settings.time_zone)) if kept else None,
        fields={field.id: field for field in fields},
        asked=asked,
        remove=StaffForm(formdata=None),
    )
    return make_response(shown, 422 if problem else 200)


def _survey(session: Session, slug: str) -> tables.Survey:
    return own_survey(session, organisation_id=staff().organisation_id, slug=slug) or abort(404)


def _note(session: Session, event: Event) -> None:
    record(session, event, organisation_id=staff().organisation_id, by=staff().email, at=clock.now())
