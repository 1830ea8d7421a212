"""Check your answers, then send."""

from __future__ import annotations

from flask import Response, request
from markupsafe import Markup

from engage.clock import now
from engage.respond.arriving import Doorway, reception, require_open
from engage.respond.check_page import check_page
from engage.respond.form_tokens import make_form_token, read_form_token
from engage.respond.posted import read_form
from engage.respond.question_pages import hidden_fields
from engage.respond.replies import see_other, show
from engage.respond.sending import send_again, send_answers
from engage.respond.visits import Visit, find_visit


def show_check(code: str, language: str) -> Response:
    """Every answer so far, each with the way to change it."""
    at, desk = now(), reception()
    doorway = desk.find(code, language)
    visit = find_visit(desk, doorway)
    require_open(doorway, at, visit.begun_at if visit else None)
    if visit is None:
        return see_other(doorway.address())
    return show(
        check_page(doorway, desk.questionnaire(visit.draft.version_id), visit.draft.answers, _hidden(doorway, visit))
    )


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
        return show(check_page(doorway, questionnaire, visit.draft.answers, _hidden(doorway, visit), notice))
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
