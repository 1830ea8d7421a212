"""The organisation that owns what is stored; the tree below it comes with the places of collectors."""

from __future__ import annotations

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.storage import tables

ROOT_SLUG = "trust"
DEFAULT_NAME = "Our organisation"
_COLOUR = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)


def ensure_root(session: Session, *, name: str = DEFAULT_NAME) -> tables.Organisation:
    """The organisation at the top of the tree, made with ``name`` the first time; the name is not changed later."""
    root = session.scalar(select(tables.Organisation).where(tables.Organisation.parent_id.is_(None)))
    if root is None:
        root = tables.Organisation(slug=ROOT_SLUG, name=name, kind="trust")
        session.add(root)
        session.flush()
    return root


def set_face(
    session: Session,
    *,
    organisation: tables.Organisation,
    logo: bytes | None = None,
    logo_type: str | None = None,
    colour: str | None = None,
) -> None:
    """Give the organisation its logo (already checked and re-encoded) and its colour, ``#rrggbb``.

    ValueError for a logo that is neither PNG nor JPEG and for any other form of colour.
    """
    if logo is not None and logo_type not in ("image/png", "image/jpeg"):
        raise ValueError("a logo must be a PNG or a JPEG picture")
    if colour is not None and not _COLOUR.fullmatch(colour):
        raise ValueError("a colour is written as # and six hexadecimal digits, for example #005eb8")
    organisation.logo, organisation.logo_type, organisation.colour = logo, logo_type, colour
    session.flush()
