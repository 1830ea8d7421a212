"""Questionnaire files in the studio: the same files as the command line's, taken in and given out."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, abort, make_response, redirect, request, url_for
from flask_wtf.file import FileField
from wtforms import SelectField

from engage import clock
from engage.access.forms import StaffForm
from engage.access.guards import requires
from engage.access.signed_in import staff
from engage.access.staff_pages import staff_page
from engage.audit.events import QuestionnaireReplaced, SurveyBegun, record
from engage.services import services
from engage.studio.home_lines import survey_titles
from engage.studio.opening import open_design
from engage.studio.uploads import allow_upload, uploaded
from surveys.designing import Content, new_design, save_design
from surveys.editions import without_sources
from surveys.questionnaire import Questionnaire
from surveys.questionnaire_file import MOST_BYTES, Fault, QuestionnaireFaults, blank_texts, read_unfinished, to_yaml
from surveys.storage import tables

blueprint = Blueprint("questionnaire_files", __name__, url_prefix="/staff")

NEW = ""


class UploadForm(StaffForm):
    file = FileField("Questionnaire file")
    survey = SelectField("What shall it become?", default=NEW)


@blueprint.route("/upload-questionnaire", methods=["GET", "POST"])
@requires("design_surveys")
def upload() -> Response:
    """A new survey from a file, or the file in the place of a survey's design, which undoing brings back."""
    readable = allow_upload(MOST_BYTES)
    who = staff()
    with services().database.reading() as session:
        own = survey_titles(session, organisation_id=who.organisation_id)
    form = UploadForm() if readable else UploadForm(formdata=None)
    form.survey.choices = {NEW: "A new survey"} | {slug: f"Replace: {title}" for slug, title in own}
    if request.method == "GET" and request.args.get("survey") in {slug for slug, _ in own}:
        form.survey.data = request.args["survey"]
    if not readable:
        return _page(
            form, "The file has more than 1 MB. A questionnaire is much smaller: check that it is the right file."
        )
    if not form.is_sent():
        return _page(form)
    given = uploaded(form.file.data)
    if given is None:
        return _page(form, "Choose the questionnaire file on your computer")
    name, content = given
    try:
        questionnaire = read_unfinished(content, is_json=name.lower().endswith(".json"))
    except QuestionnaireFaults as refused:
        return _page(form, "The file has faults. Put right what is listed below and upload it again", refused.faults)
    slug = form.survey.data or _begin(questionnaire, name)
    if form.survey.data:
        _put_in_place(slug, questionnaire, name)
    return make_response(redirect(url_for("studio.survey", slug=slug), 303))


@blueprint.get("/surveys/<slug>/questionnaire.yaml")
@requires("design_surveys")
def download(slug: str) -> Response:
    """The design as a file; where it is not finished, its first lines say what is blank."""
    questionnaire = open_design(slug).design.questionnaire
    blanks = blank_texts(questionnaire)
    told = "".join(f"#   {place}\n" for place in blanks)
    head = f"# This questionnaire is not finished. These texts are blank:\n{told}" if blanks else ""
    response = Response(head + to_yaml(questionnaire), content_type="application/yaml; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}.yaml"'
    return response


def _page(form: UploadForm, problem: str = "", faults: tuple[Fault, ...] = ()) -> Response:
    # The chosen file itself cannot be kept: browsers never send a file twice by themselves.
    form.file.errors = [problem] if problem else []
    errors = {"file": problem} if problem else {name: found[0] for name, found in form.errors.items() if name and found}
    page = staff_page("studio/upload_questionnaire.html", form=form, errors=errors, faults=faults)
    return make_response(page, 422 if errors else 200)


def _begin(questionnaire: Questionnaire, file: str) -> str:
    who, at = staff(), clock.now()
    with services().database.writing() as session:
        organisation = session.get(tables.Organisation, who.organisation_id) or abort(404)
        design = new_design(
            session,
            organisation=organisation,
            questionnaire=questionnaire,
            change=f"Taken from the file {file}"[:200],
            at=at,
            by=who.email,
        )
        slug = design.questionnaire.slug
        record(session, SurveyBegun(slug, f"file {file}"), organisation_id=who.organisation_id, by=who.email, at=at)
    return slug


def _put_in_place(slug: str, questionnaire: Questionnaire, file: str) -> None:
    opened = open_design(slug)
    who, at = staff(), clock.now()
    with services().database.writing() as session:
        save_design(
            session,
            survey=session.merge(opened.survey, load=False),
            seen=opened.design.revision,
            # Whatever was there stays in the history, so nothing can be overtaken.
            part=lambda content: None,
            change=lambda content: Content(replace(questionnaire, slug=slug), without_sources(content.preparation)),
            says=f"Replaced by the file {file}",
            at=at,
            by=who.email,
        )
        record(session, QuestionnaireReplaced(slug, file), organisation_id=who.organisation_id, by=who.email, at=at)
