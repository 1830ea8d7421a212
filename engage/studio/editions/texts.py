"""Translating in the page: each text beside its own words, a page at a time."""

from __future__ import annotations

from flask import Blueprint, Response, request

from engage.access.guards import requires
from engage.languages import direction
from engage.studio.editions.forms import TextsForm, texts_form
from engage.studio.editions.pages import address, row_of
from engage.studio.editions.rows import says
from engage.studio.opening import Opened, Outcome, design_page, open_design, save_part, saved
from surveys.designing import Content, Design
from surveys.editions import Translation, edition_status, translations, with_translations

blueprint = Blueprint("edition_texts", __name__, url_prefix="/staff/surveys/<slug>/editions")

ON_A_PAGE = 20
MOST_BYTES = 2 * 1024 * 1024


@blueprint.route("/<language>/texts", methods=["GET", "POST"])
@requires("design_surveys")
def texts(slug: str, language: str) -> Response:
    """The texts of one page of the list: all of them, or only those that are missing or out of date."""
    request.max_content_length = request.max_form_memory_size = MOST_BYTES
    opened = open_design(slug)
    row = row_of(opened, language)
    only_open = request.args.get("show") == "open"
    everything = _translations(opened.design, language)
    listed = (
        [one for one in everything if one.status != "ready"] if only_open and request.method == "GET" else everything
    )
    pages = max(1, -(-len(listed) // ON_A_PAGE))
    number = _page_number(pages)
    shown = _posted(everything) or tuple(listed[(number - 1) * ON_A_PAGE : number * ON_A_PAGE])
    form, outcome = texts_form(shown), None
    here = address(slug, language, f"texts?page={number}" + ("&show=open" if only_open else ""))
    if form.is_sent():
        outcome = _save(opened, form, language)
        if not outcome.overtaken:
            following = address(slug, language, f"texts?page={number + 1}") if "next" in request.form else here
            return saved(outcome, following, hints=_hints(outcome.design, language))
    return design_page(
        "studio/editions/texts.html",
        opened,
        form,
        outcome,
        row=row,
        here=here,
        only_open=only_open,
        number=number,
        pages=pages,
        own=opened.design.questionnaire.language,
        own_direction=direction(opened.design.questionnaire.language),
        theirs=_theirs(outcome, form, language),
        hints=_hints(opened.design, language),
    )


def _translations(design: Design, language: str) -> list[Translation]:
    return list(translations(design.questionnaire, design.preparation.edition(language)))


def _posted(everything: list[Translation]) -> tuple[Translation, ...]:
    """The texts that the form holds which was sent: what is open may be another list by now."""
    return tuple(one for one in everything if f"text.{one.key}" in request.form)


def _page_number(pages: int) -> int:
    given = request.args.get("page", "")
    return min(pages, max(1, int(given))) if given.isascii() and given.isdigit() and len(given) < 5 else 1


def _save(opened: Opened, form: TextsForm, language: str) -> Outcome:
    keys = {one.key for one in form.shown}
    words = {one.key: form.words_of(one.key).data or "" for one in form.shown}
    changed = {one.key: words[one.key] for one in form.shown if words[one.key] != one.words}
    confirmed = {
        one.key: one.words for one in form.shown if one.status == "out_of_date" and form.right_of(one.key).data
    }

    def part(content: Content) -> object:
        found = translations(content.questionnaire, content.preparation.edition(language))
        return [(one.key, one.source, one.words) for one in found if one.key in keys]

    def change(content: Content) -> Content:
        return Content(
            *with_translations(content.questionnaire, content.preparation, language, {**confirmed, **changed})
        )

    number = len({**confirmed, **changed})
    what = "1 text translated" if number == 1 else f"{number} texts translated"
    return save_part(opened, form, part=part, change=change, says=says(language, what))


def _theirs(outcome: Outcome | None, form: TextsForm, language: str) -> list[tuple[str, str]]:
    if outcome is None or not outcome.overtaken:
        return []
    now = {one.key: one for one in _translations(outcome.design, language)}
    return [
        (one.where, f"{now[one.key].source} → {now[one.key].words or 'nothing yet'}")
        for one in form.shown
        if one.key in now and (now[one.key].words, now[one.key].source) != (form.words_of(one.key).data, one.source)
    ]


def _hints(design: Design, language: str) -> dict[str, str]:
    status = edition_status(design.questionnaire, design.preparation.edition(language))
    return {"edition-counts": f"{status.ready} of {status.total} texts are ready."}
