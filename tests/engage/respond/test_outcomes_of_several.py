"""The outcome of a survey whose name two organisations use: both are offered, none is guessed."""

import pytest
from flask.testing import FlaskClient

from engage.unit_of_work import Database
from surveys.organisations import add_organisation, ensure_root
from surveys.publishing import publish
from tests.factories import NOW, a_questionnaire, a_survey, words


@pytest.fixture
def two(database: Database) -> None:
    with database.writing() as session:
        a_survey(session)
        hospice = add_organisation(session, parent=ensure_root(session), name="Hospice", kind="provider")
        theirs = a_questionnaire(title=words("What matters at the hospice?"))
        publish(session, organisation=hospice, questionnaire=theirs, at=NOW, by="a@example.org")


@pytest.mark.usefixtures("two")
def test_both_are_offered_by_organisation(client: FlaskClient) -> None:
    page = client.get("/outcomes/small-survey")
    assert page.status_code == 200
    assert "Which organisation asked you?" in page.text
    assert 'href="/outcomes/small-survey/from/trust">Our organisation</a>' in page.text
    assert 'href="/outcomes/small-survey/from/hospice">Hospice</a>' in page.text
    assert "What matters" not in page.text


@pytest.mark.usefixtures("two")
def test_each_is_found_by_its_organisation(client: FlaskClient) -> None:
    theirs = client.get("/outcomes/small-survey/from/hospice")
    assert "What matters at the hospice?" in theirs.text
    assert "What matters to you?" in client.get("/outcomes/small-survey/from/trust/en").text
    for wrong in ("nowhere", "%00", "x" * 300):
        assert client.get(f"/outcomes/small-survey/from/{wrong}").status_code == 404


@pytest.mark.usefixtures("two")
def test_the_question_is_asked_in_the_readers_language(client: FlaskClient) -> None:
    page = client.get("/outcomes/small-survey/ar").text
    assert 'dir="rtl"' in page
    assert 'href="/outcomes/small-survey/from/hospice/ar"' in page


def test_alone_a_survey_needs_no_organisation(client: FlaskClient, database: Database) -> None:
    with database.writing() as session:
        a_survey(session)
    assert "What matters to you?" in client.get("/outcomes/small-survey").text
