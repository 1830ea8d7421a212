"""Choosing and checking quotes as two people do it in their browsers."""

from __future__ import annotations

import re

import pytest
from werkzeug.test import TestResponse

from engage.unit_of_work import Database
from surveys.quotes.permitted import permitted_quotes
from surveys.quotes.reading import read_survey
from surveys.storage import tables
from tests.coded import a_coded_comment, a_coded_survey, many_comments
from tests.engage.conftest import SignedInAs
from tests.engage.staff_browser import StaffBrowser

PAGE = "/staff/surveys/small-survey/quotes"
DRAW = f"{PAGE}/draw/waiting.comment"


@pytest.fixture
def survey_id(database: Database) -> int:
    """A survey with twelve comments that may be quoted."""
    with database.writing() as session:
        coded = a_coded_survey(session)
        many_comments(session, coded, {"very": 12})
        return coded.survey.id


def send(browser: StaffBrowser, page: str, path: str, **fields: str) -> TestResponse:
    """Send a form that stands on ``page``."""
    return browser.post(path, fields, form_at=page)


def ref_on(page: str) -> str:
    found = re.search(r'name="ref" value="(\w{32})"', page)
    assert found
    return found[1]


def printed(database: Database, survey_id: int) -> list[str]:
    with database.reading() as session:
        return [one.words for one in permitted_quotes(session, survey=session.get_one(tables.Survey, survey_id))[0]]


def test_two_people_bring_a_quote_into_the_report(signed_in_as: SignedInAs, database: Database, survey_id: int) -> None:
    analyst, publisher = signed_in_as("analyst"), signed_in_as("publisher")
    ref = ref_on(analyst.get(DRAW).text)
    sent = send(analyst, DRAW, f"{DRAW}/propose", ref=ref, words="Ring us with results")
    assert sent.status_code == 303
    assert printed(database, survey_id) == []
    page = publisher.get(PAGE).text
    assert "Ring us with results" in page
    number = re.search(r"/quotes/(\d+)/approve", page)
    assert number
    assert "Somebody else has to approve it" not in page
    unticked = send(publisher, PAGE, f"{PAGE}/{number[1]}/approve")
    assert unticked.status_code == 422
    assert send(publisher, PAGE, f"{PAGE}/{number[1]}/approve", alone="y").status_code == 303
    assert printed(database, survey_id) == ["Ring us with results"]
    with database.reading() as session:
        events = session.query(tables.AuditEvent).all()
        assert {"quote proposed", "quote approved"} <= {event.action for event in events}
        assert not any("Ring us" in str(event.detail) for event in events)


def test_whoever_chose_a_quote_cannot_approve_it(signed_in_as: SignedInAs, database: Database, survey_id: int) -> None:
    officer = signed_in_as("officer")
    send(officer, DRAW, f"{DRAW}/propose", ref=ref_on(officer.get(DRAW).text), words="Ring us with results")
    page = officer.get(PAGE).text
    assert "Somebody else has to approve it" in page
    assert "/approve" not in page
    number = re.search(r"/quotes/(\d+)/withdraw", page)
    assert number
    refused = send(officer, PAGE, f"{PAGE}/{number[1]}/approve", alone="y")
    assert refused.status_code == 422
    assert "somebody else has to approve it" in refused.text
    assert printed(database, survey_id) == []


def test_changed_words_are_refused_and_stay_in_the_form(signed_in_as: SignedInAs, survey_id: int) -> None:
    analyst = signed_in_as("analyst")
    words = "Ring everybody with results"
    refused = send(analyst, DRAW, f"{DRAW}/propose", ref=ref_on(analyst.get(DRAW).text), words=words)
    assert refused.status_code == 422
    assert "is not what the comment says" in refused.text
    assert words in refused.text


def test_passing_over_needs_a_reason_and_draws_another(signed_in_as: SignedInAs, survey_id: int) -> None:
    analyst = signed_in_as("analyst")
    first = ref_on(analyst.get(DRAW).text)
    assert send(analyst, DRAW, f"{DRAW}/pass-over", ref=first).status_code == 422
    assert send(analyst, DRAW, f"{DRAW}/pass-over", ref=first, reason="too long").status_code == 303
    assert ref_on(analyst.get(DRAW).text) != first
    page = analyst.get(PAGE).text
    assert "Passed over (1)" in page
    number = re.search(r"/quotes/(\d+)/put-back", page)
    assert number
    assert send(analyst, PAGE, f"{PAGE}/{number[1]}/put-back").status_code == 303
    assert ref_on(analyst.get(DRAW).text) == first


def test_a_withdrawn_quote_is_not_printed_and_says_why(
    signed_in_as: SignedInAs, database: Database, survey_id: int
) -> None:
    analyst, triage = signed_in_as("analyst"), signed_in_as("triage")
    send(analyst, DRAW, f"{DRAW}/propose", ref=ref_on(analyst.get(DRAW).text), words="Ring us with results")
    number = re.search(r"/quotes/(\d+)/approve", triage.get(PAGE).text)
    assert number
    send(triage, PAGE, f"{PAGE}/{number[1]}/approve", alone="y")
    assert send(triage, PAGE, f"{PAGE}/{number[1]}/withdraw").status_code == 422
    assert send(triage, PAGE, f"{PAGE}/{number[1]}/withdraw", reason="unkind").status_code == 303
    assert printed(database, survey_id) == []
    assert "It is unkind about somebody" in triage.get(PAGE).text


def test_pages_show_words_masked_and_nothing_that_leads_to_the_person(
    signed_in_as: SignedInAs, database: Database, survey_id: int
) -> None:
    with database.writing() as session:
        survey = session.get_one(tables.Survey, survey_id)
        comment = next(iter(read_survey(session, survey=survey).written.values()))
        key = session.get_one(tables.ScreenedComment, comment.ref).response_key.hex()
    for page in (PAGE, DRAW):
        assert key not in signed_in_as("analyst").get(page).text


def test_nothing_to_draw_is_said_with_the_reason(signed_in_as: SignedInAs, database: Database) -> None:
    with database.writing() as session:
        coded = a_coded_survey(session)
        a_coded_comment(session, coded, "Alone with this.")
    page = signed_in_as("analyst").get(DRAW)
    assert page.status_code == 200
    assert "no comment left that may be quoted" in page.text


def test_a_question_that_does_not_exist_is_not_found(signed_in_as: SignedInAs, survey_id: int) -> None:
    assert signed_in_as("analyst").get(f"{PAGE}/draw/nothing").status_code == 404
    assert send(signed_in_as("analyst"), PAGE, f"{PAGE}/999/put-back").status_code == 404


@pytest.mark.parametrize("role", ["viewer", "editor"])
def test_others_do_not_see_quotes(signed_in_as: SignedInAs, survey_id: int, role: str) -> None:
    assert signed_in_as(role).get(PAGE).status_code == 403
