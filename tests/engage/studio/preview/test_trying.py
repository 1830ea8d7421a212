"""An officer tries the survey: on screen, on a phone, and says so."""

import re

import pytest
from flask import Flask

from engage.unit_of_work import Database
from surveys.designing import find_design
from surveys.storage import tables
from tests.engage.conftest import SignedInAs
from tests.engage.staff_browser import StaffBrowser
from tests.engage.studio.preview.previewed_survey import STAFF, TRY, a_design, a_link


@pytest.fixture
def officer(signed_in_as: SignedInAs, database: Database) -> StaffBrowser:
    a_design(database)
    return signed_in_as("officer")


def test_no_other_site_can_frame_a_preview(officer: StaffBrowser, database: Database) -> None:
    framed = officer.get(TRY)
    assert framed.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in framed.headers["Content-Security-Policy"]
    assert "frame-src 'self'" in officer.get(STAFF).headers["Content-Security-Policy"]
    public = officer.get(f"/preview/{a_link(database)}")
    assert public.headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in public.headers["Content-Security-Policy"]


def test_every_page_leads_an_officer_to_where_it_is_written(officer: StaffBrowser, database: Database) -> None:
    page = officer.get(f"{TRY}/en/page/theme.waiting").text
    assert 'href="/staff/surveys/small-survey/themes/waiting" target="_top"' in page
    assert 'href="/staff/surveys/small-survey/questions/connection"' in officer.get(f"{TRY}/en/page/you").text
    assert 'href="/staff/surveys/small-survey/about"' in officer.get(f"{TRY}/en").text
    assert "Edit this" not in officer.get(f"/preview/{a_link(database)}/en").text


def previewed(database: Database) -> tuple[int | None, int]:
    with database.reading() as session:
        design = find_design(session, survey=session.query(tables.Survey).one())
        assert design is not None
        return design.preparation.previewed, design.revision


def test_looking_alone_is_not_trying(officer: StaffBrowser, database: Database) -> None:
    for path in (STAFF, TRY, f"{TRY}/en/check", f"{TRY}/en/after/test/thank-you"):
        assert officer.get(path).status_code == 200
    officer.client.post(f"{TRY}/en/check", environ_base=officer.environment)
    assert previewed(database) == (None, 1)


def test_an_officer_says_that_it_was_tried(officer: StaffBrowser, database: Database) -> None:
    assert officer.post(f"{STAFF}/tried", {"revision": "1"}, form_at=STAFF).status_code == 303
    assert previewed(database) == (1, 2)
    assert "You have tried this draft" in officer.get(STAFF).text
    # A second press of the button changes nothing, and says nothing of a change.
    assert officer.post(f"{STAFF}/tried", {"revision": "1"}, form_at=STAFF).status_code == 303
    assert previewed(database) == (1, 2)


def test_what_was_changed_meanwhile_is_looked_at_again(officer: StaffBrowser, database: Database) -> None:
    editions = "/staff/surveys/small-survey/editions"
    officer.post(editions, {"revision": "1", "language": "pl"})
    reply = officer.post(f"{STAFF}/tried", {"revision": "1"}, form_at=STAFF)
    assert "changed while you had this page open" in reply.text
    assert previewed(database) == (None, 2)


def test_an_officer_who_sends_the_test_answers_has_tried_it(officer: StaffBrowser, database: Database) -> None:
    assert officer.post(f"{TRY}/en/check").headers["Location"].endswith("/en/after/test")
    assert previewed(database) == (1, 2)


def test_an_officer_tries_it_on_a_phone(officer: StaffBrowser, application: Flask) -> None:
    page = officer.post(f"{STAFF}/phone", {"revision": "1"}, form_at=STAFF).text
    found = re.search(r"http://localhost(/preview/[a-z2-7]{32})", page)
    assert found
    assert 'src="data:image/svg+xml,' in page
    assert application.test_client().get(found[1]).status_code == 200


def test_a_preview_is_kept_from_other_organisations_and_roles(
    signed_in_as: SignedInAs, officer: StaffBrowser, database: Database
) -> None:
    assert signed_in_as("viewer").get(TRY).status_code == 403
    assert signed_in_as("patient_partner").get(STAFF).status_code == 403
    assert officer.get("/staff/surveys/nobodys/preview").status_code == 404
    assert officer.get("/staff/previews/nobodys").status_code == 404
