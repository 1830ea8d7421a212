"""A survey with something in it that nobody may see, one piece for each way of hiding it, planted as people would."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Mapping
from dataclasses import dataclass

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from engage import clock
from surveys.comments.moderating import open_for_moderation, redact
from surveys.comments.screening import screen_new
from surveys.comments.states import UNREAD, escalate, mark_read
from surveys.comments.translations import keep_translation
from surveys.storage import tables
from surveys.workshops.records import Said
from tests.engage.access.every_address import SLUG, World
from tests.engage.respond.conftest import following
from tests.engage.respond.forms import fill_in
from tests.factories import NOW
from tests.workshops import a_workshop

BY = "reader@example.org"
STAFF_NAME, HOSPITAL_NUMBER = "Philomena Grubwinkle", "RX7 999999"

KINDS_PLANTED = {
    "nhs_number": ("My NHS number is 943 476 5919.", "476 5919"),
    "phone": ("Ring me on 07700 900461 about it.", "07700 900461"),
    "email": ("Write to zebedee.quibble@example.org please.", "zebedee.quibble"),
    "postcode": ("I live at ZE1 7QB and cannot drive.", "ZE1 7QB"),
    "birth": ("I was born on 17/03/1951 and nobody asked.", "17/03/1951"),
    "age": ("I am 103 years old and was left to wait.", "103 years"),
    "name": ("Mrs Quimbleton was rude to me.", "quimbleton"),
    "ni_number": ("They wrote AB 12 34 56 C on the board.", "12 34 56"),
    "link": ("See https://facebook.com/quixotebloom for more.", "quixotebloom"),
    "hospital_number": ("My number is RX7 481920 there.", "RX7 481920"),
    "vehicle": ("My car KY68 XHZ was towed away.", "KY68 XHZ"),
}
"""By kind of detail: what somebody writes, and the part of it that may not come to light."""

OTHERS_PLANTED = {
    "staff name": (f"{STAFF_NAME} never listens.", "grubwinkle"),
    "redacted": ("The jackanapes in the corner laughed at me.", "jackanapes"),
    "escalated": ("They flibbertigibbeted my tablets again.", "flibbertigibbet"),
    "translated": ("Ysgrifennwch ata i yn fuan os gwelwch yn dda.", "wobbegong"),
    "just in": ("Tell justin.kerfuffle@example.org at once.", "justin.kerfuffle"),
}
PLANTED = KINDS_PLANTED | OTHERS_PLANTED


@dataclass(frozen=True)
class Planted:
    """The world in which it was planted, the names of the comments by what they hide, and the log of it all."""

    world: World
    refs: Mapping[str, str]
    log: io.StringIO


def plant(world: World) -> Planted:
    """Comments are written on the respondent's page, screened, read, moderated, coded, translated and quoted.

    A workshop said the same.
    """
    log = io.StringIO()
    with contextlib.redirect_stderr(log):
        with world.database.writing() as session:
            _own_list(session)
        texts = {what: text for what, (text, _) in PLANTED.items()}
        just_in = texts.pop("just in")
        for text in texts.values():
            write_comment(world.application.test_client(), world.parts["code"], text)
        with world.database.writing() as session:
            survey = session.scalars(select(tables.Survey).where(tables.Survey.slug == SLUG)).one()
            screen_new(session, survey=survey)
            found = {what: _screened(session, text) for what, text in texts.items()}
            for what, comment in found.items():
                _work_on(session, survey, comment, what)
            refs = {what: comment.ref.hex() for what, comment in found.items()}
            said = "\n".join(text for text, _ in (*KINDS_PLANTED.values(), OTHERS_PLANTED["staff name"]))
            a_workshop(session, survey, place=said, facilitator_role=said, themes={"waiting": Said(agreed=said)})
        write_comment(world.application.test_client(), world.parts["code"], just_in)
    return Planted(world, refs, log)


def write_comment(client: FlaskClient, code: str, text: str) -> None:
    """One person's answers, sent from the page with all questions."""
    follower = following(client)
    page = follower.get(f"/{code}/all")
    answers = fill_in(page.form, words="")
    sent = follower.submit(page, {**answers, "waiting.comment": text})
    assert sent.heading == "Your answers have been sent", sent.text


def _own_list(session: Session) -> None:
    organisation = session.scalars(select(tables.Survey.organisation_id).where(tables.Survey.slug == SLUG)).one()
    session.add(
        tables.MaskingList(
            organisation_id=organisation,
            hospital_number=HOSPITAL_NUMBER,
            staff_names=[STAFF_NAME],
            changed_at=NOW,
            changed_by=BY,
        )
    )


def _screened(session: Session, text: str) -> tables.ScreenedComment:
    comment, screened = tables.Comment, tables.ScreenedComment
    same = (
        (comment.survey_id == screened.survey_id)
        & (comment.response_key == screened.response_key)
        & (comment.item_key == screened.item_key)
    )
    return session.scalars(select(screened).join(comment, same).where(comment.text == text)).one()


def _work_on(session: Session, survey: tables.Survey, comment: tables.ScreenedComment, what: str) -> None:
    at = clock.now()
    if what == "escalated":
        escalate(session, comment=comment, owner=BY, reference="", seen=UNREAD, by=BY, at=at)
        return
    mark_read(session, comment=comment, seen=UNREAD, by=BY, at=at)
    if what == "redacted":
        moderated = open_for_moderation(session, survey=survey, ref=comment.ref)
        assert moderated is not None
        redact(session, moderated, words="jackanapes in the", occurrences=[0], reason="abusive", at=at, by=BY)
    if what == "translated":
        words = "Write to wobbegong@example.org soon please."
        keep_translation(
            session, screened=comment, language="en", words=words, name="A. Translator", way="person", at=at, by=BY
        )
    _code_and_quote(session, comment)


def _code_and_quote(session: Session, comment: tables.ScreenedComment) -> None:
    frame = session.scalars(select(tables.CodeFrame).order_by(tables.CodeFrame.id)).first()
    assert frame is not None
    code = session.scalars(select(tables.Code).where(tables.Code.frame_id == frame.id)).first()
    assert code is not None
    place = {"ref": comment.ref, "organisation_id": comment.organisation_id}
    coding = {"frame_id": frame.id, "round": 0}
    session.add(tables.CodedComment(**place, **coding, frame_version=frame.version, coded_at=NOW, coded_by=BY))
    session.flush()
    session.add(tables.Mention(**place, **coding, code_id=code.id, sentiment="negative", suggested=False))
    session.add(
        tables.Quote(
            **place,
            survey_id=comment.survey_id,
            item_key=comment.item_key,
            words=comment.words,
            state="approved",
            chosen_at=NOW,
            chosen_by=BY,
            checked_at=NOW,
            checked_by="second@example.org",
        )
    )
    session.flush()
