"""``engage account``: staff accounts. Passwords come from a prompt or standard input, never from an argument."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import click

from engage import clock
from engage.access.accounts import (
    AccountRefused,
    account_named,
    add_account,
    disable_account,
    list_accounts,
    reset_password,
    roles_of,
    set_roles,
)
from engage.access.passwords import PasswordRefused
from engage.access.permissions import ROLES, Role
from engage.commands.context import database, fail, settings

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from surveys.storage import tables

BY = "command line"

_roles = click.option(
    "--role",
    "roles",
    type=click.Choice(ROLES),
    multiple=True,
    required=True,
    help="What the account may do; may be given several times.",
)
_organisation = click.option(
    "--organisation", metavar="SLUG", help="Whose account it is; the one at the top of the tree unless given."
)


@click.group(epilog="Example: engage account add ann@example.nhs.uk --role officer")
def account() -> None:
    """Add, invite, list, disable and reset staff accounts.

    Roles: viewer reads results; patient_partner comments on surveys before they are published; analyst makes reports
    and codes comments; triage reads comments as they come in, passes on what is urgent and removes answers that do not
    belong; safeguarding reads comments unmasked; editor designs surveys and makes posters; publisher publishes and
    exports sign-ups as well; officer is editor, publisher, analyst and triage; administrator may do everything.
    """


@account.command(epilog="Example: printf '%s' \"$PASSWORD\" | engage account add ann@example.nhs.uk --role officer")
@click.argument("email")
@_roles
@_organisation
@click.option("--name", default="", help="The person's name.")
def add(email: str, roles: tuple[Role, ...], organisation: str | None, name: str) -> None:
    """Add an account for EMAIL. The password is asked for, or read from standard input."""
    store = database()
    password = _password(f"Password for {email}")
    try:
        with store.writing() as session:
            added = add_account(
                session,
                organisation_id=_organisation_of(session, organisation).id,
                email=email,
                name=name,
                password=password,
                roles=roles,
                at=clock.now(),
                by=BY,
            )
            line = f"{added.email}\t{', '.join(roles_of(session, added))}"
    except (AccountRefused, PasswordRefused) as refusal:
        fail(str(refusal))
    click.echo(line)


@account.command(epilog="Example: engage account invite ann@example.nhs.uk --role officer")
@click.argument("email")
@_roles
@_organisation
def invite(email: str, roles: tuple[Role, ...], organisation: str | None) -> None:
    """Print a link with which EMAIL sets up an account. It works once, for 7 days, and is shown only now."""
    from engage.people.invitations import invite as make_invitation

    base_url = settings().base_url
    try:
        with database().writing() as session:
            organisation_id = _organisation_of(session, organisation).id
            token = make_invitation(
                session, organisation_id=organisation_id, email=email, roles=roles, at=clock.now(), by=BY
            )
    except AccountRefused as refusal:
        fail(str(refusal))
    click.echo(f"{base_url}/staff/invitation/{token}")


@account.command("list", epilog="Example: engage account list --json")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list.")
def list_(as_json: bool) -> None:
    """List the accounts with their roles and state."""
    with database().reading() as session:
        lines = list_accounts(session)
    if as_json:
        rows = [
            {
                "email": line.email,
                "name": line.name,
                "organisation": line.organisation,
                "roles": list(line.roles),
                "created_at": line.created_at.isoformat(),
                "disabled_at": line.disabled_at.isoformat() if line.disabled_at else None,
                "last_signed_in_at": line.last_signed_in_at.isoformat() if line.last_signed_in_at else None,
                "second_factor": line.second_factor,
            }
            for line in lines
        ]
        click.echo(json.dumps(rows, indent=2))
        return
    for line in lines:
        click.echo(f"{line.email}\t{', '.join(line.roles)}\t{'disabled' if line.disabled_at else 'active'}")
    if not lines:
        click.echo("There are no accounts yet. Add one with: engage account add EMAIL --role administrator", err=True)


@account.command(epilog="Example: engage account disable ann@example.nhs.uk")
@click.argument("email")
def disable(email: str) -> None:
    """Disable the account EMAIL; whoever is signed in with it is signed out at once."""
    try:
        with database().writing() as session:
            disable_account(session, account=account_named(session, email=email), at=clock.now(), by=BY)
    except AccountRefused as refusal:
        fail(str(refusal))
    click.echo(f"{email.strip().lower()}\tdisabled")


@account.command(epilog="Example: engage account reset ann@example.nhs.uk")
@click.argument("email")
def reset(email: str) -> None:
    """Give the account EMAIL a new password. It is signed out everywhere, and active again if it was disabled."""
    store = database()
    try:
        with store.reading() as session:
            account_named(session, email=email)
        password = _password(f"New password for {email}")
        with store.writing() as session:
            found = account_named(session, email=email)
            reset_password(session, account=found, password=password, at=clock.now(), by=BY)
    except (AccountRefused, PasswordRefused) as refusal:
        fail(str(refusal))
    click.echo(f"{email.strip().lower()}\treset")


@account.command("set-roles", epilog="Example: engage account set-roles ann@example.nhs.uk --role viewer")
@click.argument("email")
@_roles
def set_roles_(email: str, roles: tuple[Role, ...]) -> None:
    """Replace the roles of the account EMAIL; it takes effect at its next page."""
    try:
        with database().writing() as session:
            found = account_named(session, email=email)
            set_roles(session, account=found, roles=roles, at=clock.now(), by=BY)
            line = f"{found.email}\t{', '.join(roles_of(session, found))}"
    except AccountRefused as refusal:
        fail(str(refusal))
    click.echo(line)


@account.command("second-factor-off", epilog="Example: engage account second-factor-off ann@example.nhs.uk")
@click.argument("email")
def second_factor_off(email: str) -> None:
    """Switch off the second factor of the account EMAIL, for example after a lost phone; its password stays."""
    from engage.access.second_factors import switch_off

    try:
        with database().writing() as session:
            switch_off(session, account=account_named(session, email=email), at=clock.now(), by=BY)
    except AccountRefused as refusal:
        fail(str(refusal))
    click.echo(f"{email.strip().lower()}\tsecond factor off")


def _organisation_of(session: Session, slug: str | None) -> tables.Organisation:
    from surveys.organisations import OrganisationNotFound, ensure_root, find_organisation

    if slug is None:
        return ensure_root(session)
    try:
        return find_organisation(session, slug=slug)
    except OrganisationNotFound as fault:
        said = str(fault)
        fail(f"{said[0].upper()}{said[1:]}.")


def _password(question: str) -> str:
    """From a prompt that shows nothing, asked twice; without a terminal, the first line of standard input."""
    if sys.stdin.isatty():
        answer: str = click.prompt(question, hide_input=True, confirmation_prompt=True)
        return answer
    try:
        return sys.stdin.readline().rstrip("\r\n")
    except UnicodeDecodeError:
        fail("The password on standard input is not UTF-8 text.")
