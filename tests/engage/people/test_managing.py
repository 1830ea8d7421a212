"""Who may change whom: within the own organisation and those below it, never beyond what one holds oneself."""

import pytest
from sqlalchemy import select

from engage import clock
from engage.access.accounts import account_named, roles_of
from engage.access.permissions import ROLES, permissions_of
from engage.access.sessions import Staff
from engage.people.invitations import open_invitations
from engage.people.managing import PersonRefused, change_roles, check_may_change, roles_to_give
from engage.settings import Settings
from engage.unit_of_work import Database
from surveys.storage import tables
from tests.engage.access.authenticator import with_second_factor
from tests.engage.conftest import SignedInAs
from tests.engage.people.conftest import BELOW, TOP, Tree, actions
from tests.engage.staff_browser import StaffBrowser
from tests.factories import NOW, PASSWORD

CHANGES = ("", "/disable", "/enable", "/second-factor-off", "/password-link")


def roles(database: Database, email: str) -> tuple[str, ...]:
    with database.reading() as session:
        return roles_of(session, account_named(session, email=email))


def test_the_list_shows_the_own_organisation_and_those_below(top: StaffBrowser, below: StaffBrowser) -> None:
    seen_from_top, seen_from_below = top.get("/staff/people").text, below.get("/staff/people").text
    assert "colleague-top@example.org" in seen_from_top
    assert "colleague-below@example.org" in seen_from_top
    assert "North Place" in seen_from_top
    assert "colleague-below@example.org" in seen_from_below
    assert "colleague-top@example.org" not in seen_from_below


@pytest.mark.parametrize("change", CHANGES)
def test_somebody_of_an_organisation_above_does_not_exist(
    below: StaffBrowser, database: Database, tree: Tree, change: str
) -> None:
    before = actions(database)
    path = f"/staff/people/{tree.colleague_top}{change}"
    if not change:
        assert below.get(path).status_code == 404
    answer = below.post(path, {"roles": "viewer"}, form_at="/staff/people/invite")
    assert answer.status_code == 404
    assert actions(database) == before


@pytest.mark.parametrize("number", ["0", "2147483647", "99999999999999999999"])
def test_a_number_of_nobody_is_not_found(top: StaffBrowser, number: str) -> None:
    assert top.get(f"/staff/people/{number}").status_code == 404


def test_roles_of_somebody_below_are_changed(top: StaffBrowser, database: Database, tree: Tree) -> None:
    answer = top.client.post(
        f"/staff/people/{tree.colleague_below}",
        data={"csrf_token": top.token("/staff/people/invite"), "roles": ["editor", "analyst"]},
    )
    assert answer.status_code == 303
    assert roles(database, "colleague-below@example.org") == ("analyst", "editor")
    assert ("roles changed", "colleague-below@example.org", TOP) in actions(database)


def test_at_least_one_role_must_stay(top: StaffBrowser, database: Database, tree: Tree) -> None:
    answer = top.post(f"/staff/people/{tree.colleague_top}", {})
    assert answer.status_code == 422
    assert "Choose at least one role" in answer.text
    assert roles(database, "colleague-top@example.org") == ("officer",)


def test_an_organisation_keeps_its_last_administrator(top: StaffBrowser, database: Database, tree: Tree) -> None:
    for person in (tree.top, tree.below):
        refused = top.post(f"/staff/people/{person}", {"roles": "viewer"})
        assert refused.status_code == 422
        assert "last administrator" in refused.text
        assert top.post(f"/staff/people/{person}/disable", form_at="/staff/people/invite").status_code == 422
    assert roles(database, BELOW) == roles(database, TOP) == ("administrator",)
    # Somebody of another organisation does not count, and somebody disabled does not either.
    top.post(f"/staff/people/{tree.colleague_below}", {"roles": "administrator"})
    top.post(f"/staff/people/{tree.colleague_below}/disable", form_at="/staff/people/invite")
    assert top.post(f"/staff/people/{tree.below}", {"roles": "viewer"}).status_code == 422
    top.post(f"/staff/people/{tree.colleague_below}/enable", form_at="/staff/people/invite")
    assert top.post(f"/staff/people/{tree.below}", {"roles": "viewer"}).status_code == 303


def somebody_with(role: str, tree: Tree, organisation_id: int) -> Staff:
    permissions = permissions_of([role]) | {"manage_people"}
    return Staff(tree.colleague_top, organisation_id, "x@example.org", "", (role,), permissions, NOW, False, False)


@pytest.mark.parametrize("role", ROLES)
def test_nobody_gives_more_than_they_hold(database: Database, tree: Tree, role: str) -> None:
    with database.writing() as session:
        account = session.get_one(tables.Account, tree.colleague_top)
        who = somebody_with(role, tree, account.organisation_id)
        given = permissions_of(roles_to_give(who.permissions))
        # An administrator names the safeguarding lead, who alone sees comments unmasked.
        assert given - who.permissions == ({"read_unmasked"} if role == "administrator" else set())
        if role not in ("administrator", "officer"):
            # Not even to oneself, and nothing may be done to somebody who holds more.
            with pytest.raises(PersonRefused, match="may do more"):
                change_roles(session, who, account=account, roles=["administrator"], at=NOW)
        session.query(tables.AccountRole).filter_by(account_id=account.id).delete()
        if role != "administrator":
            with pytest.raises(PersonRefused, match="no more than your own"):
                change_roles(session, who, account=account, roles=["administrator"], at=NOW)
            with pytest.raises(PersonRefused, match="may do more"):
                check_may_change(session, who, session.get_one(tables.Account, tree.top))


def test_disabling_ends_sessions_and_the_links_that_the_person_made(
    top: StaffBrowser, below: StaffBrowser, database: Database, tree: Tree
) -> None:
    below.post("/staff/people/invite", {
        "email": "friend@example.org", "organisation": str(tree.organisation_below), "roles": "administrator",
    })  # fmt: skip
    top.post(f"/staff/people/{tree.colleague_below}", {"roles": "administrator"})
    assert top.post(f"/staff/people/{tree.below}/disable", form_at="/staff/people/invite").status_code == 303
    assert not below.is_signed_in()
    assert below.sign_in(BELOW).status_code == 422
    with database.reading() as session:
        assert open_invitations(session, organisation_ids=[tree.organisation_below], at=clock.now()) == ()
    assert "Disabled" in top.get("/staff/people").text
    assert top.post(f"/staff/people/{tree.below}/enable", form_at="/staff/people/invite").status_code == 303
    assert below.sign_in(BELOW).status_code == 303
    done = {(action, by) for action, subject, by in actions(database) if subject == BELOW}
    assert {("account disabled", TOP), ("account enabled", TOP)} <= done


def test_a_lost_second_factor_is_switched_off_and_noted(
    top: StaffBrowser, database: Database, settings: Settings, tree: Tree
) -> None:
    with_second_factor(database, settings, "colleague-below@example.org")
    assert "Switch off the second factor" in top.get(f"/staff/people/{tree.colleague_below}").text
    top.post(f"/staff/people/{tree.colleague_below}/second-factor-off", form_at="/staff/people/invite")
    assert ("second factor switched off", "colleague-below@example.org", TOP) in actions(database)
    with database.reading() as session:
        assert not any(session.scalars(select(tables.Account.second_factor)))
        assert session.scalars(select(tables.RecoveryCode)).all() == []


def test_only_who_manages_people_is_shown_the_way_there(signed_in_as: SignedInAs) -> None:
    assert 'href="/staff/people"' in signed_in_as("administrator").get("/staff/account").text
    officer = signed_in_as("officer")
    assert 'href="/staff/people"' not in officer.get("/staff/account").text
    assert officer.get("/staff/people").status_code == 403


def test_no_page_lets_an_administrator_choose_a_password(top: StaffBrowser, tree: Tree) -> None:
    for path in ("/staff/people", "/staff/people/invite", f"/staff/people/{tree.colleague_top}"):
        assert 'type="password"' not in top.get(path).text
    top.post(f"/staff/people/{tree.colleague_top}", {"roles": "viewer", "password": "rainy harbour seven lamps"})
    colleague = StaffBrowser(top.client.application)
    assert colleague.sign_in("colleague-top@example.org", PASSWORD).status_code == 303
