"""The translator's sheet: given out, taken back, looked at, and only then taken over."""

from __future__ import annotations

import tempfile
from pathlib import Path

from flask import Blueprint, Response, abort, make_response, redirect

from engage import clock
from engage.access.guards import requires
from engage.access.signed_in import staff
from engage.audit.events import TranslationTaken, record
from engage.languages import direction
from engage.services import services
from engage.studio.editions.forms import TakeOverForm, UploadForm
from engage.studio.editions.kept_sheets import discard_sheet, find_sheet, keep_sheet
from engage.studio.editions.pages import address, edition_page, row_of
from engage.studio.editions.rows import says
from engage.studio.opening import Opened, design_page, open_design, save_part, saved
from engage.studio.uploads import allow_upload, uploaded
from surveys.designing import Content
from surveys.editions import with_translations
from surveys.editions.reading import LARGEST_FILE, ReadSheet, read_translation_sheet
from surveys.editions.sheets import Kind, translation_sheet
from surveys.importing.files import FileFault

blueprint = Blueprint("edition_files", __name__, url_prefix="/staff/surveys/<slug>/editions")

MEDIA: dict[Kind, str] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
MOST_SHOWN = 200


def _download(slug: str, language: str, kind: Kind, *, only_open: bool) -> Response:
    opened = open_design(slug)
    row_of(opened, language)
    design = opened.design
    content = translation_sheet(
        design.questionnaire,
        design.preparation.edition(language),
        kind=kind,
        right_to_left=[code for code in (design.questionnaire.language, language) if direction(code) == "rtl"],
        only_open=only_open,
    )
    response = Response(content, content_type=MEDIA[kind])
    left = "-open" if only_open else ""
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}-{language}{left}.{kind}"'
    return response


@blueprint.get("/<language>/sheet.xlsx")
@requires("design_surveys")
def workbook(slug: str, language: str) -> Response:
    """All texts as a workbook."""
    return _download(slug, language, "xlsx", only_open=False)


@blueprint.get("/<language>/sheet.csv")
@requires("design_surveys")
def table(slug: str, language: str) -> Response:
    """All texts as CSV."""
    return _download(slug, language, "csv", only_open=False)


@blueprint.get("/<language>/open.xlsx")
@requires("design_surveys")
def open_workbook(slug: str, language: str) -> Response:
    """What is missing or out of date, as a workbook."""
    return _download(slug, language, "xlsx", only_open=True)


@blueprint.get("/<language>/open.csv")
@requires("design_surveys")
def open_table(slug: str, language: str) -> Response:
    """What is missing or out of date, as CSV."""
    return _download(slug, language, "csv", only_open=True)


@blueprint.post("/<language>/upload")
@requires("design_surveys")
def upload(slug: str, language: str) -> Response:
    """Keep the sheet, and show what it would change."""
    readable = allow_upload(LARGEST_FILE)
    opened = open_design(slug)
    row_of(opened, language)
    form = UploadForm() if readable else UploadForm(formdata=None)
    if not readable:
        return _refused(opened, language, form, "The file is larger than 5 MB. Is this really the translation sheet?")
    if not form.is_sent():
        return _refused(opened, language, form, "Choose the sheet on your computer")
    given = uploaded(form.file.data)
    if given is None:
        return _refused(opened, language, form, "Choose the sheet on your computer")
    name, content = given
    try:
        _read(opened, language, name, content)
    except FileFault as fault:
        return _refused(opened, language, form, fault.message)
    who = staff()
    with services().database.writing() as session:
        key = keep_sheet(
            session, survey=opened.survey, language=language, name=name, content=content, at=clock.now(), by=who.email
        )
    return make_response(redirect(address(slug, language, "upload", key), 303))


def _refused(opened: Opened, language: str, form: UploadForm, problem: str) -> Response:
    form.file.errors = [problem]
    return edition_page(opened, language, upload_form=form)


@blueprint.route("/<language>/upload/<key>", methods=["GET", "POST"])
@requires("design_surveys")
def review(slug: str, language: str, key: str) -> Response:
    """What the sheet would change; then take it over, or leave everything as it is."""
    opened, form = open_design(slug), TakeOverForm()
    row = row_of(opened, language)
    with services().database.reading() as session:
        kept = find_sheet(session, survey=opened.survey, language=language, key=key) or abort(404)
        name, content = kept.name, kept.content
    try:
        sheet = _read(opened, language, name, content)
    except FileFault:
        abort(404)
    outcome = None
    if form.is_sent():
        if form.act.data == "take" and sheet.changes:
            outcome = save_part(
                opened,
                form,
                # The page shows what would change, so it must still be that.
                part=lambda content: (content.questionnaire, content.preparation.edition(language)),
                change=lambda content: Content(
                    *with_translations(
                        content.questionnaire, content.preparation, language, sheet.words, made_from=sheet.made_from
                    )
                ),
                says=says(language, f"sheet “{name}” taken over"),
            )
        if outcome is None or not outcome.overtaken:
            _finish(opened, language, key, len(sheet.changes) if outcome else 0)
            return saved(outcome, address(slug, language)) if outcome else _back(slug, language)
    return design_page(
        "studio/editions/review.html", opened, form, outcome, row=row, sheet=sheet, name=name, most_shown=MOST_SHOWN,
        own=opened.design.questionnaire.language, own_direction=direction(opened.design.questionnaire.language),
    )  # fmt: skip


def _finish(opened: Opened, language: str, key: str, taken: int) -> None:
    who, at = staff(), clock.now()
    with services().database.writing() as session:
        discard_sheet(session, survey=opened.survey, language=language, key=key, at=at)
        if taken:
            event = TranslationTaken(opened.survey.slug, language, taken)
            record(session, event, organisation_id=who.organisation_id, by=who.email, at=at)


def _back(slug: str, language: str) -> Response:
    return make_response(redirect(address(slug, language), 303))


def _read(opened: Opened, language: str, name: str, content: bytes) -> ReadSheet:
    design = opened.design
    with tempfile.TemporaryDirectory() as folder:
        # The name that a browser gives is never used for a path; its ending says which reader the file gets.
        path = Path(folder) / ("sheet.csv" if name.lower().endswith(".csv") else "sheet.xlsx")
        path.write_bytes(content)
        return read_translation_sheet(path, design.questionnaire, design.preparation.edition(language))
