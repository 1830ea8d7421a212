"""Where a survey loses people, known from counts that no visit can be found in."""

import re

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text

from engage.respond.arriving import EXTENSION
from engage.respond.page_counts import is_program
from engage.unit_of_work import Database
from surveys.storage import tables
from tests.factories import a_collector, a_survey

PHONE = {"HTTP_USER_AGENT": "Mozilla/5.0 (Linux; Android 6.0) AppleWebKit/537.36"}


def counts(database: Database) -> dict[str, int]:
    with database.reading() as session:
        rows = session.execute(select(tables.PageCount.page, tables.PageCount.count))
        return {row.page: row.count for row in rows}


def code_of(database: Database) -> str:
    with database.writing() as session:
        return a_collector(session, a_survey(session)).code


def send_form(phone: FlaskClient, address: str, **fields: str | list[str]) -> str:
    """Sends the form at ``address`` with its hidden fields; the address it leads to."""
    page = phone.get(address, environ_base=PHONE).text
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
    answer = phone.post(address, data={**hidden, **fields}, environ_base=PHONE)
    return str(answer.headers.get("Location", address))


def test_a_visit_is_counted_from_its_opening_to_its_sending(application: Flask, database: Database) -> None:
    code = code_of(database)
    application.extensions[EXTENSION].counts.seconds_between = 0
    phone = application.test_client()
    first = send_form(phone, f"/{code}")
    second = send_form(phone, first, most_important=["waiting"])
    # The same page again, and one with an error, are no further steps of the visit.
    send_form(phone, first, most_important=["digital"])
    send_form(phone, first, most_important=["waiting", "digital", "staff"])
    send_form(phone, second, action="send")
    found = counts(database)
    assert found["opened"] == 1
    assert found["started"] == 1
    assert found["page:most_important"] == 1
    assert found["error:most_important"] == 1
    assert found["sent"] == 1


def test_showing_a_page_writes_nothing(application: Flask, database: Database) -> None:
    code = code_of(database)
    application.extensions[EXTENSION].counts.seconds_between = 0
    phone = application.test_client()
    for _ in range(3):
        phone.get(f"/{code}", environ_base=PHONE)
    assert counts(database) == {}
    send_form(phone, f"/{code}")
    # The form's own page was opened a fourth time.
    assert counts(database)["opened"] == 4


def test_counts_that_the_database_cannot_take_wait_and_the_person_goes_on(
    application: Flask, database: Database
) -> None:
    code = code_of(database)
    desk = application.extensions[EXTENSION]
    desk.counts.seconds_between = 0
    phone = application.test_client()
    with database.writing() as session:
        session.execute(text("ALTER TABLE page_count RENAME TO page_count_away"))
    assert "/page/" in send_form(phone, f"/{code}")
    with database.writing() as session:
        session.execute(text("ALTER TABLE page_count_away RENAME TO page_count"))
    send_form(phone, f"/{code}", begin="again")
    assert counts(database)["started"] == 2


def test_programs_that_fetch_addresses_are_nobody(application: Flask, database: Database) -> None:
    assert is_program("Googlebot/2.1 (+http://www.google.com/bot.html)")
    assert is_program("WhatsApp/2.23")
    assert is_program("")
    assert not is_program(PHONE["HTTP_USER_AGENT"])
