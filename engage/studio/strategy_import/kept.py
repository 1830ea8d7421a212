"""The documents that a survey's themes were taken from, kept as they came, and the review of the last one."""

from __future__ import annotations

import datetime
import hashlib

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.storage import tables
from surveys.strategy_documents.review import Review, from_bytes, to_bytes

SOURCE, REVIEW = "source", "review"


def keep_source(
    session: Session,
    *,
    survey: tables.Survey,
    name: str,
    media_type: str,
    content: bytes,
    at: datetime.datetime,
    by: str,
) -> tables.SurveyFile:
    """Keep a document exactly as it came, with its digest."""
    return _add(session, survey, SOURCE, name=name, media_type=media_type, content=content, at=at, by=by)


def sources_of(session: Session, *, survey: tables.Survey) -> list[tuple[int, str, datetime.datetime, str]]:
    """Id, name, day and giver of each document that was kept, newest first, without the documents themselves."""
    row = tables.SurveyFile
    query = select(row.id, row.name, row.added_at, row.added_by).where(
        row.survey_id == survey.id, row.purpose == SOURCE
    )
    found = session.execute(query.order_by(row.id.desc()))
    return [(id_, name, at, by) for id_, name, at, by in found]


def find_source(session: Session, *, survey: tables.Survey, id_: int) -> tables.SurveyFile | None:
    """A document that was kept for this survey."""
    row = tables.SurveyFile
    return session.scalar(select(row).where(row.survey_id == survey.id, row.purpose == SOURCE, row.id == id_))


def find_review(session: Session, *, survey: tables.Survey, to_change: bool = False) -> Review | None:
    """The survey's review as it was saved last. ``to_change``: nobody else may change it before this transaction ends.

    Two people who save at once then take turns: the review's number tells whether it is still the one they saw.
    """
    found = _review_row(session, survey, to_change=to_change)
    return from_bytes(found.content) if found is not None else None


def save_review(session: Session, *, survey: tables.Survey, review: Review, at: datetime.datetime, by: str) -> None:
    """Store the review in the place of the one before."""
    content = to_bytes(review)
    found = _review_row(session, survey, to_change=True)
    if found is None:
        _add(session, survey, REVIEW, name=review.name, media_type="application/json", content=content, at=at, by=by)
        return
    found.name, found.content, found.sha256 = review.name[:200], content, hashlib.sha256(content).hexdigest()
    found.added_at, found.added_by = at, by
    session.flush()


def _review_row(session: Session, survey: tables.Survey, *, to_change: bool) -> tables.SurveyFile | None:
    row = tables.SurveyFile
    query = select(row).where(row.survey_id == survey.id, row.purpose == REVIEW).order_by(row.id).limit(1)
    return session.scalar(query.with_for_update() if to_change else query)


def _add(
    session: Session,
    survey: tables.Survey,
    purpose: str,
    *,
    name: str,
    media_type: str,
    content: bytes,
    at: datetime.datetime,
    by: str,
) -> tables.SurveyFile:
    row = tables.SurveyFile(
        survey_id=survey.id,
        organisation_id=survey.organisation_id,
        purpose=purpose,
        name=name[:200],
        title=name[:200],
        media_type=media_type,
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        added_at=at,
        added_by=by,
        removed_at=None,
    )
    session.add(row)
    session.flush()
    return row
