"""The list of answers before sending, put together from pieces that were made once for each version and language."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

from engage.public_pages import page as render
from engage.respond.arriving import Doorway
from engage.respond.fields import in_words
from engage.respond.logos import Logo
from engage.respond.page_answers import is_visited
from engage.respond.question_pages import TO_CHECK
from engage.respond.replies import language_links, survey_page
from engage.services import services
from surveys.answers import Value
from surveys.questionnaire import Questionnaire
from surveys.routing import JourneyPage, journey, on_path, previous_page


@dataclass(frozen=True, slots=True)
class Pieces:
    """``frame`` lacks where Back leads, the rows and the hidden fields; each row lacks its answer."""

    frame: tuple[str, str, str, str]
    rows: dict[str, tuple[str, str]]
    blank: str


def check_page(
    doorway: Doorway,
    questionnaire: Questionnaire,
    answers: Mapping[str, Value],
    hidden: Markup,
    notice: str | None = None,
) -> str:
    """The page, with every answer on the path and the way to change it. Pages that were never opened are left out."""
    if notice is None:
        known = questionnaire.derived(_known)
        key = (doorway.language, doorway.logo)
        pieces = known.get(key)
        if pieces is None:
            pieces = known[key] = _make(doorway, questionnaire, None)
    else:
        pieces = _make(doorway, questionnaire, notice)
    before = previous_page(questionnaire, None, answers)
    back = f"page/{before.id}" if before else f"../{doorway.language}"
    start, middle, after_rows, end = pieces.frame
    return "".join(
        (start, back, middle, *_rows(pieces, questionnaire, answers, doorway.language), after_rows, hidden, end)
    )


def _rows(pieces: Pieces, questionnaire: Questionnaire, answers: Mapping[str, Value], language: str) -> Iterator[str]:
    reached = on_path(questionnaire, answers)
    for page in journey(questionnaire):
        if not is_visited(page, answers):
            continue
        for key in page.item_keys:
            if key in reached:
                before, after = pieces.rows[key]
                lines = in_words(questionnaire, questionnaire.item(key).question, reached[key], language)
                yield before
                yield "<br>".join(escape(line) for line in lines) or pieces.blank
                yield after


def _known(_questionnaire: Questionnaire) -> dict[tuple[str, Logo | None], Pieces]:
    return {}


def _make(doorway: Doorway, questionnaire: Questionnaire, notice: str | None) -> Pieces:
    # A survey's own words cannot hold a mark that is drawn anew each time.
    mark, language, words = secrets.token_hex(12), doorway.language, doorway.wording
    # Addresses are relative, so that the pieces serve every collector of the survey.
    links = [{**link, "address": f"../{link['language']}/check"} for link in language_links(doorway, ("check",))]
    html = survey_page("respond/check.html", doorway, languages=links, back=mark, rows=mark, hidden=mark, notice=notice)
    start, middle, after_rows, end = html.split(mark)
    rows = {}
    for page in journey(questionnaire):
        for key in page.item_keys:
            before, after = render(
                "respond/check_row.html",
                language,
                services().assets,
                question=_question(questionnaire, page, key, language),
                change=f"page/{page.id}?{TO_CHECK}#{key}",
                answer=mark,
            ).split(mark)
            rows[key] = (before, after)
    return Pieces((start, middle, after_rows, end), rows, words("Not answered"))


def _question(questionnaire: Questionnaire, page: JourneyPage, key: str, language: str) -> str:
    asked = questionnaire.item(key).question.text.in_language(language)
    return f"{page.theme.plain_title.in_language(language)}: {asked}" if page.theme else asked
