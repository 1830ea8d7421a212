"""Giving codes to comments: several per comment, each with the sentiment in which it is said.

A comment that was coded and has no mention is one that no code fits; it counts among those who commented. Whoever saves
says what they had seen, so that two people who code the same comment never lose each other's work.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Literal, get_args

from sqlalchemy import delete, exists, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from surveys.coding.drawing import may_code
from surveys.coding.frames import all_codes, in_frame
from surveys.comments.states import usable_comments
from surveys.storage import tables

Sentiment = Literal["positive", "negative", "mixed", "neutral"]
SENTIMENTS: tuple[Sentiment, ...] = get_args(Sentiment)


class CodingRefused(ValueError):
    """The comment cannot get these codes; the message says why."""


class CodedMeanwhile(Exception):
    """Somebody else coded the comment since it was read. Nothing was saved."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One code of a comment. ``suggested``: the model suggested it and a person accepted it."""

    code_id: int
    sentiment: Sentiment
    suggested: bool = False


@dataclass(frozen=True, slots=True)
class Coding:
    """What a comment got, by whom and when, with which version of the frame. ``seen`` is handed back when saving."""

    choices: tuple[Choice, ...]
    by: str
    at: datetime.datetime
    frame_version: int
    seen: str


def find_comment(
    session: Session, *, frame: tables.CodeFrame, ref: bytes, round_number: int = 0
) -> tables.ScreenedComment | None:
    """The comment with this name, if it may be coded with the frame: read by a person, not escalated, and drawn for the
    round where that is a sample."""
    screened = tables.ScreenedComment
    return session.scalar(select(screened).where(screened.ref == ref, *can_be_coded(frame, round_number)))


def can_be_coded(frame: tables.CodeFrame, round_number: int = 0) -> tuple[Any, ...]:
    """The WHERE clauses for ``tables.ScreenedComment`` that can be coded with the frame in this round."""
    drawn, screened = tables.CodingSampleComment, tables.ScreenedComment
    clauses = (usable_comments(survey_id=frame.survey_id), in_frame(frame))
    in_sample = exists().where(drawn.ref == screened.ref, drawn.frame_id == frame.id, drawn.round == round_number)
    return clauses if round_number == 0 else (*clauses, in_sample)


def coding_of(session: Session, *, frame_id: int, ref: bytes, round_number: int = 0) -> Coding | None:
    """What the comment got in this round; None as long as nobody has coded it."""
    coded = session.get(tables.CodedComment, (ref, frame_id, round_number), populate_existing=True)
    if coded is None:
        return None
    mention = tables.Mention
    rows = session.execute(
        select(mention.code_id, mention.sentiment, mention.suggested)
        .where(mention.ref == ref, mention.frame_id == frame_id, mention.round == round_number)
        .order_by(mention.code_id)
    ).all()
    choices = tuple(Choice(row.code_id, _known(row.sentiment), row.suggested) for row in rows)
    told = repr((coded.coded_at, coded.coded_by, [(one.code_id, one.sentiment) for one in choices]))
    seen = hashlib.sha256(told.encode()).hexdigest()[:16]
    return Coding(choices, coded.coded_by, coded.coded_at, coded.frame_version, seen)


def code_comment(
    session: Session,
    *,
    frame: tables.CodeFrame,
    ref: bytes,
    choices: Collection[Choice],
    seen: str,
    round_number: int = 0,
    at: datetime.datetime,
    by: str,
) -> None:
    """Give the comment these codes instead of those it has; none at all means that no code fits.

    ``seen`` is that of the coding that was replaced, "" where there was none. Raises CodedMeanwhile where the comment
    was coded since, and CodingRefused where a code is retired, chosen twice or another frame's, or the comment cannot
    be coded. A choice that decides about a retired code is kept in the frame's history.
    """
    # A code must not be merged or retired between this look and the end of the transaction.
    session.refresh(frame, with_for_update={"read": True})
    if not may_code(session, frame_id=frame.id, round_number=round_number, by=by):
        raise CodingRefused("A sample is coded by its second coder alone, who codes nothing else until it is finished.")
    if find_comment(session, frame=frame, ref=ref, round_number=round_number) is None:
        raise CodingRefused(
            "This comment cannot be coded any more: it was passed on, removed, or is not in the sample."
        )
    codes = all_codes(session, frame_id=frame.id)
    chosen = [one.code_id for one in choices]
    if len(set(chosen)) != len(chosen):
        raise CodingRefused("A comment can have a code only once.")
    if any(one.sentiment not in SENTIMENTS for one in choices):
        raise CodingRefused("Choose how each point is said: positive, negative, mixed or neutral.")
    if any(one not in codes or codes[one].retired_in is not None for one in chosen):
        raise CodingRefused("One of these codes was merged, split or retired meanwhile. Choose from the list as it is.")
    before = _replaceable(session, frame, ref, round_number, seen)
    if before is None:
        _begin(session, frame, ref, round_number, at, by)
    else:
        coded = session.get_one(tables.CodedComment, (ref, frame.id, round_number))
        coded.frame_version, coded.coded_at, coded.coded_by = frame.version, at, by
        session.flush()
    session.add_all(
        tables.Mention(
            ref=ref,
            frame_id=frame.id,
            round=round_number,
            code_id=one.code_id,
            organisation_id=frame.organisation_id,
            sentiment=one.sentiment,
            suggested=one.suggested,
        )
        for one in choices
    )
    session.flush()
    if round_number == 0 and before is not None:
        _keep_recoding(session, frame, ref, before.choices, choices, codes, at=at, by=by)


def clear_coding(session: Session, *, frame: tables.CodeFrame, ref: bytes, seen: str, round_number: int = 0) -> None:
    """Make it a comment that nobody has coded. CodedMeanwhile where somebody coded it since ``seen``."""
    session.refresh(frame, with_for_update={"read": True})
    if _replaceable(session, frame, ref, round_number, seen) is not None:
        session.delete(session.get_one(tables.CodedComment, (ref, frame.id, round_number)))
        session.flush()


def _known(word: str) -> Sentiment:
    return SENTIMENTS[SENTIMENTS.index(word)]


def _replaceable(session: Session, frame: tables.CodeFrame, ref: bytes, round_number: int, seen: str) -> Coding | None:
    """What the comment had until now, locked and taken away from it; None where nobody had coded it."""
    coded = tables.CodedComment
    same = (coded.ref == ref, coded.frame_id == frame.id, coded.round == round_number)
    session.execute(select(coded.ref).where(*same).with_for_update())
    now = coding_of(session, frame_id=frame.id, ref=ref, round_number=round_number)
    if seen != (now.seen if now else ""):
        raise CodedMeanwhile
    if now is not None:
        mention = tables.Mention
        session.execute(
            delete(mention)
            .where(mention.ref == ref, mention.frame_id == frame.id, mention.round == round_number)
            .execution_options(synchronize_session="fetch")
        )
    return now


def _begin(
    session: Session, frame: tables.CodeFrame, ref: bytes, round_number: int, at: datetime.datetime, by: str
) -> None:
    """The row for a comment that nobody had coded. It is not looked for again: somebody may have made it since."""
    coded = tables.CodedComment(
        ref=ref,
        frame_id=frame.id,
        round=round_number,
        organisation_id=frame.organisation_id,
        frame_version=frame.version,
        coded_at=at,
        coded_by=by,
    )
    try:
        with session.begin_nested():
            session.add(coded)
    except IntegrityError:
        # Two people saved the same new comment at the same moment, and the other was first.
        raise CodedMeanwhile from None


def _keep_recoding(
    session: Session,
    frame: tables.CodeFrame,
    ref: bytes,
    before: Collection[Choice],
    choices: Collection[Choice],
    codes: dict[int, tables.Code],
    *,
    at: datetime.datetime,
    by: str,
) -> None:
    decided = [one.code_id for one in before if codes[one.code_id].retired_in is not None]
    if not decided:
        return
    change = {
        "what": "recode",
        "ref": ref.hex(),
        "codes": decided,
        "before": [[one.code_id, one.sentiment] for one in before],
        "after": [[one.code_id, one.sentiment] for one in choices],
        "moved": 1,
    }
    session.add(
        tables.CodeFrameChange(
            frame_id=frame.id,
            organisation_id=frame.organisation_id,
            version=frame.version,
            change=change,
            at=at,
            by=by,
        )
    )
    session.flush()
