"""Links by which somebody sets up an account, or chooses a new password.

A link works once, for seven days, until it is cancelled. Only the hash of its token is stored, and looking at it
changes nothing: programs that check mail for dangerous links follow every one of them.
"""

from __future__ import annotations

import datetime
import hashlib
import secrets
from collections.abc import Iterable

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from engage.access.accounts import (
    AccountRefused,
    add_checked_account,
    end_sessions,
    find_account,
    is_email,
    normalise_email,
)
from engage.access.permissions import ROLES, Role
from engage.audit.events import InvitationCancelled, InvitationMade, PasswordLinkMade, PasswordReset, record
from surveys.storage import tables

LASTS = datetime.timedelta(days=7)
_Conditions = tuple[ColumnElement[bool], ...]


def invite(
    session: Session, *, organisation_id: int, email: str, roles: Iterable[Role], at: datetime.datetime, by: str
) -> str:
    """The token of a new invitation; one that was open for the same address ends.

    AccountRefused where the address is none or has an account.
    """
    address = normalise_email(email)
    if not is_email(address):
        raise AccountRefused("Enter an e-mail address, such as ann.smith@example.nhs.uk.")
    if find_account(session, email=address) is not None:
        raise AccountRefused("Somebody already has an account with this address.")
    held = tuple(sorted(set(roles)))
    same = (tables.Invitation.email == address, tables.Invitation.account_id.is_(None))
    token = _add(session, same, organisation_id=organisation_id, email=address, roles=list(held), at=at, by=by)
    record(session, InvitationMade(address, held), organisation_id=organisation_id, by=by, at=at)
    return token


def make_password_link(session: Session, *, account: tables.Account, at: datetime.datetime, by: str) -> str:
    """The token of a link by which the account's owner chooses a new password; one that was open before ends."""
    same = (tables.Invitation.account_id == account.id,)
    organisation_id = account.organisation_id
    token = _add(
        session, same, organisation_id=organisation_id, email=account.email, account_id=account.id, at=at, by=by
    )
    record(session, PasswordLinkMade(account.email), organisation_id=organisation_id, by=by, at=at)
    return token


def find_invitation(session: Session, *, token: str, at: datetime.datetime) -> tables.Invitation | None:
    """The invitation that the token opens now; None for every other token."""
    found = session.scalar(select(tables.Invitation).where(tables.Invitation.token_hash == _hash(token), *_open(at)))
    if found is not None and found.account_id is not None:
        account = session.get(tables.Account, found.account_id)
        return found if account is not None and account.disabled_at is None else None
    return found


def open_invitations(
    session: Session, *, organisation_ids: Iterable[int], at: datetime.datetime
) -> tuple[tables.Invitation, ...]:
    """The links of these organisations that could still be used, the newest first."""
    query = (
        select(tables.Invitation)
        .where(tables.Invitation.organisation_id.in_(list(organisation_ids)), *_open(at))
        .order_by(tables.Invitation.made_at.desc(), tables.Invitation.id.desc())
    )
    return tuple(session.scalars(query))


def cancel_invitation(session: Session, *, invitation: tables.Invitation, at: datetime.datetime, by: str) -> None:
    """The link opens nothing any more."""
    if _end(session, (tables.Invitation.id == invitation.id,), at):
        event = InvitationCancelled(invitation.email)
        record(session, event, organisation_id=invitation.organisation_id, by=by, at=at)


def cancel_links_of(session: Session, *, account: tables.Account, at: datetime.datetime) -> None:
    """Links to the account, and those that its owner handed out, open nothing any more."""
    _end(session, (tables.Invitation.account_id == account.id,), at)
    _end(session, (tables.Invitation.made_by == account.email,), at)


def accept_invitation(
    session: Session, *, token: str, name: str, password_hash: str, at: datetime.datetime
) -> tables.Account | None:
    """The account that the invitation was for, with the password that its owner chose; None if the link was used.

    AccountRefused where the address has got an account in another way meanwhile.
    """
    invitation = _use(session, token, at)
    if invitation is None:
        return None
    if invitation.account_id is not None:
        return _with_new_password(session, invitation.account_id, password_hash, at)
    if find_account(session, email=invitation.email) is not None:
        raise AccountRefused("Somebody already has an account with this address.")
    return add_checked_account(
        session,
        organisation_id=invitation.organisation_id,
        email=invitation.email,
        name=name,
        password_hash=password_hash,
        roles=[role for role in ROLES if role in invitation.roles],
        at=at,
        by=invitation.made_by,
    )


def _with_new_password(
    session: Session, account_id: int, password_hash: str, at: datetime.datetime
) -> tables.Account | None:
    account = session.get(tables.Account, account_id)
    if account is None or account.disabled_at is not None:
        return None
    account.password_hash, account.password_changed_at = password_hash, at
    end_sessions(session, account)
    event = PasswordReset(account.email)
    record(session, event, organisation_id=account.organisation_id, by=account.email, at=at)
    return account


def _add(session: Session, same: _Conditions, *, at: datetime.datetime, by: str, **fields: object) -> str:
    _end(session, same, at)
    token = secrets.token_urlsafe(32)
    values = {"roles": [], **fields}
    session.add(tables.Invitation(**values, token_hash=_hash(token), made_at=at, made_by=by, expires_at=at + LASTS))
    session.flush()
    return token


def _use(session: Session, token: str, at: datetime.datetime) -> tables.Invitation | None:
    """Use the link up. Of two that come at the same moment one gets None."""
    return session.scalar(
        update(tables.Invitation)
        .where(tables.Invitation.token_hash == _hash(token), *_open(at))
        .values(used_at=at)
        .returning(tables.Invitation)
    )


def _end(session: Session, which: _Conditions, at: datetime.datetime) -> int:
    ended = session.scalars(
        update(tables.Invitation).where(*which, *_open(at)).values(cancelled_at=at).returning(tables.Invitation.id)
    ).all()
    return len(ended)


def _open(at: datetime.datetime) -> _Conditions:
    return (
        tables.Invitation.used_at.is_(None),
        tables.Invitation.cancelled_at.is_(None),
        tables.Invitation.expires_at > at,
    )


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()
