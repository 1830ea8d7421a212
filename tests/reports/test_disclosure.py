"""What is hidden, and what is not, in results as they are published."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from reports.filtering import FilterRefused, whole_weeks
from reports.request import disclosed_results
from reports.tabulation import Filters, Shown
from surveys.collecting import add_equality_answers
from tests.factories import NOW, TODAY, a_collector, a_response, a_survey, some_answers
from tests.reports.test_results import document, people_rating, question, store, theme

RATINGS = ("very", "quite", "slightly", "not")


def mixed(number: int) -> list[Any]:
    """Answers of which no two groups are alike."""
    return people_rating(*(RATINGS[place % 4] for place in range(number)))


def numbers(value: Any) -> Iterator[float]:
    """Every figure inside a part of the document, the rules' own numbers apart."""
    if isinstance(value, dict):
        for name, part in value.items():
            if name not in ("minimum_base", "confidence_level", "family_size"):
                yield from numbers(part)
    elif isinstance(value, list):
        for part in value:
            yield from numbers(part)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield value


def audiences(session: Session, patients: int, staff: int) -> dict[str, Any]:
    survey = a_survey(session)
    store(session, a_collector(session, survey), mixed(patients))
    store(session, a_collector(session, survey, audience="staff", place="Alliance / South"), mixed(staff))
    return document(session)


@pytest.mark.parametrize(("patients", "shown"), [(9, False), (10, True)])
def test_ten_patients_are_enough_and_nine_are_not(session: Session, patients: int, shown: bool) -> None:
    store(session, a_collector(session), mixed(patients))
    found = document(session)
    assert (found["responses"] == patients) is shown
    assert (
        bool(list(numbers([found["themes"], found["questions"], found["audiences"], found["who_answered"]]))) is shown
    )
    assert (found["period"] is not None) is shown


@pytest.mark.parametrize(("patients", "named"), [(9, []), (10, ["Alliance / South"])])
def test_where_and_when_people_answered_is_not_told_where_they_are_too_few_to_say_how_many(
    session: Session, patients: int, named: list[str]
) -> None:
    store(session, a_collector(session, place="Alliance / South"), mixed(patients))
    found = document(session, by="place")
    told = [group["value"] for group in found["groups"]]
    told += [value for one in found["who_answered"] if one["field"] in ("place", "week") for value in one["labels"]]
    assert told == named * 2 + (["2026-11-16"] if named else [])


@pytest.mark.parametrize(("staff", "shown"), [(10, False), (11, True)])
def test_eleven_staff_are_enough_and_ten_are_not(session: Session, staff: int, shown: bool) -> None:
    found = audiences(session, 40, staff)
    assert (found["audiences"]["staff"]["responses"] == staff) is shown


def test_patients_are_hidden_where_all_less_patients_would_be_four_staff(session: Session) -> None:
    found = audiences(session, 100, 4)
    assert found["responses"] == 104
    assert found["pooling"] == "unweighted, patients (number suppressed) + staff (number suppressed)"
    assert list(numbers(found["audiences"])) == []
    by_audience = next(one for one in found["who_answered"] if one["field"] == "audience")
    assert by_audience["counts"] == {"patients": "suppressed", "staff": "suppressed"}
    assert list(numbers([one["difference"] for one in found["differences"]])) == []


def test_two_hidden_audiences_must_together_be_enough(session: Session) -> None:
    survey = a_survey(session)
    for audience, people in (("patients", 100), ("carers", 30), ("public", 3), ("staff", 4)):
        store(session, a_collector(session, survey, audience=audience), mixed(people))
    found = document(session)["audiences"]
    assert {audience: one["responses"] for audience, one in found.items()} == {
        "patients": 100,
        "carers": "suppressed",
        "public": "suppressed",
        "staff": "suppressed",
    }


def test_a_question_that_few_of_an_audience_answered_is_hidden_for_it_and_for_the_other(session: Session) -> None:
    survey = a_survey(session)
    store(session, a_collector(session, survey), mixed(40))
    staff = a_collector(session, survey, audience="staff")
    store(session, staff, people_rating("very", "quite", "not", *[None] * 20))
    found = document(session)
    assert found["audiences"]["staff"]["responses"] == 23
    for population in found["audiences"].values():
        assert list(numbers(question(population, "waiting.importance"))) == []
        assert list(numbers(theme(population, "waiting")["score_0_10"])) == []
        assert theme(population, "waiting")["chosen"]["base"] == population["responses"]
    assert question(found, "waiting.importance")["base"] == 43


def test_a_group_in_which_everyone_answers_alike_is_hidden_on_that_question(session: Session) -> None:
    survey = a_survey(session)
    store(session, a_collector(session, survey), mixed(40))
    store(session, a_collector(session, survey, audience="staff"), people_rating(*["not"] * 12))
    found = document(session)
    assert question(found["audiences"]["staff"], "waiting.importance")["base"] == "suppressed"
    assert question(found["audiences"]["patients"], "waiting.importance")["base"] == "suppressed"
    assert question(found, "waiting.importance")["base"] == 52


def test_where_everybody_says_the_same_it_is_the_finding_and_shown(session: Session) -> None:
    survey = a_survey(session)
    for audience in ("patients", "staff"):
        store(session, a_collector(session, survey, audience=audience), people_rating(*["very"] * 15))
    found = document(session)
    assert question(found, "waiting.importance")["percent_positive"]["value"] == 100
    assert question(found["audiences"]["staff"], "waiting.importance")["score_0_10"] == 10


def places(session: Session, **people: list[Any]) -> dict[str, Any]:
    survey = a_survey(session)
    for place, answers in people.items():
        store(session, a_collector(session, survey, name=place, place=f"Alliance / {place}"), answers)
    found = document(session, by="place")
    return {one["value"].removeprefix("Alliance / "): one for one in found["groups"]} | {"everybody": found}


def test_small_cells_in_a_place_hide_counts_and_those_of_the_next_place(session: Session) -> None:
    many = people_rating(*["very"] * 20, *["quite"] * 10, *["slightly"] * 10, *["not"] * 10)
    few = people_rating(*["very"] * 20, *["quite"] * 4, *["slightly"] * 3, *["not"] * 3)
    found = places(session, North=many, South=few, East=many[:45])
    south, east, north = (question(found[place], "waiting.importance") for place in ("South", "East", "North"))
    assert set(south["counts"].values()) == set(east["counts"].values()) == {"suppressed"}
    assert (south["base"], south["mean"]) == (30, "suppressed")
    assert south["percent_positive"]["value"] == "suppressed"
    assert north["counts"]["very"] == 20
    assert question(found["everybody"], "waiting.importance")["counts"]["not"] == 18
    assert theme(found["South"], "waiting")["score_0_10"]["value"] == "suppressed"


def test_audiences_have_no_small_cells_because_an_opinion_is_not_a_background(session: Session) -> None:
    found = audiences(session, 40, 15)
    assert question(found["audiences"]["staff"], "waiting.importance")["counts"]["not"] == 3


def store_backgrounds(session: Session, sexes: list[str | None]) -> None:
    """One person for each of ``sexes``, with opinions that differ; None gave no background."""
    survey = a_survey(session)
    collector = a_collector(session, survey)
    for number, sex in enumerate(sexes):
        answer = some_answers(waiting__importance=RATINGS[number % 4])
        sent = a_response(session, collector, answer, equality_expected=True, receipt_key=number.to_bytes(32))
        assert sent.equality_key is not None
        if sex:
            add_equality_answers(
                session,
                collector=collector,
                equality_key=sent.equality_key,
                bank_version="2026-11",
                answers={"sex": sex},
                at=TODAY,
            )


def test_people_who_gave_no_background_are_a_group_that_must_be_large_enough(session: Session) -> None:
    store_backgrounds(session, [None] * 3 + ["female"] * 32 + ["male"] * 25)
    found = document(session, by="sex")
    sex = next(one for one in found["who_answered"] if one["field"] == "sex")
    assert (sex["missing"], sex["base"]) == ("suppressed", "suppressed")
    assert sorted(str(count) for count in sex["counts"].values() if count) == ["32", "suppressed"]
    assert sum(isinstance(one["responses"], int) and one["responses"] > 0 for one in found["groups"]) == 1


def test_a_few_who_prefer_not_to_say_are_counted_with_those_who_did_not_say(session: Session) -> None:
    store_backgrounds(session, [None] * 12 + ["female"] * 32 + ["male"] * 25 + ["prefer_not_to_say"] * 4)
    sex = next(one for one in document(session)["who_answered"] if one["field"] == "sex")
    assert (sex["counts"], sex["base"], sex["missing"]) == ({"female": 32, "male": 25}, 57, 16)


def test_many_who_prefer_not_to_say_are_counted_on_their_own(session: Session) -> None:
    store_backgrounds(session, [None] * 12 + ["female"] * 32 + ["male"] * 25 + ["prefer_not_to_say"] * 11)
    sex = next(one for one in document(session)["who_answered"] if one["field"] == "sex")
    assert (sex["counts"], sex["missing"]) == ({"female": 32, "male": 25, "prefer_not_to_say": 11}, 12)


def test_a_filter_that_leaves_out_few_people_is_refused(session: Session) -> None:
    survey = a_survey(session)
    store(session, a_collector(session, survey), mixed(40), mode="web")
    store(session, a_collector(session, survey), mixed(4), mode="paper")
    for mode, message in (("web", "leave out so few"), ("paper", "keep too few")):
        with pytest.raises(FilterRefused, match=message):
            document(session, where=(("mode", mode),))


def test_one_filter_must_not_take_few_people_from_what_another_keeps(session: Session) -> None:
    survey = a_survey(session)
    north, south = (a_collector(session, survey, place=f"Alliance / {place}") for place in ("North", "South"))
    store(session, north, mixed(30), mode="web")
    store(session, north, mixed(4), mode="paper")
    store(session, south, mixed(20), mode="paper")
    with pytest.raises(FilterRefused, match="leave out so few"):
        document(session, where=(("place", "Alliance / North"), ("mode", "web")))


def test_a_filter_hides_questions_that_few_of_those_left_out_answered(session: Session) -> None:
    survey = a_survey(session)
    store(session, a_collector(session, survey), mixed(40), mode="web")
    store(session, a_collector(session, survey), people_rating("very", "not", *[None] * 20), mode="paper")
    found = document(session, where=(("mode", "web"),))
    assert found["responses"] == 40
    assert list(numbers(question(found, "waiting.importance"))) == []
    assert question(found, "visits")["base"] == 40


def test_places_include_what_lies_below_them(session: Session) -> None:
    survey = a_survey(session)
    for place in ("Alliance / North / Site", "Alliance / North", "Alliance / Northern"):
        store(session, a_collector(session, survey, place=place), mixed(12))
    assert document(session, where=(("place", "Alliance / North"),))["responses"] == 24


def test_dates_are_whole_weeks_and_said_so(session: Session) -> None:
    """A Saturday and a Tuesday become the Monday before and the Sunday after."""
    wednesday = datetime.date(2026, 11, 4)
    collector = a_collector(session)
    for week in range(3):
        store(session, collector, mixed(12), at=wednesday + datetime.timedelta(weeks=week))
    found = document(session, since=datetime.date(2026, 11, 14), until=datetime.date(2026, 11, 17))
    assert (found["filters"]["since"], found["filters"]["until"]) == ("2026-11-09", "2026-11-22")
    assert found["responses"] == 24
    assert whole_weeks(Filters(since=wednesday)).since == datetime.date(2026, 11, 2)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from((*RATINGS, None)), max_size=25), st.lists(st.sampled_from(RATINGS), max_size=25))
def test_whatever_is_shown_rests_on_enough_people(
    session: Session, patients: list[str | None], staff: list[str]
) -> None:
    with session.begin_nested() as attempt:
        survey = a_survey(session)
        store(session, a_collector(session, survey), people_rating(*patients))
        store(session, a_collector(session, survey, audience="staff"), people_rating(*staff))
        results = disclosed_results(session, slug=survey.slug, at=NOW)
        for population in (results.everybody, *results.audiences):
            for table in population.questions:
                if isinstance(table.base, Shown) and table.base.value:
                    assert table.base.value >= table.minimum_base
        attempt.rollback()
    session.expire_all()


def test_a_filter_shows_and_hides_what_its_group_does(session: Session) -> None:
    survey = a_survey(session)
    for place, answers in (("North", 30), ("South", 20), ("West", 25)):
        store(session, a_collector(session, survey, place=f"Alliance / {place}"), mixed(answers))
    groups = {one["value"]: one for one in document(session, by="place")["groups"]}
    for value, group in groups.items():
        found = document(session, where=(("place", value),))
        assert found["responses"] == group["responses"]
        assert question(found, "waiting.importance") == question(group, "waiting.importance")
        assert found["who_answered"] == []


def test_a_place_and_its_only_large_collector_never_differ_by_a_few(session: Session) -> None:
    survey = a_survey(session)
    for name, place, people in (("a", "North", 40), ("b", "North", 2), ("c", "South", 20), ("d", "South", 30)):
        store(session, a_collector(session, survey, name=name, place=place), mixed(people))
    shown = {}
    for by in ("place", "collector"):
        for one in document(session, by=by)["groups"]:
            if isinstance(one["responses"], int):
                shown[by, one["responses"]] = True
    assert not (("place", 42) in shown and ("collector", 40) in shown)
    assert not {("collector", 40), ("collector", 20), ("collector", 30)} <= shown.keys()


def test_more_than_two_filters_periods_and_groups_are_refused(session: Session) -> None:
    survey = a_survey(session)
    for place in ("North", "South"):
        for mode in ("web", "paper"):
            store(session, a_collector(session, survey, place=place), mixed(30), mode=mode)
    where = (("place", "North"), ("mode", "web"))
    assert document(session, where=where)["responses"] == 30
    with pytest.raises(FilterRefused, match="at most 2"):
        document(session, where=where, by="connection")
    with pytest.raises(FilterRefused, match="the same field"):
        document(session, where=(("place", "North"), ("place", "South")))


def test_a_survey_that_nobody_has_been_given_yet_has_results_without_people(session: Session) -> None:
    survey = a_survey(session)
    results = disclosed_results(session, slug=survey.slug, at=NOW)
    assert results.everybody.responses == Shown(0)
    assert results.audiences == ()
