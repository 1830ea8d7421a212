"""How often intervals hold the truth, in the cells of ``benchmarks/coverage.py`` that take no time."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.coverage import (
    EVEN_PERCENTS,
    RATINGS,
    mean_coverage,
    near_enough,
    newcombe_coverage,
    newcombe_coverages,
    wilson_coverage,
)

SHARES = np.array(EVEN_PERCENTS) / 100


@pytest.mark.parametrize("people", [10, 30, 100, 1000])
def test_wilsons_intervals_hold_the_share_in_95_of_100_samples(people: int) -> None:
    coverage = [wilson_coverage(people, share) for share in SHARES]
    assert np.mean(coverage) == pytest.approx(95, abs=1)
    assert min(coverage) >= 91


def test_wilsons_intervals_are_worst_for_few_people_of_whom_nearly_all_agree() -> None:
    assert wilson_coverage(14, 0.04) == pytest.approx(89.4, abs=0.1)


@pytest.mark.parametrize("bases", [(10, 10), (20, 20), (50, 50), (50, 150), (100, 100)])
def test_newcombes_intervals_hold_differences_up_to_80_points(bases: tuple[int, int]) -> None:
    coverage, _ = newcombe_coverages(*bases, SHARES)
    assert coverage.mean() == pytest.approx(95, abs=1)
    assert coverage[near_enough(np.subtract.outer(SHARES, SHARES))].min() >= 91


@pytest.mark.parametrize("bases", [(50, 50), (50, 150), (60, 61)])
def test_few_intervals_of_differences_in_print_miss_the_truth_however_far_it_is(bases: tuple[int, int]) -> None:
    coverage, missed = newcombe_coverages(*bases, SHARES)
    assert missed.max() <= 9
    assert missed.max() < 100 - coverage.min()


@pytest.mark.parametrize("bases", [(10, 10), (10, 50), (20, 20)])
def test_newcombes_coverage_at_once_equals_that_of_one_interval_after_the_other(bases: tuple[int, int]) -> None:
    shares = np.array([0.02, 0.34, 0.66, 0.98])
    each = [[newcombe_coverage(*bases, first, second) for second in shares] for first in shares]
    assert newcombe_coverages(*bases, shares)[0] == pytest.approx(np.array(each), abs=1e-3)


@pytest.mark.parametrize("people", [10, 100])
def test_intervals_of_means_hold_the_mean_of_ratings_that_are_not_all_alike(people: int) -> None:
    coverage = [mean_coverage(people, shares)[0] for shares in RATINGS.values()]
    assert np.mean(coverage) == pytest.approx(95, abs=1.5)
    assert min(coverage) >= 91


def test_samples_of_ratings_have_the_chances_that_drawing_gives_them() -> None:
    drawn = np.random.default_rng(1).choice(np.arange(1, 6), p=RATINGS["near the bottom"], size=(40_000, 10))
    means, errors = drawn.mean(axis=1), drawn.std(axis=1, ddof=1) / np.sqrt(10)
    holds = np.abs(means - 2.05) <= 2.262157 * errors
    assert mean_coverage(10, RATINGS["near the bottom"])[0] == pytest.approx(100 * holds.mean(), abs=0.5)


@pytest.mark.parametrize("people", [50, 100, 300])
def test_few_lines_of_scores_miss_the_mean_of_people_who_are_nearly_all_alike(people: int) -> None:
    for share in (0.9, 0.95):
        covered, missed = mean_coverage(people, (1 - share, 0, 0, 0, share))
        assert covered < 95
        assert missed <= 9
