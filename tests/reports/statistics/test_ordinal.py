from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.statistics.ordinal import several_groups, two_groups

points = st.lists(st.integers(1, 5), min_size=1, max_size=40)


@given(points, points)
def test_cliffs_delta_counts_pairs_and_turns_round_with_the_groups(first: list[int], second: list[int]) -> None:
    found, back = two_groups(first, second), two_groups(second, first)
    assert found is not None
    assert back is not None
    pairs = [(a > b) - (a < b) for a in first for b in second]
    assert found.cliffs_delta == pytest.approx(sum(pairs) / len(pairs), abs=1e-12)
    assert -1 <= found.cliffs_delta <= 1
    assert back.cliffs_delta == pytest.approx(-found.cliffs_delta, abs=1e-12)
    assert back.p_value == (None if found.p_value is None else pytest.approx(found.p_value, abs=1e-9))


@given(points, points, st.randoms(use_true_random=False))
def test_neither_the_order_of_people_nor_the_distance_of_points_matters(
    first: list[int], second: list[int], chance: object
) -> None:
    stretched = ([value**3 for value in reversed(first)], [value**3 for value in second])
    assert two_groups(first, second) == two_groups(*stretched)


def test_where_all_gave_one_answer_there_is_no_difference() -> None:
    tied = two_groups([3, 3, 3], [3, 3])
    assert tied is not None
    assert (tied.p_value, tied.cliffs_delta) == (None, 0)
    several = several_groups([[2, 2], [2], [2, 2, 2]])
    assert several is not None
    assert (several.statistic, several.p_value) == (None, None)


def test_people_who_did_not_answer_are_in_no_group() -> None:
    gap = math.nan
    assert two_groups([1, gap, 2], [3, gap]) == two_groups([1, 2], [3])
    assert several_groups([[1, 2, gap], [gap], [4, 5]]) == several_groups([[1, 2], [4, 5]])


@pytest.mark.parametrize(("first", "second"), [([], [1]), ([1], []), ([math.nan], [1])])
def test_an_empty_group_cannot_be_compared(first: list[float], second: list[float]) -> None:
    assert two_groups(first, second) is None
    assert several_groups([first, second]) is None


def test_one_person_on_each_side_proves_nothing() -> None:
    found = two_groups([5], [1])
    assert found is not None
    assert found.cliffs_delta == 1
    assert found.p_value == 1


def test_the_order_of_groups_changes_nothing() -> None:
    groups = [np.array([1, 2, 2, 5]), np.array([3, 4, 4]), np.array([1, 1, 2])]
    found, turned = several_groups(groups), several_groups(groups[::-1])
    assert found is not None
    assert turned is not None
    assert (turned.statistic, turned.p_value) == pytest.approx((found.statistic, found.p_value))
