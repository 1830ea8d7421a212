"""A share asked for more than once: what changed since the last time, and whether there is a trend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.special import chdtrc

from reports.statistics.proportions import newcombe

ChangeWords = Literal["higher", "lower", "no clear change"]
FEWEST_WAVES = 3


@dataclass(frozen=True, slots=True)
class ShareChange:
    """Later share less earlier share (-1 to 1) with its 95 % interval, and the p value of no change, 0-1.

    ``p_value`` is None where everybody or nobody said so both times: then nothing can differ.
    """

    difference: float
    low: float
    high: float
    p_value: float | None
    words: ChangeWords


def change_in_share(
    earlier_positive: int, earlier_base: int, later_positive: int, later_base: int
) -> ShareChange | None:
    """The change of a share between two groups of different people; None where either group is empty.

    z = (p2 − p1) / √(p(1−p)(1/n1 + 1/n2)) with p of both together, two-sided: Fleiss, Levin and Paik (2003),
    Statistical Methods for Rates and Proportions, chapter 3, without continuity correction; Newcombe's interval. "No
    clear change" is said where the interval holds nought. ValueError where a number is no share of its base.
    """
    interval = newcombe(later_positive, later_base, earlier_positive, earlier_base)
    if interval is None:
        return None
    difference = later_positive / later_base - earlier_positive / earlier_base
    pooled = (earlier_positive + later_positive) / (earlier_base + later_base)
    variance = pooled * (1 - pooled) * (1 / earlier_base + 1 / later_base)
    # The square of a standard normal value has the chi-square distribution with one degree of freedom.
    p_value = float(chdtrc(1, difference**2 / variance)) if variance else None
    words: ChangeWords = "no clear change"
    if not interval[0] <= 0 <= interval[1]:
        words = "higher" if difference > 0 else "lower"
    return ShareChange(difference, *interval, p_value, words)


@dataclass(frozen=True, slots=True)
class Trend:
    """Chi-square with one degree of freedom and its p value (0-1); ``slope`` is the change of the share per wave."""

    statistic: float
    p_value: float
    slope: float


def trend_in_shares(
    positives: Sequence[int], bases: Sequence[int], *, times: Sequence[float] | None = None
) -> Trend | None:
    """Cochran and Armitage's test for a trend over waves in the order of time, ``times`` apart (1, 2, 3 … if not said).

    chi² = (Σ t(x − np))² / (p(1−p)(Σ nt² − (Σ nt)²/N)). Armitage (1955), Biometrics 11: 375-386. Waves in which nobody
    answered are left out. None for fewer than three others, and where everybody or nobody said so every time.
    ValueError where the lengths differ or a number is no share of its base.
    """
    x, n = np.asarray(positives, dtype=float), np.asarray(bases, dtype=float)
    t = np.arange(1, len(n) + 1, dtype=float) if times is None else np.asarray(times, dtype=float)
    if not len(x) == len(n) == len(t) or ((x < 0) | (x > n)).any():
        raise ValueError("A trend needs a share and a time for every wave.")
    answered = n > 0
    x, n, t = x[answered], n[answered], t[answered]
    if len(n) < FEWEST_WAVES or x.sum() in (0, n.sum()):
        return None
    share = x.sum() / n.sum()
    apart = t - (n @ t) / n.sum()
    spread = float(n @ apart**2)
    if spread == 0:
        return None
    slope = float(apart @ x) / spread
    statistic = slope**2 * spread / (share * (1 - share))
    return Trend(statistic, float(chdtrc(1, statistic)), slope)
