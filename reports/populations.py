"""The tables of one population: everybody, one audience or one group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from reports.distributions import Cells, Counts
from reports.matrix import Matrix
from reports.question_rules import theme_comment_key
from reports.question_tables import choice_table, number_table, rating_table
from reports.suppression import Line
from reports.tabulation import ChoiceTable, CommentTable, Group, QuestionTable, Raw
from reports.theme_tables import ThemeData, theme_tables
from surveys.answers import Column
from surveys.answers.codes import FIRST_OPTION, NON_ANSWER_CODES, NOT_CHOSEN
from surveys.questionnaire import LongTextQuestion, NumberQuestion, Questionnaire, RatingQuestion, TextQuestion


@dataclass(frozen=True, slots=True)
class Population:
    """``taken``: which cells of the counts are its; ``people``: which responses."""

    field: str | None
    value: str | None
    label: str
    taken: tuple[int | slice, ...]
    people: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Counted:
    """Counts of everything by part, audience and group. ``items``: a further axis of options, then one of codes."""

    questionnaire: Questionnaire
    matrix: Matrix
    cells: Cells
    responses: Counts
    items: Mapping[str, Counts]
    comments: Mapping[str, Counts]
    themes: ThemeData

    def column(self, key: str) -> Column:
        """The column of a closed item."""
        return next(column for column in self.matrix.layout.columns if column.key == key)

    def commented(self, key: str) -> Counts:
        """People who wrote something, by part, audience and group."""
        return self.comments.get(key, np.zeros_like(self.responses))

    def given(self, column: Column) -> NDArray[np.bool_]:
        """Which responses gave a number."""
        return np.asarray(self.matrix.rows(column)[0] == FIRST_OPTION)

    def numbers(self, column: Column) -> NDArray[np.float64]:
        """Every response's number; meaningless where none was given."""
        return np.asarray(self.matrix.numbers[column.number_index or 0])

    def lines(self) -> dict[str, Line]:
        """The people behind each question, as disclosure control needs them."""
        return {item.key: self.line(item.key) for item in self.questionnaire.items}

    def theme_lines(self) -> dict[str, Line]:
        """The people behind each theme's composite score."""
        return {
            theme: Line(base, base) for theme, base in zip(self.themes.themes, self.themes.scores.base, strict=True)
        }

    def line(self, key: str) -> Line:
        """The people behind one question."""
        question = self.questionnaire.item(key).question
        if isinstance(question, TextQuestion | LongTextQuestion):
            return Line(self.responses, self.responses, self.commented(key)[..., np.newaxis], alike_matters=False)
        column, counts = self.column(key), self.items[key]
        options = counts[..., FIRST_OPTION : FIRST_OPTION + max(1, len(column.options))]
        beside = counts[..., 0, list(NON_ANSWER_CODES.values())]
        scored = counts[..., 0, NOT_CHOSEN:].sum(axis=-1)
        answered = scored + beside.sum(axis=-1)
        if column.kind == "number":
            cells = self._number_cells(column)
        elif column.kind in ("choices", "ranking"):
            anywhere = counts[..., FIRST_OPTION:].sum(axis=-1)
            cells = np.concatenate((anywhere, counts[..., FIRST_OPTION], beside), axis=-1)
        else:
            cells = np.concatenate((options[..., 0, :], beside), axis=-1)
        whole = isinstance(question, RatingQuestion) and question.base == "all"
        return Line(answered if whole else scored, answered, cells)

    def _number_cells(self, column: Column) -> Counts:
        """People per different number, so that a group in which everybody gave the same one can be told."""
        given = self.given(column)
        different, place = np.unique(self.numbers(column)[given], return_inverse=True)
        index = self.cells.index[given] * len(different) + place
        counts = np.bincount(index, minlength=self.cells.number * len(different))
        return counts.reshape(*self.cells.shape, len(different))


def group_of(counted: Counted, population: Population, *, minimum_bases: NDArray[np.int64]) -> Group[Raw]:
    """All tables of one population; ``minimum_bases`` by audience. The largest of those that answered counts."""
    keys = [item.key for item in counted.questionnaire.items]
    group = group_of_questions(counted, population, keys, minimum_bases=minimum_bases)
    themes = theme_tables(
        counted.themes,
        people=population.people,
        taken=population.taken,
        questions={table.key: table for table in group.questions if isinstance(table, ChoiceTable)},
        commented=_commented_by_theme(counted, population),
        minimum_base=group.minimum_base,
    )
    return replace(group, themes=themes)


def group_of_questions(
    counted: Counted, population: Population, keys: Sequence[str], *, minimum_bases: NDArray[np.int64]
) -> Group[Raw]:
    """As ``group_of``, with the tables of these questions alone and none of themes."""
    by_audience = np.zeros_like(counted.responses[0])
    by_audience[population.taken[1:]] = counted.responses[population.taken]
    present = by_audience.sum(axis=1) > 0
    minimum_base = int(minimum_bases[present].max(initial=minimum_bases.min(initial=10) if not present.any() else 0))
    responses = int(by_audience.sum())
    questions = tuple(_table(counted, key, population, responses, minimum_base) for key in keys)
    return Group(population.field, population.value, population.label, responses, minimum_base, (), questions)


def _table(counted: Counted, key: str, population: Population, responses: int, minimum_base: int) -> QuestionTable[Raw]:
    item = counted.questionnaire.item(key)
    question = item.question
    if isinstance(question, TextQuestion | LongTextQuestion):
        commented = int(counted.commented(key)[population.taken].sum())
        return CommentTable(key, item.theme.id if item.theme else None, commented, responses, minimum_base)
    column = counted.column(key)
    counts = counted.items[key][population.taken]
    counts = counts.reshape(-1, *counts.shape[-2:]).sum(axis=0)
    if isinstance(question, NumberQuestion):
        values = counted.numbers(column)[population.people & counted.given(column)]
        return number_table(item, counts[0], values, minimum_base=minimum_base)
    if isinstance(question, RatingQuestion):
        return rating_table(
            counted.questionnaire, item, question, column, counts[0], responses=responses, minimum_base=minimum_base
        )
    return choice_table(
        counted.questionnaire, item, question, column, counts, responses=responses, minimum_base=minimum_base
    )


def _commented_by_theme(counted: Counted, population: Population) -> dict[str, int]:
    """People who commented on each theme."""
    keys = {theme.id: theme_comment_key(counted.questionnaire, theme.id) for theme in counted.questionnaire.themes}
    return {theme: int(counted.commented(key)[population.taken].sum()) for theme, key in keys.items() if key}
