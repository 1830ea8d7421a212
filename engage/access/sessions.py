"""Staff sessions: rows in the database, so that ending one ends it whoever holds a copy of its cookie."""

from __future__ import annotations

import datetime
import hashlib
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
    """Who is signed in, with what the roles allow at this moment."""

    account_id: int
    organisation_id: int
    email: str
    roles: tuple[str, ...]
    permissions: frozenset[Permission]
    last_seen_at: datetime.datetime


def start_session(session: Session, *, account: tables.Account, at: datetime.datetime) -> str:
    """A new session; returns the token for the browser's cookie, which is stored nowhere."""
    token = secrets.token_urlsafe(32)
    session.add(
        tables.StaffSession(
            id_hash=_hash(token), account_id=account.id, created_at=at, last_seen_at=at, expires_at=at + LONGEST
        )
    )
    session.flush()
    return token


def find_session(session: Session, *, token: str, at: datetime.datetime) -> Staff | None:
    """Whose session the token opens; None if it has ended, is idle too long, or its account is disabled."""
    if len(token) != TOKEN_LENGTH:
        return None
    found = session.execute(
        select(tables.StaffSession, tables.Account)
        .join(tables.Account, tables.Account.id == tables.StaffSession.account_id)
        .where(
            tables.StaffSession.id_hash == _hash(token),
            tables.StaffSession.expires_at > at,
            tables.StaffSession.last_seen_at > at - IDLE,
            tables.Account.disabled_at.is_(None),
        )
    ).one_or_none()
    if found is None:
        return None
    row, account = found
    roles = roles_of(session, account)
    return Staff(account.id, account.organisation_id, account.email, roles, permissions_of(roles), row.last_seen_at)


def note_seen(session: Session, *, token: str, at: datetime.datetime) -> None:
    """Keep the session from ending for idleness. A session that was ended meanwhile stays ended."""
    session.execute(
        update(tables.StaffSession).where(tables.StaffSession.id_hash == _hash(token)).values(last_seen_at=at)
    )


def end_session(session: Session, *, token: str) -> None:
    """End the session that the token opens, if any."""
    session.execute(delete(tables.StaffSession).where(tables.StaffSession.id_hash == _hash(token)))


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()
