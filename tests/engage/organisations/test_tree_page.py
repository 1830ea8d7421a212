"""Organisations on their page: added below one's own, renamed, and told to use a second factor."""

import pytest
from sqlalchemy import select

from engage.unit_of_work import Database
from surveys.organisations import add_organisation, ensure_root, find_organisation
from surveys.storage import tables
from tests.engage.conftest import SignedInAs
from tests.engage.staff_browser import StaffBrowser
from tests.factories import an_account

TREE = "/staff/organisations"
HOSPICE = {"name": "Northshire Hospice", "kind": "provider", "below": "trust"}


@pytest.fixture
def administrator(signed_in_as: SignedInAs) -> StaffBrowser:
    return signed_in_as("administrator")


def below(database: Database, name: str, parent: str = "trust") -> None:
    with database.writing() as session:
        ensure_root(session)
        add_organisation(session, parent=find_organisation(session, slug=parent), name=name, kind="provider")


def events(database: Database) -> list[str]:
    event = tables.AuditEvent
    with database.reading() as session:
        query = select(event.action).where(event.action != "sign in succeeded").order_by(event.id)
        return list(session.scalars(query))


def head_of(administrator: StaffBrowser, database: Database, organisation: str) -> StaffBrowser:
    """An administrator of an organisation below."""
    with database.writing() as session:
        account = an_account(session, "administrator", email=f"head@{organisation}.example.org")
        account.organisation_id = find_organisation(session, slug=organisation).id
    browser = StaffBrowser(administrator.client.application)
    assert browser.sign_in(f"head@{organisation}.example.org").status_code == 303
    return browser


def test_an_organisation_is_added_and_listed_below_its_own(administrator: StaffBrowser, database: Database) -> None:
    assert administrator.post(TREE, HOSPICE).status_code == 303
    page = administrator.get(TREE).text
    assert page.index("Our organisation</a>") < page.index("Northshire Hospice</a>")
    assert events(database) == ["organisation added"]


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({**HOSPICE, "name": " "}, "Enter the name"),
        ({**HOSPICE, "name": "x" * 201}, "at most 200 characters"),
        ({**HOSPICE, "name": "A / B"}, "no slash"),
        ({**HOSPICE, "kind": ""}, "Choose what it is"),
        ({"name": "trust a", "kind": "site", "below": "trust"}, "already"),
    ],
)
def test_a_refused_organisation_keeps_what_was_typed(
    administrator: StaffBrowser, database: Database, fields: dict[str, str], problem: str
) -> None:
    below(database, "Trust A")
    answer = administrator.post(TREE, fields)
    assert answer.status_code == 422
    assert problem in answer.text
    assert "<title>Error: Organisations" in answer.text
    assert f'value="{fields["name"]}"' in answer.text or not fields["name"].strip()
    assert events(database) == []


def test_a_name_and_the_second_factor_are_changed_and_both_are_in_the_trail(
    administrator: StaffBrowser, database: Database
) -> None:
    below(database, "Trust A")
    path = f"{TREE}/trust-a"
    assert administrator.post(path, {"name": "Trust B", "second_factor_required": "y"}).status_code == 303
    page = administrator.get(TREE).text
    assert "Trust B" in page
    assert "Required</td>" in page
    assert events(database) == ["organisation renamed", "second factor rule changed"]
    assert administrator.post(path, {"name": "Trust B"}).status_code == 303
    assert "Required</td>" not in administrator.get(TREE).text
    assert "Enter the name" in administrator.post(path, {"name": ""}).text


def test_one_sees_and_changes_nothing_beside_or_above(administrator: StaffBrowser, database: Database) -> None:
    for name in ("Trust A", "Trust B"):
        below(database, name)
    below(database, "Site of A", "trust-a")
    head = head_of(administrator, database, "trust-a")
    page = head.get(TREE).text
    assert "Site of A</a>" in page
    assert "Trust B" not in page
    for slug in ("trust", "trust-b", "nowhere"):
        assert head.get(f"{TREE}/{slug}").status_code == 404
        assert head.post(f"{TREE}/{slug}", {"name": "Mine"}, form_at=TREE).status_code == 404
        refused = head.post(TREE, {**HOSPICE, "below": slug})
        assert refused.status_code == 422
    assert events(database) == []
