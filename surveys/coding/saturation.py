"""Whether new points still come up: codes that were made or first used, in the order in which comments were coded.

A code comes up where a comment gets it for the first time, and where it was made once coding had begun. A comment that
was coded again stands where it was coded last.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from surveys.coding.frames import live_codes
from surveys.storage import tables

STRETCH = 25
"""Comments in one row of the table."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Comments ``first`` to ``last``, counted from 1: names of codes first used there, and of codes made there."""

    first: int
    last: int
    used: tuple[str, ...]
    made: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Saturation:
    """``since_new``: comments coded since the last new code came up. ``unused``: names of codes no comment has."""

    comments: int
    stretches: tuple[Stretch, ...]
    since_new: int
    unused: tuple[str, ...]


def saturation(session: Session, *, frame: tables.CodeFrame) -> Saturation:
    """How new codes came up in the round that counts; codes that are no longer in use are left out."""
    coded, mention = tables.CodedComment, tables.Mention
    names = {one.id: one.name for one in live_codes(session, frame_id=frame.id)}
    same = and_(mention.ref == coded.ref, mention.frame_id == coded.frame_id, mention.round == coded.round)
    rows = session.execute(
        select(coded.ref, coded.coded_at, mention.code_id)
        .outerjoin(mention, same)
        .where(coded.frame_id == frame.id, coded.round == 0)
        .order_by(coded.coded_at, coded.ref)
    )
    moments, place, last_ref = [], 0, None
    used: dict[int, int] = {}
    for ref, at, code_id in rows:
        if ref != last_ref:
            place, last_ref = place + 1, ref
            moments.append(at)
        if code_id in names:
            used.setdefault(code_id, place)
    made = {
        code_id: bisect_right(moments, one.at) + 1
        for one in _makings(session, frame.id)
        for code_id in one.change.get("into", [one.change["code"]])
        if code_id in names
    }
    newest = max([*used.values(), *(at - 1 for at in made.values())], default=0)
    stretches = tuple(
        Stretch(
            first,
            min(first + STRETCH - 1, place),
            _within(used, names, first),
            # What was made after the last comment belongs to the last row.
            _within({code: min(at, place) for code, at in made.items()}, names, first),
        )
        for first in range(1, place + 1, STRETCH)
    )
    return Saturation(place, stretches, place - newest, tuple(names[one] for one in names if one not in used))


def _makings(session: Session, frame_id: int) -> list[tables.CodeFrameChange]:
    change = tables.CodeFrameChange
    found = session.scalars(select(change).where(change.frame_id == frame_id).order_by(change.id))
    return [one for one in found if one.change["what"] in ("add", "split", "replace")]


def _within(places: dict[int, int], names: dict[int, str], first: int) -> tuple[str, ...]:
    return tuple(names[code] for code in names if first <= places.get(code, 0) < first + STRETCH)
