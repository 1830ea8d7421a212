"""Sums over people who are in the same groups of the reference population: all that weighted figures are made from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from reports.people import People
from reports.question_rules import composite_keys
from reports.theme_tables import ThemeData
from surveys.answers import Column
from surveys.answers.codes import FIRST_OPTION, NOT_CHOSEN
from surveys.questionnaire import RatingQuestion

MOST_COMBINATIONS = 5000
"""Combinations of groups up to which they are weighted; beyond, most would hold nobody."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class MeasureSums:
    """One measure of one theme. ``base``, ``total`` and ``squares`` by combination of groups.

    ``total`` is people for shares and points 0-10 for scores. ``answers`` holds for each question behind the measure,
    by characteristic, people by group and answer. ``question`` is the item of a share, "" for a score.
    """

    theme_id: str
    measure: Literal["chosen", "percent_positive", "score_0_10"]
    base: NDArray[np.int64]
    total: Floats
    squares: Floats
    answers: tuple[tuple[NDArray[np.int64], ...], ...]
    question: str = ""


@dataclass(frozen=True, slots=True)
class WeightingSums:
    """``people`` by combination: one axis per characteristic, its last place for people who are in no group."""

    people: NDArray[np.int64]
    measures: tuple[MeasureSums, ...]


@dataclass(frozen=True, slots=True)
class _Combinations:
    """Where each person counts: their combination, and their group of each characteristic."""

    index: NDArray[np.int64]
    shape: tuple[int, ...]
    codes: Sequence[NDArray[np.int64]]

    def total(self, values: Floats | None = None) -> Floats:
        """The sum of ``values`` by combination, or the number of people."""
        sums = np.bincount(self.index, weights=values, minlength=int(np.prod(self.shape)))
        return sums.astype(np.float64).reshape(self.shape)

    def answers(self, row: NDArray[np.uint8], codes: Sequence[int]) -> tuple[NDArray[np.int64], ...]:
        """People by group and answer, for each characteristic."""
        found = []
        for groups, group in zip(self.shape, self.codes, strict=True):
            counts = np.bincount(group * 256 + row, minlength=groups * 256).reshape(groups, 256)
            found.append(counts[:, list(codes)])
        return tuple(found)


def weighting_sums(
    people: People,
    themes: ThemeData,
    *,
    codes: Sequence[NDArray[np.int32]],
    groups: Sequence[int],
    taken: NDArray[np.bool_],
) -> WeightingSums | None:
    """Sums over the people in ``taken``. ``codes`` holds each response's group by characteristic, -1 for none.

    None without a characteristic, and where there are more than ``MOST_COMBINATIONS`` combinations.
    """
    shape = tuple(number + 1 for number in groups)
    if not shape or np.prod(shape) > MOST_COMBINATIONS:
        return None
    placed = [np.where(one < 0, number, one)[taken].astype(np.int64) for one, number in zip(codes, groups, strict=True)]
    index = np.ravel_multi_index(tuple(placed), shape).astype(np.int64)
    combinations = _Combinations(index, shape, placed)
    made = [_of_theme(people, themes, place, combinations, taken) for place in range(len(themes.themes))]
    measures = tuple(measure for of_theme in made for measure in of_theme)
    return WeightingSums(combinations.total().astype(np.int64), measures)


def _of_theme(
    people: People, themes: ThemeData, place: int, combinations: _Combinations, taken: NDArray[np.bool_]
) -> tuple[MeasureSums, ...]:
    """What themes are ordered by: how many chose it, where that is asked; else its positive answers and its score."""
    chosen = _chosen(people, themes.themes[place], combinations, taken)
    if chosen is not None:
        return (chosen,)
    rated = (
        _positive(people, themes.themes[place], combinations, taken),
        _score(people, themes, place, combinations, taken),
    )
    return tuple(measure for measure in rated if measure is not None)


def _column(people: People, key: str) -> Column:
    return next(column for column in people.matrix.layout.columns if column.key == key)


def _chosen(people: People, theme: str, combinations: _Combinations, taken: NDArray[np.bool_]) -> MeasureSums | None:
    question = people.questionnaire.with_purpose("priority")
    if question is None:
        return None
    column = _column(people, question.id)
    if column.kind != "choices" or theme not in column.options:
        return None
    row = people.matrix.rows(column)[column.options.index(theme)][taken]
    base, total = (
        combinations.total(_as_numbers(row >= NOT_CHOSEN)),
        combinations.total(_as_numbers(row == FIRST_OPTION)),
    )
    answers = combinations.answers(row, [FIRST_OPTION])
    return MeasureSums(theme, "chosen", base.astype(np.int64), total, total, (answers,), question.id)


def _positive(people: People, theme: str, combinations: _Combinations, taken: NDArray[np.bool_]) -> MeasureSums | None:
    """The share of positive answers, of themes whose score rests on one question."""
    keys = composite_keys(people.questionnaire, theme)
    if len(keys) != 1:
        return None
    question = people.questionnaire.item(keys[0]).question
    if not isinstance(question, RatingQuestion) or question.base == "all":
        return None
    column = _column(people, keys[0])
    row = people.matrix.rows(column)[0][taken]
    points = people.questionnaire.scale(question.scale).points
    code = {point.id: FIRST_OPTION + column.options.index(point.id) for point in points}
    base = combinations.total(_as_numbers(np.isin(row, list(code.values()))))
    total = combinations.total(_as_numbers(np.isin(row, [code[point.id] for point in points if point.positive])))
    answers = combinations.answers(row, list(code.values()))
    return MeasureSums(theme, "percent_positive", base.astype(np.int64), total, total, (answers,), keys[0])


def _score(
    people: People, themes: ThemeData, place: int, combinations: _Combinations, taken: NDArray[np.bool_]
) -> MeasureSums | None:
    theme = themes.themes[place]
    keys = composite_keys(people.questionnaire, theme)
    if not keys:
        return None
    values = themes.scores.values[place][taken]
    known = ~np.isnan(values)
    filled = np.where(known, values, 0.0)
    return MeasureSums(
        theme,
        "score_0_10",
        combinations.total(_as_numbers(known)).astype(np.int64),
        combinations.total(filled),
        combinations.total(filled * filled),
        tuple(
            combinations.answers(people.matrix.rows(_column(people, key))[0][taken], _scale(people, key))
            for key in keys
        ),
    )


def _scale(people: People, key: str) -> list[int]:
    """The codes of the answers on the scale of a rating."""
    return [FIRST_OPTION + place for place in range(len(_column(people, key).options))]


def _as_numbers(those: NDArray[np.bool_]) -> Floats:
    return those.astype(np.float64)
