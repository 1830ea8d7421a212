"""What named readers say about a survey before it goes live."""

import datetime
import re
from html import unescape

import pytest
from flask import Flask

from engage.studio.preview import notes
from engage.unit_of_work import Database
from surveys.storage import tables
from tests.engage.conftest import SignedInAs
from tests.engage.staff_browser import StaffBrowser
from tests.engage.studio.preview.previewed_survey import Reader, a_design, a_link

READERS = "/staff/surveys/small-survey/readers"
PARTNER = "/staff/previews/small-survey"


@pytest.fixture
def officer(signed_in_as: SignedInAs, database: Database) -> StaffBrowser:
    a_design(database)
    return signed_in_as("officer")


def test_an_officer_makes_a_link_for_a_named_reader(
    officer: StaffBrowser, application: Flask, database: Database
) -> None:
    assert "Nobody has written a note yet" in officer.get(READERS).text
    page = officer.post(READERS, {"reader": "Ann Reader", "role": "a patient", "days": "3"}).text
    found = re.search(r"http://localhost(/preview/[a-z2-7]{32})", page)
    assert found
    assert application.test_client().get(found[1]).status_code == 200
    assert found[1] not in officer.get(READERS).text
    with database.reading() as session:
        link = session.query(tables.PreviewLink).one()
        assert link.expires_at - link.made_at == datetime.timedelta(days=3)
        assert "preview link made" in [row.action for row in session.query(tables.AuditEvent)]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"reader": "", "role": "a patient", "days": "14"}, "Enter the name of the reader"),
        ({"reader": "Ann", "role": "a patient", "days": "400"}, "Enter a number of days from 1 to 90"),
        ({"reader": "Ann", "role": "a patient", "days": ""}, "Enter a number of days"),
        ({"reader": "Ann", "role": "a king", "days": "14"}, "Choose one of the answers in the list"),
    ],
)
def test_a_link_needs_a_name_and_an_end(officer: StaffBrowser, fields: dict[str, str], message: str) -> None:
    reply = officer.post(READERS, fields)
    assert reply.status_code == 422
    assert message in unescape(reply.text)
    assert fields["reader"] in reply.text


def test_a_note_stands_beside_its_page_until_it_is_dealt_with(
    officer: StaffBrowser, application: Flask, database: Database
) -> None:
    reader = Reader(application, f"/preview/{a_link(database)}")
    where = f"{reader.prefix}/en/page/theme.waiting"
    back = reader.send("en/notes", {"page": "page/theme.waiting", "note": "What is <b>“elective”</b>?"})
    assert back == f"{where}#notes"
    assert "What is &lt;b&gt;“elective”&lt;/b&gt;?" in reader.get(where).text
    assert "What is" not in reader.get("en/page/theme.digital").text
    framed = officer.get("/staff/surveys/small-survey/preview/try/en/page/theme.waiting").text
    assert "Ann Reader, a patient" in framed
    page = unescape(officer.get(READERS).text)
    assert "Theme 1: Waiting less" in page
    assert 'href="/staff/surveys/small-survey/themes/waiting"' in page
    number = re.search(r'name="number" value="(\d+)"', page)
    assert number
    assert officer.post(f"{READERS}/settle", {"number": number[1]}, form_at=READERS).status_code == 303
    assert "All notes are dealt with" in officer.get(READERS).text
    assert officer.post(f"{READERS}/reopen", {"number": number[1]}, form_at=READERS).status_code == 303
    assert "All notes are dealt with" not in officer.get(READERS).text


def test_readers_with_a_link_see_their_own_notes_alone(application: Flask, database: Database) -> None:
    a_design(database)
    ann = Reader(application, f"/preview/{a_link(database)}")
    ann.send("en/notes", {"page": "start", "note": "Mine alone"})
    assert "Mine alone" in ann.get("en").text
    with database.writing() as session:
        session.query(tables.ReaderNote).one().reader = "Somebody else"
    assert "Mine alone" not in ann.get("en").text


def test_a_note_is_about_a_page_and_of_some_length(
    application: Flask, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_design(database)
    reader = Reader(application, f"/preview/{a_link(database)}")
    assert reader.client.post(f"{reader.prefix}/en/notes", data={"page": "page/none", "note": "x"}).status_code == 404
    assert reader.send("en/notes", {"page": "start", "note": "  "}).endswith("#notes")
    assert "Your note has 2001 characters" in reader.send("en/notes", {"page": "start", "note": "x" * 2001})
    monkeypatch.setattr(notes, "MOST_NOTES", 0)
    assert "all the notes that it can have" in reader.send("en/notes", {"page": "start", "note": "x"})
    with database.reading() as session:
        assert session.query(tables.ReaderNote).count() == 0


def test_a_reader_signs_by_name_and_a_later_change_shows(
    officer: StaffBrowser, application: Flask, database: Database
) -> None:
    reader = Reader(application, f"/preview/{a_link(database)}")
    assert "I have read it and it is clear to me" in reader.get("en").text
    assert reader.send("en/sign-off", {"page": "start"}).endswith("#sign-off")
    assert "Nobody yet" in officer.get(READERS).text
    reader.send("en/sign-off", {"page": "start", "clear-to-me": "yes"})
    assert "You said that it is clear to you" in reader.get("en").text
    assert "Ann Reader, a patient, on" in officer.get(READERS).text
    officer.post("/staff/surveys/small-survey/preview/tried", {"revision": "1"}, form_at=READERS)
    assert "It has changed since" in reader.get("en").text
    assert "the survey has changed since" in officer.get(READERS).text


def test_a_patient_partner_reads_with_an_account(signed_in_as: SignedInAs, database: Database) -> None:
    a_design(database)
    partner = signed_in_as("patient_partner")
    page = partner.get(f"{PARTNER}/en").text
    assert "This is a test page" in page
    assert "Edit this" not in page
    assert partner.client.post(f"{PARTNER}/en/notes", data={"page": "start", "note": "x"}).status_code == 400
    reply = partner.post(f"{PARTNER}/en/notes", {"page": "start", "note": "Clear enough"}, form_at=f"{PARTNER}/en")
    assert reply.status_code == 303
    assert "Clear enough" in partner.get(f"{PARTNER}/en").text
    partner.post(f"{PARTNER}/en/sign-off", {"page": "start", "clear-to-me": "yes"}, form_at=f"{PARTNER}/en")
    with database.reading() as session:
        assert session.query(tables.SignOff).one().role == "patient partner"
    assert partner.get(READERS).status_code == 403


def test_an_officer_does_not_sign_as_a_reader(officer: StaffBrowser) -> None:
    where = "/staff/surveys/small-survey/preview/try/en"
    assert "I have read it" not in officer.get(where).text
    assert officer.post(f"{where}/sign-off", {"clear-to-me": "yes"}, form_at=where).status_code == 404


def test_settling_needs_a_note_of_this_survey(officer: StaffBrowser) -> None:
    assert officer.post(f"{READERS}/settle", {"number": "999"}, form_at=READERS).status_code == 404
