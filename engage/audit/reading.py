"""Reading the audit trail: by page for staff, as rows of a file for keeping elsewhere."""

from __future__ import annotations

import csv
import datetime
import io
import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from surveys.answers_file import neutralised
from surveys.storage import tables

PAGE = 50
COLUMNS = ("id", "at", "organisation", "actor", "action", "subject", "detail", "hash")
_AT_A_TIME = 1_000


@dataclass(frozen=True, slots=True)
class Sought:
    """Which events: those of one person, of one kind, from one day to another in ``zone``; empty means all."""

    actor: str = ""
    action: str = ""
    since: datetime.date | None = None
    until: datetime.date | None = None
    zone: datetime.tzinfo = datetime.UTC


@dataclass(frozen=True, slots=True)
class AuditPage:
    """Up to ``PAGE`` events, newest first, with the names of their organisations; ``more``: whether older follow."""

    events: tuple[tables.AuditEvent, ...]
    organisations: dict[int, str]
    more: bool


def audit_page(session: Session, *, organisation_ids: Collection[int], sought: Sought, page: int) -> AuditPage:
    """The events of these organisations, newest first; ``page`` counts from 1."""
    event = tables.AuditEvent
    query = (
        select(event)
        .where(event.organisation_id.in_(organisation_ids), *_conditions(sought))
        .order_by(event.id.desc())
        .offset((page - 1) * PAGE)
        .limit(PAGE + 1)
    )
    found = list(session.scalars(query))
    organisation = tables.Organisation
    owners = session.scalars(select(organisation).where(organisation.id.in_(organisation_ids)))
    return AuditPage(tuple(found[:PAGE]), {owner.id: owner.name for owner in owners}, len(found) > PAGE)


def actions(session: Session, *, organisation_ids: Collection[int]) -> list[str]:
    """Every kind of event that these organisations have, in alphabetical order."""
    event = tables.AuditEvent
    return list(
        session.scalars(
            select(event.action).where(event.organisation_id.in_(organisation_ids)).distinct().order_by(event.action)
        )
    )


def records(
    session: Session, *, organisation_ids: Collection[int] | None = None, sought: Sought | None = None
) -> Iterator[dict[str, object]]:
    """Each event as the columns of ``COLUMNS``, oldest first; every organisation's where none are named."""
    event, organisation = tables.AuditEvent, tables.Organisation
    query = (
        select(event, organisation.slug)
        .join(organisation, organisation.id == event.organisation_id)
        .where(*_conditions(sought or Sought()))
        .order_by(event.id)
    )
    if organisation_ids is not None:
        query = query.where(event.organisation_id.in_(organisation_ids))
    for found, slug in session.execute(query.execution_options(yield_per=_AT_A_TIME)):
        yield {
            "id": found.id,
            "at": found.at.isoformat(timespec="microseconds"),
            "organisation": slug,
            "actor": found.actor,
            "action": found.action,
            "subject": found.subject,
            "detail": found.detail,
            "hash": found.hash.hex(),
        }


def as_csv(found: Iterator[dict[str, object]]) -> Iterator[str]:
    """The lines of a CSV file, first the names of the columns; no cell can act as a formula."""
    yield _line(COLUMNS)
    for one in found:
        detail = json.dumps(one["detail"], ensure_ascii=False, sort_keys=True)
        yield _line([neutralised(str(detail if name == "detail" else one[name])) for name in COLUMNS])


def as_json_lines(found: Iterator[dict[str, object]]) -> Iterator[str]:
    """One JSON object a line."""
    for one in found:
        yield json.dumps(one, ensure_ascii=False) + "\n"


def _line(cells: Collection[str]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()


def _conditions(sought: Sought) -> list[ColumnElement[bool]]:
    event = tables.AuditEvent
    found: list[ColumnElement[bool]] = []
    if sought.actor:
        found.append(event.actor.contains(sought.actor.lower(), autoescape=True))
    if sought.action:
        found.append(event.action == sought.action)
    if sought.since:
        found.append(event.at >= _midnight(sought.since, sought.zone))
    if sought.until:
        found.append(event.at < _midnight(sought.until + datetime.timedelta(days=1), sought.zone))
    return found


def _midnight(day: datetime.date, zone: datetime.tzinfo) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(), zone)
