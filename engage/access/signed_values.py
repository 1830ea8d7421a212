"""Values that a browser keeps for us and cannot change: signed, for one purpose each."""

from __future__ import annotations

from itsdangerous import BadSignature, URLSafeSerializer

from engage.settings import Settings


def signed(settings: Settings, purpose: str, values: list[str | int]) -> str:
    """Text that ``read_signed`` with the same purpose turns back into the values; whoever holds it can read them."""
    return str(_serializer(settings, purpose).dumps(values))


def read_signed(settings: Settings, purpose: str, text: str) -> list[str | int] | None:
    """The values that were signed here for this purpose; None for anything else."""
    try:
        values: list[str | int] = _serializer(settings, purpose).loads(text)
    except BadSignature:
        return None
    return values


def _serializer(settings: Settings, purpose: str) -> URLSafeSerializer:
    # The last key signs; the others, which were in use before it, only read.
    keys = [*settings.secret_key_fallbacks[::-1], settings.secret_key]
    return URLSafeSerializer(keys, salt=f"engage {purpose}")
