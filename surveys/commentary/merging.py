"""Putting together what two people wrote at once: nobody's words are lost, and each part is judged by itself.

A page carries a short digest of every part as it was shown. What was not changed there keeps what somebody else wrote
meanwhile; what both changed to something different is a conflict.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace

from surveys.commentary.texts import Texts

_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Merged:
    """``texts`` with conflicting parts as the stored texts have them; ``conflicts`` names these parts."""

    texts: Texts
    conflicts: tuple[str, ...]


def seen_as(texts: Texts) -> str:
    """The digest of every part, as a page carries it: ``summary=0123456789abcdef theme.x=...``."""
    return " ".join(f"{name}={_digest(part)}" for name, part in texts.parts().items())


def seen_from(text: str) -> dict[str, str]:
    """What ``seen_as`` wrote; whatever else stands there is left out, and so counts as never seen."""
    return dict(pair.partition("=")[::2] for pair in text.split() if "=" in pair)


def merge(*, stored: Texts, mine: Texts, seen: Mapping[str, str], by: str, on: datetime.date) -> Merged:
    """The stored texts with the parts that ``mine`` changed since they were ``seen``. ``by`` and ``on`` sign these.

    A part that was never shown counts as empty then.
    """
    theirs, ours = stored.parts(), mine.parts()
    taken, conflicts = [], []
    for name, part in ours.items():
        now = theirs.get(name, _empty(part))
        before = seen.get(name, _digest(_empty(part)))
        if part == now or _digest(part) == before:
            continue
        if _digest(now) == before:
            taken.append(name)
        else:
            conflicts.append(name)
    return Merged(_with(stored, mine, taken, by, on), tuple(conflicts))


def replied(*, shown: Texts, stored: Texts, seen: Mapping[str, str]) -> str:
    """What the page that shows ``shown`` has seen once ``stored`` is saved.

    A part in which the page still shows older words goes on as seen then, so that the newer ones are kept.
    """
    now = {name: _digest(part) for name, part in stored.parts().items()}
    on_page = {name: _digest(part) for name, part in shown.parts().items()}
    known = {
        name: now[name] if on_page.get(name) == now[name] else seen.get(name, "") for name in on_page if name in now
    }
    return " ".join(f"{name}={digest}" for name, digest in known.items())


def _with(stored: Texts, mine: Texts, taken: list[str], by: str, on: datetime.date) -> Texts:
    front, themes, summary = dict(stored.front), dict(stored.themes), stored.summary
    for name in taken:
        kind, _, key = name.partition(".")
        if kind == "front":
            front[key] = mine.front.get(key, "")
        elif kind == "theme":
            themes[key] = replace(mine.themes[key], by=by, on=on)
        else:
            summary = mine.summary
    return Texts(front, summary, themes)


def _empty(part: tuple[str, ...]) -> tuple[str, ...]:
    return ("",) * len(part)


def _digest(part: tuple[str, ...]) -> str:
    return hashlib.sha256("\0".join(part).encode()).hexdigest()[:_DIGITS]


def decided(stored: Texts, seen: Mapping[str, str], conflicts: tuple[str, ...]) -> str:
    """What a page has seen once it shows both texts of each conflict: whoever saves again means their own there."""
    now = stored.parts()
    shown = {name: _digest(now[name]) for name in conflicts if name in now}
    return " ".join(f"{name}={digest}" for name, digest in {**seen, **shown}.items())
