"""Words to send: for one row, counted by the server, and the same link for everybody."""

import pytest
from sqlalchemy import select

from engage.unit_of_work import Database
from surveys.storage import tables
from tests.engage.staff_browser import StaffBrowser
from tests.engage.studio.sharing.conftest import SHARE
from tests.factories import a_collector

WORDS = f"{SHARE}/words"


@pytest.fixture
def code(officer: StaffBrowser, database: Database) -> str:
    with database.writing() as session:
        survey = session.scalars(select(tables.Survey)).one()
        organisation = session.get_one(tables.Organisation, survey.organisation_id)
        organisation.standing_texts = {"sender": "NorthTrust"}
        a_collector(session, survey, name="First")
        return a_collector(session, survey, name="Second").code


def test_without_a_code_the_page_leads_to_making_one(officer: StaffBrowser) -> None:
    assert "There is no code to send yet" in officer.get(WORDS).text


def test_the_words_hold_sender_question_full_address_and_telephone(officer: StaffBrowser, code: str) -> None:
    page = officer.get(f"{WORDS}?row={code}").text
    for wanted in (
        "NorthTrust: What matters to you?",
        f"http://localhost/{code}",
        "characters: sent and charged as 1 text message",
        "not who you are",
        "This link is the same for everybody",
    ):
        assert wanted in page


def test_a_changed_message_is_counted_without_script_and_by_a_script(officer: StaffBrowser, code: str) -> None:
    page = officer.post(WORDS, {"text": "Cześć " * 12})
    assert "hold 70 characters" in page.text
    assert "2 text messages" in page.text
    answer = officer.client.post(
        WORDS,
        data={"csrf_token": officer.token(WORDS), "text": "Hello"},
        headers={"X-Autosave": "1"},
        environ_base=officer.environment,
    )
    assert answer.json == {
        "status": "",
        "hints": {"count": "5 characters: sent and charged as 1 text message. 155 more characters fit."},
    }


def test_an_unknown_row_or_language_falls_back_to_what_there_is(officer: StaffBrowser, code: str) -> None:
    assert officer.get(f"{WORDS}?row=222222&language=xx").status_code == 200
