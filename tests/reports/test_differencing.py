from __future__ import annotations

import numpy as np
import pytest

from reports.differencing import exposed_groups

K = np.array([10, 11])


def exposed(
    people: list[list[int]], *, hidden_audiences: set[int] | None = None, hidden_groups: set[int] | None = None
) -> set[int]:
    """Two audiences as rows; the last column are people in no group."""
    counts = np.array(people)
    found = exposed_groups(
        counts, counts, K, hidden_audiences or set(), hidden_groups or set(), number_of_groups=counts.shape[1] - 1
    )
    return set(found)


def test_two_people_who_cross_two_divisions_hide_the_groups_on_either_side() -> None:
    """80 patients and 2 staff call themselves patients; patients less carers less that group are those two."""
    people = [[80, 20, 0, 0], [2, 0, 28, 0]]
    assert exposed(people) == {1, 2}
    assert exposed(people, hidden_groups={1, 2}) == set()


def test_divisions_that_cross_with_many_people_expose_nobody() -> None:
    assert exposed([[80, 20, 0, 0], [15, 0, 28, 0]]) == set()


def test_few_people_on_a_line_are_safe_where_every_way_round_is_heavy() -> None:
    assert exposed([[30, 30, 3, 30], [30, 30, 30, 30]]) == set()


@pytest.mark.parametrize(("crossing", "safe"), [(10, False), (11, True)])
def test_staff_need_one_more(crossing: int, safe: bool) -> None:
    assert (exposed([[80, 0, 0], [crossing, 28, 0]]) == set()) is safe


def test_hidden_audiences_are_one_because_only_their_sum_is_known() -> None:
    assert exposed([[80, 0, 0], [2, 28, 0]], hidden_audiences={0, 1}) == set()


def test_people_in_no_group_are_a_remainder_that_counts() -> None:
    assert exposed([[80, 20, 0], [0, 28, 2]]) == {0, 1} or exposed([[80, 20, 0], [0, 28, 2]]) == {1}
