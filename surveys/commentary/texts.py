"""What a commentary holds: a front sheet, a summary, and for each theme an advice with its reason."""

from __future__ import annotations

import datetime
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

Advice = Literal["keep", "change", "merge", "drop", "still deciding"]
ADVICE: tuple[Advice, ...] = get_args(Advice)

FRONT = {
    "purpose": "Purpose",
    "considered_before": "Where this was considered before",
    "executive_lead": "Executive lead",
    "author": "Author",
    "risk": "Risk references",
    "equality": "Equality references",
}
"""The lines of the front sheet with their names, in the order in which they are printed."""

LONGEST = {
    "purpose": 400,
    "considered_before": 400,
    "executive_lead": 200,
    "author": 200,
    "risk": 400,
    "equality": 400,
    "summary": 1_500,
    "reason": 600,
}
"""Characters at most, so that the summary keeps to page one, the front sheet to page two and a reason to its row."""


@dataclass(frozen=True, slots=True)
class Recommendation:
    """What is advised for one theme, and who wrote that when. ``advice`` is None before anybody has chosen one."""

    advice: Advice | None = None
    reason: str = ""
    by: str = ""
    on: datetime.date | None = None

    @property
    def is_whole(self) -> bool:
        """Whether it has both an advice and a reason."""
        return self.advice is not None and bool(self.reason.strip())


@dataclass(frozen=True, slots=True)
class Texts:
    """Everything that an officer writes. ``front`` by the keys of ``FRONT``, ``themes`` by theme id."""

    front: Mapping[str, str] = field(default_factory=dict)
    summary: str = ""
    themes: Mapping[str, Recommendation] = field(default_factory=dict)

    def theme(self, theme_id: str) -> Recommendation:
        """The recommendation for a theme; an empty one where nothing is written yet."""
        return self.themes.get(theme_id, Recommendation())

    def parts(self) -> dict[str, tuple[str, ...]]:
        """What two people can write independently of one another, by name: ``summary``, ``front.risk``, ``theme.x``."""
        return {
            **{f"front.{key}": (self.front.get(key, ""),) for key in FRONT},
            "summary": (self.summary,),
            **{f"theme.{name}": (one.advice or "", one.reason) for name, one in self.themes.items()},
        }

    def by_part(self) -> Iterator[tuple[str, str]]:
        """Every text, in all of which figures may stand, with the part that it belongs to."""
        for key in FRONT:
            yield f"front.{key}", self.front.get(key, "")
        yield "summary", self.summary
        for name, one in self.themes.items():
            yield f"theme.{name}", one.reason

    def digest(self) -> str:
        """SHA-256 of all that is written, its references not filled in, so that a report can say which text it has."""
        written = {name: part for name, part in self.parts().items() if any(part)}
        return hashlib.sha256(json.dumps(written, sort_keys=True).encode()).hexdigest()


def split_paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, which empty lines part; the lines of each run on."""
    return [" ".join(part.split("\n")).strip() for part in re.split(r"\n\s*\n", text) if part.strip()]


def too_long(texts: Texts, *, themes: Mapping[str, str] | None = None) -> dict[str, str]:
    """What to tell whoever wrote more than fits, by part. ``themes``: their titles by id, to say which reason it is."""
    found = {}
    for part, name, text, most in _limited(texts, themes or {}):
        if len(text) > most:
            found[part] = f"{name}: use {most:,} characters or fewer. It has {len(text):,}"
    return found


def _limited(texts: Texts, themes: Mapping[str, str]) -> Iterator[tuple[str, str, str, int]]:
    for key, name in FRONT.items():
        yield f"front.{key}", name, texts.front.get(key, ""), LONGEST[key]
    yield "summary", "Summary", texts.summary, LONGEST["summary"]
    for theme_id, one in texts.themes.items():
        name = f"Reason for “{themes[theme_id]}”" if theme_id in themes else "Reason"
        yield f"theme.{theme_id}", name, one.reason, LONGEST["reason"]


def to_record(texts: Texts) -> dict[str, Any]:
    """The texts as JSON."""
    return {
        "front": dict(texts.front),
        "summary": texts.summary,
        "themes": {
            name: {
                "advice": one.advice,
                "reason": one.reason,
                "by": one.by,
                "on": one.on.isoformat() if one.on else None,
            }
            for name, one in texts.themes.items()
        },
    }


def from_record(record: Mapping[str, Any]) -> Texts:
    """The texts that ``to_record`` stored."""
    return Texts(
        front=dict(record["front"]),
        summary=record["summary"],
        themes={
            name: Recommendation(
                one["advice"],
                one["reason"],
                one["by"],
                datetime.date.fromisoformat(one["on"]) if one["on"] else None,
            )
            for name, one in record["themes"].items()
        },
    )
