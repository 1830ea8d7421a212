"""Signing in and out: who gets in, what ends a session, and that nobody can keep an owner out."""

import datetime
import re
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, update

from engage.access import throttling
from engage.access.accounts import account_named, disable_account, reset_password, set_roles
from engage.settings import load_settings
from engage.unit_of_work import Database
from surveys.storage import tables
from tests.engage.conftest import SignedInAs
from tests.engage.staff_browser import StaffBrowser
from tests.factories import NOW, PASSWORD, an_account

OFFICER = "officer@example.org"


@pytest.fixture
def officer(database: Database) -> str:
    with database.writing() as session:
        an_account(session, "officer")
    return OFFICER


def test_the_right_password_opens_the_first_page(staff_browser: StaffBrowser, officer: str) -> None:
    answer = staff_browser.sign_in(officer)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/staff/")
    assert staff_browser.is_signed_in()


def test_an_address_is_recognised_in_any_case_and_with_spaces(staff_browser: StaffBrowser, officer: str) -> None:
    assert staff_browser.sign_in(" Officer@Example.ORG ").status_code == 303


def test_unknown_disabled_and_wrong_look_the_same(application: Flask, database: Database, officer: str) -> None:
    with database.writing() as session:
        gone = an_account(session, "viewer")
        disable_account(session, account=gone, at=NOW, by="test")

    def seen(email: str, password: str) -> tuple[int, str]:
        answer = StaffBrowser(application).sign_in(email, password)
        # Only what was typed and the token may differ.
        return answer.status_code, re.sub(r'value="[^"]*"', "", answer.text)

    wrong = seen(officer, "not the password at all")
    assert wrong[0] == 422
    assert wrong == seen("nobody@example.org", PASSWORD) == seen("viewer@example.org", PASSWORD)


def test_a_session_known_before_signing_in_is_worth_nothing(application: Flask, officer: str) -> None:
    browser = StaffBrowser(application)
    browser.client.set_cookie("engage-staff", "A" * 43)
    assert browser.sign_in(officer).status_code == 303
    assert browser.session_cookie != "A" * 43
    other = StaffBrowser(application)
    other.client.set_cookie("engage-staff", "A" * 43)
    assert not other.is_signed_in()


def test_signing_in_again_ends_the_session_before(
    staff_browser: StaffBrowser, application: Flask, officer: str
) -> None:
    staff_browser.sign_in(officer)
    before = staff_browser.session_cookie
    staff_browser.sign_in(officer)
    assert before
    assert before != staff_browser.session_cookie
    assert not holding(application, before).is_signed_in()


def test_a_copied_cookie_is_dead_after_signing_out(
    staff_browser: StaffBrowser, application: Flask, officer: str
) -> None:
    staff_browser.sign_in(officer)
    copied = staff_browser.session_cookie or ""
    assert holding(application, copied).is_signed_in()
    answer = staff_browser.sign_out()
    assert answer.headers["Clear-Site-Data"]
    assert not holding(application, copied).is_signed_in()
    assert not staff_browser.is_signed_in()


def test_a_session_racing_with_signing_out_stays_ended(
    staff_browser: StaffBrowser, application: Flask, database: Database, officer: str
) -> None:
    from engage.access.sessions import note_seen

    staff_browser.sign_in(officer)
    token = staff_browser.session_cookie or ""
    staff_browser.sign_out()
    with database.writing() as session:
        note_seen(session, token=token, at=datetime.datetime.now(datetime.UTC))
    assert not holding(application, token).is_signed_in()


def test_disabling_takes_effect_at_the_next_page(signed_in_as: SignedInAs, database: Database) -> None:
    browser = signed_in_as("officer")
    with database.writing() as session:
        disable_account(session, account=account_named(session, email=OFFICER), at=NOW, by="test")
    assert not browser.is_signed_in()
    assert browser.sign_in(OFFICER).status_code == 422


def test_a_new_password_ends_every_session(signed_in_as: SignedInAs, database: Database) -> None:
    browsers = [signed_in_as("officer"), signed_in_as("officer")]
    with database.writing() as session:
        account = account_named(session, email=OFFICER)
        reset_password(session, account=account, password="rainy harbour seven lamps", at=NOW, by="test")
    assert not any(browser.is_signed_in() for browser in browsers)
    assert browsers[0].sign_in(OFFICER, "rainy harbour seven lamps").status_code == 303


def test_changed_roles_take_effect_at_the_next_page(signed_in_as: SignedInAs, database: Database) -> None:
    browser = signed_in_as("viewer")
    assert browser.get("/staff/surveys/none/answers").status_code == 403
    with database.writing() as session:
        account = account_named(session, email="viewer@example.org")
        set_roles(session, account=account, roles=["triage"], at=NOW, by="test")
    assert browser.get("/staff/surveys/none/answers").status_code == 404


@pytest.mark.parametrize(("idle", "age"), [(31, 60), (1, 12 * 60 + 1)])
def test_a_session_ends_by_idleness_and_by_age(
    signed_in_as: SignedInAs, database: Database, idle: int, age: int
) -> None:
    browser = signed_in_as("officer")
    now = datetime.datetime.now(datetime.UTC)
    with database.writing() as session:
        session.execute(
            update(tables.StaffSession).values(
                last_seen_at=now - datetime.timedelta(minutes=idle),
                created_at=now - datetime.timedelta(minutes=age),
                expires_at=now - datetime.timedelta(minutes=age) + datetime.timedelta(hours=12),
            )
        )
    assert not browser.is_signed_in()


def test_using_the_pages_keeps_a_session_alive(signed_in_as: SignedInAs, database: Database) -> None:
    browser = signed_in_as("officer")
    now = datetime.datetime.now(datetime.UTC)
    with database.writing() as session:
        session.execute(update(tables.StaffSession).values(last_seen_at=now - datetime.timedelta(minutes=20)))
    assert browser.is_signed_in()
    with database.reading() as session:
        seen = session.scalars(select(tables.StaffSession.last_seen_at)).one()
    assert now - seen < datetime.timedelta(minutes=1)


def test_the_table_of_sessions_opens_nothing(signed_in_as: SignedInAs, database: Database) -> None:
    browser = signed_in_as("officer")
    token = browser.session_cookie or ""
    with database.reading() as session:
        row = session.scalars(select(tables.StaffSession)).one()
    assert token.encode() not in row.id_hash
    assert token not in row.id_hash.hex()


def test_guessing_is_slowed_down(staff_browser: StaffBrowser, officer: str) -> None:
    for _ in range(throttling.TRIES_PER_ACCOUNT_AND_NETWORK):
        assert staff_browser.sign_in(officer, "not the password at all").status_code == 422
    answer = staff_browser.sign_in(officer)
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert not staff_browser.is_signed_in()


def test_guessing_elsewhere_does_not_keep_the_owner_out(application: Flask, officer: str) -> None:
    stranger = StaffBrowser(application, network="198.51.100.7")
    for _ in range(throttling.TRIES_PER_ACCOUNT_AND_NETWORK + 2):
        stranger.sign_in(officer, "not the password at all")
    assert stranger.sign_in(officer).status_code == 429
    assert StaffBrowser(application).sign_in(officer).status_code == 303


def test_a_colleague_on_the_same_network_cannot_keep_the_owner_out(
    application: Flask, monkeypatch: pytest.MonkeyPatch, officer: str
) -> None:
    monkeypatch.setattr(throttling, "TRIES_PER_NETWORK", 8)
    owner = StaffBrowser(application)
    owner.sign_in(officer)
    owner.sign_out()
    colleague = StaffBrowser(application)
    assert [colleague.sign_in(officer, "not the password at all").status_code for _ in range(9)][-1] == 429
    assert owner.sign_in(officer).status_code == 303
    # Being known for one account is worth nothing for another one.
    assert owner.sign_in("viewer@example.org", "not the password at all").status_code == 429


def test_a_browser_that_is_known_may_not_guess_for_ever_either(staff_browser: StaffBrowser, officer: str) -> None:
    staff_browser.sign_in(officer)
    tries = [staff_browser.sign_in(officer, "not the password at all").status_code for _ in range(6)]
    assert tries == [422] * throttling.TRIES_PER_ACCOUNT_AND_NETWORK + [429]


def test_guessing_one_account_leaves_others_of_the_network_alone(
    application: Flask, database: Database, officer: str
) -> None:
    with database.writing() as session:
        an_account(session, "viewer")
    for _ in range(throttling.TRIES_PER_ACCOUNT_AND_NETWORK + 1):
        StaffBrowser(application).sign_in(officer, "not the password at all")
    assert StaffBrowser(application).sign_in("viewer@example.org").status_code == 303


def test_one_network_cannot_try_one_password_on_everybody(
    application: Flask, officer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(throttling, "TRIES_PER_NETWORK", 3)
    browser = StaffBrowser(application, network="198.51.100.7")
    tries = [browser.sign_in(f"person{number}@example.org", PASSWORD).status_code for number in range(4)]
    assert tries == [422, 422, 422, 429]


def test_the_right_password_starts_the_count_anew(staff_browser: StaffBrowser, officer: str) -> None:
    for _ in range(2):
        for _ in range(throttling.TRIES_PER_ACCOUNT_AND_NETWORK - 1):
            staff_browser.sign_in(officer, "not the password at all")
        assert staff_browser.sign_in(officer).status_code == 303


def test_a_throttled_network_is_let_in_again_after_the_window(
    staff_browser: StaffBrowser, database: Database, officer: str
) -> None:
    for _ in range(throttling.TRIES_PER_ACCOUNT_AND_NETWORK + 1):
        staff_browser.sign_in(officer, "not the password at all")
    with database.writing() as session:
        earlier = datetime.datetime.now(datetime.UTC) - throttling.WINDOW
        session.execute(update(tables.Throttle).values(window_started_at=earlier))
    assert staff_browser.sign_in(officer).status_code == 303


@pytest.mark.parametrize(
    "wanted",
    [
        "https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example", "/staff//elsewhere.example",
        "/staff/\\elsewhere", "/staff/\r\nLocation:x", "javascript:alert(1)", "/privacy", "/staff/../privacy@x",
        "/staffroom", "/staff/sign-in\n", "staff/",
    ],
)  # fmt: skip
def test_signing_in_never_leads_elsewhere(staff_browser: StaffBrowser, officer: str, wanted: str) -> None:
    token = staff_browser.token("/staff/sign-in")
    answer = staff_browser.client.post(
        "/staff/sign-in",
        query_string={"next": wanted},
        data={"csrf_token": token, "email": officer, "password": PASSWORD},
    )
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/staff/"


def test_signing_in_leads_to_the_page_that_was_asked_for(staff_browser: StaffBrowser, officer: str) -> None:
    refused = staff_browser.get("/staff/surveys/one/results?page=2")
    assert refused.status_code == 303
    answer = staff_browser.post(refused.headers["Location"], {"email": officer, "password": PASSWORD})
    assert answer.headers["Location"] == "/staff/surveys/one/results?page=2"


def test_the_cookie_is_bound_to_https_where_the_installation_is(database: Database, tmp_path: Path) -> None:
    from engage.application import create_application

    application = create_application(
        load_settings(
            {
                "ENGAGE_INSTANCE": str(tmp_path / "secure"),
                "ENGAGE_DATABASE_URL": database.url,
                "ENGAGE_DRAFTS_URL": database.drafts_url,
                "ENGAGE_BASE_URL": "https://engage.example.nhs.uk",
            }
        )
    )
    with database.writing() as session:
        an_account(session, "officer")
    client = application.test_client()
    where = {"base_url": "https://engage.example.nhs.uk"}
    token = re.search(r'name="csrf_token" type="hidden" value="([^"]*)"', client.get("/staff/sign-in", **where).text)
    assert token
    data = {"csrf_token": token[1], "email": OFFICER, "password": PASSWORD}
    cookies = client.post("/staff/sign-in", data=data, **where).headers.getlist("Set-Cookie")
    application.extensions["engage"].database.close()
    session_cookie = next(cookie for cookie in cookies if cookie.startswith("__Host-engage-staff="))
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(session_cookie.split("; "))
    assert "Domain" not in session_cookie
    assert not re.search(r"Max-Age|Expires", session_cookie)


def test_failed_and_successful_tries_are_noted_without_what_was_typed(
    staff_browser: StaffBrowser, database: Database, officer: str
) -> None:
    staff_browser.sign_in("my-Password-by-mistake", "whatever it was I typed")
    staff_browser.sign_in(officer, "whatever it was I typed")
    staff_browser.sign_in(officer)
    with database.reading() as session:
        events = session.scalars(select(tables.AuditEvent).order_by(tables.AuditEvent.id)).all()
    assert [(event.action, event.subject) for event in events] == [
        ("sign in failed", "unknown"),
        ("sign in failed", officer),
        ("sign in succeeded", officer),
    ]
    assert "mistake" not in str([(event.detail, event.actor) for event in events])


def holding(application: Flask, token: str) -> StaffBrowser:
    """A browser that holds a copy of somebody's cookie."""
    browser = StaffBrowser(application, network="203.0.113.5")
    browser.client.set_cookie("engage-staff", token)
    return browser
