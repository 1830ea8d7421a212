"""Shares and differences of shares with their intervals, all 0-1."""

from __future__ import annotations

import math

Z_95 = 1.959963984540054
"""The 97.5 % point of the normal distribution."""


def wilson(positive: int, base: int, *, z: float = Z_95) -> tuple[float, float] | None:
    """Wilson's score interval for ``positive`` of ``base`` people, 0-1; None where nobody answered.

    Wilson (1927), Journal of the American Statistical Association 22: 209-212, without continuity correction.
    ValueError where ``positive`` is not between 0 and ``base``.
    """
    if not 0 <= positive <= base:
        raise ValueError(f"{positive} of {base} is no share.")
    if base == 0:
        return None
    share = positive / base
    scale = 1 + z * z / base
    centre = (share + z * z / (2 * base)) / scale
    half = z * math.sqrt(share * (1 - share) / base + z * z / (4 * base * base)) / scale
    low = 0.0 if positive == 0 else max(0.0, centre - half)
    high = 1.0 if positive == base else min(1.0, centre + half)
    return low, high


def newcombe(
    first_positive: int, first_base: int, second_positive: int, second_base: int
) -> tuple[float, float] | None:
    """95 % interval for first share minus second share, -1 to 1; None where either group is empty.

    Newcombe (1998), Statistics in Medicine 17: 873-890, method 10: the hybrid of two Wilson intervals.
    """
    first, second = wilson(first_positive, first_base), wilson(second_positive, second_base)
    if first is None or second is None:
        return None
    p1, p2 = first_positive / first_base, second_positive / second_base
    below = math.hypot(p1 - first[0], second[1] - p2)
    above = math.hypot(first[1] - p1, p2 - second[0])
    return max(-1.0, p1 - p2 - below), min(1.0, p1 - p2 + above)
