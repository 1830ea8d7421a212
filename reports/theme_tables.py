"""What one population says of each theme: its score, how many chose it, how many found it hard, and its rank."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from reports.distributions import Cells, Counts
from reports.matrix import Matrix
from reports.question_tables import estimate, percent
from reports.statistics.means import mean_with_interval
from reports.statistics.ranks import mean_of_each, overlapping, rank_ranges, ranks
from reports.statistics.scores import composite, score_of_points
from reports.tabulation import ChoiceTable, Raw, ThemeTable
from surveys.answers.codes import FIRST_OPTION, NOT_CHOSEN
from surveys.questionnaire import Questionnaire, RatingQuestion


@dataclass(frozen=True, slots=True)
class ThemeScores:
    """Each respondent's composite per theme (rows themes, columns responses, NaN where none) and its sums per cell."""

    values: NDArray[np.float64]
    base: tuple[Counts, ...]
    total: tuple[NDArray[np.float64], ...]
    squares: tuple[NDArray[np.float64], ...]


@dataclass(frozen=True, slots=True)
class Ballots:
    """Which themes people chose: each different choice once as a column of 0 and 1 (rows are themes), in the order in
    which it first occurs, and each response's place among them, -1 where the question was not answered."""

    choices: NDArray[np.float64]
    place: NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class ThemeData:
    """What theme tables are made from. ``ballots`` are there where people are asked to choose themes."""

    questionnaire: Questionnaire
    scores: ThemeScores
    ballots: Ballots | None
    themes: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "themes", tuple(theme.id for theme in self.questionnaire.themes))

    @property
    def answered(self) -> NDArray[np.bool_]:
        """Which responses hold something that themes are ranked by."""
        if self.ballots is not None:
            return np.asarray(self.ballots.place >= 0)
        return np.asarray(~np.isnan(self.scores.values).all(axis=0))


def theme_data(questionnaire: Questionnaire, matrix: Matrix, cells: Cells) -> ThemeData:
    """Composite scores of every theme, and who chose which theme among the most important."""
    values = np.array([_composite(questionnaire, matrix, theme.id) for theme in questionnaire.themes])
    values = values.reshape(len(questionnaire.themes), matrix.responses)
    base, total, squares = [], [], []
    # One theme after the other: the scores of a million people in all themes at once take 64 MB.
    for row in values:
        known = ~np.isnan(row)
        filled = np.where(known, row, 0.0)
        base.append(cells.total(known.astype(np.float64)).astype(np.int64))
        total.append(cells.total(filled))
        squares.append(cells.total(filled * filled))
    scores = ThemeScores(values, tuple(base), tuple(total), tuple(squares))
    return ThemeData(questionnaire, scores, _ballots(questionnaire, matrix))


def _composite(questionnaire: Questionnaire, matrix: Matrix, theme_id: str) -> NDArray[np.float64]:
    columns = {column.key: column for column in matrix.layout.columns}
    scores = []
    for item in questionnaire.items:
        question = item.question
        if item.theme is None or item.theme.id != theme_id or not isinstance(question, RatingQuestion):
            continue
        if question.composite:
            points = questionnaire.scale(question.scale).points
            by_code = np.full(256, np.nan)
            of_points = score_of_points([point.value for point in points], reverse=question.reverse)
            for point, score in zip(points, of_points, strict=True):
                by_code[FIRST_OPTION + columns[item.key].options.index(point.id)] = score
            scores.append(by_code[matrix.rows(columns[item.key])[0]])
    if not scores:
        return np.full(matrix.responses, np.nan)
    return composite(np.stack(scores, axis=1), min_items=questionnaire.min_items)


def _ballots(questionnaire: Questionnaire, matrix: Matrix) -> Ballots | None:
    question = questionnaire.with_purpose("priority")
    column = next((c for c in matrix.layout.columns if question is not None and c.key == question.id), None)
    if column is None or column.kind != "choices" or not questionnaire.themes:
        return None
    rows = matrix.rows(column)
    if any(theme.id not in column.options for theme in questionnaire.themes):
        return None
    chosen = rows[[column.options.index(theme.id) for theme in questionnaire.themes]] == FIRST_OPTION
    packed = np.packbits(chosen, axis=0)
    answered = rows[0] >= NOT_CHOSEN
    unpacked = packed[0] if len(packed) == 1 else packed.T
    _, first, place = np.unique(unpacked, axis=0, return_index=True, return_inverse=True)
    by_first = np.argsort(first)
    order = np.empty_like(by_first)
    order[by_first] = np.arange(len(by_first))
    return Ballots(chosen[:, first[by_first]].astype(np.float64), np.where(answered, order[place.ravel()], -1))


@dataclass(frozen=True, slots=True)
class Ranking:
    """Rank of each theme that has one, its 95 % range, and the themes whose ranges overlap with its own."""

    rank: Mapping[str, int]
    low: Mapping[str, int]
    high: Mapping[str, int]
    tied_with: Mapping[str, tuple[str, ...]]


def ranking(data: ThemeData, people: NDArray[np.bool_]) -> Ranking:
    """The ranks that these responses give: by choice where it is asked, else by score. Themes without any value have
    no rank."""
    if data.ballots is None:
        values, number = data.scores.values[:, people], np.ones(int(people.sum()), dtype=np.intp)
    else:
        place = data.ballots.place[people]
        number = np.bincount(place[place >= 0], minlength=data.ballots.choices.shape[1])
        values, number = data.ballots.choices[:, number > 0], number[number > 0]
    known = ~np.isnan(values)
    ranked = [theme for theme in range(len(data.themes)) if known[theme].any()]
    if not ranked:
        return Ranking({}, {}, {}, {})
    somebody = known.any(axis=0)
    values, number = values[ranked][:, somebody], number[somebody]
    names = [data.themes[theme] for theme in ranked]
    order = ranks(mean_of_each(values, number))
    # A rank lies inside its own range even where ties make draws prefer other ranks.
    ranges = rank_ranges(values, number)
    ranges = np.stack((np.minimum(ranges[:, 0], order), np.maximum(ranges[:, 1], order)), axis=1)
    return Ranking(
        {name: int(rank) for name, rank in zip(names, order, strict=True)},
        {name: int(low) for name, (low, _) in zip(names, ranges, strict=True)},
        {name: int(high) for name, (_, high) in zip(names, ranges, strict=True)},
        {name: tuple(names[other] for other in overlapping(ranges, place)) for place, name in enumerate(names)},
    )


def orders_disagree(themes: Sequence[ThemeTable[Raw]]) -> bool:
    """Whether some two themes stand one way round by how many chose them and the other way by score."""
    pairs = [(theme.chosen.value, theme.score_0_10.value) for theme in themes if theme.chosen and theme.score_0_10]
    if not pairs:
        return False
    first, second = (ranks(np.array(values)) for values in zip(*pairs, strict=True))
    return bool((np.subtract.outer(first, first) * np.subtract.outer(second, second) < 0).any())


def theme_tables(
    data: ThemeData,
    *,
    people: NDArray[np.bool_],
    taken: tuple[int | slice, ...],
    questions: Mapping[str, ChoiceTable[Raw]],
    commented: Mapping[str, int],
    minimum_base: int,
) -> tuple[ThemeTable[Raw], ...]:
    """The tables of one population. ``people``: which responses; ``taken``: which cells of the counts are theirs.

    ``questions`` are the population's tables of choices by question; ``commented`` its comments by theme.
    """
    order = ranking(data, people)
    chosen, unclear = (_table(data.questionnaire, purpose, questions) for purpose in ("priority", "clarity"))
    tables = []
    for place, theme in enumerate(data.themes):
        base = int(data.scores.base[place][taken].sum())
        score = mean_with_interval(
            base=base,
            total=float(data.scores.total[place][taken].sum()),
            squares=float(data.scores.squares[place][taken].sum()),
            lowest=0,
            highest=10,
        )
        chosen_by = chosen.counts.get(theme) if chosen else None
        unclear_to = unclear.counts.get(theme) if unclear else None
        tables.append(
            ThemeTable(
                theme_id=theme,
                score_base=base,
                score_0_10=estimate(score),
                chosen_count=chosen_by,
                chosen_base=chosen.base if chosen and chosen_by is not None else None,
                chosen=percent(int(chosen_by), int(chosen.base)) if chosen and chosen_by is not None else None,
                unclear_count=unclear_to,
                unclear_base=unclear.base if unclear and unclear_to is not None else None,
                unclear=percent(int(unclear_to), int(unclear.base)) if unclear and unclear_to is not None else None,
                commented=commented.get(theme),
                rank=order.rank.get(theme),
                rank_low=order.low.get(theme),
                rank_high=order.high.get(theme),
                tied_with=order.tied_with.get(theme, ()),
                minimum_base=minimum_base,
            )
        )
    return tuple(tables)


def _table(
    questionnaire: Questionnaire, purpose: str, questions: Mapping[str, ChoiceTable[Raw]]
) -> ChoiceTable[Raw] | None:
    question = questionnaire.with_purpose("priority" if purpose == "priority" else "clarity")
    return questions.get(question.id) if question else None
