"""Whether what a report carries about itself is what this installation wrote: a keyed hash travels with it.

Without it, figures inside a PDF could be changed and verified one guess after another until they are today's. So
figures are compared in parts only where the seal holds.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from typing import Any

_SEAL = "seal"


def with_seal(carried: Mapping[str, Any], secret: str) -> dict[str, Any]:
    """The same with a seal over all of it, whose key is made from ``secret``."""
    key = _key(secret)
    return {**carried, _SEAL: {"key": _name(key), "hash": _hash(carried, key)}}


def seal_holds(carried: Mapping[str, Any], secrets: Sequence[str]) -> bool | None:
    """Whether nothing was changed since it was sealed; None without a seal, or with one of a key that none of
    ``secrets`` makes, of which nothing can be said.
    """
    seal = carried.get(_SEAL)
    if not isinstance(seal, dict):
        return None
    key = next((key for key in map(_key, secrets) if _name(key) == seal.get("key")), None)
    if key is None:
        return None
    return hmac.compare_digest(_hash(carried, key).encode(), str(seal.get("hash")).encode())


def _key(secret: str) -> bytes:
    return hmac.digest(secret.encode(), b"engage report seal", hashlib.sha256)


def _name(key: bytes) -> str:
    """Which key it is, so that a seal of another installation is not taken for a broken one."""
    return hmac.digest(key, b"name", hashlib.sha256)[:8].hex()


def _hash(carried: Mapping[str, Any], key: bytes) -> str:
    sealed = {name: part for name, part in carried.items() if name != _SEAL}
    return hmac.digest(key, json.dumps(sealed, sort_keys=True).encode(), hashlib.sha256).hex()
