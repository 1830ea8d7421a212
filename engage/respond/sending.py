"""Sending: the answers are stored, once, before the person is told so."""

from __future__ import annotations

import datetime
import functools

from flask import Response
from sqlalchemy.orm import Session

from engage.respond.arriving import Doorway, Reception
from engage.respond.form_tokens import FormToken
from engage.respond.page_counts import SENT
from engage.respond.replies import see_other
from engage.respond.sent_tokens import Sent, make_sent_token
from engage.respond.visits import Visit, forget_cookie, forget_visit
from surveys.answers import Answers
from surveys.collecting import Collected, collect, sent_before


class SentDifferently(Exception):
    """The same form was sent before with other answers; nothing was stored now."""

    def __init__(self, doorway: Doorway, version_id: int, answers: Answers) -> None:
        super().__init__("the form was sent before")
        self.doorway = doorway
        self.version_id = version_id
        self.answers = answers


def send_answers(
    desk: Reception,
    doorway: Doorway,
    *,
    version_id: int,
    answers: Answers,
    nonce: bytes,
    at: datetime.datetime,
    visit: Visit | None = None,
) -> Response:
    """Store the answers, forget the draft, and go on to what comes after. SentDifferently: see there."""
    asks_about_person = bool(desk.questionnaire(version_id).equality)

    def work(session: Session) -> Collected:
        return collect(
            session,
            version_id=version_id,
            collector=doorway.collector,
            answers=answers,
            language=doorway.language,
            mode="web",
            receipt_key=desk.receipt_key(nonce),
            at=desk.today(at),
            equality_expected=asks_about_person,
        )

    if visit is None:
        # Without a draft there is nothing to forget, and no second transaction to open.
        collected = desk.database.run_writing(work)
    else:
        collected = desk.database.run_sending(work, functools.partial(forget_visit, visit=visit))
    if collected.repeated == "different":
        raise SentDifferently(doorway, version_id, answers)
    if collected.repeated == "no":
        desk.count(doorway, SENT, at)
    desk.counts.carry()
    return _thank(desk, doorway, version_id, collected, at)


def send_again(desk: Reception, doorway: Doorway, token: FormToken, at: datetime.datetime) -> Response | None:
    """The reply to a form that was sent already and whose answers are no longer at hand; None where it was not."""
    asks_about_person = bool(desk.questionnaire(token.version_id).equality)
    with desk.database.reading() as session:
        receipt_key = desk.receipt_key(token.nonce)
        collected = sent_before(session, receipt_key=receipt_key, equality_expected=asks_about_person)
    return None if collected is None else _thank(desk, doorway, token.version_id, collected, at)


def _thank(desk: Reception, doorway: Doorway, version_id: int, collected: Collected, at: datetime.datetime) -> Response:
    token = make_sent_token(desk.sent_tokens, Sent(doorway.collector.id, version_id, collected.equality_key), at)
    after = (token,) if collected.equality_key else (token, "thank-you")
    response = see_other(doorway.address("after", *after))
    forget_cookie(desk, doorway, response)
    return response
