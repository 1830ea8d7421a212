"""A code on a poster that hangs before its survey is published."""

import pytest
from flask.testing import FlaskClient

from engage.unit_of_work import Database
from surveys.designing import new_design
from surveys.organisations import ensure_root
from surveys.publishing import publish
from surveys.storage import tables
from tests.engage.respond.conftest import MakeSurvey
from tests.factories import NOW, a_collector, a_questionnaire, words


@pytest.fixture
def code(database: Database) -> str:
    with database.writing() as session:
        questionnaire = a_questionnaire(slug="being-designed", title=words("A secret plan"), languages=("en", "ar"))
        design = new_design(
            session, organisation=ensure_root(session), questionnaire=questionnaire, at=NOW, by="officer@example.org"
        )
        return a_collector(session, session.get_one(tables.Survey, design.survey_id)).code


def test_it_says_that_the_survey_is_not_open_yet_and_nothing_of_the_survey(client: FlaskClient, code: str) -> None:
    for path in (f"/{code}", f"/{code.lower()}", f"/s/{code}", f"/{code}/all", f"/{code}/leaflet", f"/{code}/en/check"):
        page = client.get(path)
        assert page.status_code == 200, path
        assert "This survey is not open yet" in page.text
        assert "Call 999 in an emergency" in page.text
        assert "A secret plan" not in page.text


def test_it_says_so_in_the_language_of_the_address(client: FlaskClient, code: str) -> None:
    page = client.get(f"/{code}/ar")
    assert 'dir="rtl"' in page.text
    assert "لم يبدأ هذا الاستبيان بعد" in page.text
    assert "This survey is not open yet" in client.get(f"/{code}/xx").text


def test_typing_the_code_says_the_same(client: FlaskClient, code: str) -> None:
    assert "This survey is not open yet" in client.post("/", data={"code": code}).text


def test_the_code_works_as_soon_as_the_survey_is_published(client: FlaskClient, database: Database, code: str) -> None:
    client.get(f"/{code}")
    with database.writing() as session:
        questionnaire = a_questionnaire(slug="being-designed")
        publish(session, organisation=ensure_root(session), questionnaire=questionnaire, at=NOW, by="p@example.org")
    assert "What matters to you?" in client.get(f"/{code}").text


def test_a_code_that_nobody_made_is_still_not_found(client: FlaskClient, survey: MakeSurvey, code: str) -> None:
    survey()
    assert client.get("/7C3QX8").status_code == 404
