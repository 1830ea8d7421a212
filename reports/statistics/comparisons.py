"""Two groups compared on a share, and how many such comparisons are judged together."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal

from scipy.special import chdtrc, logsumexp

Words = Literal["higher", "lower", "similar", "too few to say"]
SMALLEST_BASE = 50
"""Below this many people in either group nothing is said about a difference."""
SMALLEST_DIFFERENCE = 5.0
"""Percentage points below which a difference is called similar however sure it is."""
Kind = Literal["audiences", "groups", "waves", "places"]
FALSE_REPORTS = 0.05
"""How many reports (0-1) about people who are alike may call anything higher or lower."""
_PARTS: dict[Kind, float] = {"audiences": 0.4, "groups": 0.2, "waves": 0.2, "places": 0.2}
"""What each kind of comparison takes of that, whether a report has the others or not: what is said of audiences must
not depend on the groups that were asked for beside them."""


def compare_shares(first_positive: int, first_base: int, second_positive: int, second_base: int) -> float | None:
    """The p value (0-1) of no difference between two shares; None where nothing can differ.

    Pearson's chi-square, Σ (n − e)² / e with e = row × column / all, without Yates' correction: Pearson (1900),
    Philosophical Magazine 50: 157-175. Where any expected count e is under 1 or more than a fifth of them under 5,
    Fisher's exact test (two-sided): the sum of C(n1, x) C(n2, m − x) / C(n1 + n2, m) over all x that are no likelier
    than the one seen, m being all positive answers: Fisher (1935), Journal of the Royal Statistical Society 98: 39-82.
    A group without people, or an answer that everybody or nobody gave, leaves nothing to test.
    """
    table = (
        (first_positive, first_base - first_positive),
        (second_positive, second_base - second_positive),
    )
    columns = (table[0][0] + table[1][0], table[0][1] + table[1][1])
    total = first_base + second_base
    if 0 in (first_base, second_base, *columns):
        return None
    expected = [base * column / total for base in (first_base, second_base) for column in columns]
    if is_sparse(expected):
        return _fisher(first_positive, first_base, columns[0], total)
    observed = [count for row in table for count in row]
    statistic = sum((seen - fair) ** 2 / fair for seen, fair in zip(observed, expected, strict=True))
    return float(chdtrc(1, statistic))


def is_sparse(expected: Sequence[float]) -> bool:
    """Whether chi-square would be too rough for these expected counts: any under 1, or more than a fifth under 5.

    Cochran (1954), Biometrics 10: 417-451.
    """
    return min(expected) < 1 or sum(count < 5 for count in expected) > 0.2 * len(expected)


def _fisher(positive: int, base: int, column: int, total: int) -> float:
    """Two-sided: all tables with these margins that are no likelier than the one seen."""
    possible = range(max(0, base + column - total), min(base, column) + 1)
    # Each table from the one before it: logarithms of factorials would leave nine digits of a million people.
    logs = [0.0]
    for k in possible[:-1]:
        likelier = (column - k) * (base - k)
        logs.append(logs[-1] + math.log(likelier / ((k + 1) * (total - column - base + k + 1))))
    seen = logs[positive - possible.start]
    # Rounding must not shut out tables that are exactly as likely as the one seen.
    as_extreme = [value for value in logs if value <= seen + 1e-7]
    return min(1.0, math.exp(logsumexp(as_extreme) - logsumexp(logs)))


def holm(p_values: Sequence[float]) -> list[float]:
    """Holm's adjusted p values in the order given: never below the raw ones, at most 1.

    The i-th smallest of m becomes the largest of (m − j + 1) p(j) over j up to i. They are one family: whoever calls
    this says how many there were, because the size is printed with them.
    Holm (1979), Scandinavian Journal of Statistics 6: 65-70.
    """
    order = sorted(range(len(p_values)), key=p_values.__getitem__)
    adjusted = [1.0] * len(p_values)
    highest = 0.0
    for place, index in enumerate(order):
        highest = max(highest, min(1.0, p_values[index] * (len(p_values) - place)))
        adjusted[index] = highest
    return adjusted


def is_at_least(points: float, threshold: float) -> bool:
    """Whether a difference of percentages reaches the threshold: 70 % less 65 % does 5, although in floating point
    0.70 - 0.65 is a speck less than 0.05.
    """
    return points >= threshold - 1e-9


def level_for(kind: Kind, measures: int) -> float:
    """The chance (0-1) that one family of comparisons may be wrong about: all of a kind in one ``measure``.

    Bonferroni over the kinds and the measures that are tested, each family with Holm's adjustment inside; so all words
    of a report together hold to ``FALSE_REPORTS``.
    """
    return FALSE_REPORTS * _PARTS[kind] / max(1, measures)


def words_for(difference: float, p_adjusted: float | None, *, bases: tuple[int, int], level: float = 0.05) -> Words:
    """What may be said of a difference in percentage points, first minus second, at this ``level`` (0-1) of chance."""
    if min(bases) < SMALLEST_BASE:
        return "too few to say"
    if p_adjusted is None or p_adjusted >= level or not is_at_least(abs(difference), SMALLEST_DIFFERENCE):
        return "similar"
    return "higher" if difference > 0 else "lower"
