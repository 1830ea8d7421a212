"""Putting a document on the start page, taking it away and bringing it back, without losing what was typed."""

from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from engage.unit_of_work import Database
from surveys.storage import tables
from tests.engage.conftest import SignedInAs
from tests.engage.staff_browser import StaffBrowser
from tests.engage.studio.about.forms import HUB, a_design
from tests.engage.uploading import send_file

PAGE = f"{HUB}/documents"
PDF = b"%PDF-1.7\n1 0 obj\n%%EOF\n"


@pytest.fixture
def officer(signed_in_as: SignedInAs, database: Database) -> StaffBrowser:
    a_design(database)
    return signed_in_as("officer")


def put(officer: StaffBrowser, content: bytes = b"", **fields: Any) -> TestResponse:
    given = {"purpose": "summary", "title": "Read our plan", "link": "", **fields}
    return send_file(officer, PAGE, given, name="file", content=content, file="plan.pdf" if content else "")


def test_a_document_is_put_there_taken_away_and_brought_back(officer: StaffBrowser, database: Database) -> None:
    assert put(officer, PDF).headers["Location"] == PAGE
    assert "On the first page now: <strong>Read our plan</strong>, plan.pdf (1 KB)" in officer.get(PAGE).text
    officer.post(f"{PAGE}/remove", {"purpose": "summary"}, form_at=PAGE)
    assert "Taken away: <strong>Read our plan</strong>" in officer.get(PAGE).text
    officer.post(f"{PAGE}/restore", {"purpose": "summary"}, form_at=PAGE)
    assert "On the first page now" in officer.get(PAGE).text
    with database.reading() as session:
        events = session.scalars(select(tables.AuditEvent.action).order_by(tables.AuditEvent.id)).all()
    assert events[-3:] == ["document added", "document removed", "document added"]


def test_the_words_of_the_link_can_be_changed_alone(officer: StaffBrowser) -> None:
    put(officer, PDF)
    put(officer, title="Read it in two pages")
    assert "<strong>Read it in two pages</strong>, plan.pdf" in officer.get(PAGE).text


@pytest.mark.parametrize(
    ("content", "fields", "says"),
    [
        (b"PK a Word document", {}, "Save the document as PDF"),
        (b"%PDF-" + b"x" * 5 * 1024 * 1024, {}, "more than 5 MB"),
        (PDF, {"link": "https://www.example.org/plan"}, "Give a file or a link, not both"),
        (b"", {"link": "www.example.org"}, "It begins with https://"),
        (b"", {}, "Choose a PDF on your computer, or write a link"),
    ],
    ids=["no PDF", "too large", "both", "half an address", "neither"],
)
def test_what_cannot_be_used_is_told_and_the_words_are_kept(
    officer: StaffBrowser, content: bytes, fields: dict[str, str], says: str
) -> None:
    answer = put(officer, content, title="My own words", **fields)
    assert answer.status_code == 422
    assert answer.text.count(says) == 2
    assert 'value="My own words"' in answer.text
    assert all(f'value="{value}"' in answer.text for value in fields.values())


def test_a_files_name_is_cleaned(officer: StaffBrowser, database: Database) -> None:
    fields = {"purpose": "summary", "title": "Read it", "link": ""}
    send_file(officer, PAGE, fields, name="file", content=PDF, file="a\x00b" + "c" * 300 + ".pdf")
    with database.reading() as session:
        name = session.scalars(select(tables.SurveyFile.name)).one()
    assert len(name) == 200
    assert name.endswith("c.pdf")


def test_only_the_two_kinds_of_document_exist(officer: StaffBrowser, database: Database) -> None:
    assert put(officer, PDF, purpose="source").status_code == 422
    assert officer.post(f"{PAGE}/remove", {"purpose": "source"}, form_at=PAGE).status_code == 400
    with database.reading() as session:
        assert session.scalars(select(tables.SurveyFile)).all() == []
