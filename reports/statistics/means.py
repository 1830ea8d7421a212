"""Means with their t intervals, from sums: so that chunks, groups and shards simply add up."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

from scipy.special import stdtrit

FEWEST_FROM_THE_END = 2.5
"""How many people's worth of the whole scale a mean must lie from its nearer end, for its interval to be trusted."""


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean in the unit of what was averaged; the interval is None where fewer than two people answered."""

    value: float
    low: float | None
    high: float | None


@lru_cache(maxsize=4096)
def _t_975(degrees: int) -> float:
    return float(stdtrit(degrees, 0.975))


def mean_with_interval(
    *, base: int, total: float, squares: float, lowest: float | None = None, highest: float | None = None
) -> Mean | None:
    """The mean of ``base`` values with sum ``total`` and sum of squares ``squares``; None where there are none.

    The 95 % interval is Student's, m ± t(n−1) s / √n with s² = (Σx² − (Σx)²/n) / (n − 1): Student (1908), Biometrika 6:
    1-25. It is clipped to ``lowest`` and ``highest`` where the scale has ends. Where everybody gave the same value it
    is a point.
    """
    if base == 0:
        return None
    mean = total / base
    if base == 1:
        return Mean(mean, None, None)
    variance = max(0.0, (squares - total * mean) / (base - 1))
    # Cancellation leaves a speck of variance where all values are equal; it would be drawn as a whisker.
    if variance <= 1e-12 * max(1.0, mean * mean):
        variance = 0.0
    half = _t_975(base - 1) * math.sqrt(variance / base)
    low, high = mean - half, mean + half
    return Mean(mean, low if lowest is None else max(lowest, low), high if highest is None else min(highest, high))


def t_interval_holds(mean: float, base: int, *, lowest: float, highest: float) -> bool:
    """Whether Student's interval of this mean is to be trusted so near an end of its scale.

    It is where n · min(m − lowest, highest − m) / (highest − lowest) is at least 2.5, as for a share there should be
    some people on either side. Nearer to the end nearly everybody gave one answer, the spread of the few others is not
    known, and the interval is often far too short: ``benchmarks/coverage.py`` says how often.
    """
    return base * min(mean - lowest, highest - mean) >= FEWEST_FROM_THE_END * (highest - lowest)
