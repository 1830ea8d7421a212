"""Finishing later: on this phone, which remembers; or on another device, with a code to write down."""

from __future__ import annotations

import datetime

from flask import Response, request
from markupsafe import Markup

from engage.clock import now
from engage.languages import Wording, long_date
from engage.respond.arriving import Doorway, Reception, reception, require_open
from engage.respond.fields import Field
from engage.respond.form_tokens import make_form_token, read_form_token
from engage.respond.posted import read_form
from engage.respond.question_pages import hidden_fields
from engage.respond.replies import see_other, show, survey_page
from engage.respond.shells import Filled
from engage.respond.visits import Visit, carry_on_page, find_visit, keep_cookie
from surveys.drafts import (
    TooManyTries,
    derive_return_code,
    make_return_code,
    new_return_code,
    note_try,
    open_with_return_code,
)
from surveys.short_codes import RETURN_CODE_LENGTH, grouped, normalise

_LONGEST_SHOWN = 60


def show_later(code: str, language: str) -> Response:
    """First that this phone remembers, then the code for another one."""
    at, desk = now(), reception()
    doorway = desk.find(code, language)
    visit = find_visit(desk, doorway)
    require_open(doorway, at, visit.begun_at if visit else None)
    if visit is None:
        return see_other(doorway.address())
    page = carry_on_page(desk.questionnaire(visit.draft.version_id), visit.draft.answers)
    html = survey_page(
        "respond/later.html",
        doorway,
        here=("later",),
        back=doorway.address("page", page.id) if page else doorway.address("check"),
        until=long_date(visit.kept_until, language),
        address=f"{desk.base_url}/{doorway.collector.code}",
        return_address=f"{desk.base_url}/{doorway.collector.code}/return",
        code=grouped(visit.return_code) if visit.return_code else None,
        hidden=_hidden(desk, doorway, visit, at),
    )
    return show(html)


def give_code(code: str, language: str) -> Response:
    """Make the code for another device; the page then shows it for as long as the answers are kept."""
    at, desk = now(), reception()
    doorway, posted = desk.find(code, language), read_form(request)
    visit = find_visit(desk, doorway)
    token = read_form_token(desk.form_tokens, posted.one("token"), collector_id=doorway.collector.id, at=at)
    if visit is None:
        return see_other(doorway.address())
    if visit.return_code is None and token is not None and token.is_current:
        # Deriving takes a tenth of a second, so no transaction waits for it.
        candidate = new_return_code(collector_code=doorway.collector.code)
        with desk.database.writing_drafts() as session:
            make_return_code(session, token=visit.token, candidate=candidate)
    return see_other(doorway.address("later"))


def show_return(code: str, language: str | None = None) -> Response:
    """Where the code from another device is entered."""
    doorway = reception().find(code, language)
    return show(_html(doorway, typed="", message=None))


def open_return(code: str, language: str | None = None) -> Response:
    """Carry on here with the answers that the code opens. Wrong codes are limited for each collector."""
    at, desk = now(), reception()
    doorway = desk.find(code, language)
    words, typed = doorway.wording, read_form(request).one("return-code").strip()
    reading = normalise(typed, length=RETURN_CODE_LENGTH)
    if reading.code is None:
        return show(_html(doorway, typed=typed, message=_message(words, typed)))
    try:
        with desk.database.writing_drafts() as session:
            note_try(session, collector_id=doorway.collector.id, at=at)
    except TooManyTries as limit:
        minutes = max(1, -int(-(limit.until - at).total_seconds() // 60))
        message = words.several(
            "Too many codes have been tried here. Try again in %(n)s minute",
            "Too many codes have been tried here. Try again in %(n)s minutes",
            minutes,
        )
        return show(_html(doorway, typed=typed, message=message), 429)
    candidate = derive_return_code(reading.code, collector_code=doorway.collector.code)
    with desk.database.writing_drafts() as session:
        opened = open_with_return_code(session, candidate=candidate, collector_id=doorway.collector.id)
    if opened is None:
        return show(_html(doorway, typed=typed, message=_message(words, typed)))
    visit = Visit(*opened)
    require_open(doorway, at, visit.begun_at)
    page = carry_on_page(desk.questionnaire(visit.draft.version_id), visit.draft.answers)
    response = see_other(doorway.address("page", page.id) if page else doorway.address("check"))
    keep_cookie(desk, doorway, response, visit)
    return response


def _hidden(desk: Reception, doorway: Doorway, visit: Visit, at: datetime.datetime) -> Markup:
    token = make_form_token(
        desk.form_tokens,
        collector_id=doorway.collector.id,
        version_id=visit.draft.version_id,
        nonce=visit.nonce,
        at=at,
    )
    return hidden_fields(token, visit.draft.row_version)


def _message(words: Wording, typed: str) -> str:
    if not typed:
        return words("Enter the code that you wrote down")
    return words(
        "We do not recognise that code. Check the letters and numbers on your note. "
        "A code works for 7 days, and until the answers are sent"
    )


def _html(doorway: Doorway, *, typed: str, message: str | None) -> str:
    words = doorway.wording
    field = Field(
        name="return-code",
        kind="input",
        label=words("Enter the code that you wrote down"),
        hints=(words("It has 12 letters and numbers in three groups."),),
        style="engage-code-input",
    )
    return survey_page(
        "respond/return.html",
        doorway,
        here=("return",),
        back=doorway.address(),
        field=field,
        errors={field.name: message} if message else {},
        state=Filled({field.name: (typed[:_LONGEST_SHOWN],)}),
    )
