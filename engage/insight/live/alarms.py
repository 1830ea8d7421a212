"""Collectors that fell silent: a poster that came down, a link that was cut short, a ward that forgot."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from engage.insight.live.counting import Counts
from surveys.storage import tables

QUIET_DAYS = 3


@dataclass(frozen=True, slots=True)
class Silence:
    """A collector without answers; ``since`` is the day of its last one, None where it never had any."""

    code: str
    name: str
    since: datetime.date | None


def silent_collectors(
    collectors: Iterable[tables.Collector], counts: Counts, *, opened_on: datetime.date | None, today: datetime.date
) -> list[Silence]:
    """Collectors in use without an answer for three whole days; of new ones, for three days after they began.

    A collector begins on the day of its activity, where one is planned, and not before its survey opens.
    """
    found = []
    for collector in collectors:
        if collector.stopped_at is not None:
            continue
        last = counts.last_day(collector.id)
        began = max(day for day in (collector.planned_on or collector.created_on, opened_on) if day is not None)
        if (today - (last or began)).days > QUIET_DAYS:
            found.append(Silence(collector.code, collector.name, last))
    return found
