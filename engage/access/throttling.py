"""Slowing down whoever guesses passwords and codes, without locking out the person whose account it is.

Tries are counted for an account together with the network they come from, and for the network alone, in a table that
all processes share. No limit belongs to an account alone: a stranger elsewhere could otherwise keep its owner out. A
browser in which the owner has signed in before is counted by itself, so that not even a colleague whose computer
shares the hospital's address can do so.
"""

from __future__ import annotations

import datetime
import hashlib
import hmac
import ipaddress
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from surveys.storage import tables

WINDOW = datetime.timedelta(minutes=15)
TRIES_PER_ACCOUNT_AND_NETWORK = 5
# A whole hospital can share one address, so this is far above what its staff mistype in a quarter of an hour.
TRIES_PER_NETWORK = 60
# Six digits can be guessed from many networks at once. Only somebody who knows the password comes this far, and the
# owner still gets in with a recovery code.
APP_CODES_PER_DAY = 100
_DAY = datetime.timedelta(days=1)

Purpose = Literal["sign-in", "second factor"]


@dataclass(frozen=True, slots=True)
class Trying:
    """Whose account is tried, and from where. ``browser`` names a browser in which its owner has signed in before."""

    email: str
    network: str
    browser: str | None = None


def network_of(address: str | None) -> str:
    """The address itself for IPv4; for IPv6 its /64, which one person's devices share."""
    try:
        parsed = ipaddress.ip_address((address or "").split("%")[0])
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped is not None:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)


def count_try(session: Session, trying: Trying, purpose: Purpose, *, secret_key: str, at: datetime.datetime) -> bool:
    """Count one try; False where there have been too many and what was typed must not even be looked at."""
    own = _count(session, _own_key(secret_key, trying, purpose), at)
    if trying.browser is not None:
        return own <= TRIES_PER_ACCOUNT_AND_NETWORK
    here = _count(session, _key(secret_key, purpose, "network", trying.network), at)
    return here <= TRIES_PER_NETWORK and own <= TRIES_PER_ACCOUNT_AND_NETWORK


def forget_tries(session: Session, trying: Trying, purpose: Purpose, *, secret_key: str) -> None:
    """After a success the account's own counter starts anew; the network's keeps counting."""
    _forget(session, _own_key(secret_key, trying, purpose))


def count_app_code(session: Session, email: str, *, secret_key: str, at: datetime.datetime) -> bool:
    """Count one code of an authenticator, wherever it comes from; False after too many on one day."""
    return _count(session, _key(secret_key, "app codes", email), at, _DAY) <= APP_CODES_PER_DAY


def forget_app_codes(session: Session, email: str, *, secret_key: str) -> None:
    """After a success the day's count starts anew."""
    _forget(session, _key(secret_key, "app codes", email))


def count_wrong_link(session: Session, network: str, *, secret_key: str, at: datetime.datetime) -> bool:
    """Count one link that opens nothing; False after too many. A right one is never counted, and always opens."""
    return _count(session, _key(secret_key, "wrong link", network), at) <= TRIES_PER_NETWORK


def _own_key(secret_key: str, trying: Trying, purpose: Purpose) -> bytes:
    if trying.browser is not None:
        return _key(secret_key, purpose, "browser", trying.email, trying.browser)
    return _key(secret_key, purpose, "account", trying.email, trying.network)


def _forget(session: Session, key: bytes) -> None:
    session.execute(delete(tables.Throttle).where(tables.Throttle.key_hash == key))
    session.flush()


def _count(session: Session, key: bytes, at: datetime.datetime, window: datetime.timedelta | None = None) -> int:
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    # Two processes may count the first try at the same moment; the second one then finds the first one's row.
    session.execute(
        insert(tables.Throttle).values(key_hash=key, window_started_at=at, count=0).on_conflict_do_nothing()
    )
    row = session.get_one(tables.Throttle, key, with_for_update=True, populate_existing=True)
    if at - row.window_started_at >= (window or WINDOW) or at < row.window_started_at:
        row.window_started_at, row.count = at, 0
    row.count += 1
    session.flush()
    return row.count


def _key(secret_key: str, *parts: str) -> bytes:
    """A keyed hash, so that the table tells no address to whoever steals it."""
    return hmac.digest(secret_key.encode(), "\0".join(("throttle", *parts)).encode(), hashlib.sha256)
