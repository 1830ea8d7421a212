"""Keeping what workshops said: adding, changing, taking out and putting back, and reading it for a report."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from surveys.audiences import find_audience
from surveys.comments.screening import own_details
from surveys.storage import tables
from surveys.workshops.records import Record, Said, WorkshopRefused, faults, tidied


@dataclass(frozen=True, slots=True)
class Kept:
    """One workshop as it is stored. ``row_version`` grows with every change; ``number`` names it in addresses."""

    number: int
    record: Record
    row_version: int
    changed_at: datetime.datetime
    changed_by: str
    is_removed: bool


class ChangedMeanwhile(Exception):
    """Somebody else changed the workshop since it was seen; nothing was kept. ``kept`` is as it stands."""

    def __init__(self, kept: Kept) -> None:
        super().__init__(f"{kept.changed_by} changed this workshop meanwhile")
        self.kept = kept


def workshops_of(session: Session, *, survey: tables.Survey) -> tuple[Kept, ...]:
    """Every workshop of the survey by its day, those that were taken out too. Words are masked by the rules of now."""
    row, said = tables.Workshop, tables.WorkshopTheme
    of_theme: dict[int, dict[str, Said]] = {}
    query = select(said).join(row, row.id == said.workshop_id).where(row.survey_id == survey.id)
    for one in session.scalars(query):
        of_theme.setdefault(one.workshop_id, {})[one.theme_id] = _said(one)
    own = own_details(session, organisation_id=survey.organisation_id)
    rows = session.scalars(select(row).where(row.survey_id == survey.id).order_by(row.held_on, row.id))
    return tuple(
        Kept(
            one.id,
            tidied(_record(one, of_theme.get(one.id, {})), own),
            one.row_version,
            one.changed_at,
            one.changed_by,
            one.removed_at is not None,
        )
        for one in rows
    )


def find_workshop(session: Session, *, survey: tables.Survey, number: int) -> Kept | None:
    """The survey's workshop with this number; None for another survey's as for none at all."""
    return next((one for one in workshops_of(session, survey=survey) if one.number == number), None)


def add_workshop(
    session: Session, *, survey: tables.Survey, record: Record, at: datetime.datetime, by: str
) -> tuple[Kept, bool]:
    """The workshop, and whether it is new: sent twice, the same one is kept once. WorkshopRefused with every fault.

    What may identify somebody is masked before anything is stored.
    """
    tidy = _checked(session, survey, record, at)
    _lock(session, survey)
    twin = next(
        (one for one in workshops_of(session, survey=survey) if one.record == tidy and not one.is_removed), None
    )
    if twin is not None:
        return twin, False
    row = tables.Workshop(
        survey_id=survey.id, organisation_id=survey.organisation_id, row_version=1, added_at=at, added_by=by
    )
    session.add(row)
    _fill(session, row, tidy, at, by)
    return Kept(row.id, tidy, row.row_version, at, by, is_removed=False), True


def change_workshop(
    session: Session,
    *,
    survey: tables.Survey,
    number: int,
    record: Record,
    seen: int,
    at: datetime.datetime,
    by: str,
) -> list[str]:
    """The names of the fields that changed. ``seen`` is the row version that the person read.

    WorkshopRefused with every fault, ChangedMeanwhile, and LookupError where there is none to change.
    """
    tidy = _checked(session, survey, record, at)
    row, kept = _opened(session, survey, number)
    if kept.row_version != seen:
        raise ChangedMeanwhile(kept)
    changed = tidy.changed_since(kept.record)
    if changed:
        row.row_version += 1
        session.execute(delete(tables.WorkshopTheme).where(tables.WorkshopTheme.workshop_id == row.id))
        _fill(session, row, tidy, at, by)
    return changed


def remove_workshop(session: Session, *, survey: tables.Survey, number: int, at: datetime.datetime, by: str) -> bool:
    """Take a workshop out of reports; whether it was in. It can be put back. LookupError where there is none."""
    row, kept = _opened(session, survey, number)
    if not kept.is_removed:
        row.removed_at, row.removed_by = at, by
    return not kept.is_removed


def put_workshop_back(session: Session, *, survey: tables.Survey, number: int) -> bool:
    """Put a workshop back that was taken out; whether it was out. LookupError where there is none."""
    row, kept = _opened(session, survey, number)
    row.removed_at = row.removed_by = None
    return kept.is_removed


def _checked(session: Session, survey: tables.Survey, record: Record, at: datetime.datetime) -> Record:
    # Somewhere on earth it may be a day later than in UTC.
    found = faults(record, today=(at + datetime.timedelta(hours=14)).date())
    if found:
        raise WorkshopRefused(found)
    audience = find_audience(session, audience_id=record.audience).id if record.audience else None
    own = own_details(session, organisation_id=survey.organisation_id)
    return tidied(replace(record, audience=audience), own)


def _opened(session: Session, survey: tables.Survey, number: int) -> tuple[tables.Workshop, Kept]:
    _lock(session, survey)
    kept = find_workshop(session, survey=survey, number=number)
    if kept is None:
        raise LookupError(f"the survey {survey.slug!r} has no workshop {number}")
    return session.get_one(tables.Workshop, number), kept


def _fill(session: Session, row: tables.Workshop, record: Record, at: datetime.datetime, by: str) -> None:
    row.held_on, row.place, row.facilitator_role = record.held_on, record.place, record.facilitator_role
    row.audience_id, row.people, row.votes_each = record.audience, record.people, record.votes_each
    row.changed_at, row.changed_by = at, by
    session.flush()
    session.add_all(
        tables.WorkshopTheme(
            workshop_id=row.id,
            theme_id=theme,
            organisation_id=row.organisation_id,
            votes=said.votes,
            agreed=said.agreed,
            not_agreed=said.not_agreed,
            ideas=said.ideas,
        )
        for theme, said in record.themes.items()
    )
    session.flush()


def _record(row: tables.Workshop, themes: dict[str, Said]) -> Record:
    return Record(
        row.held_on, row.place, row.facilitator_role, row.people, row.audience_id, row.votes_each, dict(themes)
    )


def _said(row: tables.WorkshopTheme) -> Said:
    return Said(row.votes, row.agreed, row.not_agreed, row.ideas)


def _lock(session: Session, survey: tables.Survey) -> None:
    """Two people who save at once take turns; on SQLite every writer does."""
    session.execute(select(tables.Survey.id).where(tables.Survey.id == survey.id).with_for_update())
