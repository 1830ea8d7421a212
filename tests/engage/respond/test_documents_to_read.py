"""Documents on the start page: links only where there are some, and a PDF that can be nothing else."""

import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from engage.respond import reading_matter
from engage.unit_of_work import Database
from surveys.documents import put_document, remove_document
from surveys.storage import tables
from tests.factories import NOW, a_collector, a_survey

PDF = b"%PDF-1.7\n1 0 obj\n%%EOF\n"


@pytest.fixture(autouse=True)
def looked_up_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_matter, "SECONDS_KEPT", 0.0)


@pytest.fixture
def client(application: Flask) -> FlaskClient:
    return application.test_client()


@pytest.fixture
def code(database: Database) -> str:
    with database.writing() as session:
        return a_collector(session, a_survey(session)).code


def put(database: Database, **changes: object) -> None:
    given = {"purpose": "summary", "title": "Read <our> plan", "file": "plan.pdf", "content": PDF, **changes}
    with database.writing() as session:
        put_document(session, survey=session.query(tables.Survey).one(), **given, at=NOW, by="o@example.org")


def test_a_survey_without_documents_has_the_page_it_always_had(client: FlaskClient, code: str) -> None:
    assert "/documents/" not in client.get(f"/{code}").text


def test_the_start_page_links_to_what_there_is_to_read(client: FlaskClient, code: str, database: Database) -> None:
    put(database)
    put(database, purpose="easy_read", title="Easy read", file="", content=b"", link="https://www.example.org/easy")
    page = client.get(f"/{code}").text
    assert f'<a href="/{code}/documents/summary.pdf" dir="auto">Read &lt;our&gt; plan (PDF, 1 KB)</a>' in page
    assert '<a href="https://www.example.org/easy" dir="auto">Easy read</a>' in page


def test_a_pdf_is_sent_as_nothing_else(client: FlaskClient, code: str, database: Database) -> None:
    put(database)
    answer = client.get(f"/{code}/documents/summary.pdf")
    assert answer.data == PDF
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"] == 'inline; filename="summary.pdf"'
    again = client.get(f"/{code}/documents/summary.pdf", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_what_was_taken_away_is_gone(client: FlaskClient, code: str, database: Database) -> None:
    put(database)
    assert "/documents/" in client.get(f"/{code}").text
    with database.writing() as session:
        remove_document(session, survey=session.query(tables.Survey).one(), purpose="summary", at=NOW)
    assert "/documents/" not in client.get(f"/{code}").text
    assert client.get(f"/{code}/documents/summary.pdf").status_code == 404


@pytest.mark.parametrize("name", ["easy-read.pdf", "source.pdf", "..", "summary", "1"])
def test_nothing_else_is_found_below_the_address(client: FlaskClient, code: str, database: Database, name: str) -> None:
    put(database)
    assert client.get(f"/{code}/documents/{name}").status_code == 404


def test_a_withdrawn_survey_shows_no_document(client: FlaskClient, code: str, database: Database) -> None:
    put(database)
    with database.writing() as session:
        session.query(tables.Survey).one().withdrawn_at = datetime.datetime.now(datetime.UTC)
    assert client.get(f"/{code}/documents/summary.pdf").data != PDF
