"""The shares that are compared between groups and over time, read from disclosed figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from reports.disclosing import Reason
from reports.tabulation import Figure, Group, RatingTable, Shown
from surveys.questionnaire import Questionnaire, RatingQuestion

Measure = Literal["chosen", "percent_positive"]
MEASURES: tuple[Measure, ...] = ("chosen", "percent_positive")


@dataclass(frozen=True, slots=True)
class Share:
    """People who said so, of ``base`` people who answered; nought of nought where they are ``hidden``, and why."""

    positive: int
    base: int
    hidden: Reason = None

    def fit_to_show(self, minimum_base: int) -> Share:
        """The same, hidden where it is about some people but fewer than the minimum base."""
        small = self.hidden is None and 0 < self.base < minimum_base
        return replace(self, positive=0, base=0, hidden="small base") if small else self


def shares_of(measure: Measure, group: Group[Figure], questionnaire: Questionnaire) -> dict[str, Share]:
    """By theme id who chose it, or by item key who gave a positive rating of a theme; in the questionnaire's order.

    Where there are no themes, every rating question is one to compare. Themes that people are not asked to choose from,
    and all other questions, are left out.
    """
    return dict(_chosen(group) if measure == "chosen" else _positive(group, questionnaire))


def together(shares: Sequence[Share]) -> Share:
    """All these people; hidden where some of them are."""
    hidden = next((share.hidden for share in shares if share.hidden is not None), None)
    if hidden is not None:
        return Share(0, 0, hidden)
    return Share(sum(share.positive for share in shares), sum(share.base for share in shares))


def without(whole: Share, parts: Sequence[Share]) -> Share:
    """The people of the whole who are in none of the parts; hidden where the whole or a part is."""
    taken = together(parts)
    hidden = whole.hidden or taken.hidden
    return Share(0, 0, hidden) if hidden else Share(whole.positive - taken.positive, whole.base - taken.base)


def _chosen(group: Group[Figure]) -> Iterator[tuple[str, Share]]:
    for theme in group.themes:
        if theme.chosen_count is not None and theme.chosen_base is not None:
            yield theme.theme_id, _share([theme.chosen_count], theme.chosen_base)


def _positive(group: Group[Figure], questionnaire: Questionnaire) -> Iterator[tuple[str, Share]]:
    for table in group.questions:
        if isinstance(table, RatingTable) and (table.theme_id is not None or not questionnaire.themes):
            question = questionnaire.item(table.key).question
            points = questionnaire.scale(question.scale).points if isinstance(question, RatingQuestion) else ()
            yield table.key, _share([table.counts[point.id] for point in points if point.positive], table.base)


def _share(counts: Sequence[Figure], base: Figure) -> Share:
    numbers = [figure.value for figure in (*counts, base) if isinstance(figure, Shown)]
    if len(numbers) <= len(counts):
        return Share(0, 0, next(figure.reason for figure in (*counts, base) if not isinstance(figure, Shown)))
    return Share(int(sum(numbers[:-1])), int(numbers[-1]))
