"""Links that somebody is sent: they work once, tell nothing, and let nobody but the invited choose the password."""

import datetime
import re

import pytest
from flask import Flask
from sqlalchemy import select, update

from engage.access import throttling
from engage.access.accounts import account_named, disable_account, roles_of
from engage.settings import Settings
from engage.unit_of_work import Database
from surveys.storage import tables
from tests.engage.access.authenticator import with_second_factor
from tests.engage.people.conftest import TOP, Tree, actions
from tests.engage.staff_browser import StaffBrowser
from tests.factories import NOW

NEW = "rainy harbour seven lamps"
ACCOUNT = {"name": "Ann O'Neill", "password": NEW}


def link(page: str) -> str:
    """The path of the link that a page shows."""
    found = re.search(r'value="http://localhost(/staff/invitation/[\w-]{43})"', page)
    assert found, page
    return found[1]


@pytest.fixture
def invitation(top: StaffBrowser, tree: Tree) -> str:
    """The path of an invitation to the organisation below, as editor and analyst."""
    page = top.client.post(
        "/staff/people/invite",
        data={
            "csrf_token": top.token("/staff/people/invite"),
            "email": " Ann@Example.org",
            "organisation": str(tree.organisation_below),
            "roles": ["editor", "analyst"],
        },
    )
    assert page.status_code == 200
    assert "mailto:" in page.text
    return link(page.text)


@pytest.fixture
def visitor(application: Flask) -> StaffBrowser:
    return StaffBrowser(application, network="198.51.100.7")


def test_the_invited_person_chooses_name_and_password_and_is_signed_in(
    visitor: StaffBrowser, database: Database, tree: Tree, invitation: str
) -> None:
    answer = visitor.post(invitation, ACCOUNT)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/staff/")
    assert visitor.get("/staff/account").status_code == 200
    with database.reading() as session:
        account = account_named(session, email="ann@example.org")
        assert (account.name, account.organisation_id) == ("Ann O'Neill", tree.organisation_below)
        assert roles_of(session, account) == ("analyst", "editor")
    assert [action for action, subject, _ in actions(database) if subject == "ann@example.org"] == [
        "invitation made", "account added",
    ]  # fmt: skip


def test_a_program_that_follows_the_link_learns_and_uses_up_nothing(
    visitor: StaffBrowser, database: Database, invitation: str
) -> None:
    for _ in range(3):
        page = visitor.get(invitation)
        assert page.status_code == 200
        for secret in ("ann@example.org", "Ann@", "North Place", "ditor", "nalyst", TOP):
            assert secret not in page.text
    assert visitor.client.head(invitation).status_code == 200
    assert visitor.post(invitation, ACCOUNT).status_code == 303


def test_a_link_works_once(visitor: StaffBrowser, application: Flask, invitation: str) -> None:
    visitor.post(invitation, ACCOUNT)
    late = StaffBrowser(application)
    assert late.get(invitation).status_code == 404
    answer = late.post(invitation, {"name": "Eve", "password": NEW}, form_at="/staff/sign-in")
    assert answer.status_code == 404
    assert not late.is_signed_in()


@pytest.mark.parametrize("why", ["expired", "cancelled", "replaced", "unknown", "cut off"])
def test_every_link_that_opens_nothing_looks_the_same(
    top: StaffBrowser, visitor: StaffBrowser, database: Database, tree: Tree, invitation: str, why: str
) -> None:
    with database.writing() as session:
        if why == "expired":
            session.execute(update(tables.Invitation).values(expires_at=NOW - datetime.timedelta(days=400)))
    if why == "cancelled":
        cancel = re.search(r'action="(/staff/people/invitations/\d+/cancel)"', top.get("/staff/people").text)
        assert cancel
        assert top.post(cancel[1], form_at="/staff/people").status_code == 303
        assert ("invitation cancelled", "ann@example.org", TOP) in actions(database)
    if why == "replaced":
        fields = {"email": "ann@example.org", "organisation": str(tree.organisation_below), "roles": "viewer"}
        assert link(top.post("/staff/people/invite", fields).text) != invitation
    path = {"unknown": "/staff/invitation/" + "A" * 43, "cut off": invitation[:-1]}.get(why, invitation)
    page = visitor.get(path)
    assert page.status_code == 404
    assert "This link does not work" in page.text
    assert page.text == visitor.get("/staff/invitation/x").text
    visitor.post(path, ACCOUNT, form_at="/staff/sign-in")
    assert not visitor.is_signed_in()


def test_only_a_hash_of_the_link_is_stored(database: Database, invitation: str) -> None:
    token = invitation.rsplit("/", 1)[1]
    with database.reading() as session:
        row = session.scalars(select(tables.Invitation)).one()
        assert token.encode() not in row.token_hash
        assert token not in str([vars(event) for event in session.scalars(select(tables.AuditEvent))])


def test_the_log_of_requests_holds_no_link(
    visitor: StaffBrowser, invitation: str, capsys: pytest.CaptureFixture[str]
) -> None:
    visitor.get(invitation)
    log = capsys.readouterr().err
    assert "/staff/invitation/" in log
    assert invitation.rsplit("/", 1)[1] not in log


@pytest.mark.parametrize("password", ["short", "sunshine1 football", "ann@example.org ann"])
def test_a_weak_password_is_refused_and_the_link_goes_on_working(
    visitor: StaffBrowser, invitation: str, password: str
) -> None:
    answer = visitor.post(invitation, {"name": "Ann O'Neill", "password": password})
    assert answer.status_code == 422
    assert "<title>Error: " in answer.text
    assert "Ann O&#39;Neill" in answer.text
    assert "ann@example.org" not in answer.text
    assert visitor.post(invitation, ACCOUNT).status_code == 303


def test_wrong_links_are_slowed_down_and_a_right_one_always_opens(
    visitor: StaffBrowser, invitation: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(throttling, "TRIES_PER_NETWORK", 2)
    assert [visitor.get("/staff/invitation/x").status_code for _ in range(3)] == [404, 404, 429]
    assert visitor.post(invitation, ACCOUNT).status_code == 303


def test_somebody_with_an_account_is_not_invited_again(top: StaffBrowser, tree: Tree) -> None:
    fields = {"email": "colleague-top@example.org", "organisation": str(tree.organisation_below), "roles": "viewer"}
    answer = top.post("/staff/people/invite", fields)
    assert answer.status_code == 422
    assert "already has an account" in answer.text


@pytest.mark.parametrize("missing", ["email", "roles"])
def test_an_incomplete_invitation_keeps_what_was_typed(top: StaffBrowser, tree: Tree, missing: str) -> None:
    fields = {"email": "ann@example.org", "organisation": str(tree.organisation_below), "roles": "triage"}
    answer = top.post("/staff/people/invite", fields | {missing: ""})
    assert answer.status_code == 422
    assert ('value="ann@example.org"' in answer.text) is (missing != "email")
    assert (re.search(r'value="triage" checked', answer.text) is not None) is (missing != "roles")


def test_nobody_invites_into_an_organisation_above(below: StaffBrowser, database: Database, tree: Tree) -> None:
    with database.reading() as session:
        above = session.get_one(tables.Account, tree.top).organisation_id
    fields = {"email": "ann@example.org", "organisation": str(above), "roles": "viewer"}
    assert below.post("/staff/people/invite", fields).status_code == 422
    with database.reading() as session:
        assert session.scalars(select(tables.Invitation)).all() == []


def test_an_invitation_of_an_organisation_above_does_not_exist(
    top: StaffBrowser, below: StaffBrowser, database: Database, tree: Tree
) -> None:
    with database.reading() as session:
        above = session.get_one(tables.Account, tree.top).organisation_id
    top.post("/staff/people/invite", {"email": "ann@example.org", "organisation": str(above), "roles": "viewer"})
    with database.reading() as session:
        number = session.scalars(select(tables.Invitation.id)).one()
    assert "ann@example.org" not in below.get("/staff/people").text
    path = f"/staff/people/invitations/{number}/cancel"
    assert below.post(path, form_at="/staff/people/invite").status_code == 404


@pytest.fixture
def password_link(top: StaffBrowser, tree: Tree) -> str:
    """The path of a link with which the colleague below chooses a new password."""
    path = f"/staff/people/{tree.colleague_below}/password-link"
    return link(top.post(path, form_at="/staff/people/invite").text)


def test_a_new_password_by_link_ends_every_session(
    application: Flask, visitor: StaffBrowser, database: Database, password_link: str
) -> None:
    before = StaffBrowser(application)
    before.sign_in("colleague-below@example.org")
    assert 'name="name"' not in visitor.get(password_link).text
    assert visitor.post(password_link, {"password": NEW}).status_code == 303
    assert visitor.is_signed_in()
    assert not before.is_signed_in()
    assert before.sign_in("colleague-below@example.org").status_code == 422
    assert before.sign_in("colleague-below@example.org", NEW).status_code == 303
    assert ("password reset", "colleague-below@example.org", "colleague-below@example.org") in actions(database)


def test_a_link_does_not_stand_in_for_the_second_factor(
    visitor: StaffBrowser, database: Database, settings: Settings, password_link: str
) -> None:
    with_second_factor(database, settings, "colleague-below@example.org")
    answer = visitor.post(password_link, {"password": NEW})
    assert answer.headers["Location"].startswith("/staff/second-factor")
    assert not visitor.is_signed_in()


def test_a_link_opens_no_disabled_account(visitor: StaffBrowser, database: Database, password_link: str) -> None:
    with database.writing() as session:
        account = account_named(session, email="colleague-below@example.org")
        disable_account(session, account=account, at=NOW, by="test")
    assert visitor.get(password_link).status_code == 404
