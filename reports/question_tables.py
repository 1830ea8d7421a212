"""One question's table for one population, from its counts per code. Percentages and their intervals are 0-100."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reports.distributions import Counts
from reports.statistics.means import Mean, mean_with_interval
from reports.statistics.proportions import wilson
from reports.statistics.scores import score_of_points
from reports.tabulation import ChoiceTable, Estimate, NumberTable, RatingTable, Raw
from surveys.answers import Column
from surveys.answers.codes import FIRST_OPTION, NON_ANSWER_CODES, NOT_CHOSEN, NOT_SHOWN, SKIPPED
from surveys.questionnaire import ChoiceQuestion, ChoicesQuestion, Item, Questionnaire, RankingQuestion, RatingQuestion


def percent(part: int, base: int) -> Estimate[Raw] | None:
    """``part`` of ``base`` people as a percentage with its Wilson interval; None where nobody answered."""
    interval = wilson(part, base)
    return None if interval is None else Estimate(100 * part / base, 100 * interval[0], 100 * interval[1])


def estimate(mean: Mean | None) -> Estimate[Raw] | None:
    """A mean in the form that results hold."""
    return None if mean is None else Estimate(mean.value, mean.low, mean.high)


def rating_table(
    questionnaire: Questionnaire,
    item: Item,
    question: RatingQuestion,
    column: Column,
    counts: Counts,
    *,
    responses: int,
    minimum_base: int,
) -> RatingTable[Raw]:
    """``counts`` has 256 entries, people per code. ValueError where the statuses do not add up."""
    points = questionnaire.scale(question.scale).points
    by_id = {option: int(counts[FIRST_OPTION + place]) for place, option in enumerate(column.options)}
    on_scale = np.array([by_id[point.id] for point in points])
    not_scored, skipped, not_shown = _beside(questionnaire, question, counts)
    scored = int(on_scale.sum())
    _add_up(item, responses, scored, *not_scored.values(), skipped, not_shown)
    base = scored + (sum(not_scored.values()) if question.base == "all" else 0)
    positive = sum(by_id[point.id] for point in points if point.positive)
    values = [point.value for point in points]
    return RatingTable(
        key=item.key,
        theme_id=item.theme.id if item.theme else None,
        base=base,
        counts=dict(by_id),
        not_scored=dict(not_scored),
        skipped=skipped,
        not_shown=not_shown,
        percent_positive=percent(positive, base),
        mean=_mean(on_scale, values, lowest=min(values), highest=max(values)),
        score_0_10=_mean(on_scale, score_of_points(values, reverse=question.reverse), lowest=0, highest=10),
        minimum_base=minimum_base,
    )


def choice_table(
    questionnaire: Questionnaire,
    item: Item,
    question: ChoiceQuestion | ChoicesQuestion | RankingQuestion,
    column: Column,
    counts: Counts,
    *,
    responses: int,
    minimum_base: int,
) -> ChoiceTable[Raw]:
    """``counts`` has one row for a choice, else one per option, and 256 columns: people per code."""
    not_scored, skipped, not_shown = _beside(questionnaire, question, counts[0])
    base = int(counts[0, NOT_CHOSEN:].sum())
    _add_up(item, responses, base, *not_scored.values(), skipped, not_shown)
    if column.kind == "choice":
        chosen = {option: int(counts[0, FIRST_OPTION + place]) for place, option in enumerate(column.options)}
    else:
        chosen = {option: int(counts[place, FIRST_OPTION:].sum()) for place, option in enumerate(column.options)}
    first = None
    if column.kind == "ranking":
        first = {option: int(counts[place, FIRST_OPTION]) for place, option in enumerate(column.options)}
    return ChoiceTable(
        key=item.key,
        kind=question.kind,
        base=base,
        counts=dict(chosen),
        percent={option: percent(count, base) for option, count in chosen.items()},
        not_scored=dict(not_scored),
        skipped=skipped,
        not_shown=not_shown,
        minimum_base=minimum_base,
        first=dict(first) if first else None,
    )


def number_table(item: Item, counts: Counts, values: NDArray[np.float64], *, minimum_base: int) -> NumberTable[Raw]:
    """``counts`` has 256 entries, people per code; ``values`` are the numbers that were given, in any order."""
    base = len(values)
    squares = float(values @ values)
    return NumberTable(
        key=item.key,
        base=base,
        mean=estimate(mean_with_interval(base=base, total=float(values.sum()), squares=squares)),
        median=float(np.median(values)) if base else None,
        skipped=int(counts[SKIPPED]),
        not_shown=int(counts[NOT_SHOWN]),
        minimum_base=minimum_base,
    )


def _add_up(item: Item, responses: int, *statuses: int) -> None:
    """Every response has exactly one status for every item; anything else would be a wrong base somewhere."""
    if sum(statuses) != responses:
        raise ValueError(f"{item.key}: {sum(statuses)} statuses for {responses} responses; run the deep self-check.")


def _mean(
    on_scale: Counts, values: list[float] | tuple[float, ...], *, lowest: float, highest: float
) -> Estimate[Raw] | None:
    each = np.array(values)
    return estimate(
        mean_with_interval(
            base=int(on_scale.sum()),
            total=float(on_scale @ each),
            squares=float(on_scale @ (each * each)),
            lowest=lowest,
            highest=highest,
        )
    )


def _beside(
    questionnaire: Questionnaire,
    question: RatingQuestion | ChoiceQuestion | ChoicesQuestion | RankingQuestion,
    counts: Counts,
) -> tuple[dict[str, int], int, int]:
    """Each answer beside the options, the people who skipped, and those to whom the question was not shown."""
    beside: dict[str, int] = {
        one.id: int(counts[NON_ANSWER_CODES[one.id]]) for one in questionnaire.not_scored(question)
    }
    return beside, int(counts[SKIPPED]), int(counts[NOT_SHOWN])
