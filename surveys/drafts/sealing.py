"""Encrypting drafts: AES-256-GCM under a random data key, and that key wrapped by what only its owner has."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_NONCE_BYTES = 12
KEY_BYTES = 32


class Unreadable(Exception):
    """Stored bytes were changed, or the key is not theirs."""


def new_token() -> str:
    """256 random bits for a cookie."""
    return secrets.token_urlsafe(32)


def new_key() -> bytes:
    """A random data key."""
    return secrets.token_bytes(KEY_BYTES)


def token_hash(token: str) -> bytes:
    """What the database knows of a token: SHA-256 is enough for 256 random bits."""
    return hashlib.sha256(token.encode()).digest()


def token_key(token: str) -> bytes:
    """The wrapping key of a token (HKDF-SHA256, RFC 5869); the stored hash gives nothing away of it."""
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=b"engage draft").derive(token.encode())


def seal(key: bytes, content: bytes, purpose: bytes) -> bytes:
    """Nonce and ciphertext; it opens only with the same key and ``purpose``."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, content, purpose)


def unseal(key: bytes, sealed: bytes, purpose: bytes) -> bytes:
    """What was sealed. Raises Unreadable."""
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], purpose)
    except InvalidTag as error:
        raise Unreadable from error


def seal_json(key: bytes, content: Mapping[str, Any], purpose: bytes) -> bytes:
    """As ``seal``, of a JSON object."""
    return seal(key, json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode(), purpose)


def unseal_json(key: bytes, sealed: bytes, purpose: bytes) -> dict[str, Any]:
    """As ``unseal``, to a JSON object."""
    content: dict[str, Any] = json.loads(unseal(key, sealed, purpose))
    return content
