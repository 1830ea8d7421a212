"""The hub of a survey's comments, and the counts on the live page and on the first page."""

import datetime
import re

import pytest
from sqlalchemy.orm import Session

from engage.unit_of_work import Database
from surveys.storage import tables
from tests.commented import a_comment, a_commented_survey
from tests.engage.conftest import SignedInAs
from tests.factories import NOW, a_response, a_survey, some_answers

HUB, LIVE = "/staff/surveys/small-survey/comments", "/staff/surveys/small-survey/live"
LAST_WEEK = datetime.date.today() - datetime.timedelta(days=9)  # noqa: DTZ011 The page itself asks for today.


def counted(page: str) -> dict[str, list[str]]:
    """The cells of the table of levels, by level."""
    rows = re.findall(r'scope="row">(.*?)</th>(.*?)</tr>', page, re.DOTALL)
    return {name: re.findall(r">(\d+)<", cells) for name, cells in rows}


def move(session: Session, comment: tables.ScreenedComment, state: str) -> None:
    session.get_one(tables.CommentState, comment.ref).state = state


@pytest.fixture
def comments(database: Database) -> None:
    with database.writing() as session:
        at = a_commented_survey(session)
        today = datetime.date.today()  # noqa: DTZ011 The page itself asks for today.
        a_comment(session, at, "I want to kill myself", on=today, read=False)
        a_comment(session, at, "I will kill myself.", on=LAST_WEEK, read=False)
        move(session, a_comment(session, at, "They said: kill myself", on=LAST_WEEK), "escalated")
        a_comment(session, at, "Write to a@example.org", on=today, read=False)
        a_comment(session, at, "Long waits", on=LAST_WEEK)
        move(session, a_comment(session, at, "Long waits again", on=LAST_WEEK), "read")
        a_response(session, at.collector, some_answers(waiting__comment="Not looked at yet", missing="Nor this"))


@pytest.mark.usefixtures("comments")
@pytest.mark.parametrize("page", [HUB, LIVE])
def test_comments_are_counted_by_level_and_state(signed_in_as: SignedInAs, page: str) -> None:
    shown = signed_in_as("officer").get(page)
    assert shown.status_code == 200
    cells = counted(shown.text)
    assert cells["Possible harm"] == ["2", "1", "1", "0", "0"]
    assert cells["Names or contact details"] == ["1", "0", "0", "0", "0"]
    assert cells["The rest"] == ["0", "0", "0", "1", "1"]
    assert "<strong>2</strong> comments are not sorted yet" in shown.text


@pytest.mark.usefixtures("comments")
def test_the_survey_leads_to_its_comments_for_those_who_read_them(signed_in_as: SignedInAs) -> None:
    link = f'href="{HUB}"'
    assert link in signed_in_as("analyst").get("/staff/surveys/small-survey").text
    assert link in signed_in_as("triage").get(LIVE).text
    assert link not in signed_in_as("editor").get("/staff/surveys/small-survey").text
    assert link not in signed_in_as("editor").get(LIVE).text
    assert signed_in_as("editor").get(HUB).status_code == 403


def test_what_is_not_published_or_another_organisations_has_no_comments(
    database: Database, signed_in_as: SignedInAs
) -> None:
    with database.writing() as session:
        owner = a_survey(session)
        other = tables.Organisation(parent_id=owner.organisation_id, slug="other", name="Other", kind="provider")
        session.add(other)
        session.flush()
        for slug, organisation_id in (("draft", owner.organisation_id), ("theirs", other.id)):
            session.add(tables.Survey(organisation_id=organisation_id, slug=slug, created_at=NOW))
    browser = signed_in_as("officer")
    for slug in ("draft", "theirs", "nowhere"):
        assert browser.get(f"/staff/surveys/{slug}/comments").status_code == 404


@pytest.mark.usefixtures("comments")
def test_the_first_page_tells_those_who_sort_comments_what_needs_them(signed_in_as: SignedInAs) -> None:
    page = signed_in_as("triage").get("/staff/").text
    assert "2 comments with possible harm<br>1 comment overdue" in page
    assert "with possible harm" not in signed_in_as("analyst").get("/staff/").text


@pytest.mark.usefixtures("comments")
def test_the_counts_can_be_taken_home(signed_in_as: SignedInAs) -> None:
    file = signed_in_as("analyst").get(f"{HUB}/counts.csv")
    assert file.headers["Content-Type"] == "text/csv; charset=utf-8"
    lines = file.text.removeprefix("\ufeff").splitlines()
    assert lines[0].startswith("level,waiting,overdue,read,escalated,no action,opened")
    assert lines[1].startswith("Possible harm,2,1,0,1,0,1,")
    assert lines[-1] == "Not screened yet,2,,,,,,,"
