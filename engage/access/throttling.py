"""Slowing down whoever guesses passwords, without locking out the person whose account it is.

Tries are counted for an account together with the network they come from, and for the network alone, in a table that
all processes share. No limit belongs to an account alone: a stranger elsewhere could otherwise keep its owner out.
"""

from __future__ import annotations

import datetime
import hashlib
import hmac
import ipaddress

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from surveys.storage import tables

WINDOW = datetime.timedelta(minutes=15)
TRIES_PER_ACCOUNT_AND_NETWORK = 5
# A whole hospital can share one address, so this is far above what its staff mistype in a quarter of an hour.
TRIES_PER_NETWORK = 60


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


def count_try(session: Session, *, secret_key: str, email: str, network: str, at: datetime.datetime) -> bool:
    """Count one try to sign in; False where there have been too many and the password must not even be looked at."""
    here = _count(session, _key(secret_key, "network", network), at)
    own = _count(session, _key(secret_key, "account", email, network), at)
    return here <= TRIES_PER_NETWORK and own <= TRIES_PER_ACCOUNT_AND_NETWORK


def forget_tries(session: Session, *, secret_key: str, email: str, network: str) -> None:
    """After a successful sign-in the account's own counter starts anew; the network's keeps counting."""
    key = _key(secret_key, "account", email, network)
    session.execute(delete(tables.Throttle).where(tables.Throttle.key_hash == key))
    session.flush()


def _count(session: Session, key: bytes, at: datetime.datetime) -> int:
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    # Two processes may count the first try at the same moment; the second one then finds the first one's row.
    session.execute(
        insert(tables.Throttle).values(key_hash=key, window_started_at=at, count=0).on_conflict_do_nothing()
    )
    row = session.get_one(tables.Throttle, key, with_for_update=True, populate_existing=True)
    if at - row.window_started_at >= WINDOW or at < row.window_started_at:
        row.window_started_at, row.count = at, 0
    row.count += 1
    session.flush()
    return row.count


def _key(secret_key: str, *parts: str) -> bytes:
    """A keyed hash, so that the table tells no address to whoever steals it."""
    return hmac.digest(secret_key.encode(), "\0".join(("sign-in throttle", *parts)).encode(), hashlib.sha256)
