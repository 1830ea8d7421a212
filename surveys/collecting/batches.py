"""Rows that are imported together: nobody sees any of them until the whole batch is there."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable

from sqlalchemy import ColumnElement, and_, delete, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from surveys.collecting.sending import foreign_id_hash
from surveys.storage import tables

_HASHES_AT_ONCE = 500


def begin_batch(
    session: Session, *, survey: tables.Survey, file_name: str, at: datetime.datetime, by: str
) -> tables.ImportBatch:
    """A batch that ``collect_many`` can write to and that no reader sees yet."""
    batch = tables.ImportBatch(
        survey_id=survey.id,
        organisation_id=survey.organisation_id,
        file_name=file_name[-255:],
        started_at=at,
        imported_by=by,
        rows=0,
    )
    session.add(batch)
    session.flush()
    return batch


def complete_batch(session: Session, *, batch: tables.ImportBatch, at: datetime.datetime) -> int:
    """Make every row of the batch visible at once; how many responses it has."""
    response = tables.Response
    batch.rows = (
        session.scalar(
            select(func.count())
            .select_from(response)
            .where(response.survey_id == batch.survey_id, response.batch_id == batch.id)
        )
        or 0
    )
    batch.completed_at = at
    session.flush()
    return batch.rows


def discard_batch(session: Session, *, batch: tables.ImportBatch) -> int:
    """Remove a batch with all its rows, and forget its foreign ids; how many responses it had."""
    session.execute(delete(tables.ForeignId).where(tables.ForeignId.batch_id == batch.id))
    response, document, comment = tables.Response, tables.ResponseDocument, tables.Comment
    mine = and_(response.survey_id == batch.survey_id, response.batch_id == batch.id)
    keys = select(response.key).where(mine)
    session.execute(delete(comment).where(comment.survey_id == batch.survey_id, comment.batch_id == batch.id))
    session.execute(delete(document).where(document.survey_id == batch.survey_id, document.key.in_(keys)))
    removed = session.connection().execute(delete(response).where(mine)).rowcount
    session.delete(batch)
    session.flush()
    return removed


def known_foreign_ids(session: Session, *, survey: tables.Survey, foreign_ids: Iterable[str]) -> set[str]:
    """Those of ``foreign_ids`` that an earlier import of this survey brought already."""
    by_hash = {foreign_id_hash(survey.id, foreign_id): foreign_id for foreign_id in foreign_ids}
    hashes = list(by_hash)
    known: set[str] = set()
    for start in range(0, len(hashes), _HASHES_AT_ONCE):
        found = session.scalars(
            select(tables.ForeignId.id_hash).where(
                tables.ForeignId.survey_id == survey.id,
                tables.ForeignId.id_hash.in_(hashes[start : start + _HASHES_AT_ONCE]),
            )
        )
        known.update(by_hash[id_hash] for id_hash in found)
    return known


def visible_responses(session: Session, *, survey_id: int) -> ColumnElement[bool]:
    """The WHERE clause for the survey's responses, without those of batches that are not complete.

    Every reader of ``tables.Response`` uses it, in the transaction in which it was made.
    """
    response = tables.Response
    return _visible(session, survey_id, response.survey_id, response.batch_id)


def visible_comments(session: Session, *, survey_id: int) -> ColumnElement[bool]:
    """As ``visible_responses``, for ``tables.Comment``."""
    comment = tables.Comment
    return _visible(session, survey_id, comment.survey_id, comment.batch_id)


def _visible(
    session: Session,
    survey_id: int,
    survey_column: InstrumentedAttribute[int],
    batch_column: InstrumentedAttribute[int | None],
) -> ColumnElement[bool]:
    batch = tables.ImportBatch
    hidden: Collection[int] = session.scalars(
        select(batch.id).where(batch.survey_id == survey_id, batch.completed_at.is_(None))
    ).all()
    mine = survey_column == survey_id
    # As a rule nothing is being imported, and then the scan has nothing to compare.
    return and_(mine, or_(batch_column.is_(None), batch_column.not_in(hidden))) if hidden else mine


def responses_by_collector(session: Session, *, survey: tables.Survey) -> dict[int, int]:
    """How many visible responses each collector has, by its id; collectors without any are not there."""
    collector_id = tables.Response.collector_id
    counted = (
        select(collector_id, func.count()).where(visible_responses(session, survey_id=survey.id)).group_by(collector_id)
    )
    return {row[0]: row[1] for row in session.execute(counted)}
