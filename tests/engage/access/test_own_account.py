"""My account: name, password, and the browsers in which somebody is signed in."""

import re

import pytest
from flask import Flask
from sqlalchemy import select

from engage.access import throttling
from engage.access.accounts import account_named, set_roles
from engage.access.browsers import browser_name
from engage.access.sessions import renew_session
from engage.unit_of_work import Database
from surveys.storage import tables
from tests.engage.conftest import SignedInAs
from tests.engage.staff_browser import StaffBrowser
from tests.factories import NOW, PASSWORD

OFFICER = "officer@example.org"
NEW = "rainy harbour seven lamps"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


def events(database: Database) -> list[tuple[str, str]]:
    with database.reading() as session:
        rows = session.scalars(select(tables.AuditEvent).order_by(tables.AuditEvent.id))
        return [(row.action, row.subject) for row in rows]


def test_a_name_is_saved_and_kept_as_typed_where_it_is_missing(signed_in_as: SignedInAs, database: Database) -> None:
    browser = signed_in_as("officer")
    assert browser.post("/staff/account", {"name": " Ann O'Neill "}).status_code == 303
    assert 'value="Ann O&#39;Neill"' in browser.get("/staff/account").text
    refused = browser.post("/staff/account", {"name": ""})
    assert refused.status_code == 422
    assert "Enter your name" in refused.text
    assert ("name changed", OFFICER) in events(database)


def test_a_new_password_ends_every_other_session_and_keeps_this_one(
    signed_in_as: SignedInAs, application: Flask, database: Database
) -> None:
    this, other = signed_in_as("officer"), signed_in_as("officer")
    before = this.session_cookie or ""
    answer = this.post("/staff/account/password", {"present": PASSWORD, "password": NEW})
    assert answer.status_code == 303
    assert this.is_signed_in()
    assert not other.is_signed_in()
    assert this.session_cookie != before
    copied = StaffBrowser(application)
    copied.client.set_cookie("engage-staff", before)
    assert not copied.is_signed_in()
    assert StaffBrowser(application).sign_in(OFFICER).status_code == 422
    assert StaffBrowser(application).sign_in(OFFICER, NEW).status_code == 303
    assert ("password changed", OFFICER) in events(database)


@pytest.mark.parametrize(
    ("present", "password", "said"),
    [
        ("not the password at all", NEW, "The password is not right"),
        (PASSWORD, "short", "15 characters or more"),
        (PASSWORD, "sunshine1 football", "easy to guess"),
        (PASSWORD, "", "Enter a new password"),
    ],
)
def test_a_password_that_cannot_be_changed_stays(
    signed_in_as: SignedInAs, application: Flask, present: str, password: str, said: str
) -> None:
    browser = signed_in_as("officer")
    answer = browser.post("/staff/account/password", {"present": present, "password": password})
    assert answer.status_code == 422
    assert said in answer.text
    assert "<title>Error: " in answer.text
    assert NEW not in answer.text
    assert StaffBrowser(application).sign_in(OFFICER).status_code == 303


def test_guessing_the_present_password_is_slowed_down(signed_in_as: SignedInAs) -> None:
    browser = signed_in_as("officer")
    fields = {"present": "not the password at all", "password": NEW}
    tries = [browser.post("/staff/account/password", fields).status_code for _ in range(6)]
    assert tries == [422] * throttling.TRIES_PER_ACCOUNT_AND_NETWORK + [429]


def test_sessions_are_listed_by_browser_and_one_is_ended(
    signed_in_as: SignedInAs, application: Flask, database: Database
) -> None:
    this = signed_in_as("officer")
    other = StaffBrowser(application)
    other.client.environ_base["HTTP_USER_AGENT"] = FIREFOX
    other.sign_in(OFFICER)
    page = this.get("/staff/account").text
    assert "Firefox on Windows" in page
    assert "This one" in page
    reference = re.search(r'name="session" value="([0-9a-f]{64})"', page)
    assert reference
    fields = {"session": reference[1]}
    assert this.post("/staff/account/end-session", fields, form_at="/staff/account").status_code == 303
    assert not other.is_signed_in()
    assert this.is_signed_in()
    assert ("sessions ended", OFFICER) in events(database)


def test_nobody_ends_a_session_of_somebody_else(signed_in_as: SignedInAs) -> None:
    officer, viewer = signed_in_as("officer"), signed_in_as("viewer")
    signed_in_as("viewer")
    reference = re.search(r'name="session" value="([0-9a-f]{64})"', viewer.get("/staff/account").text)
    assert reference
    officer.post("/staff/account/end-session", {"session": reference[1]}, form_at="/staff/account")
    assert reference[1] in viewer.get("/staff/account").text


def test_the_list_of_sessions_opens_nothing(signed_in_as: SignedInAs, application: Flask) -> None:
    browser = signed_in_as("officer")
    signed_in_as("officer")
    page = browser.get("/staff/account").text
    assert (browser.session_cookie or "?") not in page
    thief = StaffBrowser(application)
    for reference in re.findall(r'name="session" value="([0-9a-f]{64})"', page):
        thief.client.set_cookie("engage-staff", reference)
        assert not thief.is_signed_in()


def test_signing_out_everywhere(signed_in_as: SignedInAs, database: Database) -> None:
    browsers = [signed_in_as("officer"), signed_in_as("officer")]
    stranger = signed_in_as("viewer")
    answer = browsers[0].post("/staff/account/sign-out-everywhere", form_at="/staff/account")
    assert answer.headers["Location"].endswith("/staff/sign-in")
    assert not any(browser.is_signed_in() for browser in browsers)
    assert stranger.is_signed_in()


def test_changed_roles_give_the_browser_a_new_cookie(
    signed_in_as: SignedInAs, application: Flask, database: Database
) -> None:
    browser = signed_in_as("viewer")
    before = browser.session_cookie or ""
    form = browser.token("/staff/account")
    with database.writing() as session:
        account = account_named(session, email="viewer@example.org")
        set_roles(session, account=account, roles=["officer"], at=NOW, by="test")
    # A form that was open meanwhile is still accepted, with what was typed in it.
    assert browser.client.post("/staff/account", data={"csrf_token": form, "name": "Vi"}).status_code == 303
    assert browser.session_cookie == before
    assert browser.is_signed_in()
    assert browser.session_cookie != before
    copied = StaffBrowser(application)
    copied.client.set_cookie("engage-staff", before)
    assert not copied.is_signed_in()
    assert browser.post("/staff/account", {"name": "Vi Ewer"}).status_code == 303


def test_a_new_cookie_does_not_bring_back_a_session_that_has_just_ended(
    signed_in_as: SignedInAs, database: Database
) -> None:
    browser = signed_in_as("officer")
    token = browser.session_cookie or ""
    browser.sign_out()
    with database.writing() as session:
        assert renew_session(session, token=token) is None
        assert session.scalars(select(tables.StaffSession)).all() == []


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (FIREFOX, "Firefox on Windows"),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0",
            "Edge on Windows",
        ),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1", "Safari on iPhone"),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0.0.0 Mobile Safari/9", "Chrome on Android"),
        ("curl/8.0", "Another browser"),
        ("", "Another browser"),
    ],
)  # fmt: skip
def test_a_browser_is_named_coarsely(user_agent: str, name: str) -> None:
    assert browser_name(user_agent) == name
