"""Changing the codes of a frame: adding, rewording, ordering and splitting them.

A code means the same for as long as it lives. Where its meaning changes, another code takes its place, and the comments
that had the old one wait to be coded again: their mentions stay at the retired code until somebody has decided.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveys.coding.frames import (
    CodeText,
    FrameRefused,
    check_code_name,
    is_used,
    live_codes,
    lock,
    new_code,
    write_change,
)
from surveys.storage import tables

FIELDS = ("name", "definition", "include", "exclude", "example")


def add_code(
    session: Session, *, frame: tables.CodeFrame, text: CodeText, at: datetime.datetime, by: str
) -> tables.Code:
    """Add a code at the end. FrameRefused for a name that is empty, too long or taken."""
    lock(session, frame)
    code = new_code(session, frame=frame, text=text)
    change = {"what": "add", "code": code.id, "name": code.name, "moved": 0}
    code.added_in = write_change(session, frame=frame, change=change, at=at, by=by)
    session.flush()
    return code


def reword_code(
    session: Session, *, code: tables.Code, text: CodeText, same_meaning: bool, at: datetime.datetime, by: str
) -> tables.Code:
    """Say a code in other words; the code that now stands in its place.

    With the ``same_meaning`` it is the same code, and nothing is coded again. Otherwise another code takes its place,
    and the comments of the old one wait to be coded again. FrameRefused for a name that cannot be, or a retired code.
    """
    frame = _frame_of(session, code)
    if not same_meaning and is_used(session, frame=frame):
        (successor,) = _succeed(session, frame, code, [text], at=at, by=by)
        return successor
    others = [one for one in live_codes(session, frame_id=frame.id) if one.id != code.id]
    check_code_name(others, text.name)
    differing = [field for field in FIELDS if getattr(code, field) != getattr(text, field)]
    if differing:
        change = {"what": "reword", "code": code.id, "name": code.name, "parts": differing, "moved": 0}
        for field in differing:
            setattr(code, field, getattr(text, field))
        write_change(session, frame=frame, change={**change, "now": code.name}, at=at, by=by)
    session.flush()
    return code


def move_code(session: Session, *, code: tables.Code, up: bool) -> None:
    """Move a code one place up or down in the list, which changes no meaning and so no version."""
    frame = _frame_of(session, code)
    codes = live_codes(session, frame_id=frame.id)
    place = codes.index(code)
    other = place - 1 if up else place + 1
    if 0 <= other < len(codes):
        codes[place], codes[other] = codes[other], codes[place]
    _number(codes)
    session.flush()


def split_code(
    session: Session, *, code: tables.Code, into: Sequence[CodeText], at: datetime.datetime, by: str
) -> list[tables.Code]:
    """Put two or more codes in the place of one, which is retired; the new ones.

    Its comments keep it until each is coded again. FrameRefused for fewer than two codes, or names that cannot be.
    """
    if len(into) < 2:
        raise FrameRefused("Give the names of at least two codes to split this one into.")
    return _succeed(session, _frame_of(session, code), code, into, at=at, by=by)


def waiting_for_recoding(session: Session, *, frame_id: int) -> dict[int, int]:
    """How many comments wait to be coded again, by the id of the retired code that each still has."""
    mention, code = tables.Mention, tables.Code
    rows = session.execute(
        select(mention.code_id, func.count().label("comments"))
        .join(code, code.id == mention.code_id)
        .where(mention.frame_id == frame_id, mention.round == 0, code.retired_in.is_not(None))
        .group_by(mention.code_id)
    )
    return {one.code_id: one.comments for one in rows}


def _succeed(
    session: Session,
    frame: tables.CodeFrame,
    code: tables.Code,
    into: Sequence[CodeText],
    *,
    at: datetime.datetime,
    by: str,
) -> list[tables.Code]:
    codes = live_codes(session, frame_id=frame.id)
    place = codes.index(code)
    mention = tables.Mention
    waiting = session.scalar(select(func.count()).where(mention.code_id == code.id, mention.round == 0))
    # Retired first, so that one of the new codes may have its name.
    code.retired_in = frame.version
    session.flush()
    successors = [new_code(session, frame=frame, text=text, position=code.position) for text in into]
    change = {
        "what": "split" if len(into) > 1 else "replace",
        "code": code.id,
        "name": code.name,
        "into": [one.id for one in successors],
        "names": [one.name for one in successors],
        "moved": waiting,
    }
    version = write_change(session, frame=frame, change=change, at=at, by=by)
    for one in successors:
        one.added_in = version
    if is_used(session, frame=frame):
        code.retired_in = version
    else:
        session.delete(code)
    _number([*codes[:place], *successors, *codes[place + 1 :]])
    session.flush()
    return successors


def _frame_of(session: Session, code: tables.Code) -> tables.CodeFrame:
    """The code's frame, locked. FrameRefused for a code that was retired meanwhile."""
    frame = session.get_one(tables.CodeFrame, code.frame_id)
    lock(session, frame)
    session.refresh(code)
    if code.retired_in is not None:
        raise FrameRefused(f"“{code.name}” is retired. Look at the frame as it is now.")
    return frame


def _number(codes: Sequence[tables.Code]) -> None:
    for position, code in enumerate(codes, start=1):
        code.position = position
