"""Deleting what is past its date, and taking the traces of arrival out of the files."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Delete, Engine, Update, delete, select, text, update
from sqlalchemy.orm import Session

from surveys.collecting import discard_batch
from surveys.storage import tables

RECEIPTS_KEPT = datetime.timedelta(days=2)
DRAFTS_KEPT = datetime.timedelta(days=7)
UNFINISHED_BATCHES_KEPT = datetime.timedelta(days=1)
COUNTERS_KEPT = datetime.timedelta(days=1)
_REWRITTEN = datetime.timedelta(days=14)


@dataclass(frozen=True, slots=True)
class RetentionCounts:
    """How many of each were deleted; ``unfinished_imports`` counts responses of imports that broke off."""

    receipts: int
    drafts: int
    return_code_tries: int
    staff_sessions: int
    throttles: int
    unfinished_imports: int


def run_retention(session: Session, drafts: Session, *, at: datetime.datetime, today: datetime.date) -> RetentionCounts:
    """Delete everything that is past its date. ``today`` is the day in the organisation's time zone.

    Receipts go when their date is more than two days back, drafts after 7 days without an answer.
    """
    return RetentionCounts(
        receipts=_deleted(session, delete(tables.Receipt).where(tables.Receipt.kept_on < today - RECEIPTS_KEPT)),
        drafts=_deleted(drafts, delete(tables.Draft).where(tables.Draft.kept_on < today - DRAFTS_KEPT)),
        return_code_tries=_deleted(
            drafts,
            delete(tables.ReturnCodeTries).where(tables.ReturnCodeTries.window_started_at < at - COUNTERS_KEPT),
        ),
        staff_sessions=_deleted(session, delete(tables.StaffSession).where(tables.StaffSession.expires_at <= at)),
        throttles=_deleted(
            session, delete(tables.Throttle).where(tables.Throttle.window_started_at < at - COUNTERS_KEPT)
        ),
        unfinished_imports=_discard_unfinished(session, at),
    )


def rewrite_in_key_order(engine: Engine, *, today: datetime.date) -> None:
    """Write closed days anew in the order of their random keys, so that the files do not tell who came first.

    SQLite: VACUUM, and the log emptied. PostgreSQL: the rows of the last fortnight's closed days are given one
    transaction number, and the tables are rewritten by key. Writers wait meanwhile, so it belongs in the night.
    """
    if engine.dialect.name == "sqlite":
        _rewrite_sqlite(engine)
    else:
        _rewrite_postgresql(engine, today)


def _deleted(session: Session, statement: Delete) -> int:
    return session.connection().execute(statement).rowcount


def _discard_unfinished(session: Session, at: datetime.datetime) -> int:
    batch = tables.ImportBatch
    broken_off = session.scalars(
        select(batch).where(batch.completed_at.is_(None), batch.started_at < at - UNFINISHED_BATCHES_KEPT)
    ).all()
    return sum(discard_batch(session, batch=each) for each in broken_off)


def _rewrite_sqlite(engine: Engine) -> None:
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        # The index only marks words that left it. Made into one piece, it holds what comments show now and no more;
        # that takes a seventh of the time of building it anew, and writers wait for it.
        cursor.execute("INSERT INTO comment_search(comment_search) VALUES ('optimize')")
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        cursor.close()
    finally:
        connection.close()


def _renumbering(since: datetime.date, today: datetime.date) -> Iterator[Update]:
    """Set columns to themselves: the new row versions of a night all have the same transaction number."""
    response, document, comment = tables.Response, tables.ResponseDocument, tables.Comment
    equality, receipt, sign_up = tables.EqualityAnswer, tables.Receipt, tables.SignUp
    closed = (response.submitted_on >= since, response.submitted_on < today)
    yield update(response).values(mode=response.mode).where(*closed)
    yield (
        update(document)
        .values(answers=document.answers)
        .where(document.survey_id == response.survey_id, document.key == response.key, *closed)
    )
    yield (
        update(comment)
        .values(text=comment.text)
        .where(comment.survey_id == response.survey_id, comment.response_key == response.key, *closed)
    )
    screened = tables.ScreenedComment
    yield (
        update(screened)
        .values(level=screened.level)
        .where(screened.survey_id == response.survey_id, screened.response_key == response.key, *closed)
    )
    # What staff did with these comments is renumbered too, or the order in which it was done would tell theirs.
    refs = (
        select(screened.ref)
        .join(response, (response.survey_id == screened.survey_id) & (response.key == screened.response_key))
        .where(*closed)
    )
    for table, column in _OF_COMMENTS:
        yield update(table).values({column: column}).where(table.ref.in_(refs))
    yield (
        update(equality)
        .values(answers=equality.answers)
        .where(equality.submitted_on >= since, equality.submitted_on < today)
    )
    yield update(receipt).values(kept_on=receipt.kept_on).where(receipt.kept_on >= since, receipt.kept_on < today)
    yield update(sign_up).values(contact=sign_up.contact)


_OF_COMMENTS = (
    (tables.CommentState, tables.CommentState.owner),
    (tables.CommentTranslation, tables.CommentTranslation.made_by),
    (tables.CodedComment, tables.CodedComment.coded_by),
    (tables.Mention, tables.Mention.sentiment),
    (tables.CodingSampleComment, tables.CodingSampleComment.organisation_id),
    (tables.CodeSuggestion, tables.CodeSuggestion.probability),
)
"""Tables of which a comment's name is part of the key, each with a column to be set to itself."""

_REWRITTEN_TABLES = (
    "response",
    "response_document",
    "comment",
    "equality_answer",
    "receipt",
    "sign_up",
    "screened_comment",
    *(table.__tablename__ for table, _ in _OF_COMMENTS),
)


def _rewrite_postgresql(engine: Engine, today: datetime.date) -> None:
    with engine.begin() as connection:
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        for statement in _renumbering(today - _REWRITTEN, today):
            connection.execute(statement)
    for table in _REWRITTEN_TABLES:
        with engine.begin() as connection:
            connection.execute(text("SET LOCAL statement_timeout = 0"))
            connection.execute(text(f"CLUSTER {table} USING pk_{table}"))
