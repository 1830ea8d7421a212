"""The first page: what needs a person, for whom, in the same few queries however many surveys there are."""

import datetime
import re

import pytest
from flask import Flask
from sqlalchemy import select

from engage.unit_of_work import Database
from surveys.designing import new_design
from surveys.organisations import ensure_root
from surveys.storage import tables
from tests.engage.conftest import SignedInAs
from tests.engage.queries import queries_counted
from tests.engage.staff_browser import StaffBrowser
from tests.factories import NOW, a_collector, a_questionnaire, a_response, a_survey, words

LONG_AGO = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=9)


@pytest.fixture
def officer(signed_in_as: SignedInAs) -> StaffBrowser:
    return signed_in_as("officer")


def numbers(page: str) -> list[str]:
    """The answers of today and in all, survey by survey."""
    return re.findall(r'Answers (?:today|in all) </span><span class="engage-cell">([\d,]+)</span>', page)


def a_draft(database: Database, slug: str = "next-year", title: str = "What next year?") -> None:
    with database.writing() as session:
        questionnaire = a_questionnaire(slug=slug, title=words(title))
        new_design(session, organisation=ensure_root(session), questionnaire=questionnaire, at=NOW, by="o@example.org")


def test_an_empty_installation_has_one_button(officer: StaffBrowser) -> None:
    page = officer.get("/staff/").text
    assert "Make your first survey" in page
    assert page.count("nhsuk-button") == 1


def test_somebody_who_only_looks_is_not_offered_to_make_one(signed_in_as: SignedInAs) -> None:
    page = signed_in_as("viewer").get("/staff/").text
    assert "There are no surveys yet" in page
    assert "/staff/new-survey" not in page


def test_a_draft_has_its_title_before_anything_is_published(officer: StaffBrowser, database: Database) -> None:
    a_draft(database)
    page = officer.get("/staff/").text
    assert "What next year?" in page
    assert "Draft" in page


@pytest.mark.parametrize(
    ("answered", "says"), [(True, "No answers for 9 days"), (False, "No answers yet after 9 days")]
)
def test_a_live_survey_that_has_fallen_silent_needs_attention(
    officer: StaffBrowser, database: Database, answered: bool, says: str
) -> None:
    with database.writing() as session:
        collector = a_collector(session, a_survey(session, at=LONG_AGO))
        if answered:
            a_response(session, collector, at=LONG_AGO.date())
    assert says in officer.get("/staff/").text


def test_answers_of_today_are_counted_apart(officer: StaffBrowser, database: Database) -> None:
    with database.writing() as session:
        collector = a_collector(session, a_survey(session))
        a_response(session, collector, at=datetime.datetime.now(datetime.UTC).date())
        a_response(session, collector, at=LONG_AGO.date())
    page = officer.get("/staff/").text
    assert numbers(page) == ["1", "2"]


def test_a_live_survey_without_a_place_needs_attention(officer: StaffBrowser, database: Database) -> None:
    with database.writing() as session:
        a_survey(session)
    assert "No place to answer yet" in officer.get("/staff/").text


def test_a_language_that_is_not_ready_needs_attention(officer: StaffBrowser, database: Database) -> None:
    with database.writing() as session:
        questionnaire = a_questionnaire(languages=("en", "pl"))
        new_design(session, organisation=ensure_root(session), questionnaire=questionnaire, at=NOW, by="o@example.org")
    assert "1 language is not ready" in officer.get("/staff/").text


def test_answers_of_an_import_that_is_not_complete_do_not_count(officer: StaffBrowser, database: Database) -> None:
    with database.writing() as session:
        survey = a_survey(session)
        batch = tables.ImportBatch(
            survey_id=survey.id, organisation_id=survey.organisation_id, file_name="a.csv", started_at=NOW,
            completed_at=None, imported_by="o@example.org", rows=1,
        )  # fmt: skip
        session.add(batch)
        session.flush()
        a_response(session, a_collector(session, survey))
        session.scalars(select(tables.Response)).one().batch_id = batch.id
    assert numbers(officer.get("/staff/").text) == ["0", "0"]


def test_another_organisations_surveys_are_not_there(officer: StaffBrowser, database: Database) -> None:
    with database.writing() as session:
        other = tables.Organisation(slug="other", name="Other", kind="trust", parent_id=ensure_root(session).id)
        session.add(other)
        session.flush()
        questionnaire = a_questionnaire(slug="theirs", title=words("Nobody here may see this"))
        new_design(session, organisation=other, questionnaire=questionnaire, at=NOW, by="o@example.org")
    assert "theirs" not in officer.get("/staff/").text
    assert officer.get("/staff/surveys/theirs").status_code == 404


def test_a_patient_partner_sees_only_drafts_to_read(signed_in_as: SignedInAs, database: Database) -> None:
    a_draft(database)
    with database.writing() as session:
        a_survey(session)
    partner = signed_in_as("patient_partner")
    page = partner.get("/staff/").text
    assert 'href="/staff/previews/next-year"' in page
    assert "small-survey" not in page
    assert partner.get("/staff/surveys/next-year").status_code == 403


def test_the_list_takes_as_many_queries_for_forty_surveys_as_for_one(
    application: Flask, officer: StaffBrowser, database: Database
) -> None:
    needed = []
    for total in (1, 40):
        for number in range(total):
            a_draft(database, slug=f"draft-{total}-{number}")
            with database.writing() as session:
                a_survey(session, a_questionnaire(slug=f"public-{total}-{number}"))
        with queries_counted(application) as sent:
            assert officer.get("/staff/").status_code == 200
        needed.append(len(sent))
    assert needed[0] == needed[1] <= 10
