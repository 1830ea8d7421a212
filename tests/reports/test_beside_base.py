"""Working out how many of a group gave an answer beside the base of a question."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from reports.auditing import Effort
from reports.beside_base import People, TableShown, exposed

# Atoms: the patients of two places and the staff of the second.
AUDIENCES = np.array([[1.0, 1, 0], [0, 0, 1]])
PLACES = np.array([[1.0, 0, 0], [0, 1, 1]])


def told_by(
    beside: Sequence[int], skipped: Sequence[int], *, bases: Sequence[bool] = (True, True)
) -> list[tuple[int, int]]:
    """What to hide where audiences show everything, and places their bases, if these do, and no answers."""
    both, neither = np.array([True, True]), np.array([False, False])
    tables = [
        TableShown(AUDIENCES, both, both, both, sensitive=False, open=True),
        TableShown(PLACES, both, np.array(bases), neither, sensitive=True, open=True),
    ]
    people = People(np.array([20.0, 30, 15]), np.array(beside, dtype=float), np.array(skipped, dtype=float))
    return exposed(tables, people, minimum=5, effort=Effort())


def test_a_base_tells_how_few_are_beside_it_where_nobody_skipped_the_question() -> None:
    assert told_by([3, 10, 0], [0, 0, 0]) == [(1, 0)]


@pytest.mark.parametrize("beside", [[0, 10, 6], [6, 10, 0]])
def test_a_base_that_nobody_or_enough_are_beside_is_shown(beside: list[int]) -> None:
    assert told_by(beside, [0, 0, 0]) == []


def test_where_somebody_skipped_the_question_it_is_not_known_who() -> None:
    assert told_by([3, 10, 0], [1, 2, 0]) == []


def test_a_neighbour_tells_where_an_audience_shows_its_own_answers() -> None:
    """All of the patients beside the base are at the first place, so the second place's are the staff's, as shown."""
    assert told_by([12, 0, 2], [0, 0, 4]) == [(1, 0)]


@pytest.mark.parametrize(("bases", "more"), [((False, True), [(1, 1)]), ((False, False), [])])
def test_the_only_other_base_is_hidden_too(bases: tuple[bool, bool], more: list[tuple[int, int]]) -> None:
    assert told_by([3, 10, 0], [0, 0, 0], bases=bases) == more
