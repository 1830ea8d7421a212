"""Imported rows: together, invisible until complete, gone without a trace when discarded."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from engage.unit_of_work import Database
from surveys.collecting import (
    Sent,
    begin_batch,
    collect_many,
    complete_batch,
    discard_batch,
    known_foreign_ids,
    responses_by_collector,
    visible_comments,
    visible_responses,
)
from surveys.collectors import ResolvedCollector, resolve_code
from surveys.storage import tables
from tests.factories import NOW, TODAY, a_collector, a_response, some_answers


def opened(database: Database) -> tuple[ResolvedCollector, tables.Survey, tables.ImportBatch]:
    with database.writing() as session:
        collector = resolve_code(session, a_collector(session).code)
        assert collector is not None
        survey = session.get_one(tables.Survey, collector.survey_id)
        return collector, survey, begin_batch(session, survey=survey, file_name="answers.csv", at=NOW, by="officer")


def importing(session: Session, collector: ResolvedCollector, batch: tables.ImportBatch, ids: range) -> int:
    rows = (Sent(collector, some_answers(visits=n % 100), "en", "import", TODAY, foreign_id=f"row {n}") for n in ids)
    return collect_many(session, version_id=collector.version_id, batch_id=batch.id, sent=rows)


def seen(database: Database, survey: tables.Survey) -> tuple[int, int]:
    """(responses, comments) that a reader sees."""
    with database.reading() as session:
        responses = session.scalar(
            select(func.count()).select_from(tables.Response).where(visible_responses(session, survey_id=survey.id))
        )
        comments = session.scalar(
            select(func.count()).select_from(tables.Comment).where(visible_comments(session, survey_id=survey.id))
        )
        assert sum(responses_by_collector(session, survey=survey).values()) == responses
    return responses or 0, comments or 0


def test_a_batch_is_seen_as_a_whole_and_only_at_its_end(database: Database) -> None:
    collector, survey, batch = opened(database)
    with database.writing() as session:
        a_response(session, collector)
    for ids in (range(700), range(700, 1200)):
        with database.writing() as session:
            assert importing(session, collector, batch, ids) == len(ids)
        assert seen(database, survey) == (1, 1)
    with database.writing() as session:
        assert complete_batch(session, batch=session.get_one(tables.ImportBatch, batch.id), at=NOW) == 1200
    assert seen(database, survey) == (1201, 1201)


def test_a_batch_of_another_survey_hides_nothing_here(database: Database) -> None:
    collector, survey, batch = opened(database)
    with database.writing() as session:
        importing(session, collector, batch, range(3))
        complete_batch(session, batch=session.get_one(tables.ImportBatch, batch.id), at=NOW)
        other = tables.Survey(organisation_id=survey.organisation_id, slug="another", created_at=NOW)
        session.add(other)
        session.flush()
        begin_batch(session, survey=other, file_name="other.csv", at=NOW, by="officer")
    assert seen(database, survey) == (3, 3)


def test_discarding_a_batch_removes_its_rows_alone(database: Database) -> None:
    collector, survey, batch = opened(database)
    with database.writing() as session:
        a_response(session, collector)
        importing(session, collector, batch, range(600))
    with database.writing() as session:
        assert known_foreign_ids(session, survey=survey, foreign_ids=["row 1", "row 599", "row 600"]) == {
            "row 1",
            "row 599",
        }
        assert discard_batch(session, batch=session.get_one(tables.ImportBatch, batch.id)) == 600
    assert seen(database, survey) == (1, 1)
    with database.reading() as session:
        for table in (tables.ForeignId, tables.ImportBatch):
            assert session.scalar(select(func.count()).select_from(table)) == 0
        for table in (tables.Response, tables.ResponseDocument, tables.Comment):
            assert session.scalar(select(func.count()).select_from(table)) == 1


def test_the_same_foreign_row_is_refused_twice_and_nothing_of_its_chunk_is_kept(database: Database) -> None:
    collector, survey, batch = opened(database)
    with database.writing() as session:
        importing(session, collector, batch, range(5))
        complete_batch(session, batch=session.get_one(tables.ImportBatch, batch.id), at=NOW)
        second = begin_batch(session, survey=survey, file_name="again.csv", at=NOW, by="officer")
    with pytest.raises(IntegrityError), database.writing() as session:
        importing(session, collector, second, range(4, 8))
    assert seen(database, survey) == (5, 5)


def test_a_foreign_id_needs_the_batch_that_brought_it(database: Database) -> None:
    collector, _, _ = opened(database)
    row = Sent(collector, {}, "en", "import", TODAY, foreign_id="row 1")
    with pytest.raises(ValueError, match="batch"), database.writing() as session:
        collect_many(session, version_id=collector.version_id, batch_id=None, sent=[row])


def test_foreign_ids_are_kept_only_as_hashes(database: Database) -> None:
    collector, _, batch = opened(database)
    with database.writing() as session:
        importing(session, collector, batch, range(1))
        row = session.scalars(select(tables.ForeignId)).one()
        response = session.scalars(select(tables.Response)).one()
    assert len(row.id_hash) == 32
    assert b"row 0" not in row.id_hash
    assert set(tables.ForeignId.__table__.columns.keys()) == {"survey_id", "id_hash", "organisation_id", "batch_id"}
    assert response.key != row.id_hash[:16]
