"""Somebody's visit to a survey: the cookie on their phone, and the answers so far that only the cookie can open."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from flask import Response, request
from sqlalchemy.orm import Session

from engage.respond.arriving import Doorway, Reception
from engage.respond.form_tokens import new_nonce
from engage.respond.signed_tokens import hour_of
from surveys.answers import Answers
from surveys.drafts import Draft, delete_draft, load_draft, open_draft, save_draft
from surveys.questionnaire import Questionnaire
from surveys.routing import JourneyPage, is_shown, journey

DAYS_KEPT = 7
LONGEST_TOKEN = 100
_NONCE, _BEGUN, _RETURN_CODE = "nonce", "begun", "return_code"


class Overtaken(Exception):
    """The page was saved in another tab meanwhile, with answers that would be replaced; nothing was saved now."""


class OtherVisit(Exception):
    """The phone has begun for somebody else since the page was made; nothing was saved."""


@dataclass(frozen=True, slots=True)
class Visit:
    """``token`` is the cookie's and is stored nowhere; without it ``draft`` could not have been read."""

    token: str = field(repr=False)
    draft: Draft = field(repr=False)

    @property
    def nonce(self) -> bytes:
        return bytes.fromhex(self.draft.state[_NONCE])

    @property
    def begun_at(self) -> datetime.datetime:
        """The beginning of the hour in which the visit began."""
        return datetime.datetime.fromtimestamp(self.draft.state[_BEGUN] * 3600, datetime.UTC)

    @property
    def return_code(self) -> str | None:
        return self.draft.state.get(_RETURN_CODE)

    @property
    def has_answers(self) -> bool:
        return bool(self.draft.answers)

    @property
    def kept_until(self) -> datetime.date:
        """The last day on which the answers so far can be found again."""
        return self.draft.kept_on + datetime.timedelta(days=DAYS_KEPT)


def cookie_name(desk: Reception, doorway: Doorway) -> str:
    """One cookie for each collector: answering two surveys on one phone mixes nothing up."""
    prefix = "__Host-" if desk.secure else ""
    return f"{prefix}answers-{doorway.collector.code}"


def cookie_of(desk: Reception, doorway: Doorway) -> str | None:
    """What this phone's cookie says, if it has one for this collector."""
    wanted = cookie_name(desk, doorway)
    # A few names are compared where the framework would take every cookie apart, on each page of the journey.
    for pair in request.environ.get("HTTP_COOKIE", "").split(";"):
        name, _, token = pair.strip().partition("=")
        if name == wanted and token and len(token) <= LONGEST_TOKEN:
            return token
    return None


def find_visit(desk: Reception, doorway: Doorway) -> Visit | None:
    """The visit that this phone remembers at this collector; None where it remembers none that can be found."""
    token = cookie_of(desk, doorway)
    if token is None:
        return None
    with desk.database.drafts_connection() as session:
        draft = load_draft(session, token=token)
    if draft is None or draft.collector_id != doorway.collector.id:
        return None
    return Visit(token, draft)


def begin_visit(desk: Reception, doorway: Doorway, at: datetime.datetime) -> Visit:
    """A new visit, with nothing answered yet."""
    with desk.database.drafts_connection(writing=True) as session:
        token, draft = open_draft(
            session,
            collector_id=doorway.collector.id,
            version_id=doorway.collector.version_id,
            at=desk.today(at),
            state={_NONCE: new_nonce().hex(), _BEGUN: hour_of(at)},
        )
    return Visit(token, draft)


def save_visit(
    desk: Reception,
    token: str,
    answers: Answers,
    *,
    version_id: int,
    nonce: bytes | None,
    seen_version: int,
    at: datetime.datetime,
) -> tuple[Visit, bool] | None:
    """(visit, first time): what the cookie's ``token`` opens, with the answers of a page; None where it is gone.

    First time: whether the visit had not saved this page before.
    ``nonce`` is that of the visit which the page was made for, where it was made for one. Overtaken and OtherVisit: see
    there. One transaction, and what is replaced is known only in it, so saying no means undoing.
    """
    with desk.database.drafts_connection(writing=True) as session:
        saved = save_draft(session, token=token, answers=answers, seen_version=seen_version, at=desk.today(at))
        if saved is None:
            return None
        visit = Visit(token, saved.draft)
        if visit.draft.version_id != version_id or (nonce is not None and visit.nonce != nonce):
            raise OtherVisit
        if saved.replaced:
            raise Overtaken
    return visit, saved.first_time


def forget_visit(session: Session, visit: Visit) -> None:
    """Delete the answers so far."""
    delete_draft(session, token=visit.token)


def keep_cookie(desk: Reception, doorway: Doorway, response: Response, visit: Visit) -> None:
    """Let the phone remember the visit for seven days."""
    response.set_cookie(
        cookie_name(desk, doorway),
        visit.token,
        max_age=DAYS_KEPT * 86400,
        path="/",
        secure=desk.secure,
        httponly=True,
        samesite="Lax",
    )


def forget_cookie(desk: Reception, doorway: Doorway, response: Response) -> None:
    """Let the phone forget the visit, if it remembers one."""
    name = cookie_name(desk, doorway)
    if cookie_of(desk, doorway) is not None:
        response.delete_cookie(name, path="/", secure=desk.secure, httponly=True, samesite="Lax")


def carry_on_page(questionnaire: Questionnaire, answers: Answers) -> JourneyPage | None:
    """The first page on the way that has not been saved; None where all have."""
    for page in journey(questionnaire):
        if not all(key in answers for key in page.item_keys) and is_shown(questionnaire, page, answers):
            return page
    return None
