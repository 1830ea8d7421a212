from __future__ import annotations

import pytest

from reports.statistics.thresholds import standing


@pytest.mark.parametrize(
    ("value", "word", "colour"),
    [
        (80.0, "achievable", "green"),
        (79.999999, "acceptable", "amber"),
        (60.0, "acceptable", "amber"),
        (59.999999, "below acceptable", "red"),
    ],
)
def test_the_unrounded_value_is_compared_and_a_bound_belongs_to_the_better_side(
    value: float, word: str, colour: str
) -> None:
    found = standing(value, acceptable=60, achievable=80)
    assert (found.word, found.colour) == (word, colour)
    assert (found.value, found.acceptable, found.achievable) == (value, 60, 80)


@pytest.mark.parametrize(("value", "word"), [(10, "achievable"), (10.1, "acceptable"), (20.1, "below acceptable")])
def test_where_lower_is_better_everything_turns_round(value: float, word: str) -> None:
    assert standing(value, acceptable=20, achievable=10, direction="lower is better").word == word


def test_one_threshold_for_both_leaves_nothing_between() -> None:
    assert standing(50, acceptable=50, achievable=50).word == "achievable"
    assert standing(49, acceptable=50, achievable=50).word == "below acceptable"


def test_thresholds_the_wrong_way_round_are_refused() -> None:
    with pytest.raises(ValueError, match="not as good as"):
        standing(50, acceptable=80, achievable=60)
    with pytest.raises(ValueError, match="not as good as"):
        standing(50, acceptable=10, achievable=20, direction="lower is better")
