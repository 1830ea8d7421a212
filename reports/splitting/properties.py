"""Groups by what is stored with each response: its audience, place, collector, channel, mode, language, version, time.

A month is made of whole weeks, as every period is: months that end inside a week would tell, beside figures by week,
what people said on the few days between the two.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter

import numpy as np
from babel.dates import format_date

from reports.people import People
from reports.splitting.groups import Codes, Split
from reports.words import Words

PROPERTIES: dict[str, tuple[str, bool]] = {
    "audience": ("Audience", False),
    "place": ("Place", True),
    "collector": ("Where people found the survey", True),
    "channel": ("Channel", False),
    "mode": ("How people answered", False),
    "language": ("Language", False),
    "version": ("Version of the questionnaire", False),
    "week": ("Week starting", False),
    "month": ("Month, in whole weeks", False),
}
"""The label of each property, and whether its groups are sensitive."""

_LEVEL = re.compile(r"place:([1-9])\Z")
_BETWEEN = " / "
_THURSDAY = 3


def place_levels(people: People) -> tuple[str, ...]:
    """A field for each level of the places' paths, ``place:1`` the uppermost; none where no path has two levels."""
    depth = max((len(one.place.split(_BETWEEN)) for one in people.collectors.values()), default=0)
    return tuple(f"place:{level}" for level in range(1, min(depth, 9) + 1)) if depth > 1 else ()


def is_property(people: People, field: str) -> bool:
    """Whether the field is a property of every response, or a level of its place."""
    return field in PROPERTIES or field in place_levels(people)


def week_of(day: datetime.date) -> datetime.date:
    """The Monday of the day's week."""
    return day - datetime.timedelta(days=day.weekday())


def month_of(day: datetime.date) -> datetime.date:
    """The first day of the month to which the day's week belongs: the one that most days of the week are in."""
    return (week_of(day) + datetime.timedelta(days=_THURSDAY)).replace(day=1)


def by_property(people: People, field: str) -> Split:
    """The groups of a property. Values without any response are left out, except audiences."""
    level = _LEVEL.match(field)
    codes, named = _at_level(people, int(level[1])) if level else _properties(people, field)
    labels = {value: label for value, label in named if value}
    values = people.audience_ids if field == "audience" else tuple(sorted(labels))
    labels |= {audience: people.audiences[audience].label for audience in values if field == "audience"}
    place = {value: number for number, value in enumerate(values)}
    lookup = np.array([place.get(value, -1) for value, _ in named], dtype=np.int32)
    label, sensitive = (f"Place, level {level[1]}", True) if level else PROPERTIES[field]
    return Split(field, label, values, labels, lookup[codes] if len(lookup) else codes, sensitive)


def _at_level(people: People, level: int) -> tuple[Codes, list[tuple[str, str]]]:
    """Paths cut off below a level, "" where they do not reach it; a last part that is its own alone is label enough."""
    collectors = people.matrix.collector_id
    paths = [people.collectors[id_].place.split(_BETWEEN) for id_ in collectors.values]
    cut = [_BETWEEN.join(path[:level]) if len(path) >= level else "" for path in paths]
    named = Counter(value.rpartition(_BETWEEN)[2] for value in set(cut))
    labels = {value: last if named[last := value.rpartition(_BETWEEN)[2]] == 1 else value for value in cut}
    return collectors.codes, [(value, labels[value]) for value in cut]


def _properties(people: People, field: str) -> tuple[Codes, list[tuple[str, str]]]:
    """The codes of a property, and for each code the value and its label."""
    matrix = people.matrix
    collectors = [people.collectors[id_] for id_ in matrix.collector_id.values]
    match field:
        case "audience":
            named = [(one.audience_id, people.audiences[one.audience_id].label) for one in collectors]
        case "place":
            named = [(one.place, one.place) for one in collectors]
        case "collector":
            named = [(one.code, f"{one.name} ({one.code})") for one in collectors]
        case "channel":
            named = [(one.channel, one.channel) for one in collectors]
        case "mode":
            return matrix.mode.codes, [(mode, mode) for mode in matrix.mode.values]
        case "language":
            return matrix.language.codes, [(language, language) for language in matrix.language.values]
        case "version":
            numbers = [people.version_numbers[id_] for id_ in matrix.version_id.values]
            return matrix.version_id.codes, [(number, number) for number in numbers]
        case "month":
            locale, months = Words(people.questionnaire.language).locale, map(month_of, matrix.submitted_on.values)
            named = [(f"{month:%Y-%m}", format_date(month, "LLLL y", locale=locale)) for month in months]
            return matrix.submitted_on.codes, named
        case _:
            weeks = [week_of(day).isoformat() for day in matrix.submitted_on.values]
            return matrix.submitted_on.codes, [(week, week) for week in weeks]
    return matrix.collector_id.codes, named
