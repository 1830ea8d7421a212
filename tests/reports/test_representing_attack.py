"""An attack on the groups of one audience: nothing small follows from them that did not follow without them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.optimize import linprog

from reports.reference_groups import ComparedPeople, ReferenceData
from reports.representing import ShownGroups, shown_groups
from reports.suppression import Judge, Line, Verdict
from reports.tabulation import Breakdown, Figure, Shown, Suppressed
from reports.tabulation import Group as Population
from surveys.reference_population import Characteristic, Group

K = np.array([10, 11])
NAMES = ("16-24", "25-34", "35-44", "45-54")
CHARACTERISTIC = Characteristic("age", "Register", "2026", tuple(Group((name,), name, 25.0) for name in NAMES))

Rows = list[tuple[NDArray[np.float64], int]]


def number(value: int, reason: object) -> Figure:
    return Suppressed("secondary") if reason else Shown(value)


def published(people: NDArray[np.int64], verdict: Verdict) -> Breakdown[Figure]:
    """ "Who answered" by age, as the verdict allows; the last group did not tell."""
    totals = people.sum(axis=0).tolist()
    counts = {name: number(totals[place], verdict.groups.get(place)) for place, name in enumerate(NAMES)}
    return Breakdown("age", "Age", counts, {}, Shown(0), number(totals[-1], verdict.groups.get(len(NAMES))))


def known_without(people: NDArray[np.int64], verdict: Verdict) -> Rows:
    """Sums of cells (audience, age group) that anybody reads off: everybody, audiences, "who answered"."""
    masks = [(slice(None), slice(None))]
    masks += [(audience, slice(None)) for audience in range(2) if audience not in verdict.audiences]  # type: ignore[misc]  # Indices and slices take turns.
    masks += [(slice(None), group) for group in range(len(NAMES) + 1) if group not in verdict.groups]  # type: ignore[misc]  # As above.
    return [sum_of(people, *mask) for mask in masks]


def sum_of(
    people: NDArray[np.int64], audience: int | slice, groups: int | slice | list[int]
) -> tuple[NDArray[np.float64], int]:
    chosen = np.zeros(people.shape)
    chosen[audience, groups] = 1
    return chosen.ravel(), int((chosen * people).sum())


def lowest(aim: NDArray[np.float64], matrix: NDArray[np.float64], values: NDArray[np.int64]) -> float:
    solved = linprog(aim, A_eq=matrix, b_eq=values, bounds=(0, None))
    assert solved.fun is not None
    return float(solved.fun)


def found_small(people: NDArray[np.int64], rows: Rows) -> set[int]:
    """The cells that follow exactly, and hold fewer people than may be shown."""
    matrix, values = np.array([row for row, _ in rows]), np.array([value for _, value in rows])
    small: set[int] = set()
    for cell, true in enumerate(people.ravel().tolist()):
        if not 0 < true < K[cell // people.shape[1]]:
            continue
        aim = np.zeros(people.size)
        aim[cell] = 1
        ends = [sign * lowest(sign * aim, matrix, values) for sign in (1, -1)]
        if abs(ends[0] - ends[1]) < 0.5:
            small.add(cell)
    return small


def shown_of(people: NDArray[np.int64], verdict: Verdict) -> ShownGroups:
    whole: list[Population[Figure]] = [
        Population(None, None, "", number(int(part.sum()), hidden), 10, (), ())
        for part, hidden in (
            (people, verdict.everybody),
            *((people[audience], verdict.audiences.get(audience)) for audience in range(2)),
        )
    ]
    compared = ComparedPeople(CHARACTERISTIC, "Age", people[np.newaxis])
    return shown_groups(
        compared,
        ReferenceData(0, (compared,), None),
        Judge(K),
        everybody=whole[0],
        audiences=whole[1:],
        who_answered=(published(people, verdict),),
    )


def with_groups(people: NDArray[np.int64], rows: Rows, shown: ShownGroups) -> Rows:
    parts: Sequence[Sequence[int]] = shown.parts
    return [
        *rows,
        *(sum_of(people, 0, list(part)) for place, part in enumerate(parts) if place not in shown.hidden),
    ]


CELLS = st.lists(st.integers(0, 30) | st.sampled_from([0, 0, 1, 2, 9, 10, 11, 12]), min_size=10, max_size=10)


@given(CELLS)
@settings(max_examples=40, deadline=None)
def test_groups_of_one_audience_add_nothing_small(cells: list[int]) -> None:
    people = np.array(cells).reshape(2, 5)
    line = Line(people[np.newaxis], people[np.newaxis])
    verdict = Judge(K).judge(line, missing_is_published=True)
    if verdict.everybody:
        return
    rows = known_without(people, verdict)
    shown = shown_of(people, verdict)
    assert found_small(people, with_groups(people, rows, shown)) <= found_small(people, rows)


def test_the_attack_finds_what_unjudged_groups_would_give_away() -> None:
    people = np.array([[40, 30, 20, 15, 20], [12, 20, 15, 2, 20]])
    verdict = Judge(K).judge(Line(people[np.newaxis], people[np.newaxis]), missing_is_published=True)
    rows = known_without(people, verdict)
    unjudged = ShownGroups(tuple((place,) for place in range(4)), {}, None)
    assert not found_small(people, rows)
    assert found_small(people, with_groups(people, rows, unjudged)) == {8}
