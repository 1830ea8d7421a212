"""What follows from sums of numbers that are not negative."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from reports.effort import Effort
from reports.worked_out import WorkedOutFromNoughts

ATOMS = 6
SUMS = st.lists(st.lists(st.sampled_from([0.0, 1.0]), min_size=ATOMS, max_size=ATOMS), min_size=1, max_size=6)
NUMBERS = st.lists(st.sampled_from([0.0, 0, 1, 3]), min_size=ATOMS, max_size=ATOMS)


def follows(rows: np.ndarray, numbers: np.ndarray, target: np.ndarray) -> bool:
    """Whether the target's least and greatest value are the same, by linear programming."""
    ends = [linprog(sign * target, A_eq=rows, b_eq=rows @ numbers, method="highs") for sign in (1, -1)]
    return all(end.status == 0 for end in ends) and bool(-ends[1].fun - ends[0].fun < 1e-6)


@given(SUMS, NUMBERS, SUMS)
def test_exactly_those_sums_follow_that_can_have_one_value_alone(
    sums: list[list[float]], numbers: list[float], targets: list[list[float]]
) -> None:
    rows, people, wanted = np.array(sums), np.array(numbers), np.array(targets)
    known = WorkedOutFromNoughts.of(rows, people, free=0, effort=Effort())
    assert known.include(wanted).tolist() == [follows(rows, people, one) for one in wanted]


@given(SUMS, NUMBERS, SUMS)
def test_the_sums_that_a_target_needs_tell_it_alone(
    sums: list[list[float]], numbers: list[float], targets: list[list[float]]
) -> None:
    rows, people = np.array(sums), np.array(numbers)
    known = WorkedOutFromNoughts.of(rows, people, free=0, effort=Effort())
    for target in np.array(targets):
        if known.include(target[np.newaxis])[0]:
            needed = known.needed(target, Effort())
            assert follows(rows[needed], people, target) or not (needed.any() or target.any())


def test_what_cannot_be_hidden_is_used_before_what_can() -> None:
    rows = np.array([[1.0, 1, 0], [1, 0, 0], [0, 1, 1], [0, 0, 1]])
    known = WorkedOutFromNoughts.of(rows, np.array([2.0, 5, 4]), free=3, effort=Effort())
    assert known.needed(np.array([1.0, 1, 0]), Effort()).tolist() == [False, True, True, True]


def test_nor_is_what_can_be_hidden_needed_to_say_that_nobody_is_somewhere() -> None:
    rows = np.array([[0.0, 1, 0], [1, 1, 0], [0, 1, 1], [0, 0, 1]])
    known = WorkedOutFromNoughts.of(rows, np.array([2.0, 0, 4]), free=3, effort=Effort())
    assert known.needed(np.array([1.0, 0, 0]), Effort()).tolist() == [False, True, True, True]
