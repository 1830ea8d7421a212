"""Every way in which the people of a survey can be divided by one field, and how many stand behind each line there.

Results with and without groups, and by any field, may all be asked for. So what is hidden is decided over all of these
divisions at once, for the whole survey, whatever is asked for in the end.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from reports.people import People
from reports.splitting import Backgrounds, Split, fields, fields_of, split
from reports.splitting.crossing import crossed
from reports.suppression import Line
from reports.weeks import enough_each, months_of
from surveys.answers import Column
from surveys.answers.codes import FIRST_OPTION, NON_ANSWER_CODES, NOT_CHOSEN
from surveys.questionnaire import LongTextQuestion, NumberQuestion, RatingQuestion, TextQuestion

LineKey = tuple[str, str]
"""("responses", ""), ("question", item key) or ("theme", theme id): what a figure rests on."""

RESPONSES: LineKey = ("responses", "")
MOST_PEOPLE_WITH_ANSWERS = 100_000
"""Up to so many people the answers behind each line are counted in every division, so that groups in which everybody
answered alike are found in all of them; above it, in the one that is asked for."""

_CHUNK = 50_000
_REFUSED = "prefer_not_to_say"


Lines = Mapping[LineKey, Line]


@dataclass(frozen=True, slots=True)
class Table:
    """One division with the people behind each line. ``since``: for each time that results were given out before, by
    how much each line has changed, in audiences and groups; None where they were not about this division."""

    split: Split
    lines: Lines
    since: Sequence[Lines | None] = ()


@dataclass(frozen=True, slots=True)
class Survey:
    """Everybody who answered, whatever results are asked for. ``scores``: each theme's composite by person (rows are
    themes), NaN where there is none. ``thresholds``: the minimum base of each audience in the order of ``audience``."""

    people: People
    audience: Split
    thresholds: NDArray[np.int64]
    divisions: Mapping[str, Split]
    scores: NDArray[np.float64]

    @property
    def number(self) -> int:
        """How many people answered."""
        return self.people.matrix.responses

    def lines(self, splits: Sequence[Split]) -> list[dict[LineKey, Line]]:
        """For each split, the people behind every line; one part, then axes as in ``distributions``."""
        columns = _Columns(self)
        widths = [len(self.audience.values) * (len(one.values) + 1) for one in splits]
        starts = np.cumsum([0, *widths])
        total = np.zeros((int(starts[-1]), columns.width))
        for begin in range(0, self.number, _CHUNK):
            rows = slice(begin, begin + _CHUNK)
            places = np.stack([self._cell(one, rows) + start for one, start in zip(splits, starts, strict=False)])
            people = places.shape[1]
            ends = np.arange(0, people * len(splits) + 1, len(splits))
            ones = np.ones(people * len(splits), dtype=np.float32)
            member = csr_array((ones, places.T.ravel(), ends), shape=(people, len(total)))
            total += member.T @ columns.of(rows)
        counts = np.rint(total).astype(np.int64)
        return [
            columns.lines(
                counts[start : start + width].reshape(1, len(self.audience.values), len(one.values) + 1, columns.width)
            )
            for one, start, width in zip(splits, starts, widths, strict=False)
        ]

    def _cell(self, one: Split, rows: slice) -> NDArray[np.int64]:
        groups, codes = len(one.values), one.codes[rows]
        return self.audience.codes[rows].astype(np.int64) * (groups + 1) + np.where(codes < 0, groups, codes)


def survey_of(people: People, backgrounds: Backgrounds) -> Survey:
    """Everybody, with every way of dividing them; scores are put in when they are counted."""
    audience = split(people, backgrounds, field="audience")
    thresholds = np.array([people.audiences[one].minimum_base for one in audience.values], dtype=np.int64)
    divisions = read_divisions(people, backgrounds, thresholds[audience.codes])
    return Survey(people, audience, thresholds, divisions, np.empty((0, people.matrix.responses)))


def read_divisions(people: People, backgrounds: Backgrounds, needed: NDArray[np.int64]) -> dict[str, Split]:
    """Every single field that has groups with people in them, the audience first and the others in order of print.

    ``needed`` is the minimum base of each person's audience. Weeks of fewer people are taken together, and months are
    made of these; fewer than the largest base who preferred not to say what a background question asks are in no
    group.
    """
    found: dict[str, Split] = {}
    for field in fields(people):
        one = split(people, backgrounds, field=field)
        if field == "week":
            one = enough_each(one, needed)
        elif field == "month":
            one = months_of(found["week"], one) if "week" in found else one
        elif field in backgrounds:
            one = _without_few_refusals(one, fewest=int(needed.max(initial=0)))
        if field == "audience" or (one.codes >= 0).any():
            found[field] = replace(one, field=field)
    return found


def groups_by(survey: Survey, backgrounds: Backgrounds, by: str) -> Split:
    """The groups that a ``by`` asks for: of a field, or of two at once. Raises as ``splitting.divided_by``."""
    named = fields_of(by)
    splits = [survey.divisions.get(one) or split(survey.people, backgrounds, field=one) for one in named]
    return splits[0] if len(splits) == 1 else crossed(*splits)


def _without_few_refusals(by: Split, *, fewest: int) -> Split:
    """Hidden for their small number, they would take the smallest large group with them, such as all men."""
    if _REFUSED not in by.values:
        return by
    place = by.values.index(_REFUSED)
    refused = by.codes == place
    if not 0 < np.count_nonzero(refused) < fewest:
        return by
    codes = np.where(refused, -1, by.codes - (by.codes > place)).astype(np.int16)
    return replace(by, values=tuple(value for value in by.values if value != _REFUSED), codes=codes)


def in_order(divisions: Mapping[str, Split], one: Split, other: Split) -> Split:
    """Two splits crossed, the same whichever is named first."""
    order = {field: place for place, field in enumerate(divisions)}
    first, second = sorted((one, other), key=lambda each: (order.get(each.field, len(order)), each.field))
    return crossed(first, second)


@dataclass(frozen=True, slots=True)
class _Question:
    key: str
    column: Column
    whole: bool


class _Columns:
    """Each person as a row of 0 and 1: for every line whether they are in its base, whether they answered at all, and
    which answers they gave."""

    def __init__(self, survey: Survey) -> None:
        questionnaire = survey.people.questionnaire
        self._survey = survey
        self._questions, self._open = [], []
        for item in questionnaire.items:
            question = item.question
            if isinstance(question, TextQuestion | LongTextQuestion):
                self._open.append(item.key)
                continue
            column = next(one for one in survey.people.matrix.layout.columns if one.key == item.key)
            whole = isinstance(question, RatingQuestion) and question.base == "all"
            self._questions.append(_Question(item.key, column, whole))
        self._numbers = {item.key for item in questionnaire.items if isinstance(item.question, NumberQuestion)}
        self._answers = survey.number <= MOST_PEOPLE_WITH_ANSWERS
        self._themes = [theme.id for theme in questionnaire.themes]
        self.width = 1 + len(self._themes) + sum(2 + self._cells(one) for one in self._questions)

    def _cells(self, one: _Question) -> int:
        if not self._answers or one.key in self._numbers:
            return 0
        options = max(1, len(one.column.options))
        return (options if one.column.kind not in ("choices", "ranking") else 2 * options) + len(NON_ANSWER_CODES)

    def of(self, rows: slice) -> NDArray[np.float32]:
        """The rows of these people."""
        return np.stack(list(self._each(rows)), axis=1).astype(np.float32)

    def _each(self, rows: slice) -> Iterator[NDArray[np.bool_]]:
        matrix = self._survey.people.matrix
        yield np.ones(len(matrix.version_id.codes[rows]), dtype=bool)
        yield from ~np.isnan(self._survey.scores[:, rows])
        for one in self._questions:
            codes = matrix.rows(one.column)[:, rows]
            scored = codes[0] >= NOT_CHOSEN
            answered = scored | np.isin(codes[0], list(NON_ANSWER_CODES.values()))
            yield answered if one.whole else scored
            yield answered
            if not self._cells(one):
                continue
            options = max(1, len(one.column.options))
            if one.column.kind in ("choices", "ranking"):
                yield from codes >= FIRST_OPTION
                yield from codes == FIRST_OPTION
            else:
                yield from (codes[0] == FIRST_OPTION + place for place in range(options))
            yield from (codes[0] == code for code in NON_ANSWER_CODES.values())

    def lines(self, counts: NDArray[np.int64]) -> dict[LineKey, Line]:
        """The lines of one split, from its sums (part, audience, group, column)."""
        found = {RESPONSES: Line(counts[..., 0], counts[..., 0])}
        # An open question's base is everybody.
        found |= {("question", key): found[RESPONSES] for key in self._open}
        place = 1
        for theme in self._themes:
            found["theme", theme] = Line(counts[..., place], counts[..., place])
            place += 1
        for one in self._questions:
            cells = self._cells(one)
            answers = counts[..., place + 2 : place + 2 + cells] if cells else None
            found["question", one.key] = Line(counts[..., place], counts[..., place + 1], answers)
            place += 2 + cells
        return found
