"""Tokens that only this installation can have made: for one purpose each, and for a limited time.

A token is the hour it was made in and a payload, followed by a keyed hash of both. Its key is made from the secret key
and the purpose, so that a token for one purpose means nothing for another. The payload can be read by whoever holds
the token; it is not encrypted.
"""

from __future__ import annotations

import base64
import binascii
import datetime
import hashlib
import hmac
from functools import cached_property

_HOUR = 4
_SIGNATURE = 16


class TokenRefused(Exception):
    """The token was not made here for this purpose, or was altered."""


class TokenExpired(Exception):
    """The token is genuine and too old; ``payload`` is what it carries."""

    def __init__(self, payload: bytes) -> None:
        super().__init__("the token is too old")
        self.payload = payload


def hour_of(at: datetime.datetime) -> int:
    """Whole hours since 1970."""
    return int(at.timestamp()) // 3600


class SignedTokens:
    """Makes and reads the tokens of one purpose. ``former`` are secret keys that were in use before ``secret``."""

    def __init__(self, purpose: str, secret: str, former: tuple[str, ...] = ()) -> None:
        self._purpose = purpose
        self._secrets = (secret, *former)

    @cached_property
    def _keys(self) -> tuple[bytes, ...]:
        label = f"engage token {self._purpose}".encode()
        return tuple(hmac.digest(secret.encode(), label, hashlib.sha256) for secret in self._secrets)

    def make(self, payload: bytes, at: datetime.datetime) -> str:
        """A token that carries ``payload`` and the hour of ``at``; letters, digits, "-" and "_" only."""
        body = hour_of(at).to_bytes(_HOUR, "big") + payload
        signature = hmac.digest(self._keys[0], body, hashlib.sha256)[:_SIGNATURE]
        return base64.urlsafe_b64encode(body + signature).rstrip(b"=").decode()

    def read(self, token: str, at: datetime.datetime, *, hours: int) -> tuple[bytes, int]:
        """The payload and the hour in which the token was made. TokenRefused, or TokenExpired after ``hours``."""
        try:
            raw = base64.b64decode(token.encode("ascii") + b"=" * (-len(token) % 4), b"-_", validate=True)
        except (UnicodeEncodeError, binascii.Error):
            raise TokenRefused from None
        body, signature = raw[:-_SIGNATURE], raw[-_SIGNATURE:]
        if len(body) < _HOUR or not any(
            hmac.compare_digest(signature, hmac.digest(key, body, hashlib.sha256)[:_SIGNATURE]) for key in self._keys
        ):
            raise TokenRefused
        made, payload = int.from_bytes(body[:_HOUR], "big"), body[_HOUR:]
        # A clock that runs a little ahead on another machine is forgiven; a token from the far future is not.
        if not -1 <= hour_of(at) - made < hours:
            raise TokenExpired(payload)
        return payload, made
