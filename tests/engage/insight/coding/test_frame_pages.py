"""The pages on which code frames are made and changed, and comments found."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from engage.unit_of_work import Database
from surveys.coding.frames import live_codes
from surveys.storage import tables
from tests.coding import a_frame, code_named, give
from tests.commented import a_comment, a_commented_survey
from tests.engage.conftest import SignedInAs
from tests.engage.organisations.test_tree_page import events
from tests.engage.staff_browser import StaffBrowser

HUB = "/staff/surveys/small-survey/coding"


@pytest.fixture
def frame(database: Database) -> str:
    """The address of a frame with which three comments are coded."""
    with database.writing() as session:
        at = a_commented_survey(session)
        frame = a_frame(session, at)
        for words in ("Parking costs a fortune", "The parking fortune teller", "Kind nurses"):
            comment = a_comment(session, at, words)
            if words != "The parking fortune teller":
                give(session, frame, comment, {"Staff" if "nurses" in words else "Parking": "negative"})
        return f"{HUB}/{frame.id}"


@pytest.fixture
def coder(frame: str, signed_in_as: SignedInAs) -> StaffBrowser:
    return signed_in_as("analyst")


def code(database: Database, name: str) -> int:
    with database.reading() as session:
        return session.scalars(
            select(tables.Code.id).where(tables.Code.name == name, tables.Code.retired_in.is_(None))
        ).one()


def live(database: Database) -> list[str]:
    with database.reading() as session:
        return [one.name for one in live_codes(session, frame_id=session.scalars(select(tables.CodeFrame.id)).one())]


def test_a_frame_is_made_from_a_starting_point(signed_in_as: SignedInAs, database: Database) -> None:
    with database.writing() as session:
        a_commented_survey(session)
    coder = signed_in_as("analyst")
    assert f'href="{HUB}"' in coder.get("/staff/surveys/small-survey/comments").text
    made = coder.post(HUB, {"name": "Themes", "questions": "comment", "start": "experience"})
    assert made.status_code == 303
    assert made.location is not None
    page = coder.get(made.location).text
    assert "Food and drink" in page
    assert "No comment can be coded yet" in page
    again = coder.post(HUB, {"name": "Themes", "questions": "comment", "start": "empty"})
    assert (again.status_code, "There is a frame called" in again.text) == (422, True)
    nothing = coder.post(HUB, {"name": "", "start": "empty"})
    assert (nothing.status_code, "Give the frame a name" in nothing.text) == (422, True)
    no_question = coder.post(HUB, {"name": "Others", "start": "empty"})
    assert (no_question.status_code, 'href="#questions"' in no_question.text) == (422, True)
    empty = coder.post(HUB, {"name": "Others", "questions": "comment", "start": "empty"})
    assert empty.location is not None
    assert "This frame has no codes yet" in coder.get(empty.location).text
    assert events(database)[-2:] == ["code frame made", "code frame made"]


def test_codes_are_added_reworded_and_ordered(coder: StaffBrowser, frame: str, database: Database) -> None:
    assert coder.post(f"{frame}/codes/new", {"name": "Food", "definition": "What there was to eat"}).status_code == 303
    taken = coder.post(f"{frame}/codes/new", {"name": "food", "definition": "Twice"})
    assert (taken.status_code, "Twice" in taken.text) == (422, True)
    address = f"{frame}/codes/{code(database, 'Food')}"
    unsaid = coder.post(address, {"name": "Meals"})
    assert (unsaid.status_code, "still means the same" in unsaid.text) == (422, True)
    assert coder.post(address, {"name": "Meals", "meaning": "same"}).status_code == 303
    assert coder.post(f"{address}/up", form_at=frame).status_code == 303
    assert live(database) == ["Waiting", "Staff", "Meals", "Parking"]
    parking = f"{frame}/codes/{code(database, 'Parking')}"
    assert coder.post(parking, {"name": "Parking", "definition": "Fees alone", "meaning": "other"}).status_code == 303
    page = coder.get(frame).text
    assert "1 comment still has a code that was split or replaced" in page
    assert coder.get(parking).status_code == 404
    assert events(database)[-3:] == ["code frame changed"] * 3


def test_codes_are_merged_retired_and_brought_back(coder: StaffBrowser, frame: str, database: Database) -> None:
    staff, parking = code(database, "Staff"), code(database, "Parking")
    nothing = coder.post(f"{frame}/codes/{staff}/merge", {})
    assert (nothing.status_code, "at least one other code" in nothing.text) == (422, True)
    assert coder.post(f"{frame}/codes/{staff}/merge", {"merged": str(parking)}).status_code == 303
    assert live(database) == ["Waiting", "Staff"]
    history = coder.get(f"{frame}/history").text
    assert "“Parking” was merged into “Staff”. 1 comment moved." in history
    undo = re.search(r'action="([^"]*/undo)"', history)
    assert undo
    assert coder.post(undo[1], form_at=f"{frame}/history").status_code == 303
    assert live(database) == ["Waiting", "Staff", "Parking"]
    twice = coder.post(undo[1], form_at=f"{frame}/history")
    assert (twice.status_code, "taken back already" in twice.text) == (422, True)
    assert coder.post(f"{frame}/codes/{parking}/retire").status_code == 303
    assert live(database) == ["Waiting", "Staff"]
    assert coder.get(f"{frame}/codebook").text.count("was retired") == 1


def test_a_code_is_split_and_its_comments_wait(coder: StaffBrowser, frame: str, database: Database) -> None:
    address = f"{frame}/codes/{code(database, 'Staff')}/split"
    one = coder.post(address, {"name_1": "Nurses"})
    assert (one.status_code, "Name at least two codes" in one.text) == (422, True)
    assert coder.post(address, {"name_1": "Nurses", "name_2": "Doctors", "definition_2": "Any"}).status_code == 303
    assert live(database) == ["Waiting", "Nurses", "Doctors", "Parking"]
    assert coder.get(f"{frame}/next?which=recode").status_code == 303


def test_the_name_and_the_questions_of_a_frame_change(coder: StaffBrowser, frame: str) -> None:
    fewer = coder.post(f"{frame}/settings", {"name": "Points", "questions": "missing"})
    assert (fewer.status_code, "no question can be taken away" in fewer.text) == (422, True)
    assert coder.post(f"{frame}/settings", {"name": "Points", "questions": "comment"}).status_code == 303
    assert "Points" in coder.get(frame).text


def test_the_codes_are_printed_and_downloaded(coder: StaffBrowser, frame: str) -> None:
    assert "The comment is about parking." in coder.get(f"{frame}/codebook").text
    file = coder.get(f"{frame}/codebook.csv")
    assert file.content_type == "text/csv; charset=utf-8"
    assert "parking,Parking,The comment is about parking.," in file.text


def test_whether_new_points_come_up_is_told(coder: StaffBrowser, frame: str) -> None:
    page = coder.get(f"{frame}/saturation").text
    assert "The newest comment brought a new code." in page
    assert "No comment has this code yet: Waiting." in page


def test_a_search_marks_what_was_sought_and_puts_nothing_in_an_address(coder: StaffBrowser, frame: str) -> None:
    page = coder.post(f"{HUB}/search", {"words": '"a fortune" -teller'}).text
    assert "1 comment found" in page
    assert "Parking costs <mark>a fortune</mark>" in page
    assert "Codes: Parking (negative)" in page
    assert "fortune" not in "".join(re.findall(r'(?:href|action)="([^"]*)"', page))
    hostile = coder.post(f"{HUB}/search", {"words": '"); DROP <script>', "theme": "x", "page": "9" * 30})
    assert (hostile.status_code, "<script>" in hostile.text) == (200, False)
    assert "No comment found" in hostile.text


def test_the_comments_of_a_code_are_listed(coder: StaffBrowser, frame: str, database: Database) -> None:
    page = coder.get(f"{HUB}/search?frame={frame.rpartition('/')[2]}&code={code(database, 'Staff')}").text
    assert ("Kind nurses" in page, "Parking costs" in page) == (True, False)


def test_comments_like_one_get_its_codes_at_once(coder: StaffBrowser, frame: str, database: Database) -> None:
    with database.reading() as session:
        refs = {one.words: one.ref.hex() for one in session.scalars(select(tables.ScreenedComment))}
    here, other = refs["Parking costs a fortune"], refs["The parking fortune teller"]
    page = coder.get(f"{frame}/{here}/like").text
    assert f'value="{other}"' in page
    done = coder.post(f"{frame}/{here}/like", {"like": other})
    assert done.status_code == 303
    again = coder.get(f"{frame}/{here}/like").text
    assert f'value="{other}"' not in again
    assert again.count("Codes: Parking (negative)") == 1
    assert events(database)[-1] == "comments coded alike"
    assert coder.post(f"{frame}/{here}/like", {"like": other}).status_code == 303
    assert coder.post(f"{frame}/{refs['Kind nurses'][::-1]}/like", {"like": other}, form_at=frame).status_code == 404


def test_whoever_only_reads_comments_searches_them_and_codes_none(frame: str, signed_in_as: SignedInAs) -> None:
    reader = signed_in_as("publisher")
    assert "Code it" not in reader.post(f"{HUB}/search", {"words": "parking"}).text
    for address in (HUB, frame, f"{frame}/next", f"{frame}/history"):
        assert reader.get(address).status_code == 403


def test_another_survey_s_frame_is_not_found(coder: StaffBrowser, frame: str, database: Database) -> None:
    with database.writing() as session:
        other = session.scalars(select(tables.CodeFrame)).one()
        comment = session.scalars(select(tables.ScreenedComment)).first()
        assert comment is not None
        other_code = code_named(session, other, "Staff").id
    number = int(frame.rpartition("/")[2])
    for address in (f"{HUB}/{number + 7}", f"{HUB}/{number + 7}/codes/{other_code}", f"{HUB}/{number}/codes/999999"):
        assert coder.get(address).status_code == 404
