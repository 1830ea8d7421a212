from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import friedmanchisquare

from reports.statistics.rank_tests import common_order, critical_difference

ratings = arrays(np.float64, st.tuples(st.integers(3, 6), st.integers(10, 30)), elements=st.integers(1, 5).map(float))


@settings(max_examples=50)
@given(ratings)
def test_the_statistic_is_friedmans_and_agreement_lies_between_0_and_1(values: np.ndarray) -> None:
    found = common_order(values)
    assert found is not None
    assert sum(found.mean_ranks) == pytest.approx(len(values) * (len(values) + 1) / 2)
    assert -1e-9 <= found.kendalls_w <= 1 + 1e-9
    if all(len(set(person)) == 1 for person in values.T):
        assert (found.statistic, found.p_value, found.kendalls_w) == (None, None, 0)
    else:
        expected = friedmanchisquare(*values)
        assert found.statistic == pytest.approx(expected.statistic, rel=1e-9, abs=1e-9)
        assert found.p_value == pytest.approx(expected.pvalue, rel=1e-9, abs=1e-9)


@settings(max_examples=30)
@given(ratings, st.permutations(range(3)))
def test_the_order_of_themes_and_people_changes_nothing(values: np.ndarray, order: list[int]) -> None:
    values = values[:3]
    found, moved = common_order(values), common_order(values[order][:, ::-1])
    assert found is not None
    assert moved is not None
    assert moved.mean_ranks == pytest.approx([found.mean_ranks[place] for place in order])
    assert moved.kendalls_w == pytest.approx(found.kendalls_w)


def test_people_who_all_give_the_same_order_agree_entirely() -> None:
    found = common_order(np.tile([[5.0], [3.0], [1.0]], 12))
    assert found is not None
    assert found.kendalls_w == pytest.approx(1)
    assert found.mean_ranks == (1, 2, 3)
    assert found.apart(0, 2)
    # Three themes and twelve people: mean ranks must be 0.957 apart.
    assert found.apart(0, 1)


def test_only_people_who_rated_everything_count_and_ten_are_needed() -> None:
    values = np.tile([[5.0], [3.0], [1.0]], 12)
    values[1, :2] = math.nan
    found = common_order(values)
    assert found is not None
    assert found.people == 10
    values[2, 11] = math.nan
    assert common_order(values) is None


def test_one_theme_has_no_order() -> None:
    assert common_order(np.ones((1, 20))) is None


def test_nemenyis_difference_for_eight_themes_and_a_hundred_people() -> None:
    assert critical_difference(8, 100) == pytest.approx(1.0499, abs=5e-5)
    assert critical_difference(8, 100) * math.sqrt(600 / 72) == pytest.approx(3.030878, abs=5e-7)


@given(st.integers(2, 12), st.integers(1, 500))
def test_more_people_tell_smaller_differences_apart_and_more_themes_larger_ones(themes: int, people: int) -> None:
    assert critical_difference(themes, people + 1) < critical_difference(themes, people)
    assert critical_difference(themes + 1, people) > critical_difference(themes, people)


@pytest.mark.parametrize(("themes", "people"), [(1, 10), (3, 0)])
def test_nothing_to_compare_is_refused(themes: int, people: int) -> None:
    with pytest.raises(ValueError, match="two themes"):
        critical_difference(themes, people)
