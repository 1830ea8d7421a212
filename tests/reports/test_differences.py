"""Groups that were asked for, compared with one another or with all others together."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from reports.differences import differences
from reports.disclosure import disclose
from reports.results import Computed, compute_results
from reports.statistics.comparisons import compare_shares
from reports.tabulation import Difference, Figure, Filters, Results, Shown
from surveys.publishing import find_survey
from surveys.questionnaire import ChoiceQuestion, Option, Questionnaire
from tests.factories import NOW, a_collector, a_questionnaire, a_survey, some_answers, words
from tests.reports.test_results import document, people_rating, question, store

WAITING = ("percent_positive", "waiting.importance")


def told(found: dict[str, Any], field: str, measure: str = "percent_positive") -> dict[tuple[str, str | None], Any]:
    """The comparisons of the waiting theme by their two sides."""
    key = "waiting.importance" if measure == "percent_positive" else "waiting"
    return {
        (one["first"], one["second"]): one
        for one in found["differences"]
        if (one["field"], one["measure"], one["id"]) == (field, measure, key)
    }


def at_places(session: Session, *very_of: tuple[str, int, int], audience: str = "patients") -> None:
    """People at each place, of whom some find waiting very important and the others not."""
    survey = a_survey(session)
    for place, very, people in very_of:
        collector = a_collector(session, survey, name=place, place=place, audience=audience)
        store(session, collector, people_rating(*["very"] * very, *["not"] * (people - very)))


def with_more_connections(*ids: str) -> Questionnaire:
    """The small survey with these connections to the service beside its own."""
    small = a_questionnaire()
    (page,) = (one for one in small.pages if one.id == "you")
    connection, *others = page.questions
    assert isinstance(connection, ChoiceQuestion)
    more = tuple(Option(id_, words(id_.title())) for id_ in ids)
    changed = replace(page, questions=(replace(connection, options=(*connection.options, *more)), *others))
    return replace(small, pages=tuple(changed if one is page else one for one in small.pages))


def test_two_groups_are_compared_directly(session: Session) -> None:
    at_places(session, ("North", 80, 100), ("South", 30, 60))
    found = told(document(session, by="place"), "place")
    (one,) = found.values()
    assert (one["first"], one["second"], one["words"]) == ("North", "South", "higher")
    assert one["difference"]["value"] == pytest.approx(30)
    assert one["p_over_all"] is None


def test_each_of_several_groups_is_compared_with_all_others_together(session: Session) -> None:
    at_places(session, ("East", 50, 100), ("North", 90, 100), ("South", 45, 80), ("West", 10, 20))
    found = told(document(session, by="place"), "place")
    assert set(found) == {("East", None), ("North", None), ("South", None), ("West", None)}
    north = found["North", None]
    assert north["difference"]["value"] == pytest.approx(100 * (90 / 100 - 105 / 200))
    assert (north["words"], north["family_size"]) == ("higher", 3)
    assert north["p_over_all"] < 0.05
    assert 0 < north["cramers_v"] < 1
    assert (found["West", None]["words"], found["West", None]["p_adjusted"]) == ("too few to say", None)
    assert found["South", None]["words"] == "similar"


def test_nothing_is_said_of_one_group_unless_they_differ_at_all(session: Session) -> None:
    """One of twelve places stands out on its own, yet twelve places vary as much by chance."""
    at_places(session, ("P00", 46, 60), *((f"P{number:02}", 32, 60) for number in range(1, 12)))
    one = told(document(session, by="place"), "place")["P00", None]
    assert one["p_adjusted"] < 0.05 <= one["p_over_all"]
    assert one["words"] == "similar"


def test_whoever_did_not_tell_is_on_neither_side(session: Session) -> None:
    collector = a_collector(session)
    for connection, very in (("patient", 50), ("staff", 20), ("prefer_not_to_say", 5), (None, 9)):
        people = [some_answers(connection=connection, waiting__importance="very")] * very
        people += [some_answers(connection=connection, waiting__importance="not")] * (80 - very)
        store(session, collector, people)
    found = document(session, by="connection")
    (one,) = told(found, "connection").values()
    assert (one["first"], one["second"]) == ("patient", "staff")
    assert one["difference"]["value"] == pytest.approx(100 * 30 / 80)


def test_a_group_that_is_hidden_is_compared_with_nothing_but_still_counts_among_the_others(session: Session) -> None:
    at_places(session, ("East", 50, 100), ("Hospice", 2, 6), ("Lodge", 3, 6), ("North", 90, 100), ("South", 45, 80))
    found = document(session, by="place")
    hidden = [group["value"] for group in found["groups"] if group["responses"] == "suppressed"]
    assert "Hospice" in hidden
    compared = told(found, "place")
    assert compared["Hospice", None]["difference"]["value"] == "suppressed"
    assert compared["Hospice", None]["words"] == "too few to say"
    assert compared["North", None]["difference"]["value"] == pytest.approx(100 * (90 / 100 - 100 / 192))


def test_where_some_told_nothing_a_hidden_group_hides_what_the_others_would_tell_of_it(session: Session) -> None:
    collector = a_collector(session, a_survey(session, with_more_connections("carer", "volunteer")))
    for told_us, people in (("patient", 90), ("staff", 80), ("carer", 60), ("volunteer", 3), (None, 70)):
        store(session, collector, [some_answers(connection=told_us, staff__importance="very")] * people)
        store(session, collector, [some_answers(connection=told_us, staff__importance="not")] * people)
    found = document(session, by="connection")
    compared = [one for one in found["differences"] if one["id"] == "staff.importance"]
    assert any(group["responses"] == "suppressed" for group in found["groups"])
    assert {one["difference"]["value"] for one in compared} == {"suppressed"}


def test_groups_by_two_fields_are_compared_within_the_second(session: Session) -> None:
    at_places(session, ("East", 50, 100), ("North", 90, 100), ("South", 45, 80))
    at_places(session, ("East", 30, 70), ("North", 31, 70), audience="staff")
    found = told(document(session, by="place,audience"), "place,audience")
    assert set(found) == {
        *((f"{place},patients", None) for place in ("East", "North", "South")),
        ("East,staff", "North,staff"),
    }
    assert found["North,patients", None]["difference"]["value"] == pytest.approx(100 * (90 / 100 - 95 / 180))
    assert found["East,staff", "North,staff"]["words"] == "similar"
    assert {one["family_size"] for one in found.values()} == {4}


def test_audiences_are_compared_once_however_often_they_are_asked_for(session: Session) -> None:
    at_places(session, ("North", 70, 100))
    at_places(session, ("North", 20, 100), audience="staff")
    assert document(session, by="audience")["differences"] == document(session)["differences"]


def test_groups_and_those_who_told_nothing_add_up_to_everybody(session: Session) -> None:
    chance = random.Random(3)
    people = [
        some_answers(
            connection=chance.choice(["patient", "staff", None]),
            waiting__importance=chance.choice(["very", "not", "not_sure"]),
        )
        for _ in range(300)
    ]
    store(session, a_collector(session), people)
    found = document(session, by="connection")
    told_nothing = sum(one["connection"] is None for one in people)
    assert sum(group["responses"] for group in found["groups"]) + told_nothing == found["responses"]
    very = [question(group, "waiting.importance")["counts"]["very"] for group in found["groups"]]
    neither = sum(one["connection"] is None and one["waiting.importance"] == "very" for one in people)
    assert sum(very) + neither == question(found, "waiting.importance")["counts"]["very"]


@dataclass(frozen=True)
class FourPlaces:
    """Results of four places with 120 people each, whose counts a test may replace."""

    computed: Computed
    results: Results[Figure]

    def compared(self, chosen: np.ndarray) -> list[Difference[Figure]]:
        """What is said of who chose each theme where so many people (groups × themes) did."""
        groups = tuple(
            replace(
                group,
                themes=tuple(
                    replace(theme, chosen_count=Shown(int(count)), chosen_base=Shown(120))
                    for theme, count in zip(group.themes, row, strict=True)
                ),
            )
            for group, row in zip(self.results.groups, chosen, strict=True)
        )
        found = differences(self.computed, self.results.everybody, self.results.audiences, groups)
        return [one for one in found if one.field == "place" and one.measure == "chosen"]


@pytest.fixture
def four_places(session: Session) -> FourPlaces:
    at_places(session, *((place, 60, 120) for place in ("East", "North", "South", "West")))
    survey = find_survey(session, slug="small-survey")
    computed = compute_results(session, survey=survey, filters=Filters(by="place"), at=NOW)
    return FourPlaces(computed, disclose(computed))


def value(figure: Figure | None) -> float:
    assert isinstance(figure, Shown)
    return figure.value


def test_an_adjusted_p_value_is_never_below_its_own(four_places: FourPlaces) -> None:
    @settings(max_examples=50, deadline=None)
    @given(st.lists(st.lists(st.integers(0, 120), min_size=3, max_size=3), min_size=4, max_size=4))
    def judged(counts: list[list[int]]) -> None:
        chosen = np.array(counts)
        for one in four_places.compared(chosen):
            place = ["East", "North", "South", "West"].index(one.first)
            theme = ["waiting", "digital", "staff"].index(one.key)
            positive = int(chosen[place, theme])
            raw = compare_shares(positive, 120, int(chosen[:, theme].sum()) - positive, 360)
            assert value(one.p_adjusted) >= (1.0 if raw is None else raw)
            if one.words in ("higher", "lower"):
                assert value(one.p_adjusted) < 0.05
                assert value(one.p_over_all) < 0.05
                assert one.difference is not None
                assert abs(value(one.difference.value)) >= 5

    judged()


def test_where_nothing_differs_reports_rarely_say_that_something_does(four_places: FourPlaces) -> None:
    chance = np.random.default_rng(11)
    false = sum(
        any(one.words in ("higher", "lower") for one in four_places.compared(chance.binomial(120, share, (4, 3))))
        for share in (0.1, 0.3, 0.5)
        for _ in range(40)
    )
    # 5 % of 120, and three times the standard error of that number.
    assert false <= 0.05 * 120 + 3 * (120 * 0.05 * 0.95) ** 0.5
