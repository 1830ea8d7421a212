"""What an officer enters of one workshop, and what is wrong with it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields

from surveys.masking import OwnDetails, find_masks, masked

MOST_PEOPLE = 5_000
MOST_VOTES_EACH = 20
USUAL_VOTES_EACH = 3
LONGEST_LINE = 200
LONGEST_POINTS = 2_000
POINTS = {
    "agreed": "What people agreed on",
    "not_agreed": "What they did not agree on",
    "ideas": "Ideas to try",
}
"""The columns of the capture sheet, by the names under which they are kept."""


class WorkshopRefused(ValueError):
    """This cannot be kept; ``problems`` say what to do, by field: ``people``, or ``votes.THEME`` of a theme."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__("; ".join(problems.values()))
        self.problems = dict(problems)


@dataclass(frozen=True, slots=True)
class Said:
    """What a workshop said about one theme. ``votes`` is None where nobody counted; points stand one on each line."""

    votes: int | None = None
    agreed: str = ""
    not_agreed: str = ""
    ideas: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is noted."""
        return self == Said()

    def points(self, name: str) -> tuple[str, ...]:
        """The points of one column of the capture sheet."""
        return tuple(line.strip() for line in str(getattr(self, name)).splitlines() if line.strip())


@dataclass(frozen=True, slots=True)
class Record:
    """One workshop. ``audience`` is an id or None; ``votes_each`` is how many votes each person had.

    ``themes`` by theme id, only those of which anything is noted.
    """

    held_on: datetime.date
    place: str
    facilitator_role: str
    people: int
    audience: str | None = None
    votes_each: int = USUAL_VOTES_EACH
    themes: Mapping[str, Said] = field(default_factory=dict)

    @property
    def votes(self) -> int:
        """All votes that were counted."""
        return sum(said.votes or 0 for said in self.themes.values())

    def changed_since(self, other: Record) -> list[str]:
        """The names of the fields in which this differs; never what stands in them."""
        return [one.name for one in fields(self) if getattr(self, one.name) != getattr(other, one.name)]


def tidied(record: Record, own: OwnDetails) -> Record:
    """The record as it is kept: without what may identify somebody, and without themes of which nothing is noted."""

    def hidden(text: str) -> str:
        return masked(text, find_masks(text, own))

    said = {
        theme: Said(one.votes, *("\n".join(hidden(point) for point in one.points(name)) for name in POINTS))
        for theme, one in record.themes.items()
    }
    return Record(
        record.held_on,
        hidden(" ".join(record.place.split()))[:LONGEST_LINE],
        hidden(" ".join(record.facilitator_role.split()))[:LONGEST_LINE],
        record.people,
        record.audience,
        record.votes_each,
        {theme: one for theme, one in said.items() if not one.is_empty},
    )


def faults(record: Record, *, today: datetime.date) -> dict[str, str]:
    """What keeps a record from being kept, by field; empty for none."""
    return dict(_faults(record, today))


def _faults(record: Record, today: datetime.date) -> Iterator[tuple[str, str]]:
    if record.held_on > today:
        yield "held_on", "Choose the day on which the workshop was. It cannot be in the future"
    if not record.place.strip():
        yield "place", "Write where the workshop was"
    if not 1 <= record.people <= MOST_PEOPLE:
        yield "people", f"Write how many people came, from 1 to {MOST_PEOPLE:,}"
    if not 1 <= record.votes_each <= MOST_VOTES_EACH:
        yield "votes_each", f"Write how many votes each person had, from 1 to {MOST_VOTES_EACH}"
    elif record.people >= 1 and record.votes > record.people * record.votes_each:
        can_give = f"{record.people:,} people with {record.votes_each} each can give"
        yield "people", f"There are {record.votes:,} votes, more than {can_give}. Check the votes and the people"
    for theme, said in record.themes.items():
        if said.votes is not None and said.votes < 0:
            yield f"votes.{theme}", "Write a whole number of votes, or leave it empty"
        for name, label in POINTS.items():
            length = len(getattr(said, name))
            if length > LONGEST_POINTS:
                yield f"{name}.{theme}", f"{label}: use {LONGEST_POINTS:,} characters or fewer. It has {length:,}"
