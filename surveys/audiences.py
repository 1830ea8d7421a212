"""The installation's open list of audiences, and how many people a figure about each must rest on."""

from __future__ import annotations

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.organisations import ensure_root
from surveys.storage import tables

DEFAULT_MINIMUM_BASE = 10
STAFF_MINIMUM_BASE = 11
SMALLEST_MINIMUM_BASE = 5

# (id, label, minimum base). Staff know one another, so one more of them must have answered.
_SHIPPED = (
    ("patients", "Patients", DEFAULT_MINIMUM_BASE),
    ("carers", "Carers", DEFAULT_MINIMUM_BASE),
    ("public", "Public", DEFAULT_MINIMUM_BASE),
    ("staff", "Staff", STAFF_MINIMUM_BASE),
    ("primary_care", "Primary care", DEFAULT_MINIMUM_BASE),
    ("partners", "Partners", DEFAULT_MINIMUM_BASE),
)
_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")


class AudienceNotFound(ValueError):
    """No audience has this id; the message lists those that exist."""


def ensure_shipped(session: Session) -> None:
    """Make the shipped audiences that do not exist yet; what an installation changed is left alone."""
    existing = set(session.scalars(select(tables.Audience.id)))
    missing = [entry for entry in _SHIPPED if entry[0] not in existing]
    if not missing:
        return
    root = ensure_root(session)
    for id_, label, minimum_base in missing:
        session.add(tables.Audience(id=id_, organisation_id=root.id, label=label, minimum_base=minimum_base))
    session.flush()


def find_audience(session: Session, *, audience_id: str) -> tables.Audience:
    """The audience with this id, in any case and with spaces for underscores. AudienceNotFound lists the others."""
    ensure_shipped(session)
    wanted = audience_id.strip().lower().replace(" ", "_")
    audience = session.get(tables.Audience, wanted)
    if audience is None:
        known = ", ".join(session.scalars(select(tables.Audience.id).order_by(tables.Audience.id)))
        raise AudienceNotFound(f"there is no audience {audience_id!r}; there are {known}")
    return audience


def add_audience(
    session: Session, *, audience_id: str, label: str, minimum_base: int = DEFAULT_MINIMUM_BASE
) -> tables.Audience:
    """Add an entry to the list. ValueError for an id that is taken or malformed, or a base below the floor of 5."""
    if not _ID.fullmatch(audience_id):
        raise ValueError("an audience's id is lower-case letters, digits, _ and -, and starts with a letter or digit")
    if minimum_base < SMALLEST_MINIMUM_BASE:
        raise ValueError(f"a minimum base below {SMALLEST_MINIMUM_BASE} people would show who said what")
    ensure_shipped(session)
    if session.get(tables.Audience, audience_id) is not None:
        raise ValueError(f"there is an audience {audience_id!r} already")
    root = ensure_root(session)
    audience = tables.Audience(id=audience_id, organisation_id=root.id, label=label, minimum_base=minimum_base)
    session.add(audience)
    session.flush()
    return audience
