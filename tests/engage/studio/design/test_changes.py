"""What was changed: undo from every page, the list of changes, and who else works on a survey."""

import datetime
import re

import pytest

from engage import clock
from engage.unit_of_work import Database
from surveys.designing import Content, find_design, save_design
from surveys.designing.themes import remove_theme
from surveys.organisations import ensure_root
from surveys.storage import tables
from tests.engage.staff_browser import StaffBrowser
from tests.engage.studio.design.conftest import SURVEY


def removed_by(database: Database, theme_id: str, who: str) -> int:
    """Somebody takes a theme out; the revision that this made."""

    def change(content: Content) -> Content:
        return Content(remove_theme(content.questionnaire, theme_id), content.preparation)

    with database.writing() as session:
        survey = session.query(tables.Survey).one()
        now = find_design(session, survey=survey)
        assert now is not None
        at = clock.now() - datetime.timedelta(minutes=2)
        says = f"Theme “{theme_id}” removed"
        design = save_design(
            session, survey=survey, seen=now.revision, part=lambda c: 0, change=change, says=says, at=at, by=who
        )
        return design.revision


def themes_now(database: Database) -> list[str]:
    with database.reading() as session:
        design = find_design(session, survey=session.query(tables.Survey).one())
        assert design is not None
        return [theme.id for theme in design.questionnaire.themes]


def test_a_page_says_who_else_changed_the_survey_and_when(officer: StaffBrowser, database: Database) -> None:
    removed_by(database, "staff", "anna@example.org")
    page = officer.get(f"{SURVEY}/history").text
    assert "<strong>anna@example.org</strong> also works on this survey. Last change: 2 minutes ago" in page


def test_a_page_does_not_tell_somebody_of_their_own_change(officer: StaffBrowser, database: Database) -> None:
    removed_by(database, "staff", "officer@example.org")
    assert "also works on this survey" not in officer.get(f"{SURVEY}/history").text


def test_the_last_change_can_be_undone_and_then_the_one_before(officer: StaffBrowser, database: Database) -> None:
    removed_by(database, "staff", "anna@example.org")
    revision = removed_by(database, "waiting", "officer@example.org")
    page = officer.get(f"{SURVEY}/history").text
    assert "Theme “waiting” removed</span></button>" in page
    sent = {"revision": str(revision), "then": f"{SURVEY}/history"}
    reply = officer.post(f"{SURVEY}/undo", sent, form_at=f"{SURVEY}/history")
    assert (reply.status_code, reply.location) == (303, f"{SURVEY}/history")
    assert themes_now(database) == ["waiting", "digital"]
    page = officer.get(f"{SURVEY}/history").text
    assert "Theme “staff” removed</span></button>" in page
    officer.post(f"{SURVEY}/undo", sent | {"revision": str(revision + 1)}, form_at=f"{SURVEY}/history")
    assert themes_now(database) == ["waiting", "digital", "staff"]
    page = officer.get(f"{SURVEY}/history").text
    assert re.search(r"<li hidden>\s*<form[^>]*/undo", page)
    assert re.findall(r"<tr><td>([^<]*)</td>", page) == [
        "Undone: Theme “staff” removed",
        "Undone: Theme “waiting” removed",
        "Theme “waiting” removed",
        "Theme “staff” removed",
        "Survey begun",
    ]


def test_nobody_undoes_a_change_that_they_have_not_seen(officer: StaffBrowser, database: Database) -> None:
    seen = removed_by(database, "staff", "officer@example.org")
    removed_by(database, "waiting", "anna@example.org")
    sent = {"revision": str(seen), "then": f"{SURVEY}/themes"}
    reply = officer.post(f"{SURVEY}/undo", sent, form_at=f"{SURVEY}/history")
    assert reply.status_code == 409
    assert "anna@example.org changed this survey" in reply.text
    assert themes_now(database) == ["digital"]


def test_undo_leads_back_to_the_list_where_the_page_is_gone(officer: StaffBrowser, database: Database) -> None:
    revision = removed_by(database, "staff", "officer@example.org")
    where = f"{SURVEY}/themes/made-up"
    sent = {"revision": str(revision), "then": where}
    assert officer.post(f"{SURVEY}/undo", sent, form_at=f"{SURVEY}/history").location == f"{SURVEY}/themes"


@pytest.mark.parametrize("then", ["https://example.com/", "//example.com", "/staff/people", ""])
def test_undo_leads_nowhere_else(officer: StaffBrowser, database: Database, then: str) -> None:
    revision = removed_by(database, "staff", "officer@example.org")
    sent = {"revision": str(revision), "then": then}
    assert officer.post(f"{SURVEY}/undo", sent, form_at=f"{SURVEY}/history").location == SURVEY


def test_another_organisations_changes_are_not_found(officer: StaffBrowser, database: Database) -> None:
    with database.writing() as session:
        other = tables.Organisation(slug="other", name="Other", kind="trust", parent_id=ensure_root(session).id)
        session.add(other)
        session.flush()
        survey = session.query(tables.Survey).one()
        survey.organisation_id = other.id
    assert officer.get(f"{SURVEY}/history").status_code == 404
    assert officer.post(f"{SURVEY}/undo", {"revision": "1"}, form_at="/staff/").status_code == 404
