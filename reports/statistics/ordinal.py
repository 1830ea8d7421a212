"""Groups compared on answers that have an order but no distance, such as points of a scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import kruskal, mannwhitneyu


@dataclass(frozen=True, slots=True)
class TwoGroups:
    """``cliffs_delta`` (-1 to 1): how much likelier somebody of the first group answered higher than lower.

    ``p_value`` (0-1) is None where all gave one answer: then there is no difference.
    """

    statistic: float
    p_value: float | None
    cliffs_delta: float


@dataclass(frozen=True, slots=True)
class SeveralGroups:
    """Kruskal and Wallis' H, corrected for ties. Both are None where all gave one answer: there is no difference."""

    statistic: float | None
    degrees: int
    p_value: float | None


def two_groups(first: ArrayLike, second: ArrayLike) -> TwoGroups | None:
    """Mann and Whitney's test, two-sided, and Cliff's delta = 2U/(n1 n2) − 1; None where either group is empty.

    U counts pairs in which the first is higher, ties as halves. The normal approximation is corrected for ties and for
    continuity; without ties and with eight people or fewer in one group p is exact. NaN is somebody who did not answer.
    Mann and Whitney (1947), Annals of Mathematical Statistics 18: 50-60; Cliff (1993), Psychological Bulletin 114.
    """
    one, other = _answered(first), _answered(second)
    if not len(one) or not len(other):
        return None
    if len(np.unique(np.concatenate((one, other)))) == 1:
        return TwoGroups(len(one) * len(other) / 2, None, 0.0)
    found = mannwhitneyu(one, other, alternative="two-sided", method="auto")
    statistic = float(found.statistic)
    return TwoGroups(statistic, float(found.pvalue), 2 * statistic / (len(one) * len(other)) - 1)


def several_groups(groups: Sequence[ArrayLike]) -> SeveralGroups | None:
    """Kruskal and Wallis' test with correction for ties, chi-square with groups − 1 degrees of freedom.

    H = (12 / (N(N+1)) Σ R²/n − 3(N+1)) / (1 − Σ(t³ − t) / (N³ − N)), with rank sums R and t people in each tie.

    NaN is somebody who did not answer; groups in which nobody did are left out. None for fewer than two others.
    Kruskal and Wallis (1952), Journal of the American Statistical Association 47: 583-621.
    """
    answered = [group for group in map(_answered, groups) if len(group)]
    if len(answered) < 2:
        return None
    if len(np.unique(np.concatenate(answered))) == 1:
        return SeveralGroups(None, len(answered) - 1, None)
    found = kruskal(*answered)
    return SeveralGroups(float(found.statistic), len(answered) - 1, float(found.pvalue))


def _answered(values: ArrayLike) -> NDArray[np.float64]:
    given = np.asarray(values, dtype=np.float64).ravel()
    return given[~np.isnan(given)]
