"""Working out hidden numbers from several tables, and what is hidden then."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from reports.attacking import Audited
from reports.auditing import Audit
from reports.effort import Effort
from reports.known_sums import Others
from reports.suppression import Hidden


def audit_of(*groups: Sequence[int], sizes: Sequence[int]) -> Audit:
    """Each field's group of every atom; the first field is the audience, and everybody is a patient."""
    codes = [np.array(one, dtype=np.int32) for one in groups]
    return Audit(codes, sizes, np.full(len(groups[0]), 10))


def exposed(audit: Audit, people: Sequence[int], *hidden: Hidden) -> list[tuple[int, int]]:
    numbers = np.array(people, dtype=np.float64)
    line = Audited(numbers, numbers, [{}, *hidden])
    return audit.exposed(line, fixed=frozenset(), effort=Effort())


# Audience, place (two), collector (two in the first place, two in the second).
NESTED = audit_of((0, 0, 0, 0), (0, 0, 1, 1), (0, 1, 2, 3), sizes=(1, 2, 4))


def test_a_place_less_its_other_collector_gives_a_hidden_collector_away() -> None:
    more = exposed(NESTED, (40, 2, 20, 30), {}, {1: "small base", 2: "secondary"})
    assert more == [(2, 3)] or more == [(2, 0)]


def test_a_collector_hidden_with_its_neighbour_is_safe() -> None:
    assert exposed(NESTED, (40, 2, 20, 30), {}, {0: "secondary", 1: "small base"}) == []


def test_few_people_between_two_groups_that_are_both_shown_are_found() -> None:
    """Everybody of the first connection is a patient of the first place but for two."""
    audit = audit_of((0, 0, 0), (0, 1, 1), (0, 0, 1), sizes=(1, 2, 2))
    assert exposed(audit, (40, 2, 30), {}, {}) != []


def test_few_people_of_a_hidden_group_in_a_shown_one_are_found() -> None:
    """The posters less two places in the East are the West's posters, though regions are hidden."""
    regions, places, channels = (0, 0, 0, 1, 1, 1, 1), (0, 1, 2, 3, 3, 4, 4), (0, 1, 1, 0, 1, 0, 1)
    audit = audit_of((0,) * 7, regions, places, channels, sizes=(1, 2, 5, 2))
    few, many = (40, 30, 20, 15, 3, 20, 4), (40, 30, 20, 15, 6, 20, 5)
    hidden: Hidden = {0: "secondary", 1: "secondary"}
    assert exposed(audit, few, hidden, {}, {}) != []
    assert exposed(audit, many, hidden, {}, {}) == []


def test_what_cannot_be_negative_gives_away_as_much_as_an_equation() -> None:
    """Nobody at the second place answered, so the first collector's two are the first place's rest."""
    audit = audit_of((0, 0, 0), (0, 0, 1), (0, 1, 0), sizes=(1, 2, 2))
    assert exposed(audit, (2, 30, 0), {}, {0: "small base"}) != []


ATOMS = 6
GROUP_OF_EACH = st.lists(st.integers(0, 2), min_size=ATOMS, max_size=ATOMS)
NUMBER_OF_EACH = st.lists(st.sampled_from([0, 1, 3, 8, 12, 30]), min_size=ATOMS, max_size=ATOMS)


@given(GROUP_OF_EACH, GROUP_OF_EACH, NUMBER_OF_EACH, NUMBER_OF_EACH)
def test_who_else_answered_the_survey_tells_no_more_in_the_end_than_with_no_group_shown(
    places: list[int], channels: list[int], base: list[int], others: list[int]
) -> None:
    audit = audit_of((0,) * ATOMS, places, channels, sizes=(1, 3, 3))
    people, beside = np.array(base, dtype=float), np.array(others, dtype=float)
    member = np.array([np.array(of) == group for of in (places, channels) for group in range(3)], dtype=float)
    named = [(field, group) for field in (1, 2) for group in range(3)]
    few = [0 < size < 10 for size in member @ people]
    hidden: list[Hidden] = [{}, {}, {}]
    more = [one for one, is_few in zip(named, few, strict=True) if is_few]
    while more:
        for field, group in more:
            assert hidden[field].setdefault(group, "small base")
        line = Audited(people, people + beside, hidden, Others(beside, [{}, {}, {}]))
        more = audit.exposed(line, fixed=frozenset({0}), effort=Effort())
    shown = np.array([group not in hidden[field] for field, group in named])
    empty = member @ people == 0
    for target in member[np.array(few)]:
        assert width(target, member, shown, people, beside) >= 2 or width(target, member, empty, people, beside) < 2


def width(target: np.ndarray, member: np.ndarray, shown: np.ndarray, people: np.ndarray, others: np.ndarray) -> float:
    """How far apart a target's least and greatest number are where the bases of these groups are shown, and of all how
    many answered the survey."""
    everybody = np.ones((1, ATOMS))
    bases, counted = np.vstack((member[shown], everybody)), np.vstack((member, everybody))
    rows = np.vstack((np.hstack((bases, 0 * bases)), np.hstack((counted, counted))))
    values = rows @ np.concatenate((people, others))
    wanted = np.concatenate((target, 0 * target))
    least, most = (linprog(sign * wanted, A_eq=rows, b_eq=values, method="highs") for sign in (1, -1))
    assert least.status == most.status == 0
    return float(-most.fun - least.fun) + 1e-6


@pytest.mark.parametrize(("came", "found"), [(4, True), (12, False)])
def test_few_who_came_are_found_though_what_tells_now_was_not_given_out_then(came: int, found: bool) -> None:
    """Collectors are hidden now; two groups of a crossed table are all people of the first."""
    audit = audit_of((0, 1, 0), (0, 0, 1), (0, 1, 2), sizes=(2, 2, 3))
    hidden: list[Hidden] = [{}, {0: "secondary", 1: "secondary"}, {2: "secondary"}]
    since = np.array([came + 20, 0, came, 20, np.nan, np.nan, np.nan, came + 20])
    people = np.array([16.0, 20, 40])
    line = Audited(people, people, hidden, since=[since])
    more = audit.exposed(line, fixed=frozenset({0, 1}), effort=Effort())
    assert (more != []) is found


@pytest.mark.parametrize(("came", "found"), [(1, True), (12, False)])
def test_few_who_came_are_found_by_a_table_of_weeks_that_had_not_begun(came: int, found: bool) -> None:
    """Of those who came to a place one collector's are told by a table that was not given out then, so the rest are the
    other's."""
    weeks, collectors, crossed = (0, 1, 0, 1), (0, 0, 1, 1), (0, 1, 2, 3)
    audit = audit_of((0,) * 4, weeks, collectors, crossed, sizes=(1, 2, 2, 4))
    hidden: list[Hidden] = [{}, {}, dict.fromkeys((0, 1), "secondary"), dict.fromkeys((0, 2, 3), "secondary")]
    since = np.array([40 + came, 0, 40 + came, *[np.nan] * 6, 40 + came])
    people = np.array([6.0, 40, 6, came])
    line = Audited(people, people, hidden, since=[since])
    more = audit.exposed(line, fixed=frozenset({0, 1, 2}), effort=Effort())
    assert more == ([(3, 1)] if found else [])


@pytest.mark.parametrize(("asked", "found"), [(1, True), (0, False)])
def test_few_people_none_of_whom_answered_a_question_are_no_less_few(asked: int, found: bool) -> None:
    """The only patient of the first place did not answer, which the audiences and places tell together."""
    audit = audit_of((0, 1, 1), (0, 0, 1), sizes=(2, 2))
    people, answered = np.array([20.0, 0, 30]), np.array([20.0, asked, 30])
    line = Audited(people, answered, [{}, {}])
    assert bool(audit.exposed(line, fixed=frozenset({0}), effort=Effort())) is found


@pytest.mark.parametrize(("few", "found"), [(3, True), (5, False)])
def test_small_cells_are_worked_out_from_several_fields_too(few: int, found: bool) -> None:
    people = np.array([40.0, 12, 20, 30])
    cells = np.array([[20.0, 20], [12 - few, few], [10, 10], [15, 15]])
    hidden: list[Hidden] = [{}, {}, {1: "small cell", 2: "secondary"}]
    line = Audited(people, people, hidden)
    more = NESTED.small_cells(line, cells, minimum=5, sensitive=[False, True, True], fixed=frozenset(), effort=Effort())
    assert bool(more) is found


def test_a_small_cell_is_worked_out_where_other_groups_show_that_nobody_gave_the_answer() -> None:
    """One of the staff gave the second answer, and none of the staff in the group that is shown."""
    audit = audit_of((0, 0, 1, 1), (0, 2, 0, 1), sizes=(2, 3))
    people = np.array([30.0, 25, 12, 20])
    hidden: list[Hidden] = [{}, {1: "small cell", 2: "secondary"}]
    line = Audited(people, people, hidden)

    def found(answers: Sequence[float]) -> list[tuple[int, int]]:
        cells = np.array([people - answers, answers]).T
        return audit.small_cells(line, cells, minimum=5, sensitive=[False, True], fixed=frozenset(), effort=Effort())

    assert found([0, 0, 0, 1]) == [(1, 0)]
    assert found([0, 5, 5, 1]) == []
