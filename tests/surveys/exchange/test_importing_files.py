import contextlib
import json
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from engage.unit_of_work import Database
from surveys.importing import FileFault
from surveys.importing.opening import open_rows
from surveys.storage import tables
from tests.factories import a_survey
from tests.surveys.exchange.exchanged_answers import a_row, answers_of, import_file, messages, visible, write_rows


def test_lines_are_counted_as_an_editor_shows_them(database: Database, code: str, tmp_path: Path) -> None:
    path = write_rows(tmp_path / "a.csv", [a_row(code, missing="three\nlines\nlong"), a_row(code, visits="many")])
    assert [fault.line for fault in import_file(database, path).faults] == [5]


def test_a_file_with_a_byte_order_mark_and_semicolons_is_read(database: Database, code: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(f"submitted_on;collector;missing\r\n2026-11-20;{code};Café, please\r\n".encode("utf-8-sig"))
    assert import_file(database, path).faults == ()
    assert answers_of(database)["missing"] == "Café, please"


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        (b"", 1, "The file is empty"),
        (b"\n\n", 1, "names no columns"),
        (b"collector,collector\n", 1, "More than one column is named 'collector'"),
        ("collector,missing\nA,é\n".encode("latin-1"), 2, "not UTF-8"),
        ("collector\nA\n".encode("utf-16"), 1, "UTF-16"),
        (b"PK\x03\x04\x00", 1, ".xlsx"),
        (b'collector,missing\nA,"open', 2, "never closed"),
        (b'collector,missing\nA,"shut"x\n', 2, "written twice"),
        (b"collector,missing\nA," + b"a" * 140_000 + b"\n", 2, "more than 131,072 characters"),
        (b"collector,missing\nA," + b"a" * 5_000_000 + b"\n", 2, "longer than 4 MiB"),
        (b"collector,missing\rA,b\r", 1, "bare carriage return"),
    ],
)
def test_a_file_that_cannot_be_read_says_where_and_what_to_do(
    sqlite_database: Database, tmp_path: Path, content: bytes, line: int, message: str
) -> None:
    with sqlite_database.writing() as session:
        a_survey(session)
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    try:
        (fault,) = [
            fault
            for fault in import_file(sqlite_database, path).faults
            if not fault.message.startswith("There are no rows")
        ]
        found = (fault.line, fault.message)
    except FileFault as file_fault:
        found = (file_fault.line, file_fault.message)
    assert found[0] == line
    assert message in found[1]
    assert visible(sqlite_database) == 0


def test_rows_that_are_longer_than_the_header_are_refused_and_shorter_ones_filled(
    database: Database, code: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"submitted_on,collector,missing\n2026-11-20,{code},well, well\n2026-11-20,{code}\n\n")
    done = import_file(database, path, keep_good=True)
    (message,) = messages(done)
    assert message.startswith("2: The line has 4 cells but the first line names 3 columns. Is a quotation mark missing")
    assert done.imported == 1


def test_an_unknown_column_is_refused_with_the_one_that_was_meant(
    database: Database, code: str, tmp_path: Path
) -> None:
    done = import_file(
        database, write_rows(tmp_path / "a.csv", [a_row(code, waiting__importence="very")]), keep_good=True
    )
    assert messages(done) == [
        "1: There is no column 'waiting.importence' in this survey. Did you mean 'waiting.importance'?"
    ]
    assert visible(database) == 0


def test_a_file_without_rows_is_said_to_have_none(database: Database, code: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("submitted_on,collector\n")
    assert messages(import_file(database, path)) == ["1: There are no rows below the names of the columns."]


def test_a_workbook_is_read_with_days_numbers_and_results_of_formulas(
    database: Database, code: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Sheet1")
        for place, name in enumerate(["submitted_on", "collector", "visits", "waiting.importance", "missing"]):
            sheet.write(0, place, name)
        sheet.write_datetime(1, 0, datetime(2026, 11, 3), book.add_format({"num_format": "dd/mm/yyyy"}))  # noqa: DTZ001 A sheet knows no zones.
        sheet.write(1, 1, code)
        sheet.write_formula(1, 2, "=1+1", None, 2)
        sheet.write_number(1, 3, 4)
        sheet.write_string(1, 4, "=not a formula")
    assert import_file(database, path).faults == ()
    stored = answers_of(database)
    assert (stored["visits"], stored["waiting.importance"], stored["missing"]) == (2, "very", "=not a formula")
    with database.reading() as session:
        assert session.scalar(select(tables.Response.submitted_on)) == date(2026, 11, 3)


def test_a_formula_without_a_stored_result_is_refused_not_skipped(
    database: Database, code: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["submitted_on", "collector", "visits"])
    book.active.append(["2026-11-20", code, "=1+1"])
    book.save(path)
    (message,) = messages(import_file(database, path))
    assert message.startswith("2: 'visits' holds a formula whose result is not stored in the file.")


@pytest.mark.parametrize("content", [b"not a workbook", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0old"])
def test_something_else_named_as_a_workbook_is_refused(
    sqlite_database: Database, tmp_path: Path, content: bytes
) -> None:
    with sqlite_database.writing() as session:
        a_survey(session)
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    with pytest.raises(FileFault, match="workbook"):
        import_file(sqlite_database, path)


def test_a_workbook_that_unpacks_to_gigabytes_is_refused_unopened(sqlite_database: Database, tmp_path: Path) -> None:
    with sqlite_database.writing() as session:
        a_survey(session)
    path = tmp_path / "bomb.xlsx"
    zeros = b"\0" * (8 * 1024 * 1024)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for number in range(2):
            with archive.open(f"xl/worksheets/sheet{number}.xml", "w", force_zip64=True) as part:
                for _ in range(70):
                    part.write(zeros)
    assert path.stat().st_size < 10_000_000
    with pytest.raises(FileFault, match="unpacks to more than 1 GiB"):
        import_file(sqlite_database, path)


def test_jsonl_lists_numbers_and_bad_lines_are_read_and_reported(database: Database, code: str, tmp_path: Path) -> None:
    good = {"submitted_on": "2026-11-20", "collector": code, "most_important": ["waiting", "staff"], "visits": 4}
    lines = [
        json.dumps(good),
        "{",
        "[]",
        '{"visits": NaN}',
        '{"visits": 1, "visits": 2}',
        '{"visits": {"a": 1}}',
        '{"visits": ' + "9" * 5000 + "}",
        "[" * 100_000,
        json.dumps({**good, "visit": 3}),
        json.dumps({**good, "missing": "\ud800 \0 half"}),
    ]
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(lines))
    done = import_file(database, path, keep_good=True)
    assert [fault.line for fault in done.faults] == [2, 3, 4, 5, 6, 7, 8, 9]
    assert "Did you mean 'visits'?" in done.faults[-1].message
    assert done.imported == 2


def test_quote_marks_are_taken_off_only_in_files_that_engage_wrote(
    database: Database, code: str, tmp_path: Path
) -> None:
    path = write_rows(tmp_path / "a.csv", [a_row(code, missing="'tis late")])
    assert import_file(database, path).faults == ()
    assert answers_of(database)["missing"] == "'tis late"


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".xlsx"])
@given(
    content=st.one_of(st.binary(max_size=300), st.text(alphabet='a1,;|"\t\r\n{}[]:\\', max_size=200).map(str.encode))
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None)
def test_whatever_bytes_a_file_holds_reading_it_gives_rows_or_a_message(
    tmp_path: Path, suffix: str, content: bytes
) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(content)
    with contextlib.suppress(FileFault):
        for row in open_rows(path).rows:
            assert row.line >= 1


@given(place=st.floats(0, 1, exclude_max=True), bytes_there=st.binary(min_size=1, max_size=40))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None)
def test_a_damaged_workbook_gives_rows_or_a_message(tmp_path: Path, place: float, bytes_there: bytes) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for number, name in enumerate(["submitted_on", "collector", "visits"]):
            sheet.write(0, number, name)
            sheet.write(1, number, number)
    # Stored, not packed, so that what is damaged is the content too and not only its packing.
    with zipfile.ZipFile(path) as packed:
        parts = {part: packed.read(part) for part in packed.namelist()}
    name = sorted(parts)[int(place * len(parts))]
    start = int(place * 7919) % len(parts[name])
    parts[name] = parts[name][:start] + bytes_there + parts[name][start + len(bytes_there) :]
    with zipfile.ZipFile(path, "w") as damaged:
        for part, held in parts.items():
            damaged.writestr(part, held)
    with contextlib.suppress(FileFault):
        assert all(row.line >= 1 for row in open_rows(path).rows)
