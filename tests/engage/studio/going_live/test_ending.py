"""Closing, reopening and withdrawing on pages, and what people who scan a code then meet."""

from __future__ import annotations

import datetime

import pytest
from flask import Flask
from sqlalchemy import select

from engage.unit_of_work import Database
from surveys.collectors import stop_collector
from surveys.publishing import survey_status
from surveys.storage import tables
from tests.engage.conftest import SignedInAs
from tests.engage.staff_browser import StaffBrowser
from tests.engage.studio.going_live.designs import a_design
from tests.factories import NOW, a_collector, a_survey

SURVEY = "/staff/surveys/small-survey"
LONG_AGO = datetime.timedelta(days=800)


@pytest.fixture
def publisher(signed_in_as: SignedInAs) -> StaffBrowser:
    return signed_in_as("publisher")


@pytest.fixture
def code(database: Database) -> str:
    with database.writing() as session:
        return a_collector(session, a_survey(session)).code


def status(database: Database) -> str:
    with database.reading() as session:
        return survey_status(session.scalars(select(tables.Survey)).one(), datetime.datetime.now(datetime.UTC))


def next_month() -> str:
    return (datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=30)).strftime("%d/%m/%Y")


def test_a_survey_is_closed_and_opened_again(publisher: StaffBrowser, database: Database, code: str) -> None:
    assert "Close the survey now?" in publisher.get(f"{SURVEY}/close").text
    assert publisher.post(f"{SURVEY}/close").headers["Location"] == SURVEY
    assert status(database) == "closed"
    assert "This survey is closed already" in publisher.get(f"{SURVEY}/close").text
    assert publisher.post(f"{SURVEY}/reopen", {"closes": next_month()}).status_code == 303
    assert status(database) == "open"
    with database.reading() as session:
        actions = [event.action for event in session.scalars(select(tables.AuditEvent).order_by(tables.AuditEvent.id))]
    assert actions[-2:] == ["survey closed", "survey reopened"]


@pytest.mark.parametrize("typed", ["", "soon", "01/01/2020"])
def test_a_last_day_that_cannot_be_is_refused_and_kept(
    publisher: StaffBrowser, database: Database, code: str, typed: str
) -> None:
    publisher.post(f"{SURVEY}/close")
    refused = publisher.post(f"{SURVEY}/reopen", {"closes": typed})
    assert refused.status_code == 422
    assert "There is a problem" in refused.text
    assert status(database) == "closed"


def test_a_survey_is_withdrawn_and_put_back(publisher: StaffBrowser, database: Database, code: str) -> None:
    assert publisher.post(f"{SURVEY}/withdraw").status_code == 303
    assert status(database) == "withdrawn"
    assert "already" in publisher.get(f"{SURVEY}/withdraw").text
    assert "Put the survey back?" in publisher.get(f"{SURVEY}/reopen").text
    assert publisher.post(f"{SURVEY}/reopen").status_code == 303
    assert status(database) == "open"


def test_only_a_publisher_ends_a_survey(signed_in_as: SignedInAs, database: Database, code: str) -> None:
    editor = signed_in_as("editor")
    for act in ("close", "reopen", "withdraw"):
        assert editor.get(f"{SURVEY}/{act}").status_code == 403
        assert editor.post(f"{SURVEY}/{act}", form_at=SURVEY).status_code == 403
    assert status(database) == "open"


def test_a_draft_has_nothing_to_end(publisher: StaffBrowser, database: Database) -> None:
    with database.writing() as session:
        a_design(session)
    for act in ("close", "reopen", "withdraw"):
        page = publisher.get(f"{SURVEY}/{act}")
        assert page.status_code == 200
        assert "not been published yet" in page.text
        assert publisher.post(f"{SURVEY}/{act}", form_at=SURVEY).status_code == 200


@pytest.mark.parametrize("state", ["closed", "withdrawn", "stopped", "not_yet_open", "unpublished"])
def test_a_scanned_code_always_says_how_things_stand(application: Flask, database: Database, state: str) -> None:
    with database.writing() as session:
        survey = a_design(session) if state == "unpublished" else a_survey(session)
        collector = a_collector(session, survey)
        match state:
            case "closed":
                survey.closes_at = NOW - LONG_AGO
            case "withdrawn":
                survey.withdrawn_at = NOW - LONG_AGO
            case "stopped":
                stop_collector(session, collector=collector, at=NOW - LONG_AGO, by="officer@example.org")
            case "not_yet_open":
                survey.opens_at = NOW + LONG_AGO
        code = collector.code
    phone = application.test_client()
    for address in (f"/{code}", f"/{code}/all", f"/s/{code}"):
        page = phone.get(address, follow_redirects=True)
        assert page.status_code == 200
        assert any(words in page.text for words in ("closed", "withdrawn", "not open yet")), address
    if state in ("closed", "withdrawn", "stopped"):
        assert "/outcomes/small-survey" in page.text
        assert phone.get("/outcomes/small-survey").status_code == 200
