"""Sheets that came back from a translator and wait until somebody has looked at what they would change."""

from __future__ import annotations

import datetime
import hashlib

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.storage import tables

PURPOSE = "translation"


def keep_sheet(
    session: Session,
    *,
    survey: tables.Survey,
    language: str,
    name: str,
    content: bytes,
    at: datetime.datetime,
    by: str,
) -> str:
    """Keep a sheet; returns the key by which it is found. Sheets of this language that still wait are discarded."""
    row = tables.SurveyFile
    waiting = select(row).where(
        row.survey_id == survey.id, row.purpose == PURPOSE, row.title == language, row.removed_at.is_(None)
    )
    for earlier in session.scalars(waiting):
        _discard(earlier, at)
    digest = hashlib.sha256(content).hexdigest()
    session.add(
        tables.SurveyFile(
            survey_id=survey.id,
            organisation_id=survey.organisation_id,
            purpose=PURPOSE,
            name=name[-200:],
            title=language,
            media_type="application/octet-stream",
            sha256=digest,
            content=content,
            added_at=at,
            added_by=by,
        )
    )
    session.flush()
    return digest


def find_sheet(session: Session, *, survey: tables.Survey, language: str, key: str) -> tables.SurveyFile | None:
    """The sheet that waits under this key; None for one that was taken over or discarded."""
    row = tables.SurveyFile
    return session.scalar(
        select(row).where(
            row.survey_id == survey.id,
            row.purpose == PURPOSE,
            row.title == language,
            row.sha256 == key,
            row.removed_at.is_(None),
        )
    )


def discard_sheet(session: Session, *, survey: tables.Survey, language: str, key: str, at: datetime.datetime) -> None:
    """The sheet waits no longer. What it was is kept as a line without its content."""
    found = find_sheet(session, survey=survey, language=language, key=key)
    if found is not None:
        _discard(found, at)


def _discard(sheet: tables.SurveyFile, at: datetime.datetime) -> None:
    sheet.removed_at = at
    # The design has its words from now on.
    sheet.content = b""
