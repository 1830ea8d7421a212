"""How many people gave each answer to a question about themselves."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from tests.factories import a_collector, a_survey
from tests.reports.test_results import document, people_rating, question, store

ANSWERS = ("very", "quite", "slightly", "not")


def people(number: int, connection: str | None) -> list[dict[str, Any]]:
    made = people_rating(*(ANSWERS[place % 4] for place in range(number)))
    return [{**one, "connection": connection} for one in made]


def test_they_are_told_of_everybody_as_far_as_their_groups_are_shown(session: Session) -> None:
    survey = a_survey(session)
    store(session, a_collector(session, survey), people(60, "patient") + people(30, "staff") + people(12, None))
    table = question(document(session), "connection")
    assert (table["base"], table["counts"], table["skipped"]) == (90, {"patient": 60, "staff": 30}, 12)


def test_few_of_one_answer_are_hidden_with_another_in_that_table_and_in_results_by_it(session: Session) -> None:
    survey = a_survey(session)
    store(session, a_collector(session, survey), people(60, "patient") + people(4, "staff") + people(12, None))
    assert set(question(document(session), "connection")["counts"].values()) == {"suppressed"}
    groups = {one["value"]: one["responses"] for one in document(session, by="connection")["groups"]}
    assert groups["staff"] == "suppressed"


def test_audiences_and_groups_do_not_tell_them(session: Session) -> None:
    survey = a_survey(session)
    store(session, a_collector(session, survey), people(60, "patient") + people(3, "staff"))
    store(session, a_collector(session, survey, audience="staff"), people(40, "staff") + people(12, None))
    found = document(session, by="channel")
    for part in (*found["audiences"].values(), *found["groups"]):
        table = question(part, "connection")
        assert (table["base"], table["counts"]["patient"]) == ("suppressed", "suppressed")
        assert question(part, "visits")["base"] == part["responses"]


def test_the_base_is_hidden_where_few_skipped_the_question(session: Session) -> None:
    survey = a_survey(session)
    store(session, a_collector(session, survey), people(60, "patient") + people(40, "staff") + people(2, None))
    table = question(document(session), "connection")
    assert (table["base"], table["skipped"]) == ("suppressed", "suppressed")
