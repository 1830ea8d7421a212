"""Choosing a strategy document: what is kept of it, and what is refused with what was typed still there."""

from __future__ import annotations

import hashlib
import io
import json

from sqlalchemy import select

from engage.unit_of_work import Database
from surveys.storage import tables
from tests.engage.conftest import SignedInAs
from tests.engage.staff_browser import StaffBrowser
from tests.engage.studio.strategy_import.importing import IMPORT, REVIEW, a_design, paste, upload
from tests.surveys.strategy_documents import flyer, written


def test_a_document_is_kept_as_it_came_and_recorded(database: Database, signed_in_as: SignedInAs) -> None:
    a_design(database)
    content = written.as_docx(flyer.numbered())
    reply = upload(signed_in_as("editor"), content, "Our strategy.DOCX")
    assert (reply.status_code, reply.location) == (303, REVIEW)
    with database.reading() as session:
        source = session.scalars(select(tables.SurveyFile).where(tables.SurveyFile.purpose == "source")).one()
        event = session.scalars(
            select(tables.AuditEvent).where(tables.AuditEvent.action == "strategy document read")
        ).one()
        assert source.content == content
        assert source.name == "Our strategy.docx"
        assert source.sha256 == hashlib.sha256(content).hexdigest()
        assert source.added_by == "editor@example.org"
        assert event.detail["themes"] == 8
        assert event.detail["size"] == len(content)
        assert event.detail["sha256"] == source.sha256


def test_the_kept_document_can_be_had_again_but_is_never_shown(database: Database, signed_in_as: SignedInAs) -> None:
    a_design(database)
    browser = signed_in_as("editor")
    content = b"<script>alert(1)</script>\n\n1: One\n\nText.\n\n2: Two\n\nText.\n"
    upload(browser, content, "themes.txt")
    page = browser.get(IMPORT)
    address = page.text.split(f'href="{IMPORT}/documents/')[1].split('"')[0]
    reply = browser.get(f"{IMPORT}/documents/{address}")
    assert reply.data == content
    assert reply.headers["Content-Disposition"].startswith("attachment")
    assert reply.headers["Content-Type"] == "application/octet-stream"


def test_pasted_text_is_kept_as_a_text_file(database: Database, signed_in_as: SignedInAs) -> None:
    a_design(database)
    assert paste(signed_in_as("editor"), "1: Être là\n\nUn texte.\n\n2: Deux\n\nUn autre.").status_code == 303
    with database.reading() as session:
        source = session.scalars(select(tables.SurveyFile).where(tables.SurveyFile.purpose == "source")).one()
        assert source.name == "pasted-text.txt"
        assert "Être là" in source.content.decode()


def test_a_long_paste_is_read(database: Database, signed_in_as: SignedInAs) -> None:
    a_design(database)
    text = "\n\n".join(f"{number}: Theme {number}\n\n{'Words of it. ' * 3_000}" for number in range(1, 9))
    assert len(text) > 200_000
    assert paste(signed_in_as("editor"), text).status_code == 303


def test_what_is_refused_says_why_and_keeps_what_was_pasted(database: Database, signed_in_as: SignedInAs) -> None:
    a_design(database)
    browser = signed_in_as("editor")
    reply = upload(browser, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 500, "old.doc")
    assert reply.status_code == 422
    assert "This is an old Word file (.doc)" in reply.text
    assert "<title>Error: " in reply.text
    both = upload(browser, b"1: One", "a.txt", pasted="Words that I typed")
    assert both.status_code == 422
    assert "Words that I typed" in both.text
    neither = paste(browser, "")
    assert "Choose a document, or paste its text" in neither.text
    with database.reading() as session:
        assert session.scalars(select(tables.SurveyFile)).all() == []


def test_fifty_megabytes_are_refused_without_being_read(database: Database, signed_in_as: SignedInAs) -> None:
    a_design(database)
    browser = signed_in_as("editor")

    class Unread(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, buffer: object) -> int:
            raise AssertionError("the body was read")

    reply = browser.client.post(
        IMPORT,
        environ_base=browser.environment,
        environ_overrides={
            "wsgi.input": Unread(),
            "CONTENT_TYPE": "multipart/form-data; boundary=x",
            "CONTENT_LENGTH": str(50 * 1024 * 1024),
        },
    )
    assert reply.status_code == 422
    assert "larger than 10 MB" in reply.text


def test_a_broken_archive_leaves_nothing_behind(database: Database, signed_in_as: SignedInAs) -> None:
    a_design(database)
    reply = upload(signed_in_as("editor"), b"PK\x03\x04 nothing else", "a.docx")
    assert reply.status_code == 422
    assert "damaged" in reply.text


def test_another_organisation_has_no_such_pages(database: Database, signed_in_as: SignedInAs) -> None:
    a_design(database)
    browser = signed_in_as("editor")
    upload(browser, written.as_txt(flyer.numbered()), "a.txt")
    with database.writing() as session:
        other = tables.Organisation(slug="other", name="Other", kind="provider", parent_id=None)
        session.add(other)
        session.flush()
        account = session.scalars(select(tables.Account).where(tables.Account.email == "editor@example.org")).one()
        account.organisation_id = other.id
        source = session.scalars(select(tables.SurveyFile.id).where(tables.SurveyFile.purpose == "source")).one()
    for path in (IMPORT, REVIEW, f"{IMPORT}/documents/{source}"):
        assert browser.get(path).status_code == 404, path


def test_a_review_is_stored_as_plain_json(database: Database, signed_in_as: SignedInAs) -> None:
    a_design(database)
    upload(signed_in_as("editor"), written.as_txt(flyer.numbered()), "a.txt")
    with database.reading() as session:
        stored = session.scalars(select(tables.SurveyFile).where(tables.SurveyFile.purpose == "review")).one()
        assert [one["title"] for one in json.loads(stored.content)["themes"]] == flyer.TITLES


def test_it_is_for_those_who_design(database: Database, signed_in_as: SignedInAs) -> None:
    a_design(database)
    browser: StaffBrowser = signed_in_as("viewer")
    assert browser.get(IMPORT).status_code == 403
    assert browser.get(REVIEW).status_code == 403
