"""The organisation's logo: on every page of its surveys, from an address that changes with the picture."""

from __future__ import annotations

import hashlib
import io
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from surveys.storage import tables

SECONDS_KEPT = 30.0
FORMATS = {"image/png": "PNG", "image/jpeg": "JPEG"}


@dataclass(frozen=True, slots=True)
class Logo:
    """Two logos are equal where their addresses are. ``width`` and ``height`` are in pixels of the picture."""

    address: str
    width: int = field(compare=False)
    height: int = field(compare=False)
    kind: str = field(compare=False)
    content: bytes = field(compare=False, repr=False)


class Logos:
    """The logos of organisations, looked up again after half a minute."""

    def __init__(self, reading: Callable[[], AbstractContextManager[Session]]) -> None:
        self._reading = reading
        self._known: dict[int, tuple[float, Logo | None]] = {}

    def of(self, organisation_id: int) -> Logo | None:
        """The organisation's logo, if it has one."""
        known, now = self._known.get(organisation_id), time.monotonic()
        if known is not None and now - known[0] < SECONDS_KEPT:
            return known[1]
        with self._reading() as session:
            organisation = session.get(tables.Organisation, organisation_id)
            picture = (organisation.logo, organisation.logo_type) if organisation else (None, None)
        logo = _logo(organisation_id, *picture)
        self._known[organisation_id] = (now, logo)
        return logo


def _logo(organisation_id: int, content: bytes | None, kind: str | None) -> Logo | None:
    if content is None or kind not in FORMATS:
        return None
    # Read only when a logo is first met; most requests never come here.
    from PIL import Image

    with Image.open(io.BytesIO(content), formats=[FORMATS[kind]]) as picture:
        width, height = picture.size
    mark = hashlib.sha256(content).hexdigest()[:12]
    return Logo(f"/logo/{organisation_id}/{mark}", width, height, kind, content)
