from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.statistics.sampling import required_responses, standard_error_of_mean


@given(st.floats(0.1, 100), st.integers(1, 500), st.integers(1, 500))
def test_a_finite_population_makes_a_mean_surer_and_asking_everybody_makes_it_certain(
    deviation: float, people: int, others: int
) -> None:
    plain = standard_error_of_mean(deviation, people)
    assert standard_error_of_mean(deviation, people, population=people + others) < plain
    assert standard_error_of_mean(deviation, people, population=people) == 0
    assert standard_error_of_mean(deviation, people, population=10**12) == pytest.approx(plain)


@given(st.floats(0.01, 0.3), st.floats(0, 1), st.integers(1, 100_000))
def test_fewer_answers_are_needed_of_few_people_and_most_for_a_share_of_one_half(
    half_width: float, share: float, population: int
) -> None:
    most = required_responses(half_width)
    assert required_responses(half_width, share=share) <= most
    needed = required_responses(half_width, population=population)
    assert 0 < needed <= max(most, 1)
    assert needed <= population + 1


@pytest.mark.parametrize(("people", "population"), [(0, None), (11, 10)])
def test_no_sample_is_refused(people: int, population: int | None) -> None:
    with pytest.raises(ValueError, match="no sample"):
        standard_error_of_mean(1.0, people, population=population)


@pytest.mark.parametrize("half_width", [0, 1, -0.1])
def test_a_width_that_no_interval_can_have_is_refused(half_width: float) -> None:
    with pytest.raises(ValueError, match="half width"):
        required_responses(half_width)
