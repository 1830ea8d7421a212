"""One page of questions: showing it, saving it, and where it leads."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace

from flask import Response, request

from engage.clock import now
from engage.respond.arriving import Doorway, Reception, reception, require_open
from engage.respond.form_tokens import FormToken, make_form_token, new_nonce, read_form_token
from engage.respond.leaving import AddressLost
from engage.respond.one_page import Reason, on_one_page
from engage.respond.page_answers import (
    Read,
    is_conditional,
    is_visited,
    page_of,
    read_answers,
    shown_on,
    values_of,
)
from engage.respond.page_counts import CHECK, ERROR, PAGE
from engage.respond.posted import Posted, read_form
from engage.respond.question_pages import TO_CHECK, corrected_page, hidden_fields, question_page
from engage.respond.replies import reply, see_other
from engage.respond.sending import send_answers
from engage.respond.shells import Filled
from engage.respond.visits import OtherVisit, Overtaken, Visit, cookie_of, find_visit, save_visit
from surveys.publishing import accepts_answers
from surveys.questionnaire import Questionnaire
from surveys.routing import JourneyPage, is_shown, next_page, previous_page


@dataclass(frozen=True, slots=True)
class PostedPage:
    """A page as it came in. ``token`` None: it was not made here.

    ``visit`` is read only where something depends on earlier answers; the ``cookie`` is enough to save a page.
    """

    desk: Reception
    doorway: Doorway
    questionnaire: Questionnaire
    version_id: int
    page: JourneyPage
    shown: tuple[str, ...]
    cookie: str | None
    visit: Visit | None
    token: FormToken | None
    posted: Posted
    at: datetime.datetime

    @property
    def nonce(self) -> bytes:
        """What this visit is known by, to recognise a second sending."""
        if self.visit is not None:
            return self.visit.nonce
        return self.token.nonce if self.token is not None else new_nonce()

    @property
    def made_from(self) -> int:
        """The row version of the draft that the form was made from; 0 where there was none."""
        text = self.posted.one("draft")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def show_page(code: str, language: str, page_id: str) -> Response:
    """A page of questions, with what this phone remembers."""
    at, desk = now(), reception()
    doorway = desk.find(code, language)
    visit = find_visit(desk, doorway)
    require_open(doorway, at, visit.begun_at if visit else None)
    version_id = visit.draft.version_id if visit else doorway.collector.version_id
    questionnaire = desk.questionnaire(version_id)
    page = page_of(questionnaire, page_id)
    if page is None:
        raise AddressLost(doorway)
    answers = visit.draft.answers if visit else {}
    shown = shown_on(questionnaire, page, answers)
    if is_conditional(questionnaire, page) and not is_shown(questionnaire, page, answers):
        before = previous_page(questionnaire, page_id, answers)
        return see_other(doorway.address("page", before.id) if before else doorway.address())
    token = make_form_token(
        desk.form_tokens,
        collector_id=doorway.collector.id,
        version_id=version_id,
        nonce=visit.nonce if visit else new_nonce(),
        at=at,
    )
    hidden = hidden_fields(token, visit.draft.row_version if visit else 0)
    back_to = doorway.address("check") if leads_to_check() else None
    values = values_of({key: answers[key] for key in shown if key in answers})
    return reply(question_page(doorway, questionnaire, page, shown, Filled(values, hidden, back_to)))


def save_page(code: str, language: str, page_id: str) -> Response:
    """Keep the answers of a page and go on; or send, finish later, or clear a selection, by the button pressed."""
    form = _posted_page(code, language, page_id)
    words = form.doorway.wording
    read = read_answers(form.questionnaire, form.shown, form.posted, words)
    if form.token is None or not form.token.is_current:
        notice = words("This page was open for a long time. Your answers are still here. Select the button again.")
        return _show_again(form, read.errors, notice)
    if read.errors:
        form.desk.count(form.doorway, ERROR + form.page.id, form.at)
        return _show_again(form, read.errors)
    if form.posted.one("action") != "send":
        return _keep(form, form.token, read)
    if form.visit is None and form.made_from > 1:
        return _off_the_path(form)
    answers = {**(form.visit.draft.answers if form.visit else {}), **read.answers}
    if all(value is None for value in answers.values()):
        name = form.shown[0] if form.shown else "maincontent"
        return _show_again(form, {name: words("Answer at least one question before you send")})
    return send_answers(
        form.desk,
        form.doorway,
        version_id=form.version_id,
        answers=answers,
        nonce=form.nonce,
        at=form.at,
        visit=form.visit,
    )


def leads_to_check() -> bool:
    """Whether the page was opened from the list of answers, to change one."""
    return request.query_string == TO_CHECK.encode()


def _posted_page(code: str, language: str, page_id: str) -> PostedPage:
    at, desk = now(), reception()
    doorway, posted = desk.find(code, language), read_form(request)
    token = read_form_token(desk.form_tokens, posted.one("token"), collector_id=doorway.collector.id, at=at)
    is_current = token is not None and token.is_current
    version_id = token.version_id if token is not None else doorway.collector.version_id
    page = page_of(desk.questionnaire(version_id), page_id)
    visit = None
    plain = is_current and accepts_answers(doorway.collector, at=at) and posted.one("action") != "send"
    if not plain or page is None or is_conditional(desk.questionnaire(version_id), page):
        visit = find_visit(desk, doorway)
        begun_at = visit.begun_at if visit else token.made_at if token is not None and is_current else None
        require_open(doorway, at, begun_at)
        version_id = visit.draft.version_id if visit else version_id
        page = page_of(desk.questionnaire(version_id), page_id)
    if page is None:
        raise AddressLost(doorway)
    questionnaire = desk.questionnaire(version_id)
    shown = shown_on(questionnaire, page, visit.draft.answers if visit else {})
    cleared = posted.one("clear")
    posted = posted.without(cleared) if cleared else posted
    cookie = cookie_of(desk, doorway)
    return PostedPage(desk, doorway, questionnaire, version_id, page, shown, cookie, visit, token, posted, at)


def _keep(form: PostedPage, token: FormToken, read: Read) -> Response:
    """Save the page and go where the button leads."""
    if form.cookie is None:
        # The phone kept no cookie.
        return _off_the_path(form)
    try:
        saved = save_visit(
            form.desk,
            form.cookie,
            read.answers,
            version_id=form.version_id,
            nonce=token.nonce if form.made_from else None,
            seen_version=form.made_from,
            at=form.at,
        )
    except Overtaken:
        notice = form.doorway.wording(
            "These answers were changed somewhere else since you opened this page. "
            "Below is what you have entered here. Select the button again to keep it."
        )
        return _show_again(replace(form, visit=find_visit(form.desk, form.doorway)), {}, notice)
    except OtherVisit:
        return _off_the_path(form)
    if saved is None:
        # What the cookie opens is gone, sent from another tab or past its seven days.
        return _off_the_path(form)
    visit, first_time = saved
    address = _next_address(form, visit)
    if first_time:
        form.desk.count(form.doorway, PAGE + form.page.id, form.at)
        if address == form.doorway.address("check"):
            form.desk.count(form.doorway, CHECK, form.at)
    form.desk.counts.carry()
    return see_other(address)


def _next_address(form: PostedPage, saved: Visit) -> str:
    doorway, questionnaire, page, answers = form.doorway, form.questionnaire, form.page, saved.draft.answers
    if form.posted.one("action") == "later":
        return doorway.address("later")
    after = f"?{TO_CHECK}" if leads_to_check() else ""
    leads_to_more_here = not set(shown_on(questionnaire, page, answers)) <= set(form.shown)
    if form.posted.one("clear") or leads_to_more_here:
        return doorway.address("page", page.id) + after
    following = next_page(questionnaire, page.id, answers)
    if after:
        # A changed answer may lead to pages that were not on the way before; the others were seen.
        while following is not None and is_visited(following, answers):
            following = next_page(questionnaire, following.id, answers)
    return doorway.address("page", following.id) + after if following else doorway.address("check")


def _off_the_path(form: PostedPage) -> Response:
    """What was typed, on the page that needs no cookie."""
    reason: Reason = "no_cookie" if form.made_from <= 1 else "answers_gone"
    return on_one_page(form.desk, form.doorway, form.version_id, form.nonce, form.posted, reason, form.at)


def _show_again(form: PostedPage, errors: dict[str, str], notice: str | None = None) -> Response:
    token = make_form_token(
        form.desk.form_tokens,
        collector_id=form.doorway.collector.id,
        version_id=form.version_id,
        nonce=form.nonce,
        at=form.at,
    )
    # Until the draft is read again, the form stays made from the state that it came from.
    hidden = hidden_fields(token, form.visit.draft.row_version if form.visit else form.made_from)
    back_to = form.doorway.address("check") if leads_to_check() else None
    state = Filled(form.posted, hidden, back_to)
    return reply(
        corrected_page(form.doorway, form.questionnaire, form.page, form.shown, state, errors=errors, notice=notice)
    )
