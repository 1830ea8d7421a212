"""Agreements by which an organisation lets another one of its tree read the results of a survey.

Scope "all": the whole survey. Scope "own": the reader's own places beside the total. The agreement fixes which places
those are, by the reader's path of names when it was recorded: a reader can rename itself, and must gain nothing by it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Row, Select, exists, select
from sqlalchemy.orm import Session, aliased

from surveys.organisations import organisations_above, tree_below
from surveys.publishing import current_version, load_version
from surveys.storage import tables

Scope = Literal["all", "own"]
SCOPES: tuple[Scope, ...] = ("all", "own")
LONGEST_REFERENCE = 300
_LONGEST_PLACE = 500

_Reader = aliased(tables.Organisation)


class SharingRefused(ValueError):
    """Results cannot be shared as asked; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """An agreement as lists show it. ``own_place``: the path whose places the reader sees; None for scope "all"."""

    id: int
    survey: str
    owner_id: int
    owner: str
    reader: str
    scope: Scope
    own_place: str | None
    reference: str
    recorded_at: datetime.datetime
    recorded_by: str
    ended_at: datetime.datetime | None
    ended_by: str | None


@dataclass(frozen=True, slots=True)
class SharedSurvey:
    """A survey that another organisation shares: whose it is, and how much of it is shown (see AgreementLine)."""

    slug: str
    title: str
    owner_slug: str
    owner: str
    scope: Scope
    own_place: str | None


@dataclass(frozen=True, slots=True)
class OwnPlaces:
    """A reader of its own places, with the collectors that stand there."""

    organisation_id: int
    name: str
    collector_ids: frozenset[int]


def possible_readers(session: Session, *, organisation: tables.Organisation) -> list[tables.Organisation]:
    """Whom an organisation can share with: those above it up to the root, and those below it."""
    below = [branch.organisation for branch in tree_below(session, organisation.id)[1:]]
    return [*organisations_above(session, organisation), *below]


def agree_sharing(
    session: Session,
    *,
    survey: tables.Survey,
    reader: tables.Organisation,
    scope: Scope,
    reference: str,
    at: datetime.datetime,
    by: str,
) -> tables.SharingAgreement:
    """Record that ``reader`` may read the survey's results from now on. ``reference`` says where the agreement is kept.

    With scope "own" it covers the places of the reader's path of names as it is now; no later name changes that.
    SharingRefused for a reader outside the owner's line of the tree, one that reads it already, a missing reference,
    where one reader of its own places would stand above another (the figures of one would give away the other's), and
    where a place could not tell two readers apart or cannot hold the reader's path.
    """
    reference = " ".join(reference.split())
    owner = session.get_one(tables.Organisation, survey.organisation_id)
    if not 0 < len(reference) <= LONGEST_REFERENCE:
        raise SharingRefused(f"say where the written agreement is kept, in 1 to {LONGEST_REFERENCE} characters")
    if reader.id not in {one.id for one in possible_readers(session, organisation=owner)}:
        raise SharingRefused("results are shared with an organisation above or below your own")
    live = list(session.scalars(_live().where(tables.SharingAgreement.survey_id == survey.id)))
    if reader.id in {one.reader_id for one in live}:
        raise SharingRefused(f"{reader.name} can read this survey already; end that agreement first")
    own_place = _own_place(session, reader, live) if scope == "own" else None
    agreement = tables.SharingAgreement(
        organisation_id=owner.id,
        survey_id=survey.id,
        reader_id=reader.id,
        scope=scope,
        own_place=own_place,
        reference=reference,
        recorded_at=at,
        recorded_by=by,
    )
    session.add(agreement)
    session.flush()
    return agreement


def _own_place(session: Session, reader: tables.Organisation, live: list[tables.SharingAgreement]) -> str:
    """The path of names that a new agreement fixes; SharingRefused where it and one of ``live`` do not go together."""
    path = " / ".join(one.name for one in reversed([reader, *organisations_above(session, reader)]))
    if "/" in reader.name or len(path) > _LONGEST_PLACE:
        raise SharingRefused(
            f"{reader.name} cannot be found in places: its name must have no slash, and its name with those above it "
            f"at most {_LONGEST_PLACE} characters; rename it first"
        )
    parts, line = _parts(path), {one.id for one in possible_readers(session, organisation=reader)}
    for other in live:
        if other.own_place is None:
            continue
        name, others = session.get_one(tables.Organisation, other.reader_id).name, _parts(other.own_place)
        if other.reader_id in line or parts[: len(others)] == others or others[: len(parts)] == parts:
            raise SharingRefused(
                f"{name} sees its own places already, and one of the two is part of the other; share with one only"
            )
        if parts[-1] == others[-1]:
            raise SharingRefused(
                f"{name} sees the places of {other.own_place} already; a place that says only {reader.name} could be "
                "either’s, so share with one only"
            )
    return path


def find_agreement(session: Session, *, organisation_id: int, agreement_id: int) -> tables.SharingAgreement | None:
    """A live agreement that this organisation gave or was given; None for any other."""
    agreement = tables.SharingAgreement
    side = (agreement.organisation_id == organisation_id) | (agreement.reader_id == organisation_id)
    return session.scalar(_live().where(agreement.id == agreement_id, side))


def end_sharing(session: Session, *, agreement: tables.SharingAgreement, at: datetime.datetime, by: str) -> None:
    """From now on nothing is read by it; that it was there stays recorded."""
    agreement.ended_at, agreement.ended_by = at, by
    session.flush()


def agreements_of(session: Session, *, organisation_id: int) -> list[AgreementLine]:
    """Every agreement that this organisation gave or was given, ended ones too, newest first."""
    agreement, owner = tables.SharingAgreement, tables.Organisation
    query = (
        select(agreement, tables.Survey.slug, owner.name, _Reader.name.label("reader"))
        .join(tables.Survey, tables.Survey.id == agreement.survey_id)
        .join(owner, owner.id == agreement.organisation_id)
        .join(_Reader, _Reader.id == agreement.reader_id)
        .where((agreement.organisation_id == organisation_id) | (agreement.reader_id == organisation_id))
        .order_by(agreement.recorded_at.desc(), agreement.id.desc())
    )
    return [_agreement_line(row) for row in session.execute(query)]


def shared_survey(
    session: Session, *, organisation_id: int, owner_slug: str, slug: str
) -> tuple[tables.Survey, SharedSurvey] | None:
    """The survey of that owner, if it is shared with this organisation now; None otherwise."""
    query = _shared(organisation_id).where(tables.Organisation.slug == owner_slug, tables.Survey.slug == slug)
    row = session.execute(query).one_or_none()
    if row is None:
        return None
    owner, title = row.Organisation, _title(session, row.Survey)
    return row.Survey, SharedSurvey(slug, title, owner.slug, owner.name, row.scope, row.own_place)


def readers_of_own_places(session: Session, *, survey: tables.Survey) -> list[OwnPlaces]:
    """Who sees its own places of this survey now, each with its collectors; no collector belongs to two of them."""
    agreement = tables.SharingAgreement
    query = _live().where(agreement.survey_id == survey.id, agreement.scope == "own").order_by(agreement.reader_id)
    readers = [(one.reader_id, one.own_place) for one in session.scalars(query) if one.own_place]
    if not readers:
        return []
    collector = tables.Collector
    places = session.execute(select(collector.id, collector.place).where(collector.survey_id == survey.id)).all()
    owned: dict[int, set[int]] = {reader_id: set() for reader_id, _ in readers}
    for id_, place in places:
        owner_id = owner_of_place(place, readers)
        if owner_id is not None:
            owned[owner_id].add(id_)
    return [
        OwnPlaces(id_, session.get_one(tables.Organisation, id_).name, frozenset(collectors))
        for id_, collectors in owned.items()
    ]


def owner_of_place(place: str, readers: Iterable[tuple[int, str]]) -> int | None:
    """Whose a collector's place is: ``readers`` are ids, each with the path that its agreement fixes.

    A place is a reader's where that path begins it, or where one of its parts is the path's whole last name; capitals
    and spaces make no difference. Of several readers the one named furthest down the place has it.
    """
    parts = _parts(place)
    found: list[tuple[int, int, int]] = []
    for id_, path in readers:
        keys = _parts(path)
        if parts[: len(keys)] == keys:
            found.append((len(keys), len(keys), id_))
        elif keys[-1] in parts:
            found.append((len(parts) - parts[::-1].index(keys[-1]), 0, id_))
    return max(found)[2] if found else None


def _parts(place: str) -> list[str]:
    return [" ".join(part.split()).casefold() for part in place.split("/")]


def _live() -> Select[tables.SharingAgreement]:
    return select(tables.SharingAgreement).where(tables.SharingAgreement.ended_at.is_(None))


def _shared(organisation_id: int) -> Select[tables.Survey, tables.Organisation, str, str | None]:
    agreement = tables.SharingAgreement
    published = exists().where(tables.Publication.survey_id == tables.Survey.id)
    return (
        select(tables.Survey, tables.Organisation, agreement.scope, agreement.own_place)
        .join(agreement, agreement.survey_id == tables.Survey.id)
        .join(tables.Organisation, tables.Organisation.id == agreement.organisation_id)
        .where(agreement.reader_id == organisation_id, agreement.ended_at.is_(None), published)
    )


def _title(session: Session, survey: tables.Survey) -> str:
    questionnaire = load_version(session, current_version(session, survey=survey).id)
    return questionnaire.title.in_language(questionnaire.language)


def _agreement_line(row: Row[tables.SharingAgreement, str, str, str]) -> AgreementLine:
    agreement, survey, owner, reader = row
    return AgreementLine(
        id=agreement.id,
        survey=survey,
        owner_id=agreement.organisation_id,
        owner=owner,
        reader=reader,
        scope="own" if agreement.scope == "own" else "all",
        own_place=agreement.own_place,
        reference=agreement.reference,
        recorded_at=agreement.recorded_at,
        recorded_by=agreement.recorded_by,
        ended_at=agreement.ended_at,
        ended_by=agreement.ended_by,
    )
