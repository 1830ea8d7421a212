"""Linking a survey to an earlier one on its page, and saying how single questions compare."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engage.unit_of_work import Database
from surveys.publishing import find_survey
from surveys.storage import tables
from surveys.waves import earlier_survey
from tests.engage.conftest import SignedInAs
from tests.engage.organisations.test_tree_page import events
from tests.engage.staff_browser import StaffBrowser
from tests.factories import a_questionnaire, a_survey, a_theme

PAGE = "/staff/surveys/two/waves"


@pytest.fixture
def officer(signed_in_as: SignedInAs, database: Database) -> StaffBrowser:
    """With two published surveys, of which the second names one theme anew and has one more."""
    small = a_questionnaire()
    themes = (a_theme("waiting", "Shorter waits"), *small.themes[1:], a_theme("care", "Kinder care"))
    with database.writing() as session:
        a_survey(session, replace(small, slug="one"))
        a_survey(session, replace(small, slug="two", themes=themes))
    return signed_in_as("officer")


def kept(database: Database) -> dict[str, str] | None:
    with database.reading() as session:
        survey = find_survey(session, slug="two")
        link = session.get(tables.Wave, survey.id)
        return None if link is None else dict(link.comparability)


def test_the_hub_leads_to_the_page_and_the_page_asks_which_survey_came_before(officer: StaffBrowser) -> None:
    assert f'href="{PAGE}"' in officer.get("/staff/surveys/two").text
    page = officer.get(PAGE).text
    assert '<option value="one">What matters to you? (one)</option>' in page
    assert "Compared with" not in page


def test_a_survey_is_linked_and_each_question_shown_side_by_side_with_the_reason(
    officer: StaffBrowser, database: Database
) -> None:
    assert officer.post(PAGE, {"earlier": "one"}).status_code == 303
    page = officer.get(PAGE).text
    assert "Compared with What matters to you? (one)" in page
    assert "<strong>Before:</strong> Waiting less<br><strong>Now:</strong> Shorter waits" in page
    assert (
        'Kinder care: How important is this to you? <span class="nhsuk-body-s">It was not asked before.</span>' in page
    )
    assert 'name="compares-care.importance"' not in page
    assert kept(database) == {}
    assert events(database) == ["wave linked"]


def test_what_somebody_says_of_a_question_is_kept(officer: StaffBrowser, database: Database) -> None:
    officer.post(PAGE, {"earlier": "one"})
    said = {"earlier": "one", "compares-most_important": "similar", "compares-connection": "new"}
    assert officer.post(f"{PAGE}/questions", said, form_at=PAGE).status_code == 303
    assert kept(database) == {"most_important": "similar", "connection": "new"}
    page = officer.get(PAGE).text
    assert page.count('<option value="similar" selected>') == 3
    nonsense = {"earlier": "one", "compares-most_important": "equal", "compares-care.importance": "same"}
    assert officer.post(f"{PAGE}/questions", nonsense, form_at=PAGE).status_code == 303
    assert kept(database) == {"connection": "new"}


def test_what_was_read_before_somebody_chose_another_survey_is_not_kept(
    officer: StaffBrowser, database: Database
) -> None:
    officer.post(PAGE, {"earlier": "one"})
    late = officer.post(f"{PAGE}/questions", {"earlier": "other", "compares-connection": "new"}, form_at=PAGE)
    assert late.status_code == 422
    assert "Somebody chose another survey meanwhile" in late.text
    assert kept(database) == {}


def test_a_survey_stands_alone_again(officer: StaffBrowser, database: Database) -> None:
    officer.post(PAGE, {"earlier": "one"})
    assert officer.post(f"{PAGE}/remove", form_at=PAGE).status_code == 303
    assert kept(database) is None
    assert events(database) == ["wave linked", "wave removed"]
    with database.reading() as session:
        assert earlier_survey(session, survey=find_survey(session, slug="two")) is None


def test_only_a_survey_that_may_come_before_can_be_chosen(officer: StaffBrowser) -> None:
    for wanted in ("", "two", "nowhere"):
        refused = officer.post(PAGE, {"earlier": wanted})
        assert refused.status_code == 422
        assert "Choose the survey that came before" in refused.text
    officer.post(PAGE, {"earlier": "one"})
    assert "There is no other survey that could have come before" in officer.get("/staff/surveys/one/waves").text


def test_whoever_makes_no_reports_does_not_change_what_they_compare(
    signed_in_as: SignedInAs, officer: StaffBrowser
) -> None:
    assert officer.get(PAGE).status_code == 200
    assert signed_in_as("editor").get(PAGE).status_code == 403
