"""A tree of two organisations with an administrator each."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import select

from engage.unit_of_work import Database
from surveys.organisations import ensure_root
from surveys.storage import tables
from tests.engage.staff_browser import StaffBrowser
from tests.factories import an_account

TOP, BELOW = "top@example.org", "below@example.org"


@dataclass(frozen=True, slots=True)
class Tree:
    """Ids of accounts: administrators of the organisation on top and of the one below, and a colleague of each."""

    top: int
    below: int
    colleague_top: int
    colleague_below: int
    organisation_below: int


@pytest.fixture
def tree(database: Database) -> Tree:
    with database.writing() as session:
        root = ensure_root(session)
        north = tables.Organisation(slug="north", name="North Place", kind="place", parent_id=root.id)
        session.add(north)
        session.flush()
        accounts = [
            an_account(session, "administrator", email=TOP),
            an_account(session, "administrator", email=BELOW),
            an_account(session, "officer", email="colleague-top@example.org"),
            an_account(session, "officer", email="colleague-below@example.org"),
        ]
        accounts[1].organisation_id = accounts[3].organisation_id = north.id
        session.flush()
        return Tree(accounts[0].id, accounts[1].id, accounts[2].id, accounts[3].id, north.id)


@pytest.fixture
def top(application: Flask, tree: Tree) -> StaffBrowser:
    """The administrator of the organisation on top, signed in."""
    browser = StaffBrowser(application)
    assert browser.sign_in(TOP).status_code == 303
    return browser


@pytest.fixture
def below(application: Flask, tree: Tree) -> StaffBrowser:
    """The administrator of the organisation below, signed in."""
    browser = StaffBrowser(application)
    assert browser.sign_in(BELOW).status_code == 303
    return browser


def actions(database: Database) -> list[tuple[str, str, str]]:
    """(action, subject, actor) of the audit trail, sign-ins left out."""
    with database.reading() as session:
        rows = session.scalars(select(tables.AuditEvent).order_by(tables.AuditEvent.id))
        found = [(row.action, row.subject, row.actor) for row in rows]
    return [each for each in found if each[0] != "sign in succeeded"]
