import json
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from engage.unit_of_work import Database
from surveys.importing import MapFaults
from surveys.storage import tables
from tests.factories import a_collector
from tests.surveys.exchange.exchanged_answers import a_row, answers_of, import_file, visible, write_rows


def test_a_map_translates_columns_codes_dates_and_missing_marks(database: Database, code: str, tmp_path: Path) -> None:
    rows = [
        {"id": "7", "when": "03/11/2026", "Q1": "9", "Q2": "A;C", "Q3": "-99", "notes": "n/a", "staff member": "Bo"}
    ]
    said = f"""
format: 1
columns:
  id: response_id
  when: submitted_on
  Q1: {{to: waiting.importance, codes: {{9: very, 1: not}}}}
  Q2: {{to: most_important, codes: {{A: waiting, B: digital, C: staff}}}}
  Q3: {{to: visits, missing: [-99]}}
  notes: missing
ignore: [staff member]
constants: {{collector: {code}, mode: paper}}
missing: [n/a]
dates: "%d/%m/%Y"
separator: ";"
"""
    done = import_file(database, write_rows(tmp_path / "a.csv", rows), map_content=said.encode())
    assert done.faults == ()
    stored = answers_of(database)
    assert stored["waiting.importance"] == "very"
    assert stored["most_important"] == ["waiting", "staff"]
    assert stored["visits"] is None
    assert "missing" not in stored
    with database.reading() as session:
        response = session.scalars(select(tables.Response)).one()
        assert (response.submitted_on, response.mode) == (date(2026, 11, 3), "paper")


def test_one_column_becomes_several_and_numbers_become_bands(database: Database, tmp_path: Path) -> None:
    with database.writing() as session:
        a_collector(session)
    rows = [
        {"site": "1", "age": "29.0", "when": "2026-11-03"},
        {"site": "2", "age": "98", "when": "2026-11-03"},
        {"site": "2", "age": "42", "when": "2026-11-03"},
    ]
    said = b"""format: 1
columns:
  site:
    - {to: collector, codes: {1: Clinic one, 2: Clinic two}}
    - {to: place, codes: {1: North, 2: South}}
  age: {to: visits, codes: {98: 9}, bands: {1: [18, 29], 2: [30, 99]}}
  when: submitted_on
constants: {audience: patients}
"""
    path = write_rows(tmp_path / "a.csv", rows)
    done = import_file(database, path, map_content=said, create_collectors=True)
    assert done.faults == ()
    with database.reading() as session:
        places = {one.name: one.place for one in session.scalars(select(tables.Collector))}
        documents = session.scalars(select(tables.ResponseDocument.answers)).all()
    assert (places["Clinic one"], places["Clinic two"]) == ("North", "South")
    assert sorted(json.loads(answers)["answers"]["visits"] for answers in documents) == [1, 2, 9]


def test_bands_that_cannot_be_told_apart_are_refused(sqlite_database: Database, tmp_path: Path) -> None:
    with sqlite_database.writing() as session:
        code = a_collector(session).code
    said = b"""format: 1
columns:
  a:
    to: visits
    bands:
      1: [0, 9]
      2: [9, 20]
      3: [30, 21]
      4: [40]
      5: many
"""
    with pytest.raises(MapFaults) as raised:
        import_file(sqlite_database, write_rows(tmp_path / "a.csv", [a_row(code)]), map_content=said)
    assert [fault.line for fault in raised.value.faults] == [7, 8, 9, 10]
    assert "overlap" in raised.value.faults[0].message


def test_a_map_and_a_file_that_do_not_fit_together_are_refused(database: Database, code: str, tmp_path: Path) -> None:
    said = b"""format: 1
columns: {Q1: missing, Q9: visits}
constants: {mode: paper}
"""
    rows = [{**a_row(code, missing="one"), "Q1": "two", "mode": "web"}]
    done = import_file(database, write_rows(tmp_path / "a.csv", rows), map_content=said, keep_good=True)
    assert sorted(fault.message for fault in done.faults) == [
        "'missing' and 'Q1' are both read as missing. Keep one of them.",
        "The map makes mode a constant, and column 'mode' says it too. Keep one of them.",
        "The map names a column 'Q9', which the file does not have. Correct the map or the file.",
    ]
    assert visible(database) == 0


def test_every_fault_of_a_map_is_reported_with_its_line(sqlite_database: Database, tmp_path: Path) -> None:
    with sqlite_database.writing() as session:
        code = a_collector(session).code
    said = """format: 1
columns:
  a: visit
  b: {to: missing, cods: {1: 2}}
  c: {codes: {1: 2}}
  d: missing
constant: {collector: X}
constants: {response_id: 1, mode: [web]}
dates: "%d"
separator: [a]
"""
    with pytest.raises(MapFaults) as raised:
        import_file(sqlite_database, write_rows(tmp_path / "a.csv", [a_row(code)]), map_content=said.encode())
    found = [(fault.line, fault.message) for fault in raised.value.faults]
    assert [line for line, _ in found] == [3, 4, 5, 6, 7, 8, 8, 9, 10]
    assert "Did you mean 'visits'?" in found[0][1]
    assert "Did you mean 'codes'?" in found[1][1]
    assert "Did you mean 'constants'?" in found[4][1]


@pytest.mark.parametrize(
    "content", [b"\xff\xfe", b"[" * 5000, b"a: &a [*a, *a]", b"- 1", b"", b"columns: !!python/name:os.system"]
)
def test_a_hostile_map_gets_a_message(sqlite_database: Database, tmp_path: Path, content: bytes) -> None:
    with sqlite_database.writing() as session:
        code = a_collector(session).code
    with pytest.raises(MapFaults):
        import_file(sqlite_database, write_rows(tmp_path / "a.csv", [a_row(code)]), map_content=content)
