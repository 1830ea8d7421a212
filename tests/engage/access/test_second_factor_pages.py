"""Signing in with a second factor, setting one up, and having to."""

import datetime
import re

import pytest
from flask import Flask
from sqlalchemy import select, update

from engage.access import signing_in, throttling
from engage.access.accounts import account_named, disable_account, reset_password
from engage.settings import Settings
from engage.unit_of_work import Database
from surveys.storage import tables
from tests.engage.access.authenticator import code_of, give_code, shown_key, with_second_factor
from tests.engage.conftest import SignedInAs
from tests.engage.staff_browser import StaffBrowser
from tests.factories import NOW, PASSWORD, an_account

OFFICER = "officer@example.org"
Factor = tuple[str, tuple[str, ...]]


@pytest.fixture
def factor(database: Database, settings: Settings) -> Factor:
    with database.writing() as session:
        an_account(session, "officer")
    return with_second_factor(database, settings, OFFICER)


def sessions(database: Database) -> int:
    with database.reading() as session:
        return len(session.scalars(select(tables.StaffSession)).all())


def test_the_password_alone_opens_nothing(staff_browser: StaffBrowser, database: Database, factor: Factor) -> None:
    answer = staff_browser.sign_in(OFFICER, wanted="/staff/account")
    assert answer.headers["Location"].startswith("/staff/second-factor")
    assert sessions(database) == 0
    assert not staff_browser.is_signed_in()
    assert staff_browser.session_cookie is None


def test_password_and_code_lead_to_the_page_that_was_asked_for(staff_browser: StaffBrowser, factor: Factor) -> None:
    asked = staff_browser.sign_in(OFFICER, wanted="/staff/account").headers["Location"]
    answer = staff_browser.post(asked, {"code": code_of(factor[0])})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/staff/account")
    assert staff_browser.is_signed_in()


def test_a_recovery_code_stands_in_once(
    application: Flask, staff_browser: StaffBrowser, database: Database, factor: Factor
) -> None:
    staff_browser.sign_in(OFFICER)
    assert give_code(staff_browser, factor[1][0]) == 303
    other = StaffBrowser(application)
    other.sign_in(OFFICER)
    assert give_code(other, factor[1][0]) == 422
    with database.reading() as session:
        event = session.scalars(select(tables.AuditEvent).where(tables.AuditEvent.action == "recovery code used")).one()
    assert (event.subject, event.detail) == (OFFICER, {"left": 9})


def test_a_code_seen_over_the_shoulder_is_worth_nothing(application: Flask, factor: Factor) -> None:
    code = code_of(factor[0])
    browsers = [StaffBrowser(application), StaffBrowser(application, network="198.51.100.7")]
    for browser in browsers:
        browser.sign_in(OFFICER)
    assert [give_code(browser, code) for browser in browsers] == [303, 422]


def test_the_page_for_codes_opens_only_after_the_password(staff_browser: StaffBrowser, factor: Factor) -> None:
    answer = staff_browser.get("/staff/second-factor")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/staff/sign-in?next=/staff/")
    staff_browser.client.set_cookie("engage-half", "WzEsImEiLDFd.made-up")
    assert staff_browser.get("/staff/second-factor").status_code == 303


@pytest.mark.parametrize("event", ["new password", "disabled", "ten minutes"])
def test_a_password_given_before_ends(
    staff_browser: StaffBrowser, database: Database, factor: Factor, monkeypatch: pytest.MonkeyPatch, event: str
) -> None:
    staff_browser.sign_in(OFFICER)
    with database.writing() as session:
        account = account_named(session, email=OFFICER)
        if event == "new password":
            reset_password(session, account=account, password="rainy harbour seven lamps", at=NOW, by="test")
        elif event == "disabled":
            disable_account(session, account=account, at=NOW, by="test")
        else:
            monkeypatch.setattr(signing_in, "HALF_WAY", datetime.timedelta(0))
    answer = staff_browser.client.post("/staff/second-factor", data={"code": code_of(factor[0])})
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/staff/sign-in")
    assert sessions(database) == 0


def test_guessing_codes_is_slowed_down_here_and_not_elsewhere(application: Flask, factor: Factor) -> None:
    thief = StaffBrowser(application, network="198.51.100.7")
    thief.sign_in(OFFICER)
    tries = [give_code(thief, "000000") for _ in range(throttling.TRIES_PER_ACCOUNT_AND_NETWORK + 1)]
    assert tries == [422] * throttling.TRIES_PER_ACCOUNT_AND_NETWORK + [429]
    assert give_code(thief, code_of(factor[0])) == 429
    owner = StaffBrowser(application)
    owner.sign_in(OFFICER)
    assert give_code(owner, code_of(factor[0])) == 303


def test_guessing_from_many_networks_ends_and_a_recovery_code_still_opens(
    application: Flask, factor: Factor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(throttling, "APP_CODES_PER_DAY", 3)
    for number in range(4):
        thief = StaffBrowser(application, network=f"198.51.100.{number}")
        thief.sign_in(OFFICER)
        status = give_code(thief, "000000")
    assert status == 429
    owner = StaffBrowser(application)
    owner.sign_in(OFFICER)
    assert give_code(owner, code_of(factor[0])) == 429
    assert give_code(owner, factor[1][3]) == 303


def test_wrong_codes_are_noted(staff_browser: StaffBrowser, database: Database, factor: Factor) -> None:
    staff_browser.sign_in(OFFICER)
    give_code(staff_browser, "000000")
    with database.reading() as session:
        event = session.scalars(select(tables.AuditEvent).where(tables.AuditEvent.action == "sign in failed")).one()
    assert event.detail == {"reason": "second factor"}


def test_setting_up_shows_a_key_and_takes_effect_with_a_code_of_it(
    signed_in_as: SignedInAs, application: Flask, database: Database
) -> None:
    browser = signed_in_as("officer")
    before = browser.session_cookie
    page = browser.get("/staff/account/second-factor")
    assert "data:image/svg+xml;base64," in page.text
    secret = shown_key(page.text)
    sealed = re.search(r'name="secret" value="([^"]+)"', page.text)
    assert sealed
    assert secret not in sealed[1]
    wrong = browser.post("/staff/account/second-factor", {"secret": sealed[1], "code": "000000"})
    assert wrong.status_code == 422
    assert shown_key(wrong.text) == secret
    done = browser.post("/staff/account/second-factor", {"secret": sealed[1], "code": code_of(secret)})
    codes = re.findall(r"[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4}(?=<)", done.text)
    assert (done.status_code, len(codes)) == (200, 10)
    assert "data:text/plain" in done.text
    assert browser.session_cookie != before
    assert browser.is_signed_in()
    # Sent twice, nothing changes: the codes that were shown are those that count.
    assert browser.post(
        "/staff/account/second-factor", {"secret": sealed[1], "code": code_of(secret)}, form_at="/staff/account"
    ).status_code in (200, 303)
    again = StaffBrowser(application)
    assert again.sign_in(OFFICER).headers["Location"].startswith("/staff/second-factor")
    assert give_code(again, codes[0]) == 303


def test_the_secret_of_another_account_cannot_be_set_up(signed_in_as: SignedInAs, database: Database) -> None:
    officer, viewer = signed_in_as("officer"), signed_in_as("viewer")
    page = viewer.get("/staff/account/second-factor").text
    sealed = re.search(r'name="secret" value="([^"]+)"', page)
    assert sealed
    fields = {"secret": sealed[1], "code": code_of(shown_key(page))}
    assert officer.post("/staff/account/second-factor", fields).status_code == 422
    with database.reading() as session:
        assert not any(session.scalars(select(tables.Account.second_factor_at)))


@pytest.mark.parametrize("path", ["/staff/account/second-factor/off", "/staff/account/recovery-codes"])
def test_switching_off_and_new_codes_need_the_password(
    staff_browser: StaffBrowser, database: Database, factor: Factor, path: str
) -> None:
    staff_browser.sign_in(OFFICER)
    give_code(staff_browser, code_of(factor[0]))
    assert staff_browser.post(path, {"password": "not the password at all"}).status_code == 422
    with database.reading() as session:
        assert session.scalars(select(tables.Account.second_factor_at)).one()
    assert staff_browser.post(path, {"password": PASSWORD}).status_code in (200, 303)
    with database.reading() as session:
        is_on = session.scalars(select(tables.Account.second_factor_at)).one() is not None
    assert is_on is (path == "/staff/account/recovery-codes")


def test_where_it_is_required_nothing_else_can_be_done_first(signed_in_as: SignedInAs, database: Database) -> None:
    browser = signed_in_as("administrator")
    with database.writing() as session:
        session.execute(update(tables.Organisation).values(second_factor_required=True))
    for path in ("/staff/", "/staff/account", "/staff/people", "/staff/account/password", "/staff/surveys/none"):
        answer = browser.get(path)
        assert (answer.status_code, answer.headers["Location"]) == (303, "/staff/account/second-factor"), path
    token = browser.token("/staff/account/second-factor")
    answer = browser.client.post("/staff/people/invite", data={"csrf_token": token})
    assert answer.headers["Location"] == "/staff/account/second-factor"
    page = browser.get("/staff/account/second-factor").text
    sealed = re.search(r'name="secret" value="([^"]+)"', page)
    assert sealed
    browser.post("/staff/account/second-factor", {"secret": sealed[1], "code": code_of(shown_key(page))})
    assert browser.get("/staff/people").status_code == 200


def test_somebody_who_must_set_it_up_can_still_sign_out(signed_in_as: SignedInAs, database: Database) -> None:
    browser = signed_in_as("officer")
    with database.writing() as session:
        session.execute(update(tables.Organisation).values(second_factor_required=True))
    assert (
        browser.post("/staff/sign-out", form_at="/staff/account/second-factor").headers["Location"].endswith("sign-in")
    )
