"""The tree of organisations (alliance › place › provider › site) in one installation, each owning what it asks."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.storage import tables

ROOT_SLUG = "trust"
DEFAULT_NAME = "Our organisation"
KINDS = {"alliance": "Alliance", "place": "Place", "provider": "Provider", "site": "Site", "trust": "Trust"}
"""What an organisation can be, with the word for it, from the widest to the narrowest; a trust is the usual root."""

LONGEST_NAME = 200
_LONGEST_SLUG = 60
_COLOUR = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)


class OrganisationRefused(ValueError):
    """An organisation cannot be added or changed as asked; the message says why."""


class OrganisationNotFound(LookupError):
    """No organisation has this slug; the message lists those that exist."""


@dataclass(frozen=True, slots=True)
class Branch:
    """An organisation in the tree. ``path``: the names from the root down to its own; ``depth`` counts from 0."""

    organisation: tables.Organisation
    path: tuple[str, ...]
    depth: int


def ensure_root(session: Session, *, name: str = DEFAULT_NAME) -> tables.Organisation:
    """The organisation at the top of the tree, made with ``name`` the first time; the name is not changed later."""
    root = session.scalar(select(tables.Organisation).where(tables.Organisation.parent_id.is_(None)))
    if root is None:
        root = tables.Organisation(slug=ROOT_SLUG, name=name, kind="trust")
        session.add(root)
        session.flush()
    return root


def organisation_and_below(session: Session, organisation_id: int) -> frozenset[int]:
    """The ids of this organisation and of every one below it in the tree; empty where there is no such organisation."""
    below: dict[int | None, list[int]] = {}
    known = set()
    for id_, parent_id in session.execute(select(tables.Organisation.id, tables.Organisation.parent_id)):
        below.setdefault(parent_id, []).append(id_)
        known.add(id_)
    found: set[int] = set()
    waiting = [organisation_id] if organisation_id in known else []
    while waiting:
        next_id = waiting.pop()
        if next_id not in found:
            found.add(next_id)
            waiting.extend(below.get(next_id, ()))
    return frozenset(found)


def find_organisation(session: Session, *, slug: str) -> tables.Organisation:
    """The organisation with this slug, in any case. Raises OrganisationNotFound."""
    organisation = tables.Organisation
    found = session.scalar(select(organisation).where(organisation.slug == slug.strip().lower()))
    if found is None:
        known = ", ".join(session.scalars(select(organisation.slug).order_by(organisation.slug)))
        raise OrganisationNotFound(f"there is no organisation {slug!r}; there are {known or 'none yet'}")
    return found


def add_organisation(
    session: Session, *, parent: tables.Organisation, name: str, kind: str, slug: str | None = None
) -> tables.Organisation:
    """A new organisation below ``parent``; its slug is made from its name unless given.

    OrganisationRefused for an empty name or one that a sister has, an unknown kind, and a slug that is taken.
    """
    name = _name_below(session, name, parent_id=parent.id)
    if kind not in KINDS:
        raise OrganisationRefused(f"an organisation is one of {', '.join(KINDS)}")
    wanted = _slug_of(slug if slug is not None else name)
    if slug is not None and wanted != slug:
        raise OrganisationRefused(f"a short name has small letters, digits and hyphens only, such as {wanted!r}")
    taken = set(session.scalars(select(tables.Organisation.slug)))
    if slug is not None and slug in taken:
        raise OrganisationRefused(f"there is an organisation {slug!r} already")
    numbered = (f"{wanted[: _LONGEST_SLUG - 5]}-{number}" for number in range(2, len(taken) + 3))
    free = wanted if wanted not in taken else next(one for one in numbered if one not in taken)
    added = tables.Organisation(parent_id=parent.id, slug=free, name=name, kind=kind)
    session.add(added)
    session.flush()
    return added


def rename_organisation(session: Session, *, organisation: tables.Organisation, name: str) -> None:
    """Another name; the slug stays, and so do the places of collectors. OrganisationRefused as for a new one."""
    if " ".join(name.split()) != organisation.name:
        organisation.name = _name_below(session, name, parent_id=organisation.parent_id)
        session.flush()


def tree_below(session: Session, organisation_id: int) -> list[Branch]:
    """This organisation and every one below it, parents before their children, sisters by name, in one query."""
    rows = list(session.scalars(select(tables.Organisation).order_by(tables.Organisation.name, tables.Organisation.id)))
    by_id = {row.id: row for row in rows}
    children: dict[int | None, list[tables.Organisation]] = {}
    for row in rows:
        children.setdefault(row.parent_id, []).append(row)
    if organisation_id not in by_id:
        return []
    top = by_id[organisation_id]
    found: list[Branch] = []
    waiting = [Branch(top, _path(by_id, top), 0)]
    while waiting:
        branch = waiting.pop()
        found.append(branch)
        waiting += [
            Branch(child, (*branch.path, child.name), branch.depth + 1)
            for child in reversed(children.get(branch.organisation.id, []))
        ]
    return found


def organisations_above(session: Session, organisation: tables.Organisation) -> list[tables.Organisation]:
    """The organisation's parent, its parent and so on up to the root."""
    by_id = {row.id: row for row in session.scalars(select(tables.Organisation))}
    above = []
    while organisation.parent_id is not None:
        organisation = by_id[organisation.parent_id]
        above.append(organisation)
    return above


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


def _path(by_id: dict[int, tables.Organisation], organisation: tables.Organisation) -> tuple[str, ...]:
    names = [organisation.name]
    while organisation.parent_id is not None:
        organisation = by_id[organisation.parent_id]
        names.insert(0, organisation.name)
    return tuple(names)


def _name_below(session: Session, name: str, *, parent_id: int | None) -> str:
    name = " ".join(name.split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise OrganisationRefused(f"a name has 1 to {LONGEST_NAME} characters")
    if "/" in name:
        raise OrganisationRefused("a name has no slash, because a slash parts the names of a place")
    sisters = session.scalars(select(tables.Organisation.name).where(tables.Organisation.parent_id == parent_id))
    if name.casefold() in map(str.casefold, sisters):
        raise OrganisationRefused(f"there is an organisation {name!r} there already")
    return name


def _slug_of(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    slug = "-".join(re.findall(r"[a-z0-9]+", plain))[:_LONGEST_SLUG].strip("-")
    return slug or "organisation"
