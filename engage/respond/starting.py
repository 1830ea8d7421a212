"""The start page, and the page to read about the themes first."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from flask import Response, request
from markupsafe import Markup

from engage.clock import now
from engage.languages import Wording, long_date
from engage.respond.arriving import Doorway, Reception, last_day, reception, require_open
from engage.respond.fields import paragraphs
from engage.respond.page_counts import OPENED, STARTED, is_program
from engage.respond.posted import read_form
from engage.respond.replies import reply, see_other, show, survey_page, takes_gzip
from engage.respond.shells import Body, ready
from engage.respond.visits import begin_visit, carry_on_page, find_visit, keep_cookie
from surveys.documents import Document
from surveys.questionnaire import Questionnaire, Text
from surveys.wording import estimated_minutes

_PAGES_KEPT = 1000

Documents = tuple[Document, ...]


def show_start(code: str, language: str | None = None) -> Response:
    """The page that a code on a poster leads to."""
    at, desk = now(), reception()
    doorway = desk.find(code, language)
    visit = find_visit(desk, doorway)
    require_open(doorway, at, visit.begun_at if visit else None)
    documents = desk.documents.of(doorway.collector.survey_id)
    if visit is not None and visit.has_answers:
        return show(start_html(doorway, desk, documents, part_way=True))
    if not is_program(request.environ.get("HTTP_USER_AGENT", "")):
        desk.count(doorway, OPENED, at)
    return reply(_start_body(doorway, desk, documents, takes_gzip()))


def begin(code: str, language: str | None = None) -> Response:
    """Start, carry on, or start again for somebody else."""
    at, desk = now(), reception()
    doorway = desk.find(code, language)
    visit = find_visit(desk, doorway)
    require_open(doorway, at, visit.begun_at if visit else None)
    if visit is None or read_form(request).one("begin") == "again":
        require_open(doorway, at)
        visit = begin_visit(desk, doorway, at)
        desk.count(doorway, STARTED, at)
        desk.counts.carry()
    page = carry_on_page(desk.questionnaire(visit.draft.version_id), visit.draft.answers)
    response = see_other(doorway.address("page", page.id) if page else doorway.address("check"))
    keep_cookie(desk, doorway, response, visit)
    return response


def show_leaflet(code: str, language: str | None = None) -> Response:
    """All themes with their explanations, to read before answering."""
    doorway = reception().find(code, language)
    require_open(doorway, now())
    return show(leaflet_html(doorway))


def leaflet_html(doorway: Doorway) -> str:
    """The page with all themes."""
    questionnaire, spoken = doorway.questionnaire, doorway.language
    themes = [
        {
            "title": theme.plain_title.in_language(spoken),
            "official": theme.title.in_language(spoken),
            "explanation": paragraphs(theme.explanation.in_language(spoken)),
        }
        for theme in questionnaire.themes
    ]
    purpose = questionnaire.about.purpose.in_language(spoken)
    return survey_page(
        "respond/leaflet.html", doorway, here=("leaflet",), back=doorway.address(), themes=themes, purpose=purpose
    )


@lru_cache(maxsize=_PAGES_KEPT)
def _start_body(doorway: Doorway, desk: Reception, documents: Documents, compressed: bool) -> Body:
    return ready(start_html(doorway, desk, documents, part_way=False), compressed=compressed, level=9)


def start_html(doorway: Doorway, desk: Reception, documents: Documents, *, part_way: bool) -> str:
    """The page that a code leads to. ``part_way``: somebody has answered some of it on this phone."""
    questionnaire, words = doorway.questionnaire, doorway.wording
    about, language = questionnaire.about, doorway.language
    partners = words(", ").join(partner.in_language(language) for partner in questionnaire.partners)
    return survey_page(
        "respond/start.html",
        doorway,
        here=(),
        action=doorway.address(),
        part_way=part_way,
        title=questionnaire.title.in_language(language),
        asking=questionnaire.organisation.in_language(language),
        purpose=about.purpose.in_language(language),
        how_long=_how_long(questionnaire, words),
        closing=_closing(doorway, desk),
        help_line=_said(about.help_line, language),
        documents=[_to_read(doorway, document) for document in documents],
        other_ways=[way.text.in_language(language) for way in questionnaire.other_ways],
        about=_what_can_change(questionnaire, words),
        privacy=paragraphs(questionnaire.privacy.in_language(language)),
        contact=_said(about.contact, language),
        partners=partners,
    )


def _to_read(doorway: Doorway, document: Document) -> dict[str, str]:
    if document.link:
        return {"address": document.link, "title": document.title, "size": ""}
    kilobytes = max(1, round(document.size / 1024))
    size = f"PDF, {kilobytes} KB" if kilobytes < 1000 else f"PDF, {kilobytes / 1024:.1f} MB"
    return {"address": f"/{doorway.collector.code}/documents/{document.name}", "title": document.title, "size": size}


def _said(text: Text | None, language: str) -> str | None:
    return text.in_language(language) if text else None


def _how_long(questionnaire: Questionnaire, words: Wording) -> Markup:
    minutes, first = (max(1, -int(-minutes // 1)) for minutes in estimated_minutes(questionnaire))
    whole = words.several("It takes about %(n)s minute.", "It takes about %(n)s minutes.", minutes)
    if first >= minutes:
        return whole
    short = words.several(
        "Only %(n)s minute to spare? Answer the first page and send it.",
        "Only %(n)s minutes to spare? Answer the first page and send it.",
        first,
    )
    return Markup(" ").join((whole, short))


def _closing(doorway: Doorway, desk: Reception) -> str | None:
    """When the survey closes: by its date where it has one, else in the questionnaire's own words."""
    closes, about = doorway.collector.closes_at, doorway.questionnaire.about
    if closes is not None:
        day = last_day(closes, desk)
        return doorway.wording("It closes on %(date)s.", date=long_date(day, doorway.language))
    said = _said(about.closing, doorway.language)
    return doorway.wording("It closes on %(date)s.", date=said) if said else None


def _what_can_change(questionnaire: Questionnaire, words: Wording) -> list[tuple[Any, str]]:
    about, language = questionnaire.about, words.language
    said = (
        (words("What can change:"), about.can_change),
        (words("What cannot change, and why:"), about.cannot_change),
        (words("Who decides, and when:"), about.decision),
    )
    return [(heading, text.in_language(language)) for heading, text in said if text is not None]
