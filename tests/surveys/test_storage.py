"""The two databases: how they are opened, and what their tables give away."""

import datetime
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError, StatementError
from sqlalchemy.orm import Session

from engage.unit_of_work import Database
from surveys.answers import decode
from surveys.collectors import resolve_code
from surveys.publishing import load_layout
from surveys.storage import tables
from surveys.storage.engine import database_url, for_writing, open_database
from tests.factories import NOW, a_collector, a_survey


def test_postgresql_means_psycopg_3_however_it_is_written() -> None:
    for url in ("postgresql://u@h/d", "postgresql+psycopg://u@h/d", "postgresql+psycopg2://u@h/d"):
        assert database_url(url).drivername == "postgresql+psycopg"
    with pytest.raises(ValueError, match="mysql"):
        database_url("mysql://u@h/d")


def test_an_embedded_database_is_set_up_to_keep_what_it_promised(sqlite_database: Database) -> None:
    expected = {
        "journal_mode": "wal",
        "synchronous": 2,
        "page_size": 8192,
        "foreign_keys": 1,
        "secure_delete": 1,
        "busy_timeout": 15000,
    }
    with sqlite_database.reading() as session:
        found = {pragma: session.scalar(text(f"PRAGMA {pragma}")) for pragma in expected}
    assert found == expected
    with sqlite_database.reading_drafts() as drafts:
        assert drafts.scalar(text("PRAGMA synchronous")) == 1


def test_no_table_of_answers_has_a_hidden_order(sqlite_database: Database) -> None:
    without_order = {
        "response",
        "response_document",
        "comment",
        "equality_answer",
        "receipt",
        "sign_up",
        "foreign_id",
        "page_count",
        "screened_comment",
        "coded_comment",
        "mention",
        "coding_sample_comment",
        "code_suggestion",
    }
    with sqlite_database.reading() as session:
        made = dict(session.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'table'")).all())
    assert {
        name for name, sql in made.items() if "WITHOUT ROWID" in sql and not name.startswith("comment_search")
    } == without_order
    with sqlite_database.reading_drafts() as drafts:
        assert "WITHOUT ROWID" in (drafts.scalar(text("SELECT sql FROM sqlite_master WHERE name = 'draft'")) or "")


def test_a_postgresql_session_cannot_hang_for_ever(database: Database) -> None:
    if database.engine.dialect.name == "sqlite":
        return
    with database.reading() as session:
        shown = {
            name: session.scalar(text(f"SHOW {name}"))
            for name in ("statement_timeout", "lock_timeout", "transaction_isolation", "transaction_read_only")
        }
    assert shown == {
        "statement_timeout": "1min",
        "lock_timeout": "15s",
        "transaction_isolation": "repeatable read",
        "transaction_read_only": "on",
    }
    with database.writing() as session:
        assert session.scalar(text("SHOW transaction_isolation")) == "read committed"


def test_a_reading_block_sees_one_moment_and_keeps_nothing(database: Database) -> None:
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(tables.Survey)) == 0
        with database.writing() as other:
            a_survey(other)
        assert session.scalar(select(func.count()).select_from(tables.Survey)) == 0
    with database.reading() as session:
        survey = session.scalars(select(tables.Survey)).one()
        survey.slug = "changed"
    with database.reading() as session:
        assert session.scalars(select(tables.Survey.slug)).one() == "small-survey"


def test_a_fault_undoes_the_whole_block(database: Database) -> None:
    with pytest.raises(InterruptedError):
        _publish_and_fail(database)
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(tables.Survey)) == 0


def _publish_and_fail(database: Database) -> None:
    with database.writing() as session:
        a_survey(session)
        raise InterruptedError


def test_a_row_without_its_owner_is_refused(database: Database) -> None:
    with pytest.raises(IntegrityError), database.writing() as session:
        session.add(tables.Survey(organisation_id=999, slug="orphan", created_at=NOW))


def test_a_moment_without_a_time_zone_is_refused(session: Session) -> None:
    survey = a_survey(session)
    survey.opens_at = datetime.datetime(2026, 11, 21, 9, 30)  # noqa: DTZ001 - the very mistake that is refused.
    with pytest.raises(StatementError, match="without a time zone"):
        session.flush()


def test_errors_of_the_database_repeat_no_answer(database: Database) -> None:
    with database.writing() as session:
        collector = resolve_code(session, a_collector(session).code)
        assert collector is not None
    with pytest.raises(DBAPIError) as fault, database.writing() as session:
        session.execute(
            tables.Comment.__table__.insert(),  # type: ignore[attr-defined]
            {
                "survey_id": collector.survey_id,
                "response_key": bytes(16),
                "item_key": "missing",
                "organisation_id": 999,
                "text": "Zebedee told me",
                "language": "en",
            },
        )
    assert "Zebedee" not in str(fault.value)


def test_a_second_writer_waits_instead_of_failing(sqlite_database: Database) -> None:
    held, asked = threading.Event(), threading.Event()
    order = []

    def first() -> None:
        with sqlite_database.writing() as session:
            a_survey(session)
            held.set()
            asked.wait()
            order.append("first")

    thread = threading.Thread(target=first)
    thread.start()
    held.wait()
    threading.Timer(0.2, asked.set).start()
    with sqlite_database.writing() as session:
        session.scalar(select(func.count()).select_from(tables.Survey))
        order.append("second")
    thread.join()
    assert order == ["first", "second"]


def test_a_writer_that_waited_too_long_meets_the_usual_fault(sqlite_database: Database) -> None:
    with sqlite_database.reading() as session:
        session.execute(text("PRAGMA busy_timeout = 20"))
    with closing(sqlite3.connect(sqlite_database.engine.url.database or "")) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(OperationalError, match="locked"), sqlite_database.writing() as session:
            a_survey(session)
        other.rollback()
    with sqlite_database.writing() as session:
        a_survey(session)


def test_readers_go_on_while_someone_writes(database: Database) -> None:
    with database.writing() as session:
        a_survey(session)
        with database.reading() as reader:
            assert reader.scalar(select(func.count()).select_from(tables.Survey)) == 0


def test_work_is_tried_once_more_when_the_database_went_away(database: Database) -> None:
    if database.engine.dialect.name == "sqlite":
        return
    tries = []

    def work(session: Session) -> int:
        tries.append(session.scalar(text("SELECT pg_backend_pid()")))
        if len(tries) == 1:
            with database.engine.begin() as other:
                other.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": tries[0]})
        a_survey(session)
        return len(tries)

    assert database.run_writing(work) == 2
    assert tries[0] != tries[1]
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(tables.Survey)) == 1


def test_work_with_a_fault_of_its_own_is_not_tried_again(database: Database) -> None:
    tries = []

    def work(session: Session) -> None:
        tries.append(1)
        session.execute(text("SELECT nonsense FROM nowhere"))

    with pytest.raises(DBAPIError):
        database.run_writing(work)
    assert tries == [1]


def test_a_server_that_is_not_there_is_noticed_soon() -> None:
    began = time.monotonic()
    engine = open_database("postgresql://nobody@127.0.0.1:1/nowhere")
    with pytest.raises(OperationalError), for_writing(engine).connect():
        pass
    assert time.monotonic() - began < 6


_CHILD = """
import sys
from engage.unit_of_work import Database
from surveys.collectors import resolve_code
from tests.factories import a_response, some_answers
database = Database(sys.argv[1])
with database.reading() as session:
    collector = resolve_code(session, sys.argv[2])
number = int(sys.argv[3])
while True:
    number += 1
    comment = f"person {number} " + "x" * 3000
    with database.writing() as session:
        a_response(session, collector, some_answers(visits=number % 100, waiting__comment=comment))
    sys.stdout.write(f"{number}\\n")
    sys.stdout.flush()
"""


def test_what_was_acknowledged_survives_a_kill_and_nothing_is_half_stored(database: Database, tmp_path: Path) -> None:
    with database.writing() as session:
        code = a_collector(session).code
    acknowledged: list[int] = []
    for round_ in range(5):
        start = str(round_ * 10_000)
        root = Path(__file__).parent.parent.parent
        child = subprocess.Popen(
            [sys.executable, "-c", _CHILD, database.url, code, start],
            stdout=subprocess.PIPE,
            cwd=root,
            env=os.environ | {"PYTHONPATH": str(root)},
        )
        assert child.stdout is not None
        # Killed in the middle of whatever it is doing once it has reported a few.
        for _ in range(7 + 4 * round_):
            acknowledged.append(int(child.stdout.readline()))
        child.send_signal(signal.SIGKILL)
        acknowledged.extend(int(line) for line in child.stdout.read().split(b"\n") if line)
        child.wait()
        child.stdout.close()
    with database.reading() as session:
        layout = load_layout(session, session.scalars(select(tables.QuestionnaireVersion.id)).one())
        responses = {row.key: row.codes for row in session.scalars(select(tables.Response))}
        documents = set(session.scalars(select(tables.ResponseDocument.key)))
        comments = {row.response_key: row.text for row in session.scalars(select(tables.Comment))}
        if database.engine.dialect.name == "sqlite":
            assert session.scalar(text("PRAGMA integrity_check")) == "ok"
            assert session.execute(text("PRAGMA foreign_key_check")).all() == []
    assert set(responses) == documents == set(comments)
    people = {key: int(comment.split()[1]) for key, comment in comments.items()}
    stored = sorted(people.values())
    assert len(stored) == len(set(stored))
    assert set(acknowledged) <= set(stored)
    assert len(stored) - len(acknowledged) <= 5
    for key, codes in responses.items():
        assert decode(layout, codes)["visits"] == people[key] % 100
        assert len(comments[key]) > 3000
