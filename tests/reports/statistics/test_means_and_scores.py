from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from reports.statistics.means import mean_with_interval, t_interval_holds
from reports.statistics.rounding import half_up
from reports.statistics.scores import composite, element, mean_score, score_of_points

ratings = st.lists(st.integers(1, 5), min_size=2, max_size=60)


def mean_of(values: list[int]) -> tuple[float, float | None, float | None]:
    mean = mean_with_interval(
        base=len(values), total=sum(values), squares=sum(value**2 for value in values), lowest=1, highest=5
    )
    assert mean is not None
    return mean.value, mean.low, mean.high


@given(ratings)
def test_a_mean_has_students_interval_inside_the_scale(values: list[int]) -> None:
    value, low, high = mean_of(values)
    assert low is not None
    assert high is not None
    assert 1 <= low <= value <= high <= 5
    if len(set(values)) == 1:
        assert low == value == high
    else:
        expected = stats.t.interval(0.95, len(values) - 1, loc=np.mean(values), scale=stats.sem(values))
        assert (low, high) == pytest.approx((max(1, expected[0]), min(5, expected[1])))


def test_one_person_has_a_mean_without_an_interval_and_nobody_has_none() -> None:
    assert mean_of([3]) == (3, None, None)
    assert mean_with_interval(base=0, total=0, squares=0) is None


@pytest.mark.parametrize(
    ("mean", "base", "holds"), [(4.8, 50, True), (4.81, 50, False), (1.1, 100, True), (1, 999, False)]
)
def test_an_interval_is_trusted_where_the_mean_lies_two_and_a_half_people_from_both_ends(
    mean: float, base: int, *, holds: bool
) -> None:
    assert t_interval_holds(mean, base, lowest=1, highest=5) == holds


@given(st.lists(st.integers(-100, 100), min_size=2, max_size=10, unique=True))
def test_scores_reach_from_0_to_10_and_reversing_mirrors_them(values: list[int]) -> None:
    scores, reversed_ = score_of_points(values), score_of_points(values, reverse=True)
    assert min(scores) == 0
    assert max(scores) == 10
    assert reversed_ == pytest.approx([10 - score for score in scores])


def test_a_scale_of_one_value_is_no_scale() -> None:
    with pytest.raises(ValueError, match="two different values"):
        score_of_points([3, 3])


@given(
    st.lists(
        st.lists(st.one_of(st.just(float("nan")), st.integers(0, 10).map(float)), min_size=3, max_size=3), min_size=1
    ),
    st.integers(1, 3),
)
def test_a_composite_is_each_persons_mean_over_enough_answers(rows: list[list[float]], min_items: int) -> None:
    for person, expected in zip(composite(np.array(rows), min_items=min_items), rows, strict=True):
        answered = [value for value in expected if not np.isnan(value)]
        if len(answered) >= min_items:
            assert person == pytest.approx(sum(answered) / len(answered))
        else:
            assert np.isnan(person)


def test_an_element_averages_sub_scores_that_count_alike_however_many_questions_they_have() -> None:
    motivation = np.array([[10.0, 8.0, 6.0], [4.0, np.nan, np.nan], [2.0, 4.0, np.nan]])
    involvement = np.array([[0.0], [5.0], [np.nan]])
    people = element([motivation, involvement], min_items=[2, 1])
    assert people == pytest.approx([4.0, np.nan, np.nan], nan_ok=True)
    assert element([motivation, involvement], min_items=[2, 1], min_parts=1) == pytest.approx([4.0, 5.0, 3.0])
    mean = mean_score(element([motivation, involvement], min_items=[2, 1], min_parts=1))
    assert mean is not None
    assert mean.value == pytest.approx(4)


@given(
    st.lists(st.lists(st.integers(0, 10).map(float), min_size=4, max_size=4), min_size=2, max_size=20),
)
def test_reversing_every_question_mirrors_an_element(rows: list[list[float]]) -> None:
    scores = np.array(rows)
    there = element([scores[:, :3], scores[:, 3:]], min_items=[2, 1])
    back = element([10 - scores[:, :3], 10 - scores[:, 3:]], min_items=[2, 1])
    assert back == pytest.approx(10 - there)
    mean = mean_score(there)
    assert mean is not None
    assert mean.low is not None
    assert mean.high is not None
    assert 0 <= mean.low <= mean.value + 1e-9
    assert mean.value - 1e-9 <= mean.high <= 10


def test_the_best_answers_score_10_and_the_worst_0_also_where_a_question_is_reversed() -> None:
    plain, turned = score_of_points((1, 2, 3, 4, 5)), score_of_points((1, 2, 3, 4, 5), reverse=True)
    best = [np.array([[plain[4], turned[0]]]), np.array([[plain[4]]])]
    worst = [np.array([[plain[0], turned[4]]]), np.array([[plain[0]]])]
    assert element(best, min_items=[2, 1]).tolist() == [10]
    assert element(worst, min_items=[2, 1]).tolist() == [0]


def test_nobody_with_a_score_has_no_mean_and_every_part_needs_its_minimum() -> None:
    assert mean_score(np.array([np.nan, np.nan])) is None
    with pytest.raises(ValueError, match="zip"):
        element([np.ones((2, 2))], min_items=[1, 1])


@pytest.mark.parametrize(
    ("value", "places", "rounded"), [(2.675, 2, 2.68), (-44.5, 0, -45), (0.05, 1, 0.1), (1e-9, 0, 0)]
)
def test_rounding_goes_by_the_digits_that_people_read(value: float, places: int, rounded: float) -> None:
    assert half_up(value, places) == rounded
