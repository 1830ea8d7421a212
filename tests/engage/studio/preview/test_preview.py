"""Trying a survey before anybody answers it: the real pages, forms that work, and nothing that is kept."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import inspect, text

from engage.respond.arriving import EXTENSION
from engage.unit_of_work import Database
from surveys.designing import new_design
from surveys.organisations import ensure_root
from surveys.preparation import Preparation
from surveys.questionnaire import About, Page, RatingQuestion, Theme
from surveys.storage import tables
from tests.engage.conftest import SignedInAs
from tests.engage.staff_browser import StaffBrowser
from tests.engage.studio.preview.previewed_survey import Reader, a_design, a_link
from tests.factories import NOW, a_questionnaire, words


@pytest.fixture
def officer(signed_in_as: SignedInAs, database: Database) -> StaffBrowser:
    a_design(database)
    return signed_in_as("officer")


@pytest.fixture
def reader(application: Flask, database: Database) -> Reader:
    a_design(database)
    return Reader(application, f"/preview/{a_link(database)}")


def everything(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, the drafts' database included."""
    found: dict[str, list[tuple[object, ...]]] = {}
    with database.reading() as session:
        for name in inspect(session.get_bind()).get_table_names():
            found[name] = sorted(map(tuple, session.execute(text(f'SELECT * FROM "{name}"'))), key=repr)  # noqa: S608 The names are the database's own.
    with database.reading_drafts() as session:
        for name in inspect(session.get_bind()).get_table_names():
            found[f"drafts.{name}"] = sorted(map(tuple, session.execute(text(f'SELECT * FROM "{name}"'))), key=repr)  # noqa: S608 The names are the database's own.
    return found


def whole_journey(reader: Reader) -> Iterator[str]:
    """Through every page in English, with an answer on each; yields the addresses."""
    yield reader.prefix
    there = reader.send("", {})
    while "/page/" in there:
        yield there
        page = reader.get(there).text
        names = dict.fromkeys(re.findall(r'<(?:input|textarea)[^>]* name="([^"]+)"', page))
        fields: dict[str, str | list[str]] = {}
        for name in names:
            values = re.findall(rf'name="{re.escape(name)}"[^>]* value="([^"]*)"', page)
            fields[name] = values[0] if values else "7"
        fields = {name: value for name, value in fields.items() if name not in ("page", "note", "csrf_token")}
        there = reader.send(there, fields)
    yield there


def test_a_whole_preview_leaves_nothing_behind(reader: Reader, application: Flask, database: Database) -> None:
    before = everything(database)
    visited = list(whole_journey(reader))
    assert visited[-1].endswith("/en/check")
    assert len(visited) > 8
    page = unescape(reader.get("en/check").text)
    assert "Check your answers before you send them" in page
    sent = reader.send("en/check", {})
    assert sent == f"{reader.prefix}/en/after/test"
    first = reader.send(sent, {})
    assert "/about-you/" in first
    assert "This is a test page" in reader.get(first).text
    assert reader.send(first, {"action": "skip"}) == f"{reader.prefix}/en/after/test/thank-you"
    assert "Your answers have been sent" in reader.get("en/after/test/thank-you").text
    for place in ("en/later", "en/return", "en/sign-up", "en/leaflet", "en/all", "ur", "ur/all", "ur/check"):
        assert reader.get(place).status_code == 200, place
    assert reader.send("en/all", {"connection": "patient"}) == f"{reader.prefix}/en/after/test"
    assert not application.extensions[EXTENSION].counts._waiting
    assert everything(database) == before


def test_routing_follows_the_answers(reader: Reader) -> None:
    assert reader.send("en/page/you", {"connection": "patient"}).endswith("/page/patients_only")
    assert "Which ward?" in reader.get("en/page/patients_only").text
    assert not reader.send("en/page/you", {"connection": "staff"}).endswith("/page/patients_only")
    assert reader.get("en/page/patients_only").status_code == 303


def test_answers_stay_when_the_language_changes(reader: Reader) -> None:
    reader.send("en/page/you", {"connection": "staff"})
    page = reader.get("ur/page/you").text
    assert '<html lang="ur" dir="rtl">' in page
    assert re.search(r'value="staff"[^>]* checked', page)
    assert '<section class="engage-preview" lang="en" dir="ltr"' in page


def test_mistakes_are_shown_with_what_was_typed(reader: Reader) -> None:
    page = reader.send("en/page/you", {"visits": "many"})
    assert "Enter a number" in page
    assert 'value="many"' in page


def test_a_cookie_of_a_preview_stays_with_it_and_holds_however_much_is_typed(reader: Reader) -> None:
    reply = reader.client.post(f"{reader.prefix}/en/page/missing", data={"missing": "aé" * 900})
    cookie = reply.headers["Set-Cookie"]
    assert f"Path={reader.prefix}" in cookie
    assert "HttpOnly" in cookie
    assert len(cookie) < 4096
    assert "aé" in reader.get("en/page/missing").text


def test_a_forged_cookie_is_passed_over(reader: Reader) -> None:
    reader.client.set_cookie("engage-preview", "AAAA" * 30, path=reader.prefix)
    assert reader.get("en/page/you").status_code == 200


def test_a_design_full_of_gaps_is_shown_with_marks(application: Flask, database: Database) -> None:
    blank = words("")
    a_design(
        database,
        a_questionnaire(
            title=blank,
            organisation=blank,
            privacy=blank,
            about=About(purpose=blank, help_line=blank),
            themes=(Theme(id="new", title=blank, plain_title=blank, explanation=blank),),
        ),
    )
    reader = Reader(application, f"/preview/{a_link(database)}")
    for place in ("", "en/leaflet", "en/all", "en/check", "en/page/theme.new", "en/after/test/thank-you", "ur"):
        assert reader.get(place).status_code in (200, 308), place
    assert "[Missing: Name of the survey]" in unescape(reader.get("en").text)
    assert "[Missing: Theme 1: explanation]" in unescape(reader.get("en/page/theme.new").text)


def test_a_design_that_does_not_hang_together_says_so(application: Flask, database: Database) -> None:
    small = a_questionnaire()
    lost = Page(
        id="lost",
        questions=(RatingQuestion(id="lost", text=words("How?"), scale="no-such-scale"),),
    )
    a_design(database, replace(small, pages=(*small.pages, lost)))
    reader = Reader(application, f"/preview/{a_link(database)}")
    reply = reader.get("en/page/lost")
    assert reply.status_code == 409
    assert "cannot be shown yet" in reply.text


@pytest.mark.parametrize("place", ["fr", "en/page/none", "en/page/theme.none", "en/nothing"])
def test_what_the_survey_has_not_is_not_found(reader: Reader, place: str) -> None:
    assert reader.get(place).status_code == 404


def test_a_link_is_long_hashed_and_cannot_be_guessed(database: Database, application: Flask) -> None:
    a_design(database)
    token = a_link(database)
    assert re.fullmatch("[a-z2-7]{32}", token)
    with database.reading() as session:
        row = session.query(tables.PreviewLink).one()
        assert token.encode() not in row.token_hash
    client = application.test_client()
    assert client.get(f"/preview/{token.upper()}").status_code == 200
    for wrong in (token[:-1], token[::-1], "a" * 32, "x" * 5000, "ü" * 8, row.token_hash.hex()):
        reply = client.get(f"/preview/{wrong}")
        assert reply.status_code == 404
        assert "This link does not work" in reply.text


def test_a_link_ends_by_itself_and_when_it_is_ended(
    database: Database, application: Flask, officer: StaffBrowser
) -> None:
    client = application.test_client()
    late = client.get(f"/preview/{a_link(database, days=-1)}/en")
    assert (late.status_code, "This link has ended" in late.text) == (410, True)
    token = a_link(database)
    assert client.get(f"/preview/{token}/en").status_code == 200
    with database.reading() as session:
        number = session.query(tables.PreviewLink).order_by(tables.PreviewLink.id.desc()).first().id
    readers = "/staff/surveys/small-survey/readers"
    assert officer.post(f"{readers}/end", {"number": str(number)}, form_at=readers).status_code == 303
    for reply in (client.get(f"/preview/{token}/en"), client.post(f"/preview/{token}/en/notes", data={"note": "x"})):
        assert reply.status_code == 410
    assert officer.post(f"{readers}/end", {"number": str(number)}, form_at=readers).status_code == 404


def test_dates_of_the_preparation_are_told(application: Flask, database: Database) -> None:
    with database.writing() as session:
        new_design(
            session, organisation=ensure_root(session), questionnaire=a_questionnaire(),
            preparation=Preparation(closes_on=datetime.date(2027, 3, 17)), at=NOW, by="x@example.org",
        )  # fmt: skip
    assert "It closes on 17 March 2027." in Reader(application, f"/preview/{a_link(database)}").get("en").text
