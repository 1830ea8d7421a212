"""What the pages after sending carry in their address: that answers were sent, and the key for answers about a person.

The key opens nothing that was answered before: with it, answers about the person can be added for 24 hours.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from engage.respond.signed_tokens import SignedTokens, TokenExpired, TokenRefused

HOURS = 24
_NUMBER_BYTES = 5
_KEY_BYTES = 16


@dataclass(frozen=True, slots=True)
class Sent:
    """``equality_key`` None: nothing is asked about the person, or no longer."""

    collector_id: int
    version_id: int
    equality_key: bytes | None


def make_sent_token(tokens: SignedTokens, sent: Sent, at: datetime.datetime) -> str:
    """A token that says so."""
    numbers = sent.collector_id.to_bytes(_NUMBER_BYTES, "big") + sent.version_id.to_bytes(_NUMBER_BYTES, "big")
    return tokens.make(numbers + (sent.equality_key or b""), at)


def read_sent_token(tokens: SignedTokens, text: str, *, collector_id: int, at: datetime.datetime) -> Sent | None:
    """What the token says; after 24 hours without its key; None where it was not made here for this collector."""
    try:
        payload, _ = tokens.read(text, at, hours=HOURS)
    except TokenExpired as expired:
        payload = expired.payload[: 2 * _NUMBER_BYTES]
    except TokenRefused:
        return None
    key = payload[2 * _NUMBER_BYTES :]
    if len(payload) < 2 * _NUMBER_BYTES or len(key) not in (0, _KEY_BYTES):
        return None
    collector, version = payload[:_NUMBER_BYTES], payload[_NUMBER_BYTES : 2 * _NUMBER_BYTES]
    if int.from_bytes(collector, "big") != collector_id:
        return None
    return Sent(collector_id, int.from_bytes(version, "big"), key or None)
