"""Figures weighted to the reference population: for the annex alone, beside the unweighted ones.

A weighted share of everybody and the unweighted one together tell something about shares inside groups. So weighted
figures are published only where every group of every characteristic is shown, where the answers inside each group are
fit to publish too, and rounded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reports.disclosing import Reason, estimate, figure
from reports.reference_groups import ReferenceData, merged
from reports.representing import ShownGroups, representation, shown_groups
from reports.results import Computed
from reports.statistics.rounding import half_up
from reports.statistics.weights import (
    EmptyGroup,
    NotWeightable,
    Raked,
    design_effect,
    effective_number,
    post_stratification,
    rake_and_trim,
    weighted_mean,
    weighted_share,
)
from reports.suppression import Judge
from reports.tabulation import (
    Breakdown,
    Estimate,
    Figure,
    Group,
    RatingTable,
    Raw,
    Representation,
    Suppressed,
    ThemeTable,
    Weighted,
    WeightedShare,
    WhyNot,
)
from reports.weighted_sums import MeasureSums

LARGEST_DESIGN_EFFECT = 2.0
"""Beyond, weighted figures are worth less than half of the people who answered, and are not published."""

_Parts = Sequence[Sequence[Sequence[int]]]


@dataclass(frozen=True, slots=True)
class _Made:
    """Weights by combination of groups, and what can be said of them."""

    people: NDArray[np.int64]
    raked: Raked
    deff: float
    n_eff: float


def weighted(
    data: ReferenceData,
    shown: Sequence[ShownGroups],
    *,
    group: Group[Figure],
    minimum_cell: int,
) -> Weighted[Figure] | None:
    """The weighted figures of ``group``: everybody, or the one audience that is compared.

    ``shown`` says of each characteristic which of its groups may be shown. None without a characteristic.
    """
    if not data.compared:
        return None
    told = _Telling(data, group, minimum_cell)
    for one, compared in zip(shown, data.compared, strict=True):
        if not one.all_shown:
            return told.refused("hidden", about=compared.label)
    parts = [one.parts for one in shown]
    if data.sums is None:
        return told.refused("combinations")
    try:
        made = _weights(data, parts, data.sums.people)
    except EmptyGroup as empty:
        return told.refused("empty", about=empty.group)
    except NotWeightable:
        return told.refused("not_met")
    if made.deff > LARGEST_DESIGN_EFFECT:
        return told.unusable(made, "uneven")
    if made.n_eff < group.minimum_base:
        return told.unusable(made, "too_few")
    shares = tuple(_share(one, made, parts, group, minimum_cell) for one in data.sums.measures)
    return told.made(made, usable=True, why_not=None, shares=shares)


@dataclass(frozen=True, slots=True)
class _Telling:
    """What is said of weighting in any case."""

    data: ReferenceData
    group: Group[Figure]
    minimum_cell: int

    def refused(self, why_not: WhyNot, *, about: str = "") -> Weighted[Figure]:
        """Nothing was weighted, so nothing is said of the weights."""
        hidden = Suppressed("secondary")
        return self._weighted(hidden, hidden, hidden, why_not=why_not, about=about)

    def unusable(self, made: _Made, why_not: WhyNot) -> Weighted[Figure]:
        """The weights exist, and are no good."""
        return self.made(made, usable=False, why_not=why_not, shares=())

    def made(
        self, made: _Made, *, usable: bool, why_not: WhyNot | None, shares: tuple[WeightedShare[Figure], ...]
    ) -> Weighted[Figure]:
        """Rounded, because the exact figures of raked weights would tell how many people share two groups."""
        few: Reason = "small base" if 0 < made.raked.trimmed < self.group.minimum_base else None
        return self._weighted(
            figure(half_up(made.deff, 2), None),
            figure(int(half_up(made.n_eff)), None),
            figure(made.raked.trimmed, few),
            usable=usable,
            why_not=why_not,
            shares=shares,
        )

    def _weighted(
        self,
        deff: Figure,
        n_eff: Figure,
        trimmed: Figure,
        *,
        usable: bool = False,
        why_not: WhyNot | None,
        about: str = "",
        shares: tuple[WeightedShare[Figure], ...] = (),
    ) -> Weighted[Figure]:
        compared = self.data.compared
        return Weighted(
            method="raked" if len(compared) > 1 else "post-stratified",
            characteristics=tuple(one.characteristic.field for one in compared),
            base=self.group.responses,
            deff=deff,
            n_eff=n_eff,
            trimmed=trimmed,
            usable=usable,
            why_not=why_not,
            shares=shares,
            audience=None if self.data.audience is None else self.group.value,
            why_not_about=about,
        )


def _weights(data: ReferenceData, parts: _Parts, people: NDArray[np.int64]) -> _Made:
    """One weight for each combination of groups; people in no group keep the weight 1 on average."""
    people = _merged_everywhere(people, parts)
    references, names = [], []
    for compared, shown in zip(data.compared, parts, strict=True):
        groups = compared.characteristic.groups
        shares = [sum(groups[place].share for place in part) for part in shown]
        # Percentages that were rounded before do not sum to 100; the margins must share one total.
        references.append([share / sum(shares) for share in shares])
        names.append(["; ".join(groups[place].label for place in part) for part in shown])
    if len(references) == 1:
        known = post_stratification(people[:-1].tolist(), references[0], groups=names[0])
        raked = Raked(np.append(known, 1.0), 0, 0)
    else:
        raked = rake_and_trim(people, references, groups=names)
    deff = design_effect(raked.weights, people)
    return _Made(people, raked, deff if deff is not None else 1.0, effective_number(raked.weights, people))


def _share(
    sums: MeasureSums, made: _Made, parts: _Parts, group: Group[Figure], minimum_cell: int
) -> WeightedShare[Figure]:
    base = _merged_everywhere(sums.base, parts)
    total = _merged_everywhere(sums.total, parts)
    weights = made.raked.weights
    number, unweighted = _unweighted(sums, group)
    if sums.measure == "score_0_10":
        squares = _merged_everywhere(sums.squares, parts)
        mean = weighted_mean(weights, base, total, squares, lowest=0, highest=10)
        found = None if mean is None else _rounded(mean.value, mean.low, mean.high, places=1)
    else:
        share = weighted_share(weights, base, total.astype(np.int64))
        found = None if share is None else _rounded(*(100 * one for one in share), places=0)
    reason = _hidden(number, unweighted)
    if reason is None and not _fit(sums, base, parts, minimum_base=group.minimum_base, minimum_cell=minimum_cell):
        reason = "secondary"
    return WeightedShare(sums.theme_id, sums.measure, number, unweighted, estimate(found, reason))


def _hidden(number: Figure, unweighted: Estimate[Figure] | None) -> Reason:
    """Why the unweighted figure is hidden, if it is."""
    figures = (number, unweighted.value if unweighted else None)
    return next((one.reason for one in figures if isinstance(one, Suppressed)), None)


def _unweighted(sums: MeasureSums, group: Group[Figure]) -> tuple[Figure, Estimate[Figure] | None]:
    """Base and figure as they are published."""
    theme: ThemeTable[Figure] = next(table for table in group.themes if table.theme_id == sums.theme_id)
    if sums.measure == "score_0_10":
        return theme.score_base, theme.score_0_10
    if sums.measure == "chosen" and theme.chosen_base is not None:
        return theme.chosen_base, theme.chosen
    rating = next(table for table in group.questions if isinstance(table, RatingTable) and table.key == sums.question)
    return rating.base, rating.percent_positive


def _fit(sums: MeasureSums, base: NDArray[np.int64], parts: _Parts, *, minimum_base: int, minimum_cell: int) -> bool:
    """Whether results by each of the characteristics would be published: no small base, no small cell, and no group
    in which everybody gave the same answer."""
    for axis, shown in enumerate(parts):
        by_group = base.sum(axis=tuple(other for other in range(base.ndim) if other != axis))
        if ((by_group > 0) & (by_group < minimum_base)).any():
            return False
        for answers in sums.answers:
            # Nothing is known about people who are in no group, so what they answered is not sensitive.
            cells = merged(answers[axis], shown, axis=0)[:-1]
            if ((cells > 0) & (cells < minimum_cell)).any() or _alike(cells):
                return False
    return True


def _alike(cells: NDArray[np.int64]) -> bool:
    together = cells.sum(axis=1)
    return cells.shape[1] > 1 and bool(((cells.max(axis=1) == together) & (together > 0)).any())


def _rounded(value: float, low: float | None, high: float | None, *, places: int) -> Estimate[Raw]:
    return Estimate(
        half_up(value, places),
        None if low is None else half_up(low, places),
        None if high is None else half_up(high, places),
    )


def _merged_everywhere(table: NDArray[Any], parts: _Parts) -> NDArray[Any]:
    for axis, shown in enumerate(parts):
        table = merged(table, shown, axis=axis)
    return table


def compared_with_reference(
    computed: Computed,
    *,
    everybody: Group[Figure],
    audiences: Sequence[Group[Figure]],
    who_answered: Sequence[Breakdown[Figure]],
) -> tuple[tuple[Representation[Figure], ...], Weighted[Figure] | None]:
    """All that is made with the reference population, from figures as they are published; nothing without one."""
    data = computed.reference
    if data is None:
        return (), None
    judge = Judge(computed.thresholds)
    shown = [
        shown_groups(one, data, judge, everybody=everybody, audiences=audiences, who_answered=who_answered)
        for one in data.compared
    ]
    group = everybody if data.audience is None else audiences[data.audience]
    minimum_cell = computed.results.rules.minimum_cell
    return (
        representation(data, shown, audiences=audiences),
        weighted(data, shown, group=group, minimum_cell=minimum_cell),
    )
