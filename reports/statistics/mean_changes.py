"""Two means of different people, from what is published of them: mean, interval and base."""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy.special import stdtr, stdtrit


@dataclass(frozen=True, slots=True)
class MeanOf:
    """A mean of ``base`` people with its standard error, in the unit of the mean."""

    value: float
    error: float
    base: int


@dataclass(frozen=True, slots=True)
class MeanChange:
    """Later mean less earlier mean with its 95 % interval; ``p_value`` (0-1) None where nobody differs from anybody."""

    difference: float
    low: float
    high: float
    p_value: float | None


def mean_of(value: float, low: float, high: float, base: int) -> MeanOf:
    """The mean whose 95 % interval by Student's t was ``low`` to ``high``. ValueError for fewer than two people.

    Its standard error is the longer half of the interval over t(n−1): Student (1908), Biometrika 6: 1-25.

    An interval that was cut off at one end of the scale is whole on the other side, which is the longer one.
    """
    if base < 2:
        raise ValueError("A mean has an interval from two people on.")
    return MeanOf(value, max(high - value, value - low) / float(stdtrit(base - 1, 0.975)), base)


def change_in_mean(earlier: MeanOf, later: MeanOf) -> MeanChange:
    """Welch's t test, two-sided, with its interval: the two groups need not vary alike.

    t = (m2 − m1) / √(e1² + e2²), with Satterthwaite's degrees of freedom. Welch (1947), Biometrika 34: 28-35.
    """
    difference = later.value - earlier.value
    squares = earlier.error**2, later.error**2
    error = math.sqrt(sum(squares))
    if error == 0:
        return MeanChange(difference, difference, difference, None if difference == 0 else 0.0)
    degrees = error**4 / sum(square**2 / (one.base - 1) for square, one in zip(squares, (earlier, later), strict=True))
    half = float(stdtrit(degrees, 0.975)) * error
    p_value = 2 * float(stdtr(degrees, -abs(difference) / error))
    return MeanChange(difference, difference - half, difference + half, p_value)
