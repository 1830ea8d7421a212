"""The organisation's own page: texts for new surveys, a logo made small, a colour that can be read."""

import io
import re
from html import unescape
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import select
from werkzeug.test import TestResponse

from engage.unit_of_work import Database
from surveys.organisations import ensure_root
from surveys.storage import tables
from tests.engage.conftest import SignedInAs
from tests.engage.staff_browser import StaffBrowser
from tests.engage.uploading import send_file

PAGE = "/staff/organisation"


@pytest.fixture
def administrator(signed_in_as: SignedInAs) -> StaffBrowser:
    return signed_in_as("administrator")


def picture(kind: str = "PNG") -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (600, 200), "#005eb8").save(written, kind)
    return written.getvalue()


def save(browser: StaffBrowser, logo: bytes = b"", **fields: Any) -> TestResponse:
    texts = dict.fromkeys(("contact", "help_line", "privacy", "telephone", "paper", "wifi", "sender", "colour"), "")
    given = {"name": "Northfield Trust", **texts, **fields}
    return send_file(browser, PAGE, given, name="logo", content=logo, file="logo.png" if logo else "")


def organisation(database: Database) -> tables.Organisation:
    with database.writing() as session:
        return ensure_root(session)


def test_texts_are_kept_for_new_surveys(administrator: StaffBrowser, database: Database) -> None:
    answer = save(administrator, contact="Call PALS.", sender="NorthNHS", wifi="Guest")
    assert answer.status_code == 303
    own = organisation(database)
    assert own.name == "Northfield Trust"
    assert own.standing_texts == {"contact": "Call PALS.", "sender": "NorthNHS", "wifi": "Guest"}
    page = administrator.get(answer.headers["Location"]).text
    assert "Saved" in page
    assert "Call PALS." in page


def test_the_first_visit_suggests_texts(administrator: StaffBrowser) -> None:
    assert "Call 999 in an emergency" in administrator.get(PAGE).text


def test_a_suggestion_that_nobody_changed_goes_on_naming_the_organisation(
    administrator: StaffBrowser, database: Database
) -> None:
    first = administrator.get(PAGE).text
    privacy = unescape(re.findall(r'name="privacy"[^>]*>([^<]*)<', first)[0])
    save(administrator, privacy=privacy)
    assert organisation(database).standing_texts == {}
    assert "Northfield Trust looks after your answers" in administrator.get(PAGE).text


def test_a_logo_is_made_small_shown_kept_and_taken_away(administrator: StaffBrowser, database: Database) -> None:
    save(administrator, picture("JPEG"))
    own = organisation(database)
    assert own.logo is not None
    assert len(own.logo) <= 3 * 1024
    page = administrator.get(PAGE).text
    assert f'<img src="/logo/{own.id}/' in page
    save(administrator)
    assert organisation(database).logo == own.logo
    save(administrator, without_logo="y")
    assert organisation(database).logo is None


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"logo": b"GIF89a no picture"}, "no PNG or JPEG picture"),
        ({"logo": b"x" * (5 * 1024 * 1024 + 1)}, "more than 5 MB"),
        ({"colour": "#ffff00"}, "too pale to read"),
        ({"colour": "blue"}, "Write the colour as #"),
        ({"name": ""}, "Write the organisation&#39;s name"),
        ({"name": "A / B"}, "no slash"),
        ({"sender": "Northfield NHS"}, "11 characters or fewer"),
    ],
)
def test_what_cannot_be_used_is_told_and_the_rest_is_kept(
    administrator: StaffBrowser, database: Database, fields: dict[str, Any], says: str
) -> None:
    answer = save(administrator, contact="Typed with care", **fields)
    assert answer.status_code == 422
    assert says in answer.text
    assert "Typed with care</textarea>" in answer.text
    assert organisation(database).standing_texts == {}


def test_the_colour_is_kept_where_it_can_be_read(administrator: StaffBrowser, database: Database) -> None:
    save(administrator, colour="#005EB8")
    assert organisation(database).colour == "#005eb8"


def test_what_changed_is_noted_without_the_texts(administrator: StaffBrowser, database: Database) -> None:
    save(administrator, contact="Call PALS.")
    with database.reading() as session:
        event = session.scalars(select(tables.AuditEvent).order_by(tables.AuditEvent.id.desc())).first()
    assert event is not None
    assert event.action == "organisation changed"
    assert "standing texts" in event.detail["parts"]
    assert "PALS" not in str(event.detail)


def test_only_whoever_manages_organisations_opens_it(signed_in_as: SignedInAs) -> None:
    assert signed_in_as("officer").get(PAGE).status_code == 403
