"""Staff accounts: adding, finding, disabling, resetting."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from engage.access.passwords import check_new_password, hash_password
from engage.access.permissions import Role
from engage.audit.events import (
    AccountAdded,
    AccountDisabled,
    AccountEnabled,
    PasswordReset,
    RolesChanged,
    record,
)
from surveys.storage import tables

_ADDRESS = re.compile(r"[^@\s\"(),:;<>\[\]\\]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}", re.ASCII)


class AccountRefused(ValueError):
    """The account cannot be added, found or changed as asked; the message says why."""


@dataclass(frozen=True, slots=True)
class AccountLine:
    """An account as a list shows it."""

    email: str
    name: str
    organisation: str
    roles: tuple[str, ...]
    created_at: datetime.datetime
    disabled_at: datetime.datetime | None
    last_signed_in_at: datetime.datetime | None
    second_factor: bool


def normalise_email(text: str) -> str:
    """The one spelling under which an address is stored: no spaces around it, lower case."""
    return text.strip().lower()[:254]


def is_email(text: str) -> bool:
    """Whether a normalised address can be one."""
    return bool(_ADDRESS.fullmatch(text))


def find_account(session: Session, *, email: str) -> tables.Account | None:
    """The account with this address in any spelling, disabled or not; None if there is none."""
    return session.scalar(select(tables.Account).where(tables.Account.email == normalise_email(email)))


def account_named(session: Session, *, email: str) -> tables.Account:
    """As ``find_account``; AccountRefused if there is none."""
    account = find_account(session, email=email)
    if account is None:
        raise AccountRefused(f"There is no account {normalise_email(email)}. See: engage account list")
    return account


def add_account(
    session: Session,
    *,
    organisation_id: int,
    email: str,
    password: str,
    roles: Iterable[Role],
    at: datetime.datetime,
    by: str,
    name: str = "",
) -> tables.Account:
    """A new account. AccountRefused for an address that is taken or none; PasswordRefused for a weak password."""
    address = normalise_email(email)
    if not is_email(address):
        raise AccountRefused(f"{email.strip()[:80]!r} is not an e-mail address.")
    existing = find_account(session, email=address)
    if existing is not None:
        state = "disabled; engage account reset brings it back" if existing.disabled_at else "active"
        raise AccountRefused(f"There is an account {address} already ({state}).")
    check_new_password(password, email=address)
    return add_checked_account(
        session,
        organisation_id=organisation_id,
        email=address,
        name=name,
        password_hash=hash_password(password),
        roles=roles,
        at=at,
        by=by,
    )


def add_checked_account(
    session: Session,
    *,
    organisation_id: int,
    email: str,
    name: str,
    password_hash: str,
    roles: Iterable[Role],
    at: datetime.datetime,
    by: str,
) -> tables.Account:
    """A new account whose address is free and whose password was found good and hashed before."""
    account = tables.Account(
        organisation_id=organisation_id,
        email=email,
        name=name.strip()[:200],
        password_hash=password_hash,
        password_changed_at=at,
        created_at=at,
    )
    session.add(account)
    session.flush()
    held = _give(session, account, roles)
    record(session, AccountAdded(email, held), organisation_id=organisation_id, by=by, at=at)
    return account


def roles_of(session: Session, account: tables.Account) -> tuple[str, ...]:
    """The account's roles in alphabetical order."""
    query = select(tables.AccountRole.role).where(tables.AccountRole.account_id == account.id)
    return tuple(sorted(session.scalars(query)))


def set_roles(
    session: Session, *, account: tables.Account, roles: Iterable[Role], at: datetime.datetime, by: str
) -> None:
    """Replace the account's roles. Whoever is signed in with it has the new ones from the next request on.

    Their sessions go on under a new cookie, so that one that was copied before is of no use for the new roles.
    """
    session.execute(delete(tables.AccountRole).where(tables.AccountRole.account_id == account.id))
    held = _give(session, account, roles)
    session.execute(
        update(tables.StaffSession).where(tables.StaffSession.account_id == account.id).values(to_be_renewed=True)
    )
    record(session, RolesChanged(account.email, held), organisation_id=account.organisation_id, by=by, at=at)


def disable_account(session: Session, *, account: tables.Account, at: datetime.datetime, by: str) -> None:
    """Nobody signs in with this account any more, and whoever is signed in with it no longer is."""
    account.disabled_at = account.disabled_at or at
    end_sessions(session, account)
    record(session, AccountDisabled(account.email), organisation_id=account.organisation_id, by=by, at=at)


def enable_account(session: Session, *, account: tables.Account, at: datetime.datetime, by: str) -> None:
    """The account can be signed in with again, with the password that it had."""
    account.disabled_at = None
    session.flush()
    record(session, AccountEnabled(account.email), organisation_id=account.organisation_id, by=by, at=at)


def reset_password(session: Session, *, account: tables.Account, password: str, at: datetime.datetime, by: str) -> None:
    """A new password. Every session of the account ends, and a disabled account is active again."""
    check_new_password(password, email=account.email)
    account.password_hash, account.password_changed_at = hash_password(password), at
    account.disabled_at = None
    end_sessions(session, account)
    record(session, PasswordReset(account.email), organisation_id=account.organisation_id, by=by, at=at)


def end_sessions(session: Session, account: tables.Account) -> int:
    """Sign the account out everywhere; how many sessions that ended."""
    ended = session.scalars(
        delete(tables.StaffSession)
        .where(tables.StaffSession.account_id == account.id)
        .returning(tables.StaffSession.account_id)
    ).all()
    return len(ended)


def list_accounts(session: Session) -> tuple[AccountLine, ...]:
    """Every account of the installation, by address."""
    roles: dict[int, list[str]] = {}
    for row in session.scalars(select(tables.AccountRole).order_by(tables.AccountRole.role)):
        roles.setdefault(row.account_id, []).append(row.role)
    accounts = session.execute(
        select(tables.Account, tables.Organisation.slug)
        .join(tables.Organisation, tables.Organisation.id == tables.Account.organisation_id)
        .order_by(tables.Account.email)
    )
    return tuple(
        AccountLine(
            email=account.email,
            name=account.name,
            organisation=organisation,
            roles=tuple(roles.get(account.id, ())),
            created_at=account.created_at,
            disabled_at=account.disabled_at,
            last_signed_in_at=account.last_signed_in_at,
            second_factor=account.second_factor_at is not None,
        )
        for account, organisation in accounts
    )


def _give(session: Session, account: tables.Account, roles: Iterable[Role]) -> tuple[str, ...]:
    held = tuple(sorted(set(roles)))
    session.add_all(tables.AccountRole(account_id=account.id, role=role) for role in held)
    session.flush()
    return held
