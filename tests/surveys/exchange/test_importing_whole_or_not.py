import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, select

from engage.unit_of_work import Database
from surveys.collectors import find_collector
from surveys.importing import ImportEnded
from surveys.importing.writing import BatchWriter
from surveys.storage import tables
from tests.factories import NOW, a_response, a_survey
from tests.surveys.exchange.exchanged_answers import a_row, import_file, messages, visible, write_rows


def test_the_good_rows_alone_are_imported_when_asked(database: Database, code: str, tmp_path: Path) -> None:
    path = write_rows(tmp_path / "a.csv", [a_row(code), a_row(code, visits="many"), a_row(code)])
    done = import_file(database, path, keep_good=True)
    assert done.imported == visible(database) == 2
    assert [fault.line for fault in done.faults] == [3]


def test_the_same_row_is_refused_within_a_file_and_in_a_later_one(
    database: Database, code: str, tmp_path: Path
) -> None:
    twice = write_rows(tmp_path / "a.csv", [a_row(code, response_id="P1"), a_row(code, response_id="P1")])
    assert messages(import_file(database, twice)) == ["3: response_id: 'P1' stands on line 2 already."]
    first = write_rows(tmp_path / "b.csv", [a_row(code, response_id="P1"), a_row(code, response_id="P2")])
    assert import_file(database, first).imported == 2
    later = write_rows(tmp_path / "c.csv", [a_row(code, response_id="P2"), a_row(code, response_id="P3")])
    assert messages(import_file(database, later)) == ["2: response_id: 'P2' was imported before. Take the line out."]
    assert visible(database) == 2
    assert import_file(database, later, keep_good=True).imported == 1
    with database.reading() as session:
        kept = {each.id_hash for each in session.scalars(select(tables.ForeignId))}
    assert len(kept) == 3
    assert all(len(each) == 32 for each in kept)


def test_a_refused_file_can_be_corrected_and_imported_with_the_same_ids(
    database: Database, code: str, tmp_path: Path
) -> None:
    bad = write_rows(tmp_path / "a.csv", [a_row(code, response_id="P1"), a_row(code, response_id="P2", visits="x")])
    assert import_file(database, bad).imported == 0
    good = write_rows(tmp_path / "a.csv", [a_row(code, response_id="P1"), a_row(code, response_id="P2")])
    assert import_file(database, good).imported == 2


def test_collectors_are_made_only_when_asked_and_known_codes_stay(database: Database, tmp_path: Path) -> None:
    with database.writing() as session:
        a_survey(session)
    new = {"place": "Alliance / South", "audience": "Staff", "channel": "paper"}
    path = write_rows(tmp_path / "a.csv", [a_row("Paper forms", **new), a_row("7C3QX8"), a_row("paper  FORMS")])
    assert "--create-collectors" in messages(import_file(database, path))[0]
    done = import_file(database, path, create_collectors=True)
    assert done.imported == 3
    assert done.new_collectors == ("Paper forms", "7C3QX8")
    with database.reading() as session:
        made = {each.name: each for each in session.scalars(select(tables.Collector))}
    assert (made["Paper forms"].place, made["Paper forms"].audience_id, made["Paper forms"].channel) == (
        "Alliance / South",
        "staff",
        "paper",
    )
    assert made["7C3QX8"].code == "7C3QX8"


def test_collectors_made_for_a_file_that_is_refused_are_not_kept(database: Database, tmp_path: Path) -> None:
    with database.writing() as session:
        a_survey(session)
    rows = [a_row("Paper forms")] * 1001 + [a_row("Paper forms", visits="x")]
    done = import_file(database, write_rows(tmp_path / "a.csv", rows), create_collectors=True)
    assert [fault.line for fault in done.faults] == [1003]
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(tables.Collector)) == 0
        assert session.scalar(select(func.count()).select_from(tables.Response)) == 0
        assert session.scalar(select(func.count()).select_from(tables.ImportBatch)) == 0


_KILLED = """
import datetime, os, signal, sys
from pathlib import Path
from engage.unit_of_work import Database
from surveys.importing import import_answers

def stop(line):
    if line > 2500:
        os.kill(os.getpid(), signal.SIGKILL)

now = datetime.datetime(2026, 11, 21, 9, 30, tzinfo=datetime.UTC)
import_answers(Database(sys.argv[1]).writing, slug="small-survey", path=Path(sys.argv[2]), at=now, today=now.date(),
               by="officer@example.org", progress=stop)
"""


def test_an_import_that_is_killed_leaves_nothing_to_be_seen_and_can_be_repeated(
    database: Database, code: str, tmp_path: Path
) -> None:
    rows = [a_row(code, response_id=str(number), missing="seen?") for number in range(3000)]
    path = write_rows(tmp_path / "a.csv", rows)
    killed = subprocess.run(
        [sys.executable, "-c", _KILLED, database.url, str(path)], check=False, env={**os.environ, "PYTHONPATH": "."}
    )
    assert killed.returncode == -signal.SIGKILL
    with database.reading() as session:
        hidden = session.scalar(select(func.count()).select_from(tables.Response))
    assert hidden == 2000, "two chunks were stored before the end"
    assert visible(database) == 0
    assert import_file(database, path).imported == 3000
    assert visible(database) == 3000
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(tables.Response)) == 3000


def test_a_second_import_ends_the_first_one_which_then_keeps_nothing(
    database: Database, code: str, tmp_path: Path
) -> None:
    path = write_rows(tmp_path / "a.csv", [a_row(code, response_id=str(number)) for number in range(1500)])

    def interfere(line: int) -> None:
        if line == 1200:
            BatchWriter(database.writing, slug="small-survey", file_name="other.csv", at=NOW, by="b@example.org")

    with pytest.raises(ImportEnded):
        import_file(database, path, progress=interfere)
    assert visible(database) == 0
    assert import_file(database, path).imported == 1500


def test_people_can_answer_while_a_file_is_imported(database: Database, code: str, tmp_path: Path) -> None:

    path = write_rows(tmp_path / "a.csv", [a_row(code) for _ in range(2200)])

    def answer(line: int) -> None:
        if line == 2000:
            with database.writing() as session:
                a_response(session, find_collector(session, code=code))
            assert visible(database) == 1

    assert import_file(database, path, progress=answer).imported == 2200
    assert visible(database) == 2201
