"""What may be shown of mentions, decided over everybody, every audience and every other field at once.

The people who raised a point are a line like those of a question: numbers below five are hidden, in whatever way
they divide, and whatever would give them away. The people whose comments were coded are its base, and need as many as
any base. docs/methods.md has the rules and why they hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from reports.divisions import RESPONSES, LineKey, Survey
from reports.mentions.reading import CodedItem, Named, Raised, Rows
from reports.splitting import Split
from reports.suppression import Line, Verdict
from reports.whole_survey import WholeSurvey

FEWEST = 5
"""Fewer people than this are never shown to have raised a point."""
LEAST_WIDTH = 2
"""How far apart the least and the greatest number must be that is left possible for a hidden point."""
OTHER = "other points"


@dataclass(frozen=True, slots=True)
class CodedPeople(Survey):
    """The people ``rows`` of a survey, who raised the points ``raised`` (by name, places of responses)."""

    rows: Rows
    raised: Mapping[str, Rows]

    @property
    def number(self) -> int:
        """How many they are."""
        return len(self.rows)

    def lines(self, splits: Sequence[Split]) -> list[dict[LineKey, Line]]:
        """For each split the people behind each point, and all of them as the responses."""
        everybody = np.arange(len(self.rows))
        who = {RESPONSES: everybody} | {
            ("mention", name): np.searchsorted(self.rows, rows) for name, rows in self.raised.items()
        }
        found = []
        for one in splits:
            groups = len(one.values) + 1
            cell = self.audience.codes.astype(np.int64) * groups + np.where(one.codes < 0, groups - 1, one.codes)
            shape = (1, len(self.audience.values), groups)
            lines = {}
            for key, places in who.items():
                counts = np.bincount(cell[places], minlength=shape[1] * groups).reshape(shape)
                lines[key] = Line(counts, counts, alike_matters=False)
            found.append(lines)
        return found


def coded_people(survey: Survey, rows: Rows, *, fields: Sequence[Split], raised: Mapping[str, Rows]) -> CodedPeople:
    """The people ``rows`` of ``survey``, divided by audience and ``fields``, with five as every minimum."""
    audience = _only(survey.audience, rows)
    return CodedPeople(
        people=survey.people,
        audience=audience,
        thresholds=np.full(len(survey.thresholds), FEWEST),
        divisions={"audience": audience} | {one.field: _only(one, rows) for one in fields},
        scores=np.empty((0, len(rows))),
        rows=rows,
        raised=raised,
    )


def _only(split: Split, rows: Rows) -> Split:
    return replace(split, codes=split.codes[rows])


@dataclass(frozen=True, slots=True)
class Point:
    """A row of a table: one code, or those together that few people raised (``code`` None)."""

    code: Named | None
    people: Rows
    by_sentiment: tuple[Rows, ...] = ()

    @property
    def name(self) -> str:
        """What its line is called."""
        return self.code.key if self.code else OTHER


def points_of(item: CodedItem) -> tuple[Point, ...]:
    """The points that at least five people raised, in the frame's order, and last all others together."""
    listed, few = [], []
    for key, raised in item.raised.items():
        if len(raised.people) >= FEWEST:
            listed.append(Point(item.codes[key], raised.people, raised.by_sentiment))
        else:
            few.append(raised)
    return (*listed, Point(None, _all_of(few))) if few else tuple(listed)


def _all_of(raised: Sequence[Raised]) -> Rows:
    return np.unique(np.concatenate([one.people for one in raised]))


@dataclass(frozen=True)
class Gate:
    """What may be shown of one table. ``survey`` is everybody; ``fields`` are all ways of dividing people by which this
    table is ever shown; ``few`` how many points stand in the last row together."""

    survey: Survey
    coded: Rows
    points: tuple[Point, ...]
    fields: tuple[Split, ...]
    few: int

    @cached_property
    def _alike(self) -> frozenset[str]:
        return frozenset(self._raised_by_all())

    @cached_property
    def _people(self) -> CodedPeople:
        raised = {one.name: one.people for one in self.points}
        return coded_people(self.survey, self.coded, fields=self.fields, raised=raised)

    @cached_property
    def _numbers(self) -> WholeSurvey:
        return WholeSurvey(self._people, minimum_cell=FEWEST)

    @cached_property
    def _bases(self) -> WholeSurvey:
        enough = replace(self._people, thresholds=self.survey.thresholds, raised={})
        return WholeSurvey(enough, minimum_cell=FEWEST)

    def base(self, field: str) -> Verdict:
        """Of the people whose comments were coded, for everybody, each audience and each group of the field."""
        return self._bases.of_field(field)[RESPONSES]

    def shows(self, point: Point, field: str | None, group: int) -> bool:
        """Whether the number of people of one group who raised a point may be shown; of everybody without a field."""
        base = self.base(field or "audience")
        if base.everybody or not self._is_listed(point):
            return False
        if field is None:
            return True
        verdict = self._numbers.of_field(field)["mention", point.name]
        return not (
            point.name in self._alike
            or verdict.everybody
            or _hidden(base, field, group)
            or _hidden(verdict, field, group)
        )

    def _is_listed(self, point: Point) -> bool:
        """Whether the number of everybody who raised a point may be shown. All points of few people together are
        hidden where their number would tell how many raised each."""
        number = len(point.people)
        if point.code is not None:
            # It is known how many commented in each group: where all but one raised it, few in a group nearly all did.
            return len(self.coded) - number != 1
        at_most = FEWEST - 1
        return FEWEST <= number <= at_most * (self.few - 1) + at_most - LEAST_WIDTH

    def _raised_by_all(self) -> Iterator[str]:
        """Points that everybody raised, or everybody but one, in a group that is shown, or in all that are not, and not
        everybody: told by group, they would say what each member thinks."""
        for point in self.points:
            did = np.isin(self.coded, point.people, assume_unique=True)
            if not did.all() and any(self._alike_in(one, did) for one in (self.survey.audience, *self.fields)):
                yield point.name

    def _alike_in(self, split: Split, did: NDArray[np.bool_]) -> bool:
        base = self.base(split.field)
        hidden = base.audiences if split.field == "audience" else base.groups
        codes = split.codes[self.coded]
        groups = np.where((codes < 0) | np.isin(codes, list(hidden)), len(split.values), codes)
        people = np.bincount(groups)
        return bool(((people > 0) & (np.bincount(groups[did], minlength=len(people)) >= people - 1)).any())


def _hidden(verdict: Verdict, field: str, group: int) -> bool:
    return group in (verdict.audiences if field == "audience" else verdict.groups)


def told_sentiments(numbers: Sequence[int], *, minimum_base: int) -> list[bool]:
    """For each way in which people said a point whether their number may be shown.

    The base is the people who raised it. One to four people are hidden, and with them the next larger numbers, until
    five people are hidden together.
    """
    if sum(numbers) < minimum_base:
        return [False] * len(numbers)
    by_number = sorted((number, place) for place, number in enumerate(numbers) if number)
    hidden: list[int] = [place for number, place in by_number if number < FEWEST]
    for _, place in by_number[len(hidden) :]:
        if not hidden or sum(numbers[one] for one in hidden) >= FEWEST:
            break
        hidden.append(place)
    return [place not in hidden for place in range(len(numbers))]
