"""The whole survey on one page: for people who want to see it all, and for browsers that keep no cookie.

The page carries everything itself, so it is also where answers go that would otherwise be lost: with no cookie, with a
draft that is gone, or sent a second time with other answers.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from typing import Any, Literal

from flask import Response, request

from engage.clock import now
from engage.languages import Wording
from engage.respond.arriving import Doorway, Reception, reception, require_open
from engage.respond.fields import Field, fields_of, paragraphs
from engage.respond.form_tokens import make_form_token, new_nonce, read_form_token
from engage.respond.logos import Logo
from engage.respond.page_answers import read_answers, values_of
from engage.respond.page_counts import ON_ONE_PAGE, is_program
from engage.respond.posted import Posted, read_form
from engage.respond.question_pages import hidden_fields, page_title
from engage.respond.replies import language_links, reply, survey_page, takes_gzip
from engage.respond.sending import SentDifferently, send_answers
from engage.respond.shells import Filled, Shell, ready
from surveys.questionnaire import LongTextQuestion, Questionnaire, TextQuestion
from surveys.routing import JourneyPage, journey

Reason = Literal["no_cookie", "answers_gone", "open_long", "sent_differently"]

BYTES_OF_A_CHARACTER = 12
"""What one character may take in a form: beyond the first 65,536 it is four bytes, each escaped as three."""


@dataclass(frozen=True, slots=True)
class Section:
    """What one page of the journey becomes on the one page."""

    title: str | None
    progress: str | None
    explanation: tuple[str, ...]
    fields: tuple[Field, ...]


def show_all(code: str, language: str | None = None) -> Response:
    """Every question, with nothing answered."""
    at, desk = now(), reception()
    doorway = desk.find(code, language)
    require_open(doorway, at)
    if not is_program(request.environ.get("HTTP_USER_AGENT", "")):
        desk.count(doorway, ON_ONE_PAGE, at)
    version_id = doorway.collector.version_id
    shell = _shell(doorway, desk.questionnaire(version_id), "" if language is None else "../")
    return reply(shell.fresh(_hidden(desk, doorway, version_id, new_nonce(), at), compressed=takes_gzip()))


def send_all(code: str, language: str | None = None) -> Response:
    """Send the page, or show it again with what has to be put right."""
    at, desk = now(), reception()
    doorway = desk.find(code, language)
    request.max_content_length = _most_bytes(doorway.questionnaire)
    posted = read_form(request)
    token = read_form_token(desk.form_tokens, posted.one("token"), collector_id=doorway.collector.id, at=at)
    require_open(doorway, at, token.made_at if token and token.is_current else None)
    version_id = token.version_id if token else doorway.collector.version_id
    nonce = token.nonce if token else new_nonce()
    if token is None or not token.is_current:
        return on_one_page(desk, doorway, version_id, nonce, posted, "open_long", at)
    questionnaire = desk.questionnaire(version_id)
    cleared = posted.one("clear")
    if cleared:
        return _show_again(desk, doorway, version_id, nonce, posted.without(cleared), at)
    keys = [item.key for item in questionnaire.items]
    read = read_answers(questionnaire, keys, posted, doorway.wording)
    if read.errors:
        return _show_again(desk, doorway, version_id, nonce, posted, at, errors=read.errors)
    return send_answers(desk, doorway, version_id=version_id, answers=read.answers, nonce=nonce, at=at)


def on_one_page(
    desk: Reception,
    doorway: Doorway,
    version_id: int,
    nonce: bytes,
    posted: Posted,
    reason: Reason,
    at: datetime.datetime,
) -> Response:
    """Everything on one page, with what was posted on it and a word on why."""
    words = doorway.wording
    notices = {
        "no_cookie": words(
            "Your browser does not keep cookies, so here is the whole survey on one page. "
            "What you answered is still here. Nothing is sent until you select “Send my answers”."
        ),
        "answers_gone": words(
            "Your earlier answers are no longer kept on this phone or computer. Either they have been sent, "
            "or more than 7 days have passed. What you answered last is still here, with the whole survey on one page."
        ),
        "open_long": words("This page was open for a long time. Your answers are still here. Select the button again."),
        "sent_differently": words(
            "You have already sent answers from this page, and they were different. If these answers are from another "
            "person, send them below. If you have only changed your mind, there is nothing more to do: we cannot find "
            "the first answers again."
        ),
    }
    return _show_again(desk, doorway, version_id, nonce, posted, at, notice=notices[reason], reason=reason)


def sent_differently(found: SentDifferently) -> Response:
    """A second sending with other answers: kept on the page, to be sent as another person's."""
    values = Posted(values_of(found.answers))
    return on_one_page(reception(), found.doorway, found.version_id, new_nonce(), values, "sent_differently", now())


def _show_again(
    desk: Reception,
    doorway: Doorway,
    version_id: int,
    nonce: bytes,
    posted: Posted,
    at: datetime.datetime,
    *,
    errors: dict[str, str] | None = None,
    notice: str | None = None,
    reason: Reason | None = None,
) -> Response:
    questionnaire = desk.questionnaire(version_id)
    state = Filled(posted, _hidden(desk, doorway, version_id, nonce, at))
    html = one_page_html(
        doorway,
        questionnaire,
        state,
        action=doorway.address("all"),
        back=doorway.address(),
        languages=language_links(doorway, ("all",)),
        errors=errors or {},
        notice=notice,
        asks_as_another=reason == "sent_differently",
    )
    return reply(ready(html, compressed=takes_gzip()))


def _hidden(desk: Reception, doorway: Doorway, version_id: int, nonce: bytes, at: datetime.datetime) -> Any:
    token = make_form_token(
        desk.form_tokens, collector_id=doorway.collector.id, version_id=version_id, nonce=nonce, at=at
    )
    return hidden_fields(token, 0)


def _most_bytes(questionnaire: Questionnaire) -> int:
    """What the longest answers that the survey takes need, beside what any form may have."""
    letters = sum(
        item.question.max_length
        for item in questionnaire.items
        if isinstance(item.question, TextQuestion | LongTextQuestion)
    )
    return (request.max_content_length or 0) + letters * BYTES_OF_A_CHARACTER


def _shell(doorway: Doorway, questionnaire: Questionnaire, up: str) -> Shell:
    """The page with relative addresses, so that one shell serves every collector. ``up`` leads to the code's own."""
    shells = questionnaire.derived(_shells)
    key = (doorway.language, doorway.logo, up)
    shell = shells.get(key)
    if shell is None:
        links = [{**link, "address": f"{up}{link['language']}/all"} for link in language_links(doorway, ("all",))]
        addresses = {"action": None, "back": f"{up}{doorway.language}", "languages": links}
        shell = shells[key] = Shell(lambda state: one_page_html(doorway, questionnaire, state, **addresses))
    return shell


def _shells(_questionnaire: Questionnaire) -> dict[tuple[str, Logo | None, str], Shell]:
    return {}


def one_page_html(doorway: Doorway, questionnaire: Questionnaire, state: Any, **values: Any) -> str:
    """The HTML of the page that holds every question; ``state`` is what stands in its form."""
    words = doorway.wording
    sections = [_section(questionnaire, page, words) for page in journey(questionnaire)]
    return survey_page(
        "respond/one_page.html",
        doorway,
        **{
            "sections": sections,
            "state": state,
            "notice": None,
            "asks_as_another": False,
            "clearable": [field for section in sections for field in section.fields if field.kind == "radios"],
            **values,
        },
    )


def _section(questionnaire: Questionnaire, page: JourneyPage, words: Wording) -> Section:
    fields = fields_of(questionnaire, page, words)
    theme = page.theme
    if theme is None:
        titled = page.page is not None and page.page.title is not None
        return Section(page_title(page, words) if titled else None, None, (), fields)
    number, title = questionnaire.themes.index(theme) + 1, theme.plain_title.in_language(words.language)
    return Section(
        title,
        words("Theme %(number)s of %(total)s", number=number, total=len(questionnaire.themes)),
        paragraphs(theme.explanation.in_language(words.language)),
        # The same question stands under every theme, so each says which one it is about.
        tuple(replace(field, theme=title) for field in fields),
    )
