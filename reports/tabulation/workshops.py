"""What workshops said: a source of its own, of which nothing is ever added to figures of the survey."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Generic

from reports.tabulation.figures import F


@dataclass(frozen=True, slots=True)
class ThemeAtWorkshop(Generic[F]):
    """What one workshop said about one theme. ``votes`` is None where nobody counted; the others hold points."""

    theme_id: str
    votes: F | None
    agreed: tuple[str, ...]
    not_agreed: tuple[str, ...]
    ideas: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WorkshopTold(Generic[F]):
    """One workshop. ``people`` came, each with ``votes_each`` votes; ``votes`` is how many were counted, None for none.

    ``audience`` is an id, None where it was for everybody. Below ``minimum_base`` people no count is shown.
    """

    held_on: datetime.date
    place: str
    facilitator_role: str
    audience: str | None
    audience_label: str
    people: F
    minimum_base: int
    votes_each: int
    votes: F | None
    themes: tuple[ThemeAtWorkshop[F], ...]
