"""Welch's test from published means, against scipy on the values themselves."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import ttest_ind

from reports.statistics.mean_changes import MeanOf, change_in_mean, mean_of
from reports.statistics.means import mean_with_interval

SCORES = st.lists(st.integers(0, 10), min_size=2, max_size=60).filter(lambda values: len(set(values)) > 1)


def published(values: list[int]) -> MeanOf:
    found = mean_with_interval(
        base=len(values), total=sum(values), squares=sum(value * value for value in values), lowest=0, highest=10
    )
    assert found is not None
    assert found.low is not None
    assert found.high is not None
    return mean_of(found.value, found.low, found.high, len(values))


@given(SCORES.filter(lambda values: len(values) > 9), SCORES.filter(lambda values: len(values) > 9))
def test_the_test_is_welchs_though_intervals_are_cut_off_at_the_ends(earlier: list[int], later: list[int]) -> None:
    found, known = change_in_mean(published(earlier), published(later)), ttest_ind(later, earlier, equal_var=False)
    interval = known.confidence_interval()
    assert found.difference == pytest.approx(np.mean(later) - np.mean(earlier), abs=1e-9)
    assert found.p_value == pytest.approx(known.pvalue, abs=1e-9)
    assert (found.low, found.high) == pytest.approx((interval.low, interval.high), abs=1e-9)


def test_means_of_people_who_all_said_the_same_differ_for_certain_or_not_at_all() -> None:
    assert change_in_mean(MeanOf(5, 0, 60), MeanOf(5, 0, 70)).p_value is None
    assert change_in_mean(MeanOf(5, 0, 60), MeanOf(6, 0, 70)).p_value == 0


def test_one_person_has_no_interval() -> None:
    with pytest.raises(ValueError, match="two people"):
        mean_of(5, 5, 5, 1)
