"""Shares and differences of shares with their intervals, all 0-1."""

from __future__ import annotations

import math

Z_95 = 1.959963984540054
"""The 97.5 % point of the normal distribution."""

FARTHEST_APART = 0.8
"""The difference of shares up to which Newcombe's interval of few people is long enough."""


def wilson(positive: float, base: float, *, z: float = Z_95) -> tuple[float, float] | None:
    """Wilson's score interval for ``positive`` of ``base`` people, 0-1; None where nobody answered.

    centre = (p + z²/2n) / (1 + z²/n), half = z √(p(1−p)/n + z²/4n²) / (1 + z²/n). Wilson (1927), Journal of the
    American Statistical Association 22: 209-212, without continuity correction. Both numbers may be fractions: for
    weighted answers ``base`` is the effective number of people and ``positive`` the weighted share of it.
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

    p1 − p2 − √((p1 − l1)² + (u2 − p2)²) to p1 − p2 + √((u1 − p1)² + (p2 − l2)²), l and u being Wilson's limits of each
    share. Newcombe (1998), Statistics in Medicine 17: 873-890, method 10: the hybrid of two Wilson intervals.
    """
    first, second = wilson(first_positive, first_base), wilson(second_positive, second_base)
    if first is None or second is None:
        return None
    p1, p2 = first_positive / first_base, second_positive / second_base
    below = math.hypot(p1 - first[0], second[1] - p2)
    above = math.hypot(first[1] - p1, p2 - second[0])
    return max(-1.0, p1 - p2 - below), min(1.0, p1 - p2 + above)


def newcombe_holds(difference: float) -> bool:
    """Whether ``newcombe`` of shares that are so far apart, -1 to 1, is to be trusted: up to 0.8 either way.

    Further apart both shares are near an end, and the interval of a hundred people may hold the truth in less than 91
    of 100 samples: ``benchmarks/coverage.py`` says how often.
    """
    # A difference of exactly 80 points may come out a digit above.
    return abs(difference) <= FARTHEST_APART + 1e-9


def agresti_coull(positive: float, base: float, *, z: float = Z_95) -> tuple[float, float] | None:
    """Agresti and Coull's interval, 0-1; a check on ``wilson``, around the same centre and never narrower.

    n~ = n + z², p~ = (x + z²/2) / n~, p~ ± z √(p~(1−p~)/n~), cut off at 0 and 1. Agresti and Coull (1998), The American
    Statistician 52: 119-126. None where nobody answered; ValueError where ``positive`` is not between 0 and ``base``.
    """
    if not 0 <= positive <= base:
        raise ValueError(f"{positive} of {base} is no share.")
    if base == 0:
        return None
    number = base + z * z
    share = (positive + z * z / 2) / number
    half = z * math.sqrt(share * (1 - share) / number)
    return max(0.0, share - half), min(1.0, share + half)


def net_agreement(positive: int, negative: int, base: int) -> tuple[float, float, float] | None:
    """People for less people against, in points from -100 to 100, and its 95 % interval; None where nobody answered.

    Net = p+ − p−, with variance (p+ + p− − (p+ − p−)²) / n of the multinomial distribution: Goodman (1965),
    Technometrics 7: 247-254. The interval is the normal one, net ± z √variance, cut off at -100 and 100:
    where all agree it is a point. ValueError where the two are more than ``base``.
    """
    if min(positive, negative) < 0 or positive + negative > base:
        raise ValueError(f"{positive} for and {negative} against are no parts of {base}.")
    if base == 0:
        return None
    net = (positive - negative) / base
    half = Z_95 * math.sqrt(max(0.0, (positive + negative) / base - net * net) / base)
    return 100 * net, 100 * max(-1.0, net - half), 100 * min(1.0, net + half)
