"""Entering what a workshop said as an officer does it in a browser, without script."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from engage.unit_of_work import Database
from surveys.storage import tables
from surveys.workshops.keeping import workshops_of
from surveys.workshops.records import Record
from tests.engage.conftest import SignedInAs
from tests.engage.staff_browser import StaffBrowser
from tests.factories import a_survey
from tests.workshops import a_record

PAGE = "/staff/surveys/small-survey/workshops"
ENTERED = {
    "held_on": "2/11/2026",
    "place": "Bradford library",
    "facilitator_role": "Patient involvement lead",
    "people": "12",
    "votes_each": "3",
    "votes--waiting": "14",
    "agreed--waiting": "Ring people with results\r\nFewer letters",
    "not_agreed--waiting": "Saturdays",
    "ideas--waiting": "One number to ring",
    "votes--staff": "9",
}


@pytest.fixture
def survey_id(database: Database) -> int:
    with database.writing() as session:
        return a_survey(session).id


@pytest.fixture
def analyst(signed_in_as: SignedInAs, survey_id: int) -> StaffBrowser:
    return signed_in_as("analyst")


def the_workshop(browser: StaffBrowser) -> str:
    """The address of the only workshop in the list."""
    (address,) = set(re.findall(rf'href="({PAGE}/\d+)"', browser.get(PAGE).text))
    return str(address)


def kept(database: Database, survey_id: int) -> list[tuple[Record, bool]]:
    with database.reading() as session:
        survey = session.get_one(tables.Survey, survey_id)
        return [(one.record, one.is_removed) for one in workshops_of(session, survey=survey)]


def test_a_workshop_is_entered_put_right_taken_out_and_put_back(
    analyst: StaffBrowser, database: Database, survey_id: int
) -> None:
    assert f'href="{PAGE}"' in analyst.get("/staff/surveys/small-survey").text
    for _ in range(2):
        assert analyst.post(f"{PAGE}/add", ENTERED).status_code == 303
    assert kept(database, survey_id) == [(a_record(), False)]
    workshop = the_workshop(analyst)
    number = int(workshop.rpartition("/")[2])
    page = analyst.get(workshop).text
    assert "Ring people with results\nFewer letters</textarea>" in page
    assert 'name="seen" value="1"' in page
    put_right = {**ENTERED, "seen": "1", "people": "15", "votes--staff": "0"}
    assert analyst.post(workshop, put_right).status_code == 303
    assert analyst.get(workshop).text.count('value="0"') == 1
    assert analyst.post(f"{workshop}/remove", form_at=PAGE).status_code == 303
    ((record, is_removed),) = kept(database, survey_id)
    assert (record.people, is_removed) == (15, True)
    assert "Put it back" in analyst.get(PAGE).text
    assert analyst.post(f"{workshop}/put-back", form_at=PAGE).status_code == 303
    assert kept(database, survey_id) == [(record, False)]
    with database.reading() as session:
        events = session.scalars(select(tables.AuditEvent).order_by(tables.AuditEvent.id)).all()
        said = [(one.action, one.detail) for one in events if one.action.startswith("workshop")]
    assert said == [
        ("workshop added", {"workshop": number}),
        ("workshop changed", {"workshop": number, "fields": ["people", "themes"]}),
        ("workshop removed", {"workshop": number}),
        ("workshop put back", {"workshop": number}),
    ]


def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(
    analyst: StaffBrowser, database: Database, survey_id: int
) -> None:
    wrong = {**ENTERED, "held_on": "3/11/2199", "people": "a dozen", "votes--staff": "many", "place": " "}
    answer = analyst.post(f"{PAGE}/add", wrong)
    assert answer.status_code == 422
    assert "<title>Error: Add what the workshop said" in answer.text
    for field in ("held_on", "people", "place", "votes--staff"):
        assert f'href="#{field}"' in answer.text
    assert "Fewer letters</textarea>" in answer.text
    too_many = analyst.post(f"{PAGE}/add", {**ENTERED, "people": "7"})
    assert too_many.status_code == 422
    assert "23 votes, more than 7 people with 3 each can give" in too_many.text
    assert kept(database, survey_id) == []


def test_whoever_saves_an_older_page_reads_that_somebody_was_first(
    analyst: StaffBrowser, database: Database, survey_id: int
) -> None:
    analyst.post(f"{PAGE}/add", ENTERED)
    workshop = the_workshop(analyst)
    analyst.post(workshop, {**ENTERED, "seen": "1", "people": "15"})
    answer = analyst.post(workshop, {**ENTERED, "seen": "1", "people": "20"})
    assert answer.status_code == 422
    assert "Somebody changed this workshop while you had it open" in answer.text
    assert 'name="seen" value="2"' in answer.text
    assert [record.people for record, _ in kept(database, survey_id)] == [15]


def test_a_draft_survey_has_no_workshops(signed_in_as: SignedInAs, survey_id: int) -> None:
    assert signed_in_as("analyst").get("/staff/surveys/no-such-survey/workshops").status_code == 404
