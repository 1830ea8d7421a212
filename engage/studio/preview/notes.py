"""What readers of a preview write about its pages."""

from __future__ import annotations

import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveys.storage import tables

LONGEST_NOTE = 2000
MOST_NOTES = 1000
"""Of one survey; nobody reads more, and a link that got about cannot fill the disk."""


def add_note(
    session: Session,
    *,
    survey: tables.Survey,
    page: str,
    text: str,
    reader: str,
    role: str,
    revision: int,
    at: datetime.datetime,
) -> bool:
    """Keep a reader's note about a page; False where the survey has all the notes it can have."""
    row = tables.ReaderNote
    if (session.scalar(select(func.count()).where(row.survey_id == survey.id)) or 0) >= MOST_NOTES:
        return False
    session.add(
        row(
            survey_id=survey.id,
            organisation_id=survey.organisation_id,
            page=page,
            text=text,
            reader=reader,
            reader_role=role,
            revision=revision,
            written_at=at,
        )
    )
    session.flush()
    return True


def notes_of(session: Session, *, survey: tables.Survey, page: str | None = None) -> list[tables.ReaderNote]:
    """The notes about the survey, or about one of its pages, oldest first."""
    row = tables.ReaderNote
    query = select(row).where(row.survey_id == survey.id).order_by(row.id)
    return list(session.scalars(query if page is None else query.where(row.page == page)))


def settle_note(
    session: Session, *, survey: tables.Survey, note_id: int, settled: bool, at: datetime.datetime, by: str
) -> bool:
    """Mark a note as dealt with, or open it again; False where the survey has no such note."""
    row = tables.ReaderNote
    found = session.scalar(select(row).where(row.survey_id == survey.id, row.id == note_id))
    if found is None:
        return False
    found.settled_at, found.settled_by = (at, by) if settled else (None, None)
    session.flush()
    return True
