from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportions_ztest

from reports.statistics.changes import change_in_share, trend_in_shares


@st.composite
def shares(draw: st.DrawFn) -> tuple[int, int]:
    base = draw(st.integers(1, 2000))
    return draw(st.integers(0, base)), base


@given(shares(), shares())
def test_a_change_is_judged_by_the_pooled_test(earlier: tuple[int, int], later: tuple[int, int]) -> None:
    change = change_in_share(*earlier, *later)
    assert change is not None
    assert -1 <= change.low <= change.difference <= change.high <= 1
    if sum(pair[0] for pair in (earlier, later)) in (0, earlier[1] + later[1]):
        assert change.p_value is None
        assert change.words == "no clear change"
    else:
        expected = proportions_ztest([later[0], earlier[0]], [later[1], earlier[1]])[1]
        assert change.p_value == pytest.approx(expected, rel=1e-9, abs=1e-12)


@given(shares(), shares())
def test_looking_back_turns_a_change_round(earlier: tuple[int, int], later: tuple[int, int]) -> None:
    there, back = change_in_share(*earlier, *later), change_in_share(*later, *earlier)
    assert there is not None
    assert back is not None
    assert (back.difference, back.low, back.high) == pytest.approx((-there.difference, -there.high, -there.low))
    assert {there.words, back.words} in ({"no clear change"}, {"higher", "lower"})


def test_words_need_an_interval_without_nought() -> None:
    assert change_in_share(50, 100, 70, 100).words == "higher"
    assert change_in_share(70, 100, 50, 100).words == "lower"
    assert change_in_share(50, 100, 55, 100).words == "no clear change"


@pytest.mark.parametrize("empty", [(0, 0, 5, 10), (5, 10, 0, 0)])
def test_a_wave_that_nobody_answered_gives_no_change(empty: tuple[int, int, int, int]) -> None:
    assert change_in_share(*empty) is None


def test_a_trend_needs_three_waves_that_people_answered() -> None:
    assert trend_in_shares([1, 2], [10, 10]) is None
    assert trend_in_shares([1, 0, 2], [10, 0, 10]) is None
    assert trend_in_shares([], []) is None
    with_a_gap = trend_in_shares([1, 0, 2, 5], [10, 0, 10, 10])
    assert with_a_gap == trend_in_shares([1, 2, 5], [10, 10, 10], times=[1, 3, 4])
    assert with_a_gap is not None
    assert with_a_gap.slope > 0


@pytest.mark.parametrize("positives", [[0, 0, 0], [10, 10, 10]])
def test_where_everybody_says_the_same_every_time_there_is_no_trend(positives: list[int]) -> None:
    assert trend_in_shares(positives, [10, 10, 10]) is None


def test_waves_at_one_time_have_no_trend() -> None:
    assert trend_in_shares([1, 2, 3], [10, 10, 10], times=[2, 2, 2]) is None


@given(st.lists(shares(), min_size=3, max_size=8), st.floats(0.1, 10), st.floats(-5, 5))
def test_neither_the_unit_nor_the_start_of_time_matters(
    waves: list[tuple[int, int]], unit: float, start: float
) -> None:
    positives, bases = [x for x, _ in waves], [n for _, n in waves]
    plain = trend_in_shares(positives, bases)
    other = trend_in_shares(positives, bases, times=[start + unit * place for place in range(len(waves))])
    if plain is None:
        assert other is None
    else:
        assert other is not None
        assert other.statistic == pytest.approx(plain.statistic, rel=1e-6, abs=1e-9)
        assert other.slope == pytest.approx(plain.slope / unit, rel=1e-6, abs=1e-9)


@pytest.mark.parametrize(("positives", "bases"), [([1, 2, 3], [10, 10]), ([11, 2, 3], [10, 10, 10])])
def test_impossible_waves_are_refused(positives: list[int], bases: list[int]) -> None:
    with pytest.raises(ValueError, match="every wave"):
        trend_in_shares(positives, bases)
