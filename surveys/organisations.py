"""The organisation that owns what is stored; the tree below it comes with the places of collectors."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.storage import tables

ROOT_SLUG = "trust"
DEFAULT_NAME = "Our organisation"


def ensure_root(session: Session, *, name: str = DEFAULT_NAME) -> tables.Organisation:
    """The organisation at the top of the tree, made with ``name`` the first time; the name is not changed later."""
    root = session.scalar(select(tables.Organisation).where(tables.Organisation.parent_id.is_(None)))
    if root is None:
        root = tables.Organisation(slug=ROOT_SLUG, name=name, kind="trust")
        session.add(root)
        session.flush()
    return root
