"""The signed token in every form that respondents send: which collector, which version, which visit, and since when.

It stands in for a session's token against forged requests, and its nonce makes sending the same form twice harmless.
"""

from __future__ import annotations

import datetime
import secrets
from dataclasses import dataclass

from engage.respond.signed_tokens import SignedTokens, TokenExpired, TokenRefused

HOURS = 48
NONCE_BYTES = 16
_NUMBER_BYTES = 5


@dataclass(frozen=True, slots=True)
class FormToken:
    """``hour`` counts from 1970; ``is_current`` is False once the form has stood open for more than 48 hours."""

    collector_id: int
    version_id: int
    nonce: bytes
    hour: int
    is_current: bool = True

    @property
    def made_at(self) -> datetime.datetime:
        """The beginning of the hour in which the form was made."""
        return datetime.datetime.fromtimestamp(self.hour * 3600, datetime.UTC)


def new_nonce() -> bytes:
    """What tells one visit from every other."""
    return secrets.token_bytes(NONCE_BYTES)


def make_form_token(
    tokens: SignedTokens, *, collector_id: int, version_id: int, nonce: bytes, at: datetime.datetime
) -> str:
    """A token for a form of this visit."""
    numbers = collector_id.to_bytes(_NUMBER_BYTES, "big") + version_id.to_bytes(_NUMBER_BYTES, "big")
    return tokens.make(numbers + nonce, at)


def read_form_token(tokens: SignedTokens, text: str, *, collector_id: int, at: datetime.datetime) -> FormToken | None:
    """What the token says, current or not; None where it was not made here for a form of this collector."""
    try:
        payload, hour = tokens.read(text, at, hours=HOURS)
        is_current = True
    except TokenExpired as expired:
        payload, hour, is_current = expired.payload, 0, False
    except TokenRefused:
        return None
    if len(payload) != 2 * _NUMBER_BYTES + NONCE_BYTES:
        return None
    collector, version = payload[:_NUMBER_BYTES], payload[_NUMBER_BYTES : 2 * _NUMBER_BYTES]
    if int.from_bytes(collector, "big") != collector_id:
        return None
    return FormToken(collector_id, int.from_bytes(version, "big"), payload[2 * _NUMBER_BYTES :], hour, is_current)
