"""The rows of a reference population's file, checked one by one and then together."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Mapping

from surveys.reference_population.faults import Fault, ReferenceFaults, in_words, quoted
from surveys.reference_population.population import Characteristic, Field, Group, Population, is_within

MOST_FAULTS = 50
LONGEST_SOURCE = 300
LONGEST_LABEL = 200
ROUNDING = 0.5
"""How far from 100 the shares of one characteristic may be together, in points."""

COLUMNS = ("characteristic", "group", "share", "source", "date")
FURTHER_COLUMNS = ("label", "audience")
_SEPARATOR = "|"


class Reading:
    """Rows read so far, and what was wrong with them."""

    def __init__(self, fields: Mapping[str, Field]) -> None:
        self._fields = fields
        self._by_words = {name.casefold(): field for name, field in fields.items()}
        self._faults: list[Fault] = []
        self._faulty: set[str] = set()
        self._groups: dict[str, list[Group]] = {}
        self._told: dict[str, tuple[int, str, str]] = {}
        self._seen: dict[tuple[str, str], int] = {}
        self._audience_of: tuple[int, str] | None = None

    def row(self, line: int, row: Mapping[str, str]) -> None:
        """Take one row."""
        field = self._by_words.get(row["characteristic"].casefold())
        if field is None:
            self._fault(
                line, f"{quoted(row['characteristic'])} is no characteristic; there are {in_words(self._fields)}"
            )
            return
        values = self._values(line, field, row["group"])
        share = self._share(line, row["share"])
        self._source(line, field, row)
        self._audience(line, row["audience"])
        if not values or share is None:
            self._faulty.add(field.id)
        else:
            label = row["label"] or ", ".join(field.values[value] for value in values)
            self._groups.setdefault(field.id, []).append(Group(values, label[:LONGEST_LABEL], share))

    def done(self) -> Population:
        """The population, or ReferenceFaults."""
        for name, (line, _, _) in self._told.items():
            groups = self._groups.get(name, [])
            together = math.fsum(group.share for group in groups)
            if name in self._faulty:
                continue
            if abs(together - 100) > ROUNDING:
                self._fault(line, f"the shares of {name} come to {together:g}, not to 100; write each as a percentage")
            elif len(groups) == 1:
                self._fault(line, f"{name} has one group only; add the others, so that there is something to compare")
        if not self._told and not self._faults:
            self._fault(1, "there is no row below the names of the columns; add one for each group")
        if self._faults:
            raise ReferenceFaults(sorted(self._faults, key=lambda fault: fault.line)[:MOST_FAULTS])
        found = [
            Characteristic(name, source, date, tuple(self._groups[name]))
            for name, (_, source, date) in self._told.items()
        ]
        return Population(tuple(found), self._audience_of[1] if self._audience_of else "")

    def _fault(self, line: int, message: str) -> None:
        self._faults.append(Fault(line, message))

    def _values(self, line: int, field: Field, text: str) -> tuple[str, ...]:
        by_words = {label.casefold(): value for value, label in field.values.items()}
        by_words |= {value.casefold(): value for value in field.values}
        names = [text] if text.casefold() in by_words else [" ".join(one.split()) for one in text.split(_SEPARATOR)]
        values = []
        for name in names:
            value = by_words.get(name.casefold())
            if value is None:
                self._fault(line, f"{field.id} has no group {quoted(name)}; it has {in_words(field.values)}")
                return ()
            inside = next((one for one in self._overlapping(field, value)), None)
            if inside is not None:
                self._fault(line, f"{value} of {field.id} is in line {inside} already; each answer has one group only")
                return ()
            self._seen[field.id, value] = line
            values.append(value)
        return tuple(values)

    def _overlapping(self, field: Field, value: str) -> Iterable[int]:
        """Lines with this value or, for places, with one above or below it."""
        for (name, other), line in self._seen.items():
            nested = field.id == "place" and (is_within(value, other) or is_within(other, value))
            if name == field.id and (other == value or nested):
                yield line

    def _share(self, line: int, text: str) -> float | None:
        try:
            share = float(text.removesuffix("%").strip())
        except ValueError:
            share = math.nan
        if not 0 < share <= 100:
            self._fault(
                line, f"the share {quoted(text)} is no percentage; write a number above 0 and up to 100, such as 12.5"
            )
            return None
        return share

    def _source(self, line: int, field: Field, row: Mapping[str, str]) -> None:
        source, date = row["source"], row["date"]
        known = self._told.setdefault(field.id, (line, source, date))
        if not source:
            self._fault(line, "the source is missing; write where the share comes from")
        elif len(source) > LONGEST_SOURCE:
            self._fault(line, f"the source has more than {LONGEST_SOURCE} characters; shorten it")
        elif not _is_date(date):
            self._fault(
                line, f"the date {quoted(date)} is none; write a year, a month or a day: 2021, 2021-03, 2021-03-21"
            )
        elif known[1:] != (source, date):
            self._fault(line, f"{field.id} has another source or date in line {known[0]}; use one for all its groups")

    def _audience(self, line: int, text: str) -> None:
        known = self._fields["audience"].values
        by_words = {label.casefold(): id_ for id_, label in known.items()} | {id_.casefold(): id_ for id_ in known}
        audience = by_words.get(text.casefold(), "")
        if text and not audience:
            self._fault(line, f"the survey has no audience {quoted(text)}; it has {in_words(known)}")
        elif self._audience_of is None:
            self._audience_of = (line, audience)
        elif self._audience_of[1] != audience:
            self._fault(line, f"another audience stands in line {self._audience_of[0]}; use the same one in every row")


def _is_date(text: str) -> bool:
    for form in ("%Y", "%Y-%m", "%Y-%m-%d"):
        try:
            found = datetime.datetime.strptime(text, form)  # noqa: DTZ007 A date without a time has no zone.
        except ValueError:
            continue
        return found.strftime(form) == text and found.year > 1900
    return False
