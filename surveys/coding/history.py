"""What became of a frame's codes, in sentences that can be published: they name codes and never a comment's words."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.coding.merging import UNDOABLE, undo_fault
from surveys.storage import tables


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One change. ``undoable`` changes can be taken back now; ``fault`` says why one of that kind cannot."""

    id: int
    version: int
    at: datetime.datetime
    by: str
    words: str
    undoable: bool
    fault: str


def history(session: Session, *, frame: tables.CodeFrame) -> list[HistoryLine]:
    """The frame's changes, the newest first. Comments that one person coded again in a row are one line."""
    change = tables.CodeFrameChange
    found = session.scalars(select(change).where(change.frame_id == frame.id).order_by(change.id)).all()
    lines: list[HistoryLine] = []
    again = 0
    for place, one in enumerate(found):
        before = found[place - 1] if place else None
        if one.change["what"] == "recode":
            together = before is not None and before.change["what"] == "recode" and before.by == one.by
            again = again + 1 if together else 1
            if together:
                lines.pop()
            words = f"{_comments(again)} coded again."
        else:
            words = change_words(one.change)
        can_be = one.change["what"] in UNDOABLE
        fault = undo_fault(session, change=one) or "" if can_be else ""
        lines.append(HistoryLine(one.id, one.version, one.at, one.by, words, can_be and not fault, fault))
    return lines[::-1]


def change_words(change: Mapping[str, Any]) -> str:
    """What a change of a frame was, as a sentence."""
    name = f"“{change.get('name', '')}”"
    moved = change.get("moved", 0)
    match change["what"]:
        case "add":
            return f"{name} was added."
        case "reword":
            now = "" if change["now"] == change["name"] else f" and is now called “{change['now']}”"
            return f"{name} was reworded{now}; it means the same as before."
        case "split":
            return f"{name} was split into {_listed(change['names'])}. {_comments(moved)} to code again."
        case "replace":
            now = _listed(change["names"])
            return f"{name} was replaced by {now}, which means something else. {_comments(moved)} to code again."
        case "merge":
            were = "was" if len(change["names"]) == 1 else "were"
            return f"{_listed(change['names'])} {were} merged into {name}. {_comments(moved)} moved."
        case "retire":
            return f"{name} was retired. {_comments(moved)} lost it and {'stays' if moved == 1 else 'stay'} coded."
        case "undo":
            what = "The merge into" if change["undid"] == "merge" else "Retiring"
            left = f"; {_comments(change['left'])} coded again since kept what they have" if change["left"] else ""
            return f"{what} {name} was taken back. {_comments(moved)} restored{left}."
        case _:
            return "The frame applies to more questions."


def _comments(number: int) -> str:
    return "1 comment" if number == 1 else f"{number:,} comments"


def _listed(names: list[str]) -> str:
    quoted = [f"“{one}”" for one in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"
