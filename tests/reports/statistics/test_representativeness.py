"""How people who answered compare with a population, against R and by properties that always hold."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from reports.statistics.representativeness import (
    difference_in_points,
    dissimilarity,
    goodness_of_fit,
    index,
    missing_people,
    shares_of,
)

R = json.loads((Path(__file__).parents[2] / "oracles" / "r" / "weights.json").read_text())["fit"]


def test_goodness_of_fit_equals_that_of_r() -> None:
    found = goodness_of_fit(R["counts"], R["reference"])
    assert found is not None
    assert (found.statistic, found.p_value) == pytest.approx((R["statistic"], R["p_value"]), abs=1e-9)
    assert (found.degrees, found.merged) == (4, ())


def test_small_groups_are_tested_as_one_and_named() -> None:
    found = goodness_of_fit([2, 3, 40, 55], [1, 3, 36, 60])
    assert found is not None
    assert found.merged == (0, 1, 2)
    expected = stats.chisquare([45, 55], [40, 60])
    assert (found.statistic, found.p_value) == pytest.approx((expected.statistic, expected.pvalue), abs=1e-9)


def test_a_small_group_is_not_left_alone_with_too_few_expected() -> None:
    found = goodness_of_fit([1, 20, 79], [4, 16, 80])
    assert found is not None
    assert found.merged == (0, 1)


@pytest.mark.parametrize(("counts", "reference"), [([0, 0], [1, 1]), ([3, 3], [1, 1]), ([50], [1])])
def test_too_few_people_or_groups_are_not_tested(counts: list[int], reference: list[float]) -> None:
    assert goodness_of_fit(counts, reference) is None


def test_shares_differ_in_points_and_by_an_index() -> None:
    assert difference_in_points(5, 10) == -5
    assert index(5, 10) == 50
    assert index(5, 0) is None


def test_dissimilarity_is_who_would_have_to_be_in_another_group() -> None:
    assert dissimilarity([50, 50], [30, 70]) == pytest.approx(20, abs=1e-9)
    assert dissimilarity([5, 5], [1, 1]) == 0
    assert dissimilarity([7, 0], [0, 3]) == 100
    assert dissimilarity([0, 0], [1, 1]) is None


@pytest.mark.parametrize("reference", [[], [0, 0], [-1, 2], [float("nan"), 1], [float("inf"), 1]])
def test_shares_of_nobody_are_refused(reference: list[float]) -> None:
    with pytest.raises(ValueError, match="Shares of a population"):
        shares_of(reference)


def test_missing_people_would_have_made_up_the_share() -> None:
    assert missing_people(10, 100, 0.2) == 13
    assert missing_people(20, 100, 0.2) == 0
    assert missing_people(0, 0, 0.2) == 0
    assert missing_people(5, 5, 1.0) == 0


@given(st.integers(0, 500), st.integers(0, 500), st.integers(1, 99))
def test_missing_people_are_the_fewest_that_reach_the_share(count: int, others: int, percent: int) -> None:
    base = count + others
    missing = missing_people(count, base, percent / 100)
    assert (count + missing) * 100 >= percent * (base + missing)
    assert missing == 0 or (count + missing - 1) * 100 < percent * (base + missing - 1)


@given(st.lists(st.tuples(st.integers(0, 200), st.integers(1, 100)), min_size=1, max_size=8))
def test_the_order_of_groups_changes_nothing(groups: list[tuple[int, int]]) -> None:
    shuffled = sorted(groups)
    both = []
    for order in (groups, shuffled):
        counts, reference = [count for count, _ in order], [float(share) for _, share in order]
        fit = goodness_of_fit(counts, reference)
        both.append(None if fit is None else (pytest.approx(fit.statistic), fit.degrees))
        assert fit is None or 0 <= fit.p_value <= 1
        alike = dissimilarity(counts, reference)
        assert alike is None or -1e-9 <= alike <= 100 + 1e-9
    # Groups of one size may be merged in another order, so only tables without such ties are compared.
    if len({share for _, share in groups}) == len(groups):
        assert both[0] == both[1]
