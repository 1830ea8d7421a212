"""What chance and the usual spread between places would leave of their shares (a funnel plot's limits)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from reports.statistics.proportions import Z_95

ExpectedBand = Literal["higher than expected", "as expected", "lower than expected", "too few to say"]
SMALLEST_BASE = 30
"""A place with fewer people gets no band, and its share does not move those of others."""
FEWEST_PLACES = 5
"""From fewer places no usual spread can be told."""
WINSORISED = 0.1
"""Share of places at either end whose distance from the target is cut back before their spread is estimated."""


@dataclass(frozen=True, slots=True)
class ExpectedRange:
    """The limits (0-1) that hold 95 in 100 places like the others; None where nothing can be said of the place."""

    low: float | None
    high: float | None
    band: ExpectedBand


_NOTHING = ExpectedRange(None, None, "too few to say")


def expected_ranges(positives: Sequence[int], bases: Sequence[int], *, target: float) -> list[ExpectedRange]:
    """Each place's share beside ``target`` (0-1, the share of all together), in the order given.

    z = (p − p0) / √(s² + tau²) with s² = p0(1−p0)/n; from ±1.96 on a place is higher or lower than expected. tau² is
    what ``spread_between`` finds. Spiegelhalter (2005), Statistics in Medicine 24: 1185-1202 (funnel plots). Limits are
    cut off at 0 and 1. Up to one place in twenty lies beyond them by chance alone: a band is a reason to examine and
    challenge variation, never a verdict. Under five places with 30 people nothing is said of any.
    ValueError where a number is no share of its base.
    """
    x, n = np.asarray(positives, dtype=float), np.asarray(bases, dtype=float)
    if len(x) != len(n) or ((x < 0) | (x > n)).any() or not 0 <= target <= 1:
        raise ValueError("Every place needs a share of its base, and the target lies between 0 and 1.")
    compared = n >= SMALLEST_BASE
    if np.count_nonzero(compared) < FEWEST_PLACES:
        return [_NOTHING] * len(n)
    errors = np.sqrt(target * (1 - target) / n[compared])
    tau_squared = spread_between(x[compared] / n[compared], errors, target=target)
    ranges = []
    for positive, base in zip(x, n, strict=True):
        if base < SMALLEST_BASE:
            ranges.append(_NOTHING)
            continue
        half = Z_95 * math.sqrt(target * (1 - target) / base + tau_squared)
        ranges.append(
            ExpectedRange(max(0.0, target - half), min(1.0, target + half), _band(positive / base - target, half))
        )
    return ranges


def spread_between(shares: NDArray[np.float64], errors: NDArray[np.float64], *, target: float) -> float:
    """tau²: the variance between places that chance within them does not explain, by the method of moments; 0 if none.

    z = (p − p0)/s, cut back to its 10th and 90th percentiles; phi = mean of z²; with w = 1/s² and I places
    tau² = (I phi − (I − 1)) / (Σw − Σw²/Σw), never below nought. Spiegelhalter (2005), Quality and Safety in Health
    Care 14: 347-351 (handling over-dispersion).
    """
    if not errors.all():
        return 0.0
    z = (shares - target) / errors
    z = np.clip(z, *np.quantile(z, (WINSORISED, 1 - WINSORISED)))
    weights = 1 / errors**2
    places = len(z)
    scale = float(weights.sum() - (weights**2).sum() / weights.sum())
    excess = float((z**2).sum()) - (places - 1)
    return max(0.0, excess / scale) if scale > 0 else 0.0


def _band(distance: float, half: float) -> ExpectedBand:
    if abs(distance) < half or distance == 0:
        return "as expected"
    return "higher than expected" if distance > 0 else "lower than expected"
