"""Looking for test answers shows no more of a comment than everybody may see, and finds nothing behind a mask."""

import html

import pytest

from engage.unit_of_work import Database
from surveys.comments.screening import screen_new
from surveys.publishing import find_survey
from surveys.storage import tables
from tests.commented import a_comment, a_commented_survey
from tests.engage.conftest import SignedInAs
from tests.engage.staff_browser import StaffBrowser
from tests.factories import TODAY, a_response, some_answers

SEARCH = "/staff/surveys/small-survey/answers?"


@pytest.fixture
def officer(signed_in_as: SignedInAs) -> StaffBrowser:
    return signed_in_as("officer")


def found(officer: StaffBrowser, words: str) -> int:
    return officer.get(f"{SEARCH}words={words}").text.count('name="key"')


@pytest.mark.parametrize("screened", [False, True])
def test_masked_words_are_shown_and_searched_from_the_first_moment(
    officer: StaffBrowser, database: Database, screened: bool
) -> None:
    with database.writing() as session:
        at = a_commented_survey(session)
        a_response(session, at.collector, some_answers(waiting__comment="Kind nurse, write to zeb@example.org"))
        if screened:
            screen_new(session, survey=find_survey(session, slug="small-survey"))
    page = html.unescape(officer.get(f"{SEARCH}day={TODAY}").text)
    assert "Kind nurse, write to [email address]" in page
    assert "zeb@example.org" not in page
    assert found(officer, "KIND+nurse") == 1
    assert found(officer, "zeb@example") == 0
    assert found(officer, "zeb") == 0


def test_an_escalated_comment_is_withheld_and_cannot_be_searched(officer: StaffBrowser, database: Database) -> None:
    with database.writing() as session:
        screened = a_comment(session, a_commented_survey(session), "The tablets were forgotten twice")
        session.get_one(tables.CommentState, screened.ref).state = "escalated"
    page = officer.get(f"{SEARCH}day={TODAY}").text
    assert "[withheld]" in page
    assert "tablets" not in page
    assert found(officer, "tablets") == 0
    assert found(officer, "withheld") == 0


def test_the_page_that_asks_for_a_reason_to_remove_shows_masked_words_too(
    officer: StaffBrowser, database: Database
) -> None:
    with database.writing() as session:
        screened = a_comment(session, a_commented_survey(session), "Write to zeb@example.org")
        key = screened.response_key.hex()
    page = officer.post("/staff/surveys/small-survey/answers/remove", {"key": key}, form_at=f"{SEARCH}day={TODAY}").text
    assert "Write to [email address]" in page
    assert "zeb@example.org" not in page
