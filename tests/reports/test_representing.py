"""Who is missing beside a reference population, and that nothing hidden elsewhere can be worked out from it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from sqlalchemy.orm import Session

from reports.reference_groups import ComparedPeople, ReferenceData
from reports.representing import shown_groups
from reports.suppression import Judge
from reports.tabulation import Breakdown, Figure, Shown, Suppressed
from reports.tabulation import Group as Population
from surveys.reference_population import Characteristic, Group
from tests.factories import a_collector, a_survey
from tests.reports.referenced_survey import RATINGS, a_referenced_survey, ages, people_with, refer, sexes
from tests.reports.test_results import document, people_rating, store

SEXES = ("sex,female,60", "sex,male,40")
HIDDEN = "suppressed"


def represented(session: Session, characteristic: str) -> dict[str, Any]:
    found = document(session)["representation"]
    return next(one for one in found if one["characteristic"] == characteristic)


def by_group(one: dict[str, Any], figure: str) -> dict[str, Any]:
    return {group["group"]: group[figure] for group in one["groups"]}


def breakdown(found: dict[str, Any], field: str) -> dict[str, Any]:
    return next(one for one in found["who_answered"] if one["field"] == field)


def test_without_a_reference_population_nothing_is_compared(session: Session) -> None:
    people_with(session, a_collector(session), sexes(30, 30))
    found = document(session)
    assert (found["representation"], found["weighted"]) == ([], None)


def test_groups_stand_beside_their_share_of_the_population(session: Session) -> None:
    a_referenced_survey(session, sexes(80, 20, untold=25), *SEXES)
    one = represented(session, "sex")
    assert (one["source"], one["date"], one["audience"]) == ("Trust register", "2026-03", None)
    assert (one["base"], one["unknown"]) == (100, 25)
    assert by_group(one, "count") == {"female": 80, "male": 20}
    assert by_group(one, "percent") == {"female": 80, "male": 20}
    assert by_group(one, "difference") == pytest.approx({"female": 20, "male": -20})
    assert by_group(one, "index") == pytest.approx({"female": 80 / 0.6, "male": 50})
    # (20 + m) of (100 + m) are 40 % at 33.3, so 34 men are missing.
    assert by_group(one, "missing_people") == {"female": 0, "male": 34}
    assert by_group(one, "under_represented") == {"female": False, "male": True}
    assert one["dissimilarity"] == pytest.approx(20)
    assert one["p_value"] == pytest.approx(stats.chisquare([80, 20], [60, 40]).pvalue, rel=1e-9)


def test_a_group_exactly_five_points_below_its_share_is_under_represented(session: Session) -> None:
    # In floating point 100 * 0.29 less 24 is a speck under 5.
    a_referenced_survey(session, sexes(96, 304), "sex,female,29", "sex,male,71")
    one = represented(session, "sex")
    assert by_group(one, "percent") == {"female": 24, "male": 76}
    assert by_group(one, "index")["female"] > 80
    assert by_group(one, "under_represented") == {"female": True, "male": False}


def test_a_gap_that_chance_may_make_is_not_called_under_represented(session: Session) -> None:
    a_referenced_survey(session, sexes(23, 12), "sex,female,55", "sex,male,45")
    one = represented(session, "sex")
    assert by_group(one, "difference")["male"] < -5
    assert by_group(one, "under_represented") == {"female": False, "male": False}


def test_a_large_group_is_missed_although_too_few_of_the_others_are_expected_for_a_test(session: Session) -> None:
    a_referenced_survey(session, sexes(40, 60), "sex,female,97", "sex,male,3")
    one = represented(session, "sex")
    assert one["p_value"] is None
    assert by_group(one, "under_represented") == {"female": True, "male": False}


def test_nothing_is_said_of_a_small_group_where_no_test_can_be_made(session: Session) -> None:
    a_referenced_survey(session, sexes(100, 0), "sex,female,96", "sex,male,4")
    one = represented(session, "sex")
    assert one["p_value"] is None
    assert by_group(one, "under_represented") == {"female": False, "male": False}


def test_a_small_group_is_not_called_under_represented_for_what_others_did(session: Session) -> None:
    survey = a_survey(session)
    for place, number in (("A", 250), ("B", 139), ("C", 11)):
        store(session, a_collector(session, survey, place=place), people_rating(*(RATINGS * 63)[:number]))
    refer(session, survey, "place,A,48", "place,B,48.4", "place,C,3.6")
    one = represented(session, "place")
    assert one["p_value"] < 0.001
    assert by_group(one, "index")["C"] < 80
    assert by_group(one, "under_represented") == {"A": False, "B": True, "C": False}


def test_a_group_may_hold_several_answers_and_others_count_as_unknown(session: Session) -> None:
    everybody = ages(a16_24=20, a25_34=15, a35_44=40, a85_or_over=30)
    a_referenced_survey(session, everybody, "age,16-24|25-34,50", "age,35-44,50")
    one = represented(session, "age")
    assert by_group(one, "count") == {"16-24|25-34": 35, "35-44": 40}
    assert one["unknown"] == 30


def test_small_groups_stand_together_as_one(session: Session) -> None:
    everybody = ages(a16_24=4, a25_34=12, a35_44=40, a45_54=30)
    a_referenced_survey(session, everybody, "age,16-24,20", "age,25-34,20", "age,35-44,30", "age,45-54,30")
    found = document(session)
    assert breakdown(found, "age")["counts"]["16-24"] == HIDDEN
    assert breakdown(found, "age")["counts"]["25-34"] == HIDDEN
    one = represented(session, "age")
    assert by_group(one, "count") == {"16-24|25-34": 16, "35-44": 40, "45-54": 30}
    assert one["groups"][0]["label"] == "16 to 24; 25 to 34"
    assert one["groups"][0]["reference_percent"] == 40
    assert one["groups"][0]["under_represented"]


def test_a_hidden_group_that_stands_alone_hides_what_is_made_with_it(session: Session) -> None:
    # The few who did not say are hidden with the men, so the two together are known and neither alone is.
    a_referenced_survey(session, sexes(40, 12, untold=3), *SEXES)
    found = document(session)
    assert breakdown(found, "sex")["missing"] == HIDDEN
    assert breakdown(found, "sex")["counts"] == {"female": 40, "male": HIDDEN, "prefer_not_to_say": 0}
    one = represented(session, "sex")
    assert (one["base"], one["unknown"], one["p_value"], one["dissimilarity"]) == (HIDDEN,) * 4
    assert by_group(one, "count") == {"female": 40, "male": HIDDEN}
    for figure in ("percent", "difference", "index", "missing_people"):
        assert by_group(one, figure) == {"female": HIDDEN, "male": HIDDEN}
    assert by_group(one, "under_represented") == {"female": False, "male": False}
    assert not found["weighted"]["usable"]


def test_two_groups_of_which_one_is_hidden_are_not_compared(session: Session) -> None:
    a_referenced_survey(session, sexes(30, 4, untold=40), *SEXES)
    one = represented(session, "sex")
    assert by_group(one, "count") == {"female": HIDDEN, "male": HIDDEN}
    assert one["base"] == 34


def test_too_few_answers_hide_everything(session: Session) -> None:
    a_referenced_survey(session, sexes(5, 4), *SEXES)
    one = represented(session, "sex")
    assert (one["base"], one["unknown"]) == (HIDDEN, HIDDEN)
    assert by_group(one, "count") == {"female": HIDDEN, "male": HIDDEN}


def test_nobody_having_told_is_nought_and_no_share(session: Session) -> None:
    a_referenced_survey(session, [None] * 20, *SEXES)
    one = represented(session, "sex")
    assert (one["base"], one["unknown"], one["p_value"]) == (0, 20, None)
    assert by_group(one, "count") == {"female": 0, "male": 0}
    assert by_group(one, "percent") == {"female": None, "male": None}


def test_an_answer_to_the_survey_itself_may_be_compared_and_so_may_places(session: Session) -> None:
    survey = a_survey(session)
    for place, number in (("A / North / One", 30), ("A / North / Two", 20), ("A / South", 50)):
        store(session, a_collector(session, survey, place=place), people_rating(*(RATINGS * 13)[:number]))
    refer(session, survey, "place,A / North,70", "place,A / South,30", "connection,patient,90", "connection,staff,10")
    assert by_group(represented(session, "place"), "count") == {"A / North": 50, "A / South": 50}
    assert by_group(represented(session, "connection"), "count") == {"patient": 100, "staff": 0}


def test_patients_alone_may_be_compared(session: Session) -> None:
    survey = a_survey(session)
    people_with(session, a_collector(session, survey), sexes(60, 30, untold=20))
    people_with(session, a_collector(session, survey, audience="staff"), sexes(40, 15, untold=20))
    refer(session, survey, *SEXES, audience="patients")
    one = represented(session, "sex")
    assert (one["audience"], one["base"], one["unknown"]) == ("patients", 90, 20)
    assert by_group(one, "count") == {"female": 60, "male": 30}


def test_patients_are_not_shown_by_groups_that_would_show_a_few_staff(session: Session) -> None:
    survey = a_survey(session)
    people_with(session, a_collector(session, survey), sexes(60, 30, untold=20))
    people_with(session, a_collector(session, survey, audience="staff"), sexes(40, 3, untold=20))
    refer(session, survey, *SEXES, audience="patients")
    found = document(session)
    assert breakdown(found, "sex")["counts"]["male"] == 33
    one = represented(session, "sex")
    assert by_group(one, "count") == {"female": HIDDEN, "male": HIDDEN}
    assert one["base"] == HIDDEN
    assert not found["weighted"]["usable"]


def test_groups_of_one_audience_stand_together_until_they_are_fit(session: Session) -> None:
    survey = a_survey(session)
    people_with(session, a_collector(session, survey), ages(a16_24=15, a25_34=20, a35_44=30))
    people_with(session, a_collector(session, survey, audience="staff"), ages(a16_24=2, a25_34=30, a35_44=30))
    refer(session, survey, "age,16-24,20", "age,25-34,30", "age,35-44,50", audience="patients")
    assert by_group(represented(session, "age"), "count") == {"16-24|25-34": 35, "35-44": 30}


def test_filtered_results_are_not_compared(session: Session) -> None:
    survey = a_survey(session)
    for place in ("A / North", "A / South"):
        store(session, a_collector(session, survey, place=place), people_rating(*RATINGS * 5))
    refer(session, survey, "connection,patient,90", "connection,staff,10")
    found = document(session, where=(("place", "A / North"),))
    assert (found["representation"], found["weighted"]) == ([], None)


NAMES = ("16-24", "25-34", "35-44", "45-54", "55-64")
POPULATION = Characteristic("age", "Register", "2026", tuple(Group((name,), name, 25.0) for name in NAMES[:4]))


@given(
    hidden=st.sets(st.sampled_from((*NAMES, "missing"))),
    joined=st.sampled_from([((0, 1), (2,)), ((0,), (1,), (2,)), ((0, 1, 2), (3,)), ((0, 3), (1, 2))]),
)
def test_only_what_can_be_worked_out_elsewhere_is_shown(hidden: set[str], joined: tuple[tuple[int, ...], ...]) -> None:
    """Whatever "who answered" hides can be known together, by what it shows taken from everybody, not apart."""
    groups = tuple(Group(tuple(NAMES[one] for one in part), str(part), 20.0) for part in joined)
    counts = np.full((1, 1, len(groups) + 1), 30)
    compared = ComparedPeople(replace(POPULATION, groups=groups), "Age", counts)
    published: Breakdown[Figure] = Breakdown(
        "age",
        "Age",
        {name: Suppressed("secondary") if name in hidden else Shown(20) for name in NAMES},
        {},
        Shown(100),
        Suppressed("secondary") if "missing" in hidden else Shown(20),
    )
    everybody: Population[Figure] = Population(None, None, "Everybody", Shown(120), 10, (), ())
    data = ReferenceData(None, (compared,), None)
    shown = shown_groups(
        compared, data, Judge(np.array([10])), everybody=everybody, audiences=(), who_answered=(published,)
    )
    known = [{name for one in part for name in groups[one].values} for part in shown.parts]
    for place, held in enumerate(known):
        if place not in shown.hidden:
            assert not held & hidden or hidden <= held
    if shown.whole is None:
        together = set().union(*known)
        assert not together & hidden or hidden <= together
