"""Weeks in which few people answered, taken together with the next, so that periods never differ by a few people.

Groups by week, groups by month and the bounds of periods are the same stretches of weeks: whatever a reader takes from
one another is one or more of them, and in each there are enough people.
"""

from __future__ import annotations

import datetime
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from reports.splitting import Split, month_of, week_of
from reports.tabulation import Filters

_SUNDAY = datetime.timedelta(days=6)


def enough_each(weeks: Split, needed: NDArray[np.int64]) -> Split:
    """The split by week with every week of too few people joined to those after it, the last ones to those before.

    ``needed`` is the minimum base of each person's audience. A group's value is the Monday that it begins on; the last
    Sunday is in its label where it is more than a week. Too few people altogether are one stretch.
    """
    order = {code: place for place, code in enumerate(sorted(range(len(weeks.values)), key=weeks.values.__getitem__))}
    joined: list[list[str]] = []
    codes = np.full(len(weeks.codes), -1, dtype=np.int32)
    people = np.zeros(len(weeks.codes), dtype=bool)
    waiting: list[str] = []
    for code in order:
        people |= weeks.codes == code
        waiting.append(weeks.values[code])
        if people.sum() >= needed[people].max(initial=1):
            codes[people] = len(joined)
            joined.append(waiting)
            people, waiting = np.zeros_like(people), []
    if waiting:
        codes[people] = max(len(joined) - 1, 0)
        joined = [*joined[:-1], joined[-1] + waiting] if joined else [waiting]
    labels = {one[0]: weeks.labels[one[0]] if len(one) == 1 else f"{one[0]} – {_end(one[-1])}" for one in joined}
    return replace(weeks, values=tuple(labels), labels=labels, codes=codes)


def months_of(joined: Split, months: Split) -> Split:
    """The split by month with whole stretches of weeks, each in the month of its first week.

    A month of a few late answers would otherwise be too small to show, and so would another and weeks of both, because
    figures by month and by week together would tell what those few said.
    """
    named = [f"{month_of(datetime.date.fromisoformat(monday)):%Y-%m}" for monday in joined.values]
    values = tuple(month for month in months.values if month in named)
    place = np.array([*(values.index(month) for month in named), -1], dtype=np.int32)
    labels = {month: months.labels[month] for month in values}
    return replace(months, values=values, labels=labels, codes=place[joined.codes])


def whole_stretches(filters: Filters, joined: Split, weeks: Split) -> tuple[Filters, list[int]]:
    """The filters with their period widened to whole stretches of weeks, and which of ``joined`` it holds."""
    last = {
        one: max(weeks.values[code] for code in np.unique(weeks.codes[joined.codes == one]))
        for one in np.unique(joined.codes).tolist()
    }
    held = [
        one
        for one, week in last.items()
        if (filters.since is None or _end(week) >= filters.since)
        and (filters.until is None or datetime.date.fromisoformat(joined.values[one]) <= filters.until)
    ]
    since, until = filters.since, filters.until
    if held and since is not None:
        since = min(since, datetime.date.fromisoformat(joined.values[held[0]]))
    if held and until is not None:
        until = max(until, _end(last[held[-1]]))
    return replace(filters, since=since, until=until), held


def whole_weeks(filters: Filters) -> Filters:
    """The same filters with dates widened to whole weeks, Monday to Sunday."""
    since, until = filters.since, filters.until
    return replace(
        filters,
        since=None if since is None else week_of(since),
        until=None if until is None else week_of(until) + _SUNDAY,
    )


def _end(week: str) -> datetime.date:
    return datetime.date.fromisoformat(week) + _SUNDAY
