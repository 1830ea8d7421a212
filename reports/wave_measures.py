"""The measures that are followed over waves: where each stands in one wave, and how two waves compare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from reports.compared_shares import Share, shares_of
from reports.disclosing import Reason
from reports.question_rules import composite_keys
from reports.statistics.changes import change_in_share
from reports.statistics.comparisons import SMALLEST_BASE
from reports.statistics.mean_changes import MeanOf, change_in_mean, mean_of
from reports.tabulation import Comparability, Estimate, Figure, Group, RatingTable, Raw, Shown, WavePoint
from surveys.comparing.comparability import COMPARABILITIES
from surveys.questionnaire import Questionnaire
from surveys.waves import Asked

Measure = Literal["chosen", "percent_positive", "score_0_10"]
MEASURES: tuple[Measure, ...] = get_args(Measure)

POINTS = {"chosen": 1.0, "percent_positive": 1.0, "score_0_10": 10.0}
"""How many points out of 100 one unit of a measure is worth, when it is judged whether a change is large."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One measure of one audience in one wave. ``share`` or ``mean`` where people gave an answer and may be shown."""

    point: WavePoint[Figure]
    hidden: Reason = None
    share: Share | None = None
    mean: MeanOf | None = None

    @property
    def base(self) -> int:
        """How many people it rests on; nought where that is hidden or was not asked."""
        return int(self.point.base.value) if isinstance(self.point.base, Shown) else 0

    @property
    def is_large_enough(self) -> bool:
        """Whether it may be compared."""
        return (self.share is not None or self.mean is not None) and self.base >= SMALLEST_BASE


NOT_ASKED = Standing(WavePoint(None, None))


def keys_of(measure: Measure, questionnaire: Questionnaire) -> list[str]:
    """The themes that a measure is of, or the questions that rate them; without themes all rating questions."""
    themes = [theme.id for theme in questionnaire.themes]
    if measure == "chosen":
        asked = questionnaire.with_purpose("priority")
        offered = {option.id for option in questionnaire.options(asked)} if asked else set()
        return [theme for theme in themes if theme in offered]
    if measure == "score_0_10":
        return [theme for theme in themes if composite_keys(questionnaire, theme)]
    rated = [item for item in questionnaire.items if item.question.kind == "rating"]
    return [item.key for item in rated if item.theme is not None or not themes]


def comparability_of(measure: Measure, key: str, earlier: Asked, later: Asked) -> Comparability:
    """How a measure compares with the wave before: as the worst of the questions that it is made from."""
    if key not in keys_of(measure, earlier.questionnaire) or key not in keys_of(measure, later.questionnaire):
        return "new"
    made_from = [key]
    if measure == "chosen":
        asked = later.questionnaire.with_purpose("priority")
        made_from = [asked.id] if asked else []
    elif measure == "score_0_10":
        made_from = composite_keys(later.questionnaire, key)
        before = composite_keys(earlier.questionnaire, key), earlier.questionnaire.min_items
        if before != (made_from, later.questionnaire.min_items):
            return "new"
    return max((later.compared.get(one, "new") for one in made_from), key=COMPARABILITIES.index, default="new")


def standing_of(measure: Measure, key: str, group: Group[Figure] | None, questionnaire: Questionnaire) -> Standing:
    """Where a measure stands among these people (None: nobody of theirs was asked in this wave)."""
    point = _point(measure, key, group) if group is not None else NOT_ASKED.point
    if group is None or point.base is None:
        return NOT_ASKED
    figures = [point.base, *((point.value.value,) if point.value else ())]
    hidden = next((figure.reason for figure in figures if not isinstance(figure, Shown)), None)
    if hidden is not None or point.value is None:
        return Standing(point, hidden)
    if measure != "score_0_10":
        share = shares_of(measure, group, questionnaire)[key]
        return Standing(point, share.hidden, share=share if share.hidden is None else None)
    value, low, high = (one.value if isinstance(one, Shown) else None for one in _three(point.value))
    if value is None or low is None or high is None or int(figures[0].value) < 2:
        return Standing(point)
    return Standing(point, mean=mean_of(value, low, high, int(figures[0].value)))


def change_between(earlier: Standing, later: Standing) -> tuple[Estimate[Raw], float]:
    """Later less earlier in points or score with its 95 % interval, and the p value, 1 where nothing can differ.

    ValueError where one of the two has neither a share nor a mean.
    """
    if earlier.share and later.share:
        found = change_in_share(earlier.share.positive, earlier.share.base, later.share.positive, later.share.base)
        if found is not None:
            gap: Estimate[Raw] = Estimate(100 * found.difference, 100 * found.low, 100 * found.high)
            return gap, 1.0 if found.p_value is None else found.p_value
    if earlier.mean and later.mean:
        moved = change_in_mean(earlier.mean, later.mean)
        return Estimate(moved.difference, moved.low, moved.high), 1.0 if moved.p_value is None else moved.p_value
    raise ValueError("There is nothing to compare.")


def mix_moved(together: Sequence[Standing], audiences: Sequence[Sequence[Standing]]) -> bool:
    """Whether every audience went one way and all people together the other: Simpson's paradox.

    Each sequence holds the standing in the wave before and in the last one. One audience alone cannot have moved.
    """
    ways = {_way(*pair) for pair in audiences if all(one.is_large_enough for one in pair)}
    enough = len([pair for pair in audiences if all(one.is_large_enough for one in pair)]) > 1
    if not enough or len(ways) > 1 or not all(one.is_large_enough for one in together):
        return False
    return ways.pop() * _way(*together) < 0


def _way(earlier: Standing, later: Standing) -> int:
    gap = change_between(earlier, later)[0].value
    return (gap > 0) - (gap < 0)


def _point(measure: Measure, key: str, group: Group[Figure]) -> WavePoint[Figure]:
    if measure == "percent_positive":
        for table in group.questions:
            if isinstance(table, RatingTable) and table.key == key:
                return WavePoint(table.base, table.percent_positive)
        return NOT_ASKED.point
    for theme in group.themes:
        if theme.theme_id == key:
            asked = theme.chosen_base, theme.chosen
            return WavePoint(*asked) if measure == "chosen" else WavePoint(theme.score_base, theme.score_0_10)
    return NOT_ASKED.point


def _three(estimate: Estimate[Figure]) -> tuple[Figure | None, Figure | None, Figure | None]:
    return estimate.value, estimate.low, estimate.high
