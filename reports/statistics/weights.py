"""Weights that make the people who answered look like a reference population, and figures made with them.

Everything works on cells: people who are in the same groups share one weight, so that a million people cost no more
than a handful. A weight is a number of people, 1 on average.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from reports.statistics.means import Mean
from reports.statistics.proportions import wilson
from reports.statistics.representativeness import shares_of

Floats = NDArray[np.float64]

SWEEPS, MOST_SWEEPS = 50, 500
TOLERANCE = 1e-6
SETTLED = 1e-14
"""How little a round may change any weight, in parts of it, before raking ends."""
LIGHTEST, HEAVIEST = 0.3, 3.0
"""How many times the mean weight a raked weight may be before it is trimmed."""


class NotWeightable(ValueError):
    """These people cannot be weighted to this population; the message says why."""


class EmptyGroup(NotWeightable):
    """Nobody answered of a group that the population has; ``group`` is its name."""

    def __init__(self, group: str) -> None:
        super().__init__(f"nobody answered of the group {group}, so no weight can make up for it")
        self.group = group


@dataclass(frozen=True, slots=True)
class Raked:
    """``weights`` in the shape of the table that was raked; ``trimmed`` people had a weight that was cut."""

    weights: Floats
    sweeps: int
    trimmed: int


def post_stratification(counts: Sequence[int], reference: Sequence[float], *, groups: Sequence[str]) -> Floats:
    """The weight of each group: (N_g / N) / (n_g / n), with ``counts`` n_g and ``reference`` N_g in any unit.

    Holt and Smith (1979), Journal of the Royal Statistical Society A 142: 33-46. Raises EmptyGroup with the name from
    ``groups``, and NotWeightable where people answered of a group that the population has not.
    """
    people = np.array(counts, dtype=np.float64)
    shares = shares_of(reference)
    _check_groups(people, shares, groups)
    taken = people > 0
    weights = np.ones(len(people))
    weights[taken] = shares[taken] / (people[taken] / people.sum())
    return weights


def rake(
    counts: NDArray[np.int64],
    references: Sequence[Sequence[float]],
    *,
    groups: Sequence[Sequence[str]],
    tolerance: float = TOLERANCE,
    start: Floats | None = None,
) -> Raked:
    """Weights by cell so that each margin of ``counts`` matches its reference.

    ``counts`` has one axis per characteristic. Along an axis, people whose group is not known may follow the groups of
    the reference as one place more: together they keep the weight that they have, 1 each on average. References are
    numbers of people and must share one total, or else shares that sum alike. Margins are cycled; after ``SWEEPS``
    times the largest error must be under ``tolerance`` of all people. Where it is, they are cycled on until the weights
    settle, at most ``MOST_SWEEPS`` times, so that what is left of the error is that of the computer's numbers. Deming
    and Stephan (1940), Annals of Mathematical Statistics 11: 427-444. ``start`` are weights to begin with.

    Raises EmptyGroup, and NotWeightable where totals differ or the margins cannot be met together.
    """
    totals = [math.fsum(one) for one in references]
    if max(totals) - min(totals) > 1e-9 * max(totals):
        raise NotWeightable("the margins have different totals")
    people = counts.astype(np.float64)
    targets = [
        _target(people, axis, reference, names)
        for axis, (reference, names) in enumerate(zip(references, groups, strict=True))
    ]
    weights = np.ones(people.shape) if start is None else start
    sweep, changed = 0, math.inf
    while changed > SETTLED and sweep < MOST_SWEEPS:
        if sweep == SWEEPS:
            _check_met(people * weights, targets, tolerance)
        changed = 0.0
        for axis, target in enumerate(targets):
            have = _margin(people * weights, axis)
            factor = np.divide(target, have, out=np.ones_like(target), where=have > 0)
            weights = weights * _along(factor, axis, people.ndim)
            changed = max(changed, float(np.abs(factor - 1).max()))
        sweep += 1
    _check_met(people * weights, targets, tolerance)
    return Raked(weights, sweep, 0)


def rake_and_trim(
    counts: NDArray[np.int64],
    references: Sequence[Sequence[float]],
    *,
    groups: Sequence[Sequence[str]],
    tolerance: float = TOLERANCE,
) -> Raked:
    """As ``rake``; weights outside ``LIGHTEST`` to ``HEAVIEST`` times their mean are cut, and the margins raked again.

    The second raking may bring a cut weight a little beyond its bound. Errors as for ``rake``.
    """
    first = rake(counts, references, groups=groups, tolerance=tolerance)
    mean = float((counts * first.weights).sum() / counts.sum())
    # A weight that is a bound but for rounding is not cut.
    cut = (first.weights < LIGHTEST * mean * (1 - 1e-9)) | (first.weights > HEAVIEST * mean * (1 + 1e-9))
    trimmed = int(counts[cut].sum())
    if not trimmed:
        return first
    within = np.clip(first.weights, LIGHTEST * mean, HEAVIEST * mean)
    again = rake(counts, references, groups=groups, tolerance=tolerance, start=within)
    return Raked(again.weights, first.sweeps + again.sweeps, trimmed)


def design_effect(weights: Floats, counts: NDArray[np.int64] | None = None) -> float | None:
    """Kish's n * sum(w^2) / sum(w)^2 = 1 + CV^2, 1 where all weights are equal; None without anybody.

    ``counts``: how many people have each weight, one each where it is not given. Kish (1965), Survey Sampling, 11.7.
    """
    people = np.ones(weights.shape) if counts is None else counts
    total = float((people * weights).sum())
    return None if total == 0 else float(people.sum() * (people * weights**2).sum() / total**2)


def effective_number(weights: Floats, counts: NDArray[np.int64] | None = None) -> float:
    """How many people with equal weights would say as much: sum(w)^2 / sum(w^2); nought without anybody.

    Kish (1965), Survey Sampling, 11.7.
    """
    people = np.ones(weights.shape) if counts is None else counts
    squares = float((people * weights**2).sum())
    return 0.0 if squares == 0 else float((people * weights).sum()) ** 2 / squares


def weighted_share(
    weights: Floats, base: NDArray[np.int64], positive: NDArray[np.int64]
) -> tuple[float, float, float] | None:
    """The weighted share of ``positive`` among ``base`` people per cell, with its 95 % interval, all 0-1.

    Wilson's score interval with the effective number of those in the base in place of their number. None where nobody
    is in the base. Kish (1965) for the effective number; Wilson (1927), JASA 22: 209-212.
    """
    number = effective_number(weights, base)
    if number == 0:
        return None
    share = min(1.0, float((weights * positive).sum() / (weights * base).sum()))
    interval = wilson(share * number, number)
    return None if interval is None else (share, *interval)


def weighted_mean(
    weights: Floats,
    base: NDArray[np.int64],
    total: Floats,
    squares: Floats,
    *,
    lowest: float | None = None,
    highest: float | None = None,
) -> Mean | None:
    """The weighted mean of the values of ``base`` people per cell, from their sums and sums of squares.

    The 95 % interval is m plus or minus t(n_eff - 1) * s / sqrt(n_eff), with s^2 = sum w (x - m)^2 / sum w *
    n_eff / (n_eff - 1): with equal weights it is Student's. None without anybody; without an interval where the
    effective number is 1. Clipped to ``lowest`` and ``highest``.
    """
    number = effective_number(weights, base)
    if number == 0:
        return None
    weight = float((weights * base).sum())
    mean = float((weights * total).sum()) / weight
    if number <= 1 + 1e-12:
        return Mean(mean, None, None)
    spread = max(0.0, float((weights * squares).sum()) / weight - mean * mean)
    # Cancellation leaves a speck of variance where all values are equal.
    if spread <= 1e-12 * max(1.0, mean * mean):
        spread = 0.0
    half = float(stdtrit(number - 1, 0.975)) * math.sqrt(spread / (number - 1))
    low, high = mean - half, mean + half
    return Mean(mean, low if lowest is None else max(lowest, low), high if highest is None else min(highest, high))


def _check_groups(people: Floats, shares: Floats, groups: Sequence[str]) -> None:
    for number, share, group in zip(people, shares, groups, strict=True):
        if number == 0 and share > 0:
            raise EmptyGroup(group)
        if number > 0 and share == 0:
            raise NotWeightable(f"people answered of the group {group}, which the population has not")


def _target(people: Floats, axis: int, reference: Sequence[float], groups: Sequence[str]) -> Floats:
    """The number of people that each place along an axis must come to."""
    have = _margin(people, axis)
    known, unknown = have[: len(reference)], have[len(reference) :]
    shares = shares_of(reference)
    _check_groups(known, shares, groups)
    return np.concatenate((shares * known.sum(), unknown))


def _margin(table: Floats, axis: int) -> Floats:
    return np.asarray(table.sum(axis=tuple(other for other in range(table.ndim) if other != axis)))


def _along(factor: Floats, axis: int, axes: int) -> Floats:
    return factor.reshape([-1 if one == axis else 1 for one in range(axes)])


def _check_met(table: Floats, targets: Sequence[Floats], tolerance: float) -> None:
    error = max(float(np.abs(_margin(table, axis) - target).max()) for axis, target in enumerate(targets))
    if error >= tolerance * table.sum():
        raise NotWeightable(f"the margins cannot be met together: after {SWEEPS} rounds {error:.3g} people are off")
