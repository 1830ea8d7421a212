"""A survey whose comments are being coded: a frame, and short ways to give codes and to see who has which."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.coding.coding import Choice, Sentiment, code_comment, coding_of
from surveys.coding.frames import CodeText, live_codes, make_frame
from surveys.storage import tables
from tests.commented import Commented
from tests.factories import NOW

CODER = "coder@example.org"


def a_frame(
    session: Session, at: Commented, *names: str, questions: tuple[str, ...] = ("comment",), name: str = "Themes"
) -> tables.CodeFrame:
    """A frame with codes of these names; three unless told otherwise."""
    codes = [CodeText(one, f"The comment is about {one.lower()}.") for one in names or ("Waiting", "Staff", "Parking")]
    return make_frame(session, survey=at.survey, name=name, questions=questions, codes=codes, at=NOW, by=CODER)


def code_named(session: Session, frame: tables.CodeFrame, name: str) -> tables.Code:
    return next(one for one in live_codes(session, frame_id=frame.id) if one.name == name)


def give(
    session: Session,
    frame: tables.CodeFrame,
    comment: tables.ScreenedComment,
    said: Mapping[str, Sentiment],
    *,
    at: datetime.datetime = NOW,
    by: str = CODER,
    round_number: int = 0,
) -> None:
    """Code a comment by the names of codes, over whatever it has."""
    choices = [Choice(code_named(session, frame, name).id, sentiment) for name, sentiment in said.items()]
    now = coding_of(session, frame_id=frame.id, ref=comment.ref, round_number=round_number)
    seen = now.seen if now else ""
    code_comment(
        session, frame=frame, ref=comment.ref, choices=choices, seen=seen, round_number=round_number, at=at, by=by
    )


def mentions(session: Session, frame: tables.CodeFrame) -> dict[tuple[bytes, int, str], str]:
    """Every sentiment, by comment, round and name of the code."""
    mention, code = tables.Mention, tables.Code
    rows = session.execute(
        select(mention.ref, mention.round, code.name, mention.sentiment)
        .join(code, code.id == mention.code_id)
        .where(mention.frame_id == frame.id)
    )
    return {(ref, number, name): sentiment for ref, number, name, sentiment in rows}


def had(session: Session, frame: tables.CodeFrame, comment: tables.ScreenedComment) -> dict[str, str]:
    """The codes of a comment in the round that counts, by name."""
    found = mentions(session, frame)
    return {name: said for (ref, number, name), said in found.items() if (ref, number) == (comment.ref, 0)}
