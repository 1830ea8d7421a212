"""Groups by levels of places, by months and by two fields at once."""

from __future__ import annotations

import datetime
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from reports.people import RequestRefused
from reports.splitting import Split, fields_of, month_of, values_of
from reports.splitting.crossing import crossed
from tests.factories import a_collector, a_survey
from tests.reports.test_results import document, people_rating, question, store

PATHS = ("Alliance / North / Trust / Ward", "Alliance / North / Hospice", "Alliance / South", "Harbour / South / Trust")


def by_value(found: dict[str, Any]) -> dict[str, int | str]:
    return {group["value"]: group["responses"] for group in found["groups"]}


def at_four_places(session: Session) -> None:
    survey = a_survey(session)
    for number, place in enumerate(PATHS):
        for audience in ("patients", "staff")[: 1 + number % 2]:
            collector = a_collector(session, survey, name=f"{place} {audience}", place=place, audience=audience)
            store(session, collector, people_rating(*["very", "quite", "not"] * (8 + number)))


def test_each_level_of_the_tree_is_a_field_of_its_own(session: Session) -> None:
    at_four_places(session)
    assert by_value(document(session, by="place:1")) == {"Alliance": 24 + 54 + 30, "Harbour": 66}
    second = document(session, by="place:2")
    assert by_value(second) == {"Alliance / North": 78, "Alliance / South": 30, "Harbour / South": 66}
    assert [group["label"] for group in second["groups"]] == ["North", "Alliance / South", "Harbour / South"]


def test_people_at_places_without_a_level_are_in_no_group_of_it(session: Session) -> None:
    at_four_places(session)
    third = document(session, by="place:3")
    assert by_value(third) == {
        "Alliance / North / Hospice": 54,
        "Alliance / North / Trust": 24,
        "Harbour / South / Trust": 66,
    }
    assert third["responses"] == 54 + 24 + 66 + 30
    with pytest.raises(RequestRefused, match=r"there are audience.*place:1, place:2, place:3, place:4, "):
        document(session, by="place:5")


def test_a_level_narrows_like_any_other_field(session: Session) -> None:
    at_four_places(session)
    assert document(session, where=(("place:1", "Harbour"),))["responses"] == 66


@pytest.mark.parametrize(
    ("day", "month"),
    [("2026-11-01", "2026-10"), ("2026-11-02", "2026-11"), ("2026-11-30", "2026-12"), ("2026-12-31", "2026-12")],
)
def test_a_week_belongs_to_the_month_that_most_of_its_days_are_in(day: str, month: str) -> None:
    assert f"{month_of(datetime.date.fromisoformat(day)):%Y-%m}" == month


def test_months_are_named_in_the_language_of_the_survey(session: Session) -> None:
    collector = a_collector(session)
    store(session, collector, people_rating(*["very"] * 12), at=datetime.date(2026, 11, 2))
    store(session, collector, people_rating(*["not"] * 15), at=datetime.date(2026, 10, 31))
    found = document(session, by="month")
    assert by_value(found) == {"2026-10": 15, "2026-11": 12}
    assert [group["label"] for group in found["groups"]] == ["October 2026", "November 2026"]


def test_few_late_answers_of_another_month_hide_no_week_and_no_month(session: Session) -> None:
    collector = a_collector(session)
    for day in (2, 9, 16, 23):
        store(session, collector, people_rating(*["very", "not"] * 8), at=datetime.date(2026, 11, day))
    store(session, collector, people_rating("very", "not", "not"), at=datetime.date(2026, 12, 1))
    assert by_value(document(session, by="month")) == {"2026-11": 67}
    assert by_value(document(session, by="week")) == {
        "2026-11-02": 16,
        "2026-11-09": 16,
        "2026-11-16": 16,
        "2026-11-23": 19,
    }
    assert document(session, since=datetime.date(2026, 11, 16))["responses"] == 35
    assert document(session, where=(("month", "2026-11"),))["responses"] == 67
    with pytest.raises(RequestRefused, match="too few people"):
        document(session, where=(("month", "2026-12"),))


def test_two_fields_make_a_group_of_each_pair_that_anybody_has(session: Session) -> None:
    at_four_places(session)
    found = document(session, by="place:1,audience")
    assert by_value(found) == {
        "Alliance,patients": 24 + 27 + 30,
        "Alliance,staff": 27,
        "Harbour,patients": 33,
        "Harbour,staff": 33,
    }
    one = found["groups"][1]
    assert (one["label"], one["field"]) == ("Alliance, staff", "place:1,audience")
    assert (one["fields"], one["values"]) == (["place:1", "audience"], ["Alliance", "staff"])
    assert found["filters"]["by"] == "place:1,audience"
    counts = [question(group, "waiting.importance")["counts"]["very"] for group in found["groups"]]
    assert sum(counts) == question(found, "waiting.importance")["counts"]["very"]
    assert set(by_value(document(session, by="place:2,audience"))) >= {"Alliance / South,patients"}


def test_a_single_field_keeps_its_comma_in_one_value(session: Session) -> None:
    survey = a_survey(session)
    for place in ("Ward 3, Trust", "Clinic"):
        store(session, a_collector(session, survey, name=place, place=place), people_rating(*["very", "not"] * 9))
    alone, both = document(session, by="place")["groups"], document(session, by="place,audience")["groups"]
    assert alone[1]["values"] == [alone[1]["value"]] == ["Ward 3, Trust"]
    assert both[1]["values"] == ["Ward 3, Trust", "patients"]


@pytest.mark.parametrize(
    ("by", "reason"),
    [
        ("place,audience,mode", "two fields at most, not by 3"),
        ("place,place", "the same field twice"),
        ("place,", "no field on one side"),
        ("place,most_important", "there is no field 'most_important'"),
        ("colour,place", "there is no field 'colour'"),
    ],
)
def test_pairs_that_make_no_sense_are_refused(session: Session, by: str, reason: str) -> None:
    store(session, a_collector(session), people_rating(*["very"] * 12))
    with pytest.raises(RequestRefused, match=reason):
        document(session, by=by)


def a_split(field: str, values: tuple[str, ...], codes: list[int], *, sensitive: bool = False) -> Split:
    return Split(field, field, values, dict(zip(values, values, strict=True)), np.array(codes, np.int32), sensitive)


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.text(max_size=6), min_size=1, max_size=4, unique=True),
    st.lists(st.text(max_size=6), min_size=1, max_size=4, unique=True),
    st.lists(st.tuples(st.integers(-1, 3), st.integers(-1, 3)), max_size=40),
)
def test_crossing_keeps_everybody_apart_and_can_be_undone(
    first: list[str], second: list[str], people: list[tuple[int, int]]
) -> None:
    people = [(min(a, len(first) - 1), min(b, len(second) - 1)) for a, b in people]
    one, other = (
        a_split("place", tuple(first), [a for a, _ in people]),
        a_split("mode", tuple(second), [b for _, b in people]),
    )
    both = crossed(one, other)
    assert fields_of(both.field) == ("place", "mode")
    assert sorted(np.unique(both.codes[both.codes >= 0])) == list(range(len(both.values)))
    for code, (a, b) in zip(both.codes.tolist(), people, strict=True):
        if code < 0:
            assert a < 0 or b < 0
        else:
            assert values_of(both.field, both.values[code]) == (first[a], second[b])


def test_a_pair_is_as_sensitive_as_the_more_sensitive_of_the_two() -> None:
    plain, sensitive = a_split("mode", ("web",), [0]), a_split("place", ("a",), [0], sensitive=True)
    assert crossed(plain, sensitive).sensitive
    assert crossed(sensitive, plain).sensitive
    assert not crossed(plain, plain).sensitive
