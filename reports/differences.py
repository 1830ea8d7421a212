"""Audiences compared theme by theme."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from reports.statistics.comparisons import SMALLEST_BASE, compare_shares, holm, words_for
from reports.statistics.proportions import newcombe
from reports.tabulation import Difference, Estimate, Group, RatingTable, Raw
from surveys.questionnaire import Questionnaire, RatingQuestion

_Measure = Literal["chosen", "percent_positive"]


@dataclass(frozen=True, slots=True)
class _Share:
    key: str
    positive: int
    base: int


def differences(audiences: Sequence[Group[Raw]], questionnaire: Questionnaire) -> tuple[Difference[Raw], ...]:
    """The first audience against each other one: who chose each theme, and percent positive of each theme's ratings.

    The comparisons of one measure between two audiences are one family for Holm's adjustment. Those with fewer than 50
    people on either side are not tested and not in the family.
    """
    answered = [audience for audience in audiences if audience.responses]
    return tuple(
        difference
        for other in answered[1:]
        for measure in ("chosen", "percent_positive")
        for difference in _family(measure, answered[0], other, questionnaire)
    )


def _family(
    measure: Literal["chosen", "percent_positive"],
    first: Group[Raw],
    second: Group[Raw],
    questionnaire: Questionnaire,
) -> Iterator[Difference[Raw]]:
    pairs = list(zip(_shares(measure, first, questionnaire), _shares(measure, second, questionnaire), strict=True))
    tested = [(a, b) for a, b in pairs if min(a.base, b.base) >= SMALLEST_BASE]
    p_values = [compare_shares(a.positive, a.base, b.positive, b.base) for a, b in tested]
    # Where all or none of both groups said so there is nothing to test, which is the strongest "no difference".
    adjusted = dict(zip((a.key for a, _ in tested), holm([1.0 if p is None else p for p in p_values]), strict=True))
    for a, b in pairs:
        p_adjusted = adjusted.get(a.key)
        estimate = _difference(a, b) if p_adjusted is not None else None
        yield Difference(
            field=str(first.field),
            measure=measure,
            key=a.key,
            first=str(first.value),
            second=str(second.value),
            difference=estimate,
            p_adjusted=p_adjusted,
            family_size=len(tested),
            words=words_for(estimate.value if estimate else 0.0, p_adjusted, bases=(a.base, b.base)),
        )


def _shares(measure: _Measure, audience: Group[Raw], questionnaire: Questionnaire) -> list[_Share]:
    if measure == "chosen":
        return [
            _Share(theme.theme_id, int(theme.chosen_count), int(theme.chosen_base))
            for theme in audience.themes
            if theme.chosen_count is not None and theme.chosen_base is not None
        ]
    shares = []
    for table in audience.questions:
        if isinstance(table, RatingTable) and table.theme_id is not None:
            positive = _positive(questionnaire, table.key)
            shares.append(_Share(table.key, int(sum(table.counts[point] for point in positive)), int(table.base)))
    return shares


def _positive(questionnaire: Questionnaire, key: str) -> list[str]:
    question = questionnaire.item(key).question
    points = questionnaire.scale(question.scale).points if isinstance(question, RatingQuestion) else ()
    return [point.id for point in points if point.positive]


def _difference(a: _Share, b: _Share) -> Estimate[Raw] | None:
    interval = newcombe(a.positive, a.base, b.positive, b.base)
    if interval is None:
        return None
    return Estimate(100 * (a.positive / a.base - b.positive / b.base), 100 * interval[0], 100 * interval[1])
