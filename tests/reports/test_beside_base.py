"""Working out how many of a group gave an answer beside the base of a question."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from reports.beside_base import People, TableShown, exposed
from reports.effort import Effort

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


@pytest.mark.parametrize(("bases", "more"), [((True, False), (1, 0)), ((False, True), (1, 1))])
def test_an_audience_that_shows_its_own_answers_tells_with_either_base(
    bases: tuple[bool, bool], more: tuple[int, int]
) -> None:
    """All of the patients beside the base are at the first place, so the second place's are the staff's, as shown."""
    assert told_by([12, 0, 2], [0, 0, 4], bases=bases) == [more]


@pytest.mark.parametrize(("bases", "more"), [((False, True), [(1, 1)]), ((False, False), [])])
def test_the_only_other_base_is_hidden_too(bases: tuple[bool, bool], more: list[tuple[int, int]]) -> None:
    assert told_by([3, 10, 0], [0, 0, 0], bases=bases) == more


def opinions_told(collectors: np.ndarray, *, bases: Sequence[bool], open_still: bool) -> list[tuple[int, int]]:
    """What to hide of three collectors and of two channels, which show their answers and of which the first has only 2
    people beside the base; the collectors are decided already if the channels are ``open_still``."""
    channels = np.array([[1.0, 1, 0], [0, 0, 1]])
    shown, hidden = np.array([True] * 3), np.array([False] * 3)
    tables = [
        TableShown(np.ones((1, 3)), shown[:1], shown[:1], shown[:1], sensitive=False, open=False),
        TableShown(collectors, shown, np.array(bases), hidden, sensitive=True, open=not open_still),
        TableShown(channels, shown[:2], shown[:2], shown[:2], sensitive=False, open=open_still),
    ]
    return exposed(
        tables,
        People(np.array([26.0, 40, 24]), np.array([2.0, 0, 8]), np.array([7.0, 0, 8])),
        minimum=5,
        effort=Effort(),
    )


def test_a_base_of_all_people_tells_that_a_neighbour_has_all_who_are_beside_it() -> None:
    """Nobody of the second collector is outside of its base, so the channel's two are the first collector's."""
    each = np.eye(3)
    assert opinions_told(each, bases=[False, True, False], open_still=False) == [(1, 1)]
    assert opinions_told(each, bases=[False, False, False], open_still=False) == []


def test_opinions_are_hidden_where_all_else_is_decided() -> None:
    assert opinions_told(np.eye(3), bases=[False, True, False], open_still=True) == [(2, 0)]


def test_what_opinions_tell_alone_is_not_hidden() -> None:
    """Places are the channels, so channels say by themselves how few of a place are beside the base."""
    channels = np.array([[1.0, 1, 0], [0, 0, 1], [0, 0, 0]])
    assert opinions_told(channels, bases=[False, False, False], open_still=True) == []
