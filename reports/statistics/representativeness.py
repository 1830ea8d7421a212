"""How the people who answered compare with a reference population: fit, difference, index, dissimilarity."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtrc

SMALLEST_EXPECTED = 5.0
"""Groups in which fewer people are expected are put together before the test."""


@dataclass(frozen=True, slots=True)
class GoodnessOfFit:
    """Pearson's test. ``merged``: the places of the groups that were tested as one, empty where none had to be."""

    statistic: float
    degrees: int
    p_value: float
    merged: tuple[int, ...]


def shares_of(reference: Sequence[float]) -> NDArray[np.float64]:
    """Shares of a population in any unit (percent, people) as shares 0-1 that sum to 1.

    ValueError where one is negative or not finite, or where all are nought.
    """
    given = np.array(reference, dtype=np.float64)
    if not np.isfinite(given).all() or (given < 0).any() or not given.sum() > 0:
        raise ValueError("Shares of a population are nought or more, and not all nought.")
    return np.asarray(given / given.sum())


def goodness_of_fit(counts: Sequence[int], reference: Sequence[float]) -> GoodnessOfFit | None:
    """Whether people in each group differ from the reference by more than chance: sum of (n - e)^2 / e.

    ``reference`` is in any unit. Groups with the smallest expected numbers are put together until each has at least
    ``SMALLEST_EXPECTED``, the rule of Cochran (1954), Biometrics 10: 417-451. Chi-square with one degree less than
    there are groups, Pearson (1900), Philosophical Magazine 50: 157-175. None where fewer than two groups are left.
    """
    expected = shares_of(reference) * sum(counts)
    order = sorted(range(len(expected)), key=lambda place: float(expected[place]))
    merged: list[int] = []
    while len(merged) < len(order):
        smallest = expected[order[len(merged)]]
        together = math.fsum(expected[merged])
        if smallest >= SMALLEST_EXPECTED and (not merged or together >= SMALLEST_EXPECTED):
            break
        merged.append(order[len(merged)])
    alone = [place for place in range(len(expected)) if place not in merged]
    wanted = [float(expected[place]) for place in alone]
    found = [float(counts[place]) for place in alone]
    if merged:
        wanted.append(math.fsum(expected[merged]))
        found.append(float(sum(counts[place] for place in merged)))
    if len(wanted) < 2:
        return None
    statistic = math.fsum((n - e) ** 2 / e for n, e in zip(found, wanted, strict=True))
    degrees = len(wanted) - 1
    named = tuple(sorted(merged)) if len(merged) > 1 else ()
    return GoodnessOfFit(statistic, degrees, float(chdtrc(degrees, statistic)), named)


def difference_in_points(percent: float, reference_percent: float) -> float:
    """The share of people who answered less that of the population, in points; below nought where they are fewer."""
    return percent - reference_percent


def index(percent: float, reference_percent: float) -> float | None:
    """100 times the share of people who answered over that of the population; 100 where both are equal.

    None where nobody of the population is in the group.
    """
    return None if reference_percent == 0 else 100 * percent / reference_percent


def dissimilarity(counts: Sequence[int], reference: Sequence[float]) -> float | None:
    """Half the sum of the absolute differences of shares, 50 Σ |n/N − share|, 0-100: who would have to be in
    another group for the two to be alike. Duncan and Duncan (1955), American Sociological Review 20: 210-217.
    None where nobody answered.
    """
    people = sum(counts)
    if people == 0:
        return None
    shares = np.array(counts, dtype=np.float64) / people
    return float(50 * np.abs(shares - shares_of(reference)).sum())


def missing_people(count: int, base: int, reference_share: float) -> int:
    """How many more people of a group would have had to answer for its share to be ``reference_share`` (0-1), all
    others being as they are: the smallest m with (count + m) / (base + m) of at least that share.

    Nought where the share is reached, and where the population has nobody else.
    """
    if reference_share >= 1 or count >= reference_share * base:
        return 0
    # A speck of rounding must not ask for one person more.
    return math.ceil((reference_share * base - count) / (1 - reference_share) - 1e-9)
