"""A survey's own page: its steps before it is published, and its state beside them afterwards."""

import re

import pytest
from flask import Flask

from engage.unit_of_work import Database
from surveys.designing import ensure_design
from tests.engage.conftest import SignedInAs
from tests.engage.queries import queries_counted
from tests.engage.staff_browser import StaffBrowser
from tests.factories import NOW, a_collector, a_response, a_survey

HUB = "/staff/surveys/what-matters"
STEP = re.compile(r'<section aria-label="Next step">.*?href="([^"]*)"', re.S)


@pytest.fixture
def officer(signed_in_as: SignedInAs) -> StaffBrowser:
    return signed_in_as("officer")


def test_a_new_survey_leads_to_its_themes(officer: StaffBrowser) -> None:
    officer.post("/staff/new-survey", {"start": "strategy", "title": "What matters?", "audience": ""})
    page = officer.get(HUB).text
    (step,) = STEP.findall(page)
    assert step == f"{HUB}/themes"
    addresses = re.findall(rf'task-list__link" href="{HUB}/([a-z]+)"', page)
    assert addresses == [
        "themes", "questions", "about", "dates", "people", "equality", "audiences", "documents", "share", "editions",
        "preview", "checks", "publish",
    ]  # fmt: skip


def test_a_live_survey_shows_how_it_goes_and_that_changes_wait(officer: StaffBrowser, database: Database) -> None:
    with database.writing() as session:
        survey = a_survey(session)
        a_response(session, a_collector(session, survey))
        ensure_design(session, survey=survey, at=NOW, by="o@example.org")
    page = officer.get("/staff/surveys/small-survey").text
    assert STEP.findall(page) == ["/staff/surveys/small-survey/live"]
    form = "/staff/surveys/small-survey/people"
    revision = re.findall(r'name="revision" value="(\d+)"', officer.get(form).text)[0]
    officer.post(form, {"revision": revision, "contact": "Call us.", "help_line": "Call 111."})
    page = officer.get("/staff/surveys/small-survey").text
    assert "You have changes that are not published" in page
    assert STEP.findall(page) == ["/staff/surveys/small-survey/publish"]
    assert "<strong>1</strong> answer so far" in page


def test_a_survey_published_from_a_file_shows_its_steps_without_being_changed(
    officer: StaffBrowser, database: Database
) -> None:
    with database.writing() as session:
        a_survey(session)
    assert "People get what you see here" in officer.get("/staff/surveys/small-survey").text


def test_a_viewer_sees_the_state_and_no_steps(signed_in_as: SignedInAs, database: Database) -> None:
    with database.writing() as session:
        a_survey(session)
    page = signed_in_as("viewer").get("/staff/surveys/small-survey").text
    assert "task-list" not in page
    assert "Results and reports" in page


def test_a_viewer_of_a_draft_reads_that_it_is_one(signed_in_as: SignedInAs, officer: StaffBrowser) -> None:
    officer.post("/staff/new-survey", {"start": "blank", "title": "What matters?", "audience": ""})
    page = signed_in_as("viewer").get(HUB).text
    assert "Nobody can answer it yet" in page
    assert f'href="{HUB}/' not in page


def test_the_page_needs_few_queries(application: Flask, officer: StaffBrowser, database: Database) -> None:
    with database.writing() as session:
        survey = a_survey(session)
        for number in range(30):
            a_collector(session, survey, name=f"Place {number}")
        ensure_design(session, survey=survey, at=NOW, by="o@example.org")
    with queries_counted(application) as sent:
        assert officer.get("/staff/surveys/small-survey").status_code == 200
    assert len(sent) <= 30
