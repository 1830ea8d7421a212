"""Staff sessions: rows in the database, so that ending one ends it whoever holds a copy of its cookie."""

from __future__ import annotations

import datetime
import hashlib
import hmac
import secrets
from dataclasses import dataclass

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from engage.access.accounts import roles_of
from engage.access.permissions import Permission, permissions_of
from surveys.storage import tables

IDLE = datetime.timedelta(minutes=30)
LONGEST = datetime.timedelta(hours=12)
# Writing the time of every single request would make each page view wait for the write lock.
NOTED_EVERY = datetime.timedelta(minutes=1)
TOKEN_LENGTH = 43


@dataclass(frozen=True, slots=True)
class Staff:
    """Who is signed in, with what the roles allow at this moment.

    ``must_set_up``: the organisation requires a second factor and the account has none yet.
    """

    account_id: int
    organisation_id: int
    email: str
    name: str
    roles: tuple[str, ...]
    permissions: frozenset[Permission]
    last_seen_at: datetime.datetime
    must_set_up: bool
    to_be_renewed: bool


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A browser in which somebody is signed in. ``reference`` names the session and opens nothing."""

    reference: str
    browser: str
    began_at: datetime.datetime
    last_seen_at: datetime.datetime
    is_this: bool


def start_session(session: Session, *, account: tables.Account, at: datetime.datetime, browser: str = "") -> str:
    """A new session; returns the token for the browser's cookie, which is stored nowhere."""
    token = _new_token()
    session.add(
        tables.StaffSession(
            id_hash=_hash(token),
            account_id=account.id,
            created_at=at,
            last_seen_at=at,
            expires_at=at + LONGEST,
            browser=browser,
        )
    )
    account.last_signed_in_at = at
    session.flush()
    return token


def find_session(session: Session, *, token: str, at: datetime.datetime) -> Staff | None:
    """Whose session the token opens; None if it has ended, is idle too long, or its account is disabled."""
    if len(token) != TOKEN_LENGTH:
        return None
    found = session.execute(
        select(tables.StaffSession, tables.Account, tables.Organisation.second_factor_required)
        .join(tables.Account, tables.Account.id == tables.StaffSession.account_id)
        .join(tables.Organisation, tables.Organisation.id == tables.Account.organisation_id)
        .where(
            tables.StaffSession.id_hash == _hash(token),
            tables.StaffSession.expires_at > at,
            tables.StaffSession.last_seen_at > at - IDLE,
            tables.Account.disabled_at.is_(None),
        )
    ).one_or_none()
    if found is None:
        return None
    row, account, required = found
    roles = roles_of(session, account)
    return Staff(
        account_id=account.id,
        organisation_id=account.organisation_id,
        email=account.email,
        name=account.name,
        roles=roles,
        permissions=permissions_of(roles),
        last_seen_at=row.last_seen_at,
        must_set_up=required and account.second_factor_at is None,
        to_be_renewed=row.to_be_renewed,
    )


def note_seen(session: Session, *, token: str, at: datetime.datetime) -> None:
    """Keep the session from ending for idleness. A session that was ended meanwhile stays ended."""
    session.execute(
        update(tables.StaffSession).where(tables.StaffSession.id_hash == _hash(token)).values(last_seen_at=at)
    )


def renew_session(session: Session, *, token: str) -> str | None:
    """Give the session a new token, under which it goes on; None if it has ended, or was renewed just now."""
    new = _new_token()
    renewed = session.scalar(
        update(tables.StaffSession)
        .where(tables.StaffSession.id_hash == _hash(token))
        .values(id_hash=_hash(new), to_be_renewed=False)
        .returning(tables.StaffSession.account_id)
    )
    return None if renewed is None else new


def list_sessions(session: Session, *, account_id: int, token: str, at: datetime.datetime) -> tuple[SessionLine, ...]:
    """The account's sessions that are alive, the last used one first; ``token`` tells which one is this one."""
    rows = session.scalars(
        select(tables.StaffSession)
        .where(
            tables.StaffSession.account_id == account_id,
            tables.StaffSession.expires_at > at,
            tables.StaffSession.last_seen_at > at - IDLE,
        )
        .order_by(tables.StaffSession.last_seen_at.desc(), tables.StaffSession.id_hash)
    )
    own = _hash(token)
    return tuple(
        SessionLine(
            row.id_hash.hex(), row.browser, row.created_at, row.last_seen_at, hmac.compare_digest(row.id_hash, own)
        )
        for row in rows
    )


def end_listed_session(session: Session, *, account_id: int, reference: str) -> bool:
    """End the account's session with this ``SessionLine.reference``; False where it has no such session."""
    try:
        id_hash = bytes.fromhex(reference)
    except ValueError:
        return False
    ended = session.scalar(
        delete(tables.StaffSession)
        .where(tables.StaffSession.account_id == account_id, tables.StaffSession.id_hash == id_hash)
        .returning(tables.StaffSession.account_id)
    )
    return ended is not None


def end_session(session: Session, *, token: str) -> None:
    """End the session that the token opens, if any."""
    session.execute(delete(tables.StaffSession).where(tables.StaffSession.id_hash == _hash(token)))


def _new_token() -> str:
    return secrets.token_urlsafe(32)


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()
