"""The studio: surveys with their answers so far, and removing what does not belong."""

import datetime
import re

import pytest
from sqlalchemy import func, select

from engage.unit_of_work import Database
from surveys.sign_ups import add_sign_up
from surveys.storage import tables
from tests.engage.conftest import SignedInAs
from tests.engage.staff_browser import StaffBrowser
from tests.factories import TODAY, a_collector, a_response, a_survey, some_answers

REMOVE = "/staff/surveys/small-survey/answers/remove"
KEY = re.compile(r'name="key" value="([0-9a-f]{32})"')


@pytest.fixture
def officer(signed_in_as: SignedInAs) -> StaffBrowser:
    return signed_in_as("officer")


@pytest.fixture
def codes(database: Database) -> tuple[str, str]:
    """A waiting room with three answers and a ward with one."""
    with database.writing() as session:
        survey = a_survey(session)
        room, ward = a_collector(session, survey), a_collector(session, survey, name="Ward 7")
        for comment in ("Shorter waits, please.", "asdf asdf", "100% of the _staff_ were kind"):
            a_response(session, room, some_answers(waiting__comment=comment))
        a_response(session, ward, some_answers(), at=TODAY - datetime.timedelta(days=1))
        return room.code, ward.code


def test_the_first_page_says_how_to_begin(officer: StaffBrowser) -> None:
    assert "There are no surveys yet" in officer.get("/staff/").text


def test_the_first_page_lists_surveys_with_answers_so_far(officer: StaffBrowser, codes: tuple[str, str]) -> None:
    page = officer.get("/staff").text
    assert "What matters to you?" in page
    assert re.search(r'Answers in all </span><span class="engage-cell">4</span>', page)
    assert "Live" in page


def test_a_survey_without_collectors_says_how_to_add_one(officer: StaffBrowser, database: Database) -> None:
    with database.writing() as session:
        a_survey(session)
    assert (
        'href="/staff/surveys/small-survey/share">Add the first place'
        in officer.get("/staff/surveys/small-survey").text
    )


def test_a_survey_lists_its_collectors(officer: StaffBrowser, codes: tuple[str, str]) -> None:
    page = officer.get("/staff/surveys/small-survey").text
    for code in codes:
        assert f"http://localhost/{code}" in page
    assert re.findall(r'engage-number">([^<]+)</td>', page) == ["fewer than 10", "fewer than 10"]
    assert "Alliance / North / Trust" in page


def test_a_viewer_is_offered_nothing_that_would_be_refused(signed_in_as: SignedInAs, codes: tuple[str, str]) -> None:
    viewer = signed_in_as("viewer")
    page = viewer.get("/staff/surveys/small-survey").text
    links = re.findall(r'href="(/staff/[^"]*)"', page)
    assert links
    assert all(viewer.get(link).status_code == 200 for link in links)


def test_answers_are_shown_only_when_looked_for(officer: StaffBrowser, codes: tuple[str, str]) -> None:
    assert not KEY.search(officer.get("/staff/surveys/small-survey/answers").text)
    assert not KEY.search(officer.get("/staff/surveys/small-survey/answers?collector=&day=&words=").text)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("words=ASDF", 1), ("words=100%25 of", 1), ("words=_staff_", 1), ("words=%25", 1), ("words=nothing like it", 0),
        (f"day={TODAY}", 3), (f"day={TODAY - datetime.timedelta(days=1)}", 1), ("collector={ward}", 1),
        (f"collector={{room}}&day={TODAY}&words=waits", 1), (f"collector={{ward}}&day={TODAY}", 0),
    ],
)  # fmt: skip
def test_answers_are_found_by_collector_day_and_words(
    officer: StaffBrowser, codes: tuple[str, str], query: str, found: int
) -> None:
    page = officer.get("/staff/surveys/small-survey/answers?" + query.format(room=codes[0], ward=codes[1]))
    assert page.status_code == 200
    assert len(KEY.findall(page.text)) == found


@pytest.mark.parametrize("query", ["day=yesterday", "collector=999999", "words=" + "x" * 201, "day=2026-02-30"])
def test_a_search_that_cannot_be_read_says_so(officer: StaffBrowser, codes: tuple[str, str], query: str) -> None:
    page = officer.get(f"/staff/surveys/small-survey/answers?{query}")
    assert page.status_code == 422
    assert "There is a problem" in page.text


def test_answers_are_shown_in_words(officer: StaffBrowser, codes: tuple[str, str]) -> None:
    page = officer.get("/staff/surveys/small-survey/answers?words=Shorter&collector=" + codes[0]).text
    for words in (
        "Waiting less: How important is this to you?",
        "Very important",
        "I am not sure",
        "Shorter waits, please.",
    ):
        assert words in page
    assert "At home, then In hospital" in page


def test_looking_is_noted_without_what_was_seen(
    officer: StaffBrowser, database: Database, codes: tuple[str, str]
) -> None:
    officer.get("/staff/surveys/small-survey/answers?words=Shorter")
    with database.reading() as session:
        event = session.scalars(select(tables.AuditEvent).order_by(tables.AuditEvent.id.desc())).first()
    assert event
    assert (event.action, event.actor, event.detail) == ("single answers shown", "officer@example.org", {"shown": 2})


def test_an_answer_is_removed_after_a_reason_and_a_second_press(
    officer: StaffBrowser, database: Database, codes: tuple[str, str]
) -> None:
    search = "/staff/surveys/small-survey/answers?words=asdf"
    key = KEY.findall(officer.get(search).text)[0]
    asked = officer.post(REMOVE, {"key": key}, form_at=search)
    assert "Remove this answer for good?" in asked.text
    assert responses(database) == 4
    without_reason = officer.post(REMOVE, {"key": key, "sure": "yes", "reason": ""}, form_at=search)
    assert without_reason.status_code == 422
    assert responses(database) == 4
    done = officer.post(REMOVE, {"key": key, "sure": "yes", "reason": "A test by our own team"}, form_at=search)
    assert "The answer is removed" in officer.get(done.headers["Location"]).text
    assert responses(database) == 3
    assert not KEY.search(officer.get(search).text)
    with database.reading() as session:
        event = session.scalars(select(tables.AuditEvent).order_by(tables.AuditEvent.id.desc())).first()
    assert event
    assert event.action == "response removed"
    assert event.detail == {"collector": f"{codes[0]} Waiting room", "reason": "A test by our own team"}
    assert key not in str(event.detail)


@pytest.mark.parametrize("key", ["", "0" * 32, "zz" * 16, "0" * 31, "' OR 1=1 --"])
def test_an_answer_that_does_not_exist_is_not_found(
    officer: StaffBrowser, database: Database, codes: tuple[str, str], key: str
) -> None:
    answer = officer.post(REMOVE, {"key": key, "sure": "yes", "reason": "a test of ours"}, form_at="/staff/")
    assert answer.status_code == 404
    assert responses(database) == 4


def test_an_answer_of_another_survey_is_not_removed(
    officer: StaffBrowser, database: Database, codes: tuple[str, str]
) -> None:
    from tests.factories import a_questionnaire

    with database.writing() as session:
        a_survey(session, a_questionnaire(slug="another-survey"))
        key = session.scalars(select(tables.Response.key)).first()
    assert key
    path = "/staff/surveys/another-survey/answers/remove"
    answer = officer.post(path, {"key": key.hex(), "sure": "yes", "reason": "a test of ours"}, form_at="/staff/")
    assert answer.status_code == 404
    assert responses(database) == 4


def test_sign_ups_are_downloaded_as_harmless_cells_and_noted(
    officer: StaffBrowser, database: Database, codes: tuple[str, str]
) -> None:
    with database.writing() as session:
        survey = session.scalars(select(tables.Survey)).one()
        owner = {"survey_id": survey.id, "organisation_id": survey.organisation_id}
        add_sign_up(session, **owner, wants="workshop", contact="+447700900123")
    answer = officer.get("/staff/surveys/small-survey/sign-ups.csv")
    assert answer.text == "\ufeffwants,contact\r\nworkshop,'+447700900123\r\n"
    with database.reading() as session:
        event = session.scalars(select(tables.AuditEvent).order_by(tables.AuditEvent.id.desc())).first()
    assert event
    assert (event.action, event.detail) == ("sign ups exported", {"rows": 1})


def responses(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(tables.Response)) or 0
