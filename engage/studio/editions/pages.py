"""A survey's languages: adding, removing, what happens while one is out of date, and who signs it off."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, abort, make_response, redirect

from engage import clock
from engage.access.guards import requires
from engage.access.signed_in import staff
from engage.access.staff_pages import staff_page
from engage.audit.events import EditionSignedOff, record
from engage.services import services
from engage.studio.editions.forms import AddLanguageForm, ChoiceForm, RemoveLanguageForm, SignOffForm, UploadForm
from engage.studio.editions.names import both_names, english_name
from engage.studio.editions.rows import EditionRow, edition_rows, says
from engage.studio.opening import Opened, Outcome, design_page, open_design, save_part, saved
from surveys.designing import Content, Design, find_design
from surveys.editions import add_language, further_languages, remove_language, with_choice
from surveys.sign_offs import edition_subject, sign_off

blueprint = Blueprint("editions", __name__, url_prefix="/staff/surveys/<slug>/editions")


def address(slug: str, *parts: str) -> str:
    """A path below a survey's editions."""
    return "/".join((f"/staff/surveys/{slug}/editions", *parts))


def rows_of(opened: Opened, design: Design) -> list[EditionRow]:
    """The languages of the design as the pages show them."""
    with services().database.reading() as session:
        return edition_rows(session, survey=opened.survey, content=design.content)


@blueprint.route("", methods=["GET", "POST"])
@requires("design_surveys")
def editions(slug: str) -> Response:
    """Every language with its state; a further one can be added."""
    opened, form = open_design(slug), AddLanguageForm()
    questionnaire = opened.design.questionnaire
    taken = (questionnaire.language, *further_languages(questionnaire))
    form.offer(taken)
    outcome = None
    if form.is_sent():
        problem = _unfit(form.chosen, taken)
        if problem:
            field = form.code if form.code.data else form.language
            field.errors = (problem,)
        else:
            # Whatever else changed, one language more harms nobody.
            outcome = save_part(
                opened,
                form,
                part=lambda content: None,
                change=lambda content: Content(*add_language(content.questionnaire, content.preparation, form.chosen)),
                says=says(form.chosen, "added"),
            )
            return saved(outcome, address(slug, form.chosen))
    return design_page(
        "studio/editions/list.html",
        opened,
        form,
        outcome,
        rows=rows_of(opened, opened.design),
        own=both_names(questionnaire.language),
        easy_read=sum(theme.easy_read is not None for theme in questionnaire.themes),
    )


def _unfit(language: str, taken: tuple[str, ...]) -> str | None:
    if not language:
        return "Choose a language"
    return f"The survey is in {english_name(language)} already" if language in taken else None


def row_of(opened: Opened, language: str) -> EditionRow:
    """The further language of the design; ends the request with 404 where it has no such language."""
    if language not in further_languages(opened.design.questionnaire):
        abort(404)
    return next(row for row in rows_of(opened, opened.design) if row.language == language)


def edition_page(
    opened: Opened, language: str, *, upload_form: UploadForm | None = None, sign_form: SignOffForm | None = None
) -> Response:
    """The page of one language, with the problems of the form that was sent."""
    row, revision = row_of(opened, language), str(opened.design.revision)
    upload_form = upload_form or UploadForm(formdata=None)
    sign_form = sign_form or SignOffForm(formdata=None, data={"revision": revision})
    choice = ChoiceForm(formdata=None, data={"when_out_of_date": row.when_out_of_date, "revision": revision})
    errors = {
        name: found[0] for form in (upload_form, sign_form) for name, found in form.errors.items() if name and found
    }
    page = staff_page(
        "studio/editions/edition.html",
        survey=opened.survey,
        design=opened.design,
        row=row,
        choice=choice,
        upload_form=upload_form,
        sign_form=sign_form,
        errors=errors,
    )
    return make_response(page, 422 if errors else 200)


@blueprint.get("/<language>")
@requires("design_surveys")
def edition(slug: str, language: str) -> Response:
    """One language: the translator's sheet, what happens when it is out of date, sign-off, removal."""
    return edition_page(open_design(slug), language)


@blueprint.post("/<language>/when-out-of-date")
@requires("design_surveys")
def choose(slug: str, language: str) -> Response:
    """Leave the language out while it is not ready, or fill its gaps."""
    opened, form = open_design(slug), ChoiceForm()
    row_of(opened, language)
    if not form.is_sent():
        abort(400)
    choice = form.when_out_of_date.data
    outcome = save_part(
        opened,
        form,
        part=lambda content: None,
        change=lambda content: replace(content, preparation=with_choice(content.preparation, language, choice)),
        says=says(language, "what happens when it is out of date"),
    )
    return saved(outcome, address(slug, language))


@blueprint.post("/<language>/remove")
@requires("design_surveys")
def remove(slug: str, language: str) -> Response:
    """Take the language out with its words; undoing brings both back."""
    opened, form = open_design(slug), RemoveLanguageForm()
    row_of(opened, language)
    if not form.is_sent():
        abort(400)
    outcome: Outcome = save_part(
        opened,
        form,
        part=lambda content: None,
        change=lambda content: Content(*remove_language(content.questionnaire, content.preparation, language)),
        says=says(language, "removed"),
    )
    return saved(outcome, address(slug))


@blueprint.post("/<language>/sign-off")
@requires("design_surveys")
def sign(slug: str, language: str) -> Response:
    """A named person has read every text of the language at the revision that the page showed."""
    opened, form = open_design(slug), SignOffForm()
    row = row_of(opened, language)
    if not form.is_sent():
        return edition_page(opened, language, sign_form=form)
    given = form.revision.data or ""
    revision = int(given) if given.isascii() and given.isdigit() else 0
    who, at = staff(), clock.now()
    with services().database.writing() as session:
        survey = session.merge(opened.survey, load=False)
        if find_design(session, survey=survey, revision=revision) is None:
            abort(400, "What was read is no longer kept. Go back, reload the page and try again.")
        name, role = form.name.data or "", form.role.data or ""
        sign_off(
            session, survey=survey, subject=edition_subject(language), name=name, role=role, revision=revision, at=at
        )
        event = EditionSignedOff(slug, row.english, name)
        record(session, event, organisation_id=who.organisation_id, by=who.email, at=at)
    return make_response(redirect(address(slug, language), 303))
