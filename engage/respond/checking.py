"""Check your answers, then send."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, request
from markupsafe import Markup

from engage.clock import now
from engage.respond.arriving import Doorway, reception, require_open
from engage.respond.fields import in_words
from engage.respond.form_tokens import make_form_token, read_form_token
from engage.respond.page_answers import is_visited
from engage.respond.posted import read_form
from engage.respond.question_pages import hidden_fields
from engage.respond.replies import see_other, show, survey_page
from engage.respond.sending import send_again, send_answers
from engage.respond.visits import Visit, find_visit
from surveys.questionnaire import Questionnaire
from surveys.routing import journey, on_path, previous_page


@dataclass(frozen=True, slots=True)
class Row:
    """One answer in words; ``change`` is the address of its page."""

    question: str
    lines: tuple[str, ...]
    change: str


def show_check(code: str, language: str) -> Response:
    """Every answer so far, each with the way to change it."""
    at, desk = now(), reception()
    doorway = desk.find(code, language)
    visit = find_visit(desk, doorway)
    require_open(doorway, at, visit.begun_at if visit else None)
    if visit is None:
        return see_other(doorway.address())
    return show(_html(doorway, desk.questionnaire(visit.draft.version_id), visit, _hidden(doorway, visit)))


def send_checked(code: str, language: str) -> Response:
    """Send what this phone remembers."""
    at, desk = now(), reception()
    doorway, posted = desk.find(code, language), read_form(request)
    token = read_form_token(desk.form_tokens, posted.one("token"), collector_id=doorway.collector.id, at=at)
    visit = find_visit(desk, doorway)
    require_open(doorway, at, visit.begun_at if visit else token.made_at if token and token.is_current else None)
    if visit is None:
        # Sent a moment ago, by the same button; or there is nothing left to send.
        again = send_again(desk, doorway, token, at) if token else None
        return again or see_other(doorway.address())
    if posted.one("action") == "later":
        return see_other(doorway.address("later"))
    if token is None or not token.is_current:
        notice = doorway.wording(
            "This page was open for a long time. Your answers are still here. Select the button again."
        )
        questionnaire = desk.questionnaire(visit.draft.version_id)
        return show(_html(doorway, questionnaire, visit, _hidden(doorway, visit), notice))
    return send_answers(
        desk,
        doorway,
        version_id=visit.draft.version_id,
        answers=visit.draft.answers,
        nonce=visit.nonce,
        at=at,
        visit=visit,
    )


def _hidden(doorway: Doorway, visit: Visit) -> Markup:
    token = make_form_token(
        reception().form_tokens,
        collector_id=doorway.collector.id,
        version_id=visit.draft.version_id,
        nonce=visit.nonce,
        at=now(),
    )
    return hidden_fields(token, visit.draft.row_version)


def _html(
    doorway: Doorway, questionnaire: Questionnaire, visit: Visit, hidden: Markup, notice: str | None = None
) -> str:
    before = previous_page(questionnaire, None, visit.draft.answers)
    return survey_page(
        "respond/check.html",
        doorway,
        here=("check",),
        back=doorway.address("page", before.id) if before else doorway.address(),
        rows=_rows(doorway, questionnaire, visit),
        hidden=hidden,
        notice=notice,
        asks_about_person=bool(questionnaire.equality),
    )


def _rows(doorway: Doorway, questionnaire: Questionnaire, visit: Visit) -> list[Row]:
    """The answers on the path, in the order of the pages; pages that were never opened are left out."""
    answers, language = visit.draft.answers, doorway.language
    reached = on_path(questionnaire, answers)
    rows = []
    for page in journey(questionnaire):
        if not is_visited(page, answers):
            continue
        change = f"{doorway.address('page', page.id)}?then=check"
        for key in page.item_keys:
            if key not in reached:
                continue
            item = questionnaire.item(key)
            asked = item.question.text.in_language(language)
            title = f"{page.theme.plain_title.in_language(language)}: {asked}" if page.theme else asked
            rows.append(Row(title, in_words(questionnaire, item.question, reached[key], language), f"{change}#{key}"))
    return rows
