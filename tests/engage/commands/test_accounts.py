"""``engage account``: the first thing that anybody does after installing."""

import json

import pytest
from sqlalchemy import select

from engage import clock
from engage.access.second_factors import switch_on
from engage.people.invitations import find_invitation
from engage.unit_of_work import Database
from surveys.organisations import ensure_root
from surveys.storage import tables
from tests.engage.commands.running import Installation

PASSWORD = "rainy harbour seven lamps"
ADD = ("account", "add", "Ann@Example.nhs.uk", "--role", "officer")


def test_an_account_is_added_with_a_password_from_standard_input(
    installation: Installation, database: Database
) -> None:
    done = installation.run(*ADD, typed=PASSWORD + "\n")
    assert (done.returncode, done.stdout) == (0, "ann@example.nhs.uk\tofficer\n")
    assert PASSWORD not in done.stdout + done.stderr
    with database.reading() as session:
        account = session.scalars(select(tables.Account)).one()
        event = session.scalars(select(tables.AuditEvent)).one()
    assert account.password_hash.startswith("$argon2id$")
    assert (event.action, event.subject, event.actor) == ("account added", "ann@example.nhs.uk", "command line")


def test_accounts_are_listed_disabled_and_reset(installation: Installation) -> None:
    installation.run(*ADD, typed=PASSWORD)
    assert installation.run("account", "disable", "ann@example.nhs.uk").returncode == 0
    assert "disabled" in installation.run("account", "list").stdout
    assert (
        installation.run("account", "reset", "ann@example.nhs.uk", typed="purple mountain nine spoons").returncode == 0
    )
    assert installation.run("account", "set-roles", "ann@example.nhs.uk", "--role", "viewer").returncode == 0
    (line,) = json.loads(installation.run("account", "list", "--json").stdout)
    assert (line["email"], line["roles"], line["disabled_at"]) == ("ann@example.nhs.uk", ["viewer"], None)


@pytest.mark.parametrize(
    ("arguments", "typed", "said"),
    [
        (("account", "add", "no address", "--role", "viewer"), PASSWORD, "is not an e-mail address"),
        (("account", "add", "a@b@c.uk", "--role", "viewer"), PASSWORD, "is not an e-mail address"),
        (ADD, "short", "15 characters or more"),
        (ADD, "", "15 characters or more"),
        (ADD, "ann@example.nhs.uk", "easy to guess"),
        (("account", "disable", "nobody@example.nhs.uk"), "", "There is no account"),
        (("account", "reset", "nobody@example.nhs.uk"), PASSWORD, "There is no account"),
    ],
)
def test_what_cannot_be_done_is_refused_with_its_reason(
    installation: Installation, arguments: tuple[str, ...], typed: str, said: str
) -> None:
    done = installation.run(*arguments, typed=typed)
    assert done.returncode == 1
    assert said in done.stderr
    assert done.stdout == ""


def test_an_address_is_used_once(installation: Installation) -> None:
    installation.run(*ADD, typed=PASSWORD)
    done = installation.run(*ADD, typed=PASSWORD)
    assert done.returncode == 1
    assert "already (active)" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [("account", "add", "a@example.org", "--role", "king"), ("account", "add", "a@example.org"), ("account", "ad")],
)
def test_wrong_usage_is_told_apart_from_refused_input(installation: Installation, arguments: tuple[str, ...]) -> None:
    assert installation.run(*arguments, typed=PASSWORD).returncode == 2


def test_an_account_can_have_a_name_and_an_organisation(installation: Installation, database: Database) -> None:
    with database.writing() as session:
        north = tables.Organisation(slug="north", name="North", kind="place", parent_id=ensure_root(session).id)
        session.add(north)
    done = installation.run(*ADD, "--name", "Ann Smith", "--organisation", "north", typed=PASSWORD)
    assert done.returncode == 0, done.stderr
    (line,) = json.loads(installation.run("account", "list", "--json").stdout)
    assert (line["name"], line["organisation"], line["second_factor"]) == ("Ann Smith", "north", False)
    refused = installation.run("account", "add", "b@example.org", "--role", "viewer", "--organisation", "south")
    assert refused.returncode == 1
    assert "There is no organisation" in refused.stderr


def test_an_invitation_is_a_link_on_standard_output(installation: Installation, database: Database) -> None:
    done = installation.run("account", "invite", "Ann@Example.nhs.uk", "--role", "officer")
    assert done.returncode == 0, done.stderr
    token = done.stdout.strip().rsplit("/", 1)[1]
    assert done.stdout.startswith(("http://", "https://"))
    with database.reading() as session:
        found = find_invitation(session, token=token, at=clock.now())
        event = session.scalars(select(tables.AuditEvent)).one()
    assert found is not None
    assert (found.email, found.roles) == ("ann@example.nhs.uk", ["officer"])
    assert (event.action, event.actor) == ("invitation made", "command line")


def test_a_lost_second_factor_is_switched_off(installation: Installation, database: Database) -> None:
    installation.run(*ADD, typed=PASSWORD)
    with database.writing() as session:
        account = session.scalars(select(tables.Account)).one()
        switch_on(session, account=account, sealed=b"sealed", step=1, at=clock.now(), by="test")
    done = installation.run("account", "second-factor-off", "ann@example.nhs.uk")
    assert done.returncode == 0, done.stderr
    with database.reading() as session:
        assert session.scalars(select(tables.Account.second_factor_at)).one() is None
        last = session.scalars(select(tables.AuditEvent).order_by(tables.AuditEvent.id.desc())).first()
    assert last is not None
    assert (last.action, last.actor) == ("second factor switched off", "command line")
