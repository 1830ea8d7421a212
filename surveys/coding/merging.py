"""Merging and retiring codes, and taking either back exactly.

Neither changes which comments are coded, only which codes they have. What the comments had before is kept with the
change, as refs, ids of codes and sentiments, and never any words.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, select, tuple_
from sqlalchemy.orm import Session

from surveys.coding.frames import FrameRefused, all_codes, check_code_name, is_used, live_codes, lock, write_change
from surveys.storage import tables

_AT_ONCE = 400
UNDOABLE = ("merge", "retire")

_Place = tuple[bytes, int]


@dataclass(frozen=True, slots=True)
class Undone:
    """``restored`` comments have what they had before the change; ``left`` were coded again since, or are gone."""

    restored: int
    left: int


@dataclass(frozen=True, slots=True)
class _Had:
    ref: bytes
    round: int
    code_id: int
    sentiment: str
    suggested: bool


def joined_sentiment(sentiments: Iterable[str]) -> str:
    """What several sentiments of one comment make together: neutral gives way, and those that conflict are mixed."""
    told = set(sentiments) - {"neutral"}
    if not told:
        return "neutral"
    return told.pop() if len(told) == 1 else "mixed"


def merge_codes(
    session: Session, *, kept: tables.Code, merged: Collection[tables.Code], at: datetime.datetime, by: str
) -> int:
    """Give the comments of the merged codes the kept one instead and retire the merged; how many comments changed.

    A comment that had several of them has the kept one once, with their joined sentiment; in every round alike.
    FrameRefused for codes of another frame, retired ones, none at all, or the kept one among the merged.
    """
    frame = session.get_one(tables.CodeFrame, kept.frame_id)
    lock(session, frame)
    live = {one.id for one in live_codes(session, frame_id=frame.id)}
    gone = {one.id for one in merged}
    if not gone or kept.id in gone:
        raise FrameRefused("Choose at least one other code to merge.")
    if not gone | {kept.id} <= live:
        raise FrameRefused("One of these codes is retired. Look at the frame as it is now.")
    before = _mentions(session, frame.id, gone)
    affected = {_place(one) for one in before}
    before += [one for one in _mentions(session, frame.id, {kept.id}) if _place(one) in affected]
    _remove(session, frame.id, before)
    _insert(session, frame, [_joined(group, kept.id) for group in _by_place(before).values()])
    change = {"what": "merge", "code": kept.id, "name": kept.name, "names": sorted(one.name for one in merged)}
    return _retire(session, frame, merged, change, before, into=kept.id, at=at, by=by)


def retire_code(session: Session, *, code: tables.Code, at: datetime.datetime, by: str) -> int:
    """Take a code out of use and away from its comments, which stay coded; how many comments had it."""
    frame = session.get_one(tables.CodeFrame, code.frame_id)
    lock(session, frame)
    session.refresh(code)
    if code.retired_in is not None:
        raise FrameRefused(f"“{code.name}” is retired. Look at the frame as it is now.")
    before = _mentions(session, frame.id, {code.id})
    _remove(session, frame.id, before)
    change = {"what": "retire", "code": code.id, "name": code.name}
    return _retire(session, frame, [code], change, before, into=None, at=at, by=by)


def undo_fault(session: Session, *, change: tables.CodeFrameChange) -> str | None:
    """Why a change cannot be taken back, in words for whoever wants to; None where it can."""
    if change.change["what"] not in UNDOABLE:
        return "Only a merge and a retired code can be taken back."
    later = session.scalars(
        select(tables.CodeFrameChange)
        .where(tables.CodeFrameChange.frame_id == change.frame_id, tables.CodeFrameChange.id > change.id)
        .order_by(tables.CodeFrameChange.id)
    ).all()
    undone = {one.change["of"] for one in later if one.change["what"] == "undo"}
    if change.id in undone:
        return "It was taken back already."
    touched = _touched(change.change)
    if any(_touched(one.change) & touched for one in later if one.id not in undone and _moves(one.change)):
        return "One of these codes was merged, split or retired again later. Take that back first, where it can be."
    codes = all_codes(session, frame_id=change.frame_id)
    live = [one for one in codes.values() if one.retired_in is None]
    try:
        for code_id in change.change["gone"]:
            check_code_name(live, codes[code_id].name)
    except FrameRefused:
        return "Another code has the same name by now. Rename that first."
    return None


def undo_change(session: Session, *, change: tables.CodeFrameChange, at: datetime.datetime, by: str) -> Undone:
    """Take a merge or a retired code back: its comments have again what they had. FrameRefused with ``undo_fault``.

    A comment that was coded again after the change keeps what it got then.
    """
    frame = session.get_one(tables.CodeFrame, change.frame_id)
    lock(session, frame)
    fault = undo_fault(session, change=change)
    if fault:
        raise FrameRefused(fault)
    told = change.change
    before = _by_place(_read(told["before"]))
    untouched = _coded_before(session, frame.id, before, change.version)
    restored = [one for place in untouched for one in before[place]]
    if told["what"] == "merge":
        _remove(session, frame.id, [_Had(*place, told["code"], "", False) for place in untouched])
    _insert(session, frame, restored)
    codes = all_codes(session, frame_id=frame.id)
    for code_id in told["gone"]:
        codes[code_id].retired_in = codes[code_id].merged_into_id = None
    undone = Undone(len(_counted(untouched)), len(_counted(before)) - len(_counted(untouched)))
    said = {"what": "undo", "of": change.id, "code": told["code"], "name": told["name"], "undid": told["what"]}
    names = [codes[code_id].name for code_id in told["gone"]]
    counts = {"moved": undone.restored, "left": undone.left}
    write_change(session, frame=frame, change={**said, "names": names, **counts}, at=at, by=by)
    return undone


def _retire(
    session: Session,
    frame: tables.CodeFrame,
    codes: Collection[tables.Code],
    change: dict[str, Any],
    before: Sequence[_Had],
    *,
    into: int | None,
    at: datetime.datetime,
    by: str,
) -> int:
    gone = sorted(one.id for one in codes)
    moved = len(_counted(_by_place(before)))
    if not is_used(session, frame=frame):
        for code in codes:
            session.delete(code)
        session.flush()
        return moved
    written = [[one.ref.hex(), one.round, one.code_id, one.sentiment, one.suggested] for one in before]
    version = write_change(
        session, frame=frame, change={**change, "gone": gone, "moved": moved, "before": written}, at=at, by=by
    )
    for code in codes:
        code.retired_in, code.merged_into_id = version, into
    session.flush()
    return moved


def _mentions(session: Session, frame_id: int, code_ids: Collection[int]) -> list[_Had]:
    mention = tables.Mention
    rows = session.execute(
        select(mention.ref, mention.round, mention.code_id, mention.sentiment, mention.suggested)
        .where(mention.frame_id == frame_id, mention.code_id.in_(code_ids))
        .order_by(mention.ref, mention.round, mention.code_id)
    )
    return [_Had(*row) for row in rows]


def _remove(session: Session, frame_id: int, had: Sequence[_Had]) -> None:
    mention = tables.Mention
    for begin in range(0, len(had), _AT_ONCE):
        chunk = [(one.ref, one.round, one.code_id) for one in had[begin : begin + _AT_ONCE]]
        session.execute(
            delete(mention)
            .where(mention.frame_id == frame_id, tuple_(mention.ref, mention.round, mention.code_id).in_(chunk))
            .execution_options(synchronize_session="fetch")
        )


def _insert(session: Session, frame: tables.CodeFrame, had: Sequence[_Had]) -> None:
    if not had:
        return
    session.execute(
        insert(tables.Mention),
        [
            {
                "ref": one.ref,
                "frame_id": frame.id,
                "round": one.round,
                "code_id": one.code_id,
                "organisation_id": frame.organisation_id,
                "sentiment": one.sentiment,
                "suggested": one.suggested,
            }
            for one in had
        ],
    )


def _coded_before(session: Session, frame_id: int, places: Collection[_Place], version: int) -> list[_Place]:
    """Those of the places that were last coded before the frame had this version."""
    coded = tables.CodedComment
    rows = session.execute(
        select(coded.ref, coded.round).where(coded.frame_id == frame_id, coded.frame_version < version)
    )
    return [(ref, number) for ref, number in rows if (ref, number) in places]


def _joined(had: Sequence[_Had], code_id: int) -> _Had:
    sentiment = joined_sentiment(one.sentiment for one in had)
    return _Had(had[0].ref, had[0].round, code_id, sentiment, all(one.suggested for one in had))


def _by_place(had: Iterable[_Had]) -> dict[_Place, list[_Had]]:
    found: dict[_Place, list[_Had]] = defaultdict(list)
    for one in had:
        found[_place(one)].append(one)
    return dict(found)


def _place(had: _Had) -> _Place:
    return had.ref, had.round


def _counted(places: Iterable[_Place]) -> list[_Place]:
    """Without the rounds of second coders, which count nowhere."""
    return [place for place in places if place[1] == 0]


def _read(written: Iterable[Sequence[Any]]) -> list[_Had]:
    return [_Had(bytes.fromhex(ref), *others) for ref, *others in written]


def _moves(change: Mapping[str, Any]) -> bool:
    return change["what"] in ("merge", "retire", "split", "replace")


def _touched(change: Mapping[str, Any]) -> set[int]:
    return {change.get("code", 0), *change.get("gone", ())}
