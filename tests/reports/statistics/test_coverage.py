"""How often intervals hold the truth, in the cells of ``benchmarks/coverage.py`` that take no time."""

from __future__ import annotations

import pytest

from benchmarks.coverage import (
    GROUPS,
    PAIRS,
    RATINGS,
    SHARES,
    mean_coverage,
    newcombe_at_once,
    newcombe_coverage,
    wilson_coverage,
)


def average_and_lowest(coverage: list[float]) -> tuple[float, float]:
    return sum(coverage) / len(coverage), min(coverage)


def test_wilsons_intervals_hold_the_share_in_95_of_100_samples() -> None:
    average, lowest = average_and_lowest([wilson_coverage(n, p) for n in (10, 30, 100, 1000) for p in SHARES])
    assert average == pytest.approx(95, abs=1)
    assert lowest >= 91


def test_newcombes_intervals_hold_the_difference() -> None:
    small = [(*n, *p) for n in GROUPS if sum(n) <= 60 for p in PAIRS]
    cells = [newcombe_coverage(*cell) for cell in small]
    average, lowest = average_and_lowest(cells)
    assert 94 <= average <= 97
    assert lowest >= 91
    assert [newcombe_at_once(*cell) for cell in small] == pytest.approx(cells, abs=1e-3)


@pytest.mark.parametrize("people", [10, 100])
def test_intervals_of_means_hold_the_mean_of_ratings_that_are_not_all_alike(people: int) -> None:
    average, lowest = average_and_lowest([mean_coverage(people, shares) for shares in RATINGS.values()])
    assert average == pytest.approx(95, abs=1.5)
    assert lowest >= 91
