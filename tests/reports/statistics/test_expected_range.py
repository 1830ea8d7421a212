from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.statistics.expected_range import expected_ranges, spread_between


@st.composite
def places(draw: st.DrawFn) -> tuple[list[int], list[int]]:
    bases = draw(st.lists(st.integers(1, 400), min_size=1, max_size=15))
    return [draw(st.integers(0, base)) for base in bases], bases


def target(positives: list[int], bases: list[int]) -> float:
    return sum(positives) / sum(bases)


@given(places())
def test_limits_hold_the_target_and_a_band_says_on_which_side_a_place_lies(
    given_places: tuple[list[int], list[int]],
) -> None:
    positives, bases = given_places
    middle = target(positives, bases)
    for x, n, found in zip(positives, bases, expected_ranges(positives, bases, target=middle), strict=True):
        if found.low is None or found.high is None:
            assert found.band == "too few to say"
            continue
        assert 0 <= found.low <= middle <= found.high <= 1
        if found.band == "higher than expected":
            assert x / n >= found.high
        elif found.band == "lower than expected":
            assert x / n <= found.low
        else:
            assert found.low <= x / n <= found.high


@given(places(), st.randoms(use_true_random=False))
def test_the_order_of_places_changes_nothing(given_places: tuple[list[int], list[int]], chance: object) -> None:
    positives, bases = given_places
    middle = target(positives, bases)
    there = expected_ranges(positives, bases, target=middle)
    back = expected_ranges(positives[::-1], bases[::-1], target=middle)[::-1]
    assert [one.band for one in there] == [one.band for one in back]
    assert [one.high for one in there] == [
        None if one.high is None else pytest.approx(one.high, abs=1e-12) for one in back
    ]


def test_larger_places_have_narrower_limits() -> None:
    found = expected_ranges([30, 60, 90, 120, 150], [60, 120, 180, 240, 300], target=0.5)
    highs = [one.high for one in found if one.high is not None]
    assert highs == sorted(highs, reverse=True)
    assert len(set(highs)) == 5
    assert {one.band for one in found} == {"as expected"}


def test_one_place_far_from_the_others_stands_out_although_it_widens_the_limits() -> None:
    positives, bases = [50, 52, 48, 51, 49, 50, 50, 51, 49, 90], [100] * 10
    found = expected_ranges(positives, bases, target=target(positives, bases))
    assert [one.band for one in found] == ["as expected"] * 9 + ["higher than expected"]
    turned = [100 - x for x in positives]
    found = expected_ranges(turned, bases, target=target(turned, bases))
    assert found[-1].band == "lower than expected"


def test_where_places_differ_widely_as_a_rule_none_of_them_is_remarkable() -> None:
    positives, bases = [20, 30, 40, 50, 60, 70, 80], [100] * 7
    errors = np.full(7, 0.05)
    assert spread_between(np.array(positives) / 100, errors, target=0.5) > 0
    assert {one.band for one in expected_ranges(positives, bases, target=0.5)} == {"as expected"}


def test_fewer_than_five_places_or_than_thirty_people_say_nothing() -> None:
    assert {one.band for one in expected_ranges([50, 60, 70, 99], [100] * 4, target=0.7)} == {"too few to say"}
    found = expected_ranges([50, 50, 50, 50, 50, 29], [100, 100, 100, 100, 100, 29], target=0.5)
    assert [one.band for one in found] == ["as expected"] * 5 + ["too few to say"]
    assert (found[5].low, found[5].high) == (None, None)
    four_and_a_small_one = expected_ranges([50, 60, 70, 99, 29], [100, 100, 100, 100, 29], target=0.7)
    assert {one.band for one in four_and_a_small_one} == {"too few to say"}


def test_nobody_anywhere_and_no_place_at_all_say_nothing() -> None:
    assert expected_ranges([], [], target=0.0) == []
    assert {one.band for one in expected_ranges([0] * 6, [0] * 6, target=0.0)} == {"too few to say"}


@pytest.mark.parametrize("share", [0, 1])
def test_where_everybody_says_the_same_all_places_are_as_expected(share: int) -> None:
    found = expected_ranges([40 * share] * 6, [40] * 6, target=float(share))
    assert {(one.low, one.high, one.band) for one in found} == {(share, share, "as expected")}


def test_limits_lie_at_one_point_nine_six_errors_where_chance_explains_everything() -> None:
    # With an error of half a point, 50.98 % is the limit.
    bases = [10_000] * 20
    inside = expected_ranges([5_000] * 19 + [5_097], bases, target=0.5)[-1]
    beyond = expected_ranges([5_000] * 19 + [5_098], bases, target=0.5)[-1]
    assert (inside.band, beyond.band) == ("as expected", "higher than expected")


@pytest.mark.parametrize(
    ("positives", "bases", "middle"), [([1], [1, 2], 0.5), ([3], [2], 0.5), ([-1], [2], 0.5), ([1], [2], 1.5)]
)
def test_impossible_places_are_refused(positives: list[int], bases: list[int], middle: float) -> None:
    with pytest.raises(ValueError, match="Every place"):
        expected_ranges(positives, bases, target=middle)
