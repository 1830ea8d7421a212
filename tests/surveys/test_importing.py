import json
import os
import signal
import subprocess
import sys
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from sqlalchemy import func, select

from engage.unit_of_work import Database
from surveys.importing import FileFault, ImportedAnswers, ImportEnded, MapFaults
from surveys.importing.writing import BatchWriter
from surveys.publishing import find_survey, publish
from surveys.questionnaire import Text
from surveys.storage import tables
from tests.factories import NOW, a_collector, a_questionnaire, a_survey, words
from tests.surveys.exchanged_answers import a_row, import_file, stored_responses, visible, write_rows


@pytest.fixture
def code(database: Database) -> str:
    """The code of the one collector of a published survey."""
    with database.writing() as session:
        return a_collector(session, channel="poster").code


def answers_of(database: Database) -> dict[str, object]:
    """The only stored response's closed answers and comments."""
    with database.reading() as session:
        ((stored,),) = [stored_responses(session, find_survey(session, slug="small-survey"))]
    return {**json.loads(stored[5])["answers"], **{key: text for key, text, *_ in stored[7]}}


def messages(done: ImportedAnswers) -> list[str]:
    return [f"{fault.line}: {fault.message}" for fault in done.faults]


def test_ids_values_and_labels_are_read_in_any_case_and_spacing(database: Database, code: str, tmp_path: Path) -> None:
    row = a_row(
        code,
        waiting__importance="VERY",
        digital__importance=" slightly  IMPORTANT ",
        staff__importance="3",
        most_important="better technology|More staff",
        connection="Prefer not to say",
        order="In hospital|home",
        visits="1,000".replace(",000", "2"),
        missing="  Parking.  ",
        quote="no",
    )
    assert import_file(database, write_rows(tmp_path / "a.csv", [row])).faults == ()
    stored = answers_of(database)
    assert stored["waiting.importance"] == "very"
    assert stored["digital.importance"] == "slightly"
    assert stored["staff.importance"] == "quite"
    assert stored["most_important"] == ["digital", "staff"]
    assert stored["connection"] == "prefer_not_to_say"
    assert stored["order"] == ["hospital", "home"]
    assert stored["visits"] == 12
    assert stored["missing"] == "Parking."
    assert stored["staff.comment" if "staff.comment" in stored else "quote"] == "no"


def test_labels_in_every_language_of_the_survey_are_understood(database: Database, tmp_path: Path) -> None:
    from dataclasses import replace

    scale = a_questionnaire().scales[0]
    points = tuple(
        replace(point, label=Text((("en", point.label.in_language("en")), ("cy", f"{point.id} cy"))))
        for point in scale.points
    )
    both = _translated(a_questionnaire(languages=("en", "cy"), scales=(replace(scale, points=points),)))
    with database.writing() as session:
        code = a_collector(session, a_survey(session, both)).code
    done = import_file(
        database, write_rows(tmp_path / "a.csv", [a_row(code, waiting__importance="very CY", language="CY")])
    )
    assert done.faults == ()
    assert answers_of(database)["waiting.importance"] == "very"


def _translated(value):  # type: ignore[no-untyped-def]
    """The same definition with a Welsh text, invented where there is none, for every English one."""
    import dataclasses

    if isinstance(value, Text):
        english = value.in_language("en")
        return value if value.has("cy") else Text((("en", english), ("cy", f"{english} (cy)")))
    if isinstance(value, tuple):
        return tuple(_translated(part) for part in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        changes = {
            field.name: _translated(getattr(value, field.name)) for field in dataclasses.fields(value) if field.init
        }
        return dataclasses.replace(value, **changes)
    return value


def test_every_bad_row_is_reported_with_its_line_and_nothing_is_kept(
    database: Database, code: str, tmp_path: Path
) -> None:
    rows = [
        a_row(code),
        a_row(code, waiting__importance="vary"),
        a_row("ZZZZZZ", mode="pigeon", submitted_on="31/12/2026", visits="many", language="xx"),
        a_row(code, most_important="waiting|digital|staff"),
        a_row(code, most_important="none|staff"),
        a_row(code, order="home|home"),
        a_row(code, visits="-1"),
        a_row(code, missing="a" * 2001),
        a_row(code, submitted_on="2027-01-01"),
        a_row(code, submitted_on=""),
        a_row(code, version="7.1"),
        a_row(code, audience="staff"),
        a_row(code, place="Elsewhere"),
    ]
    done = import_file(database, write_rows(tmp_path / "a.csv", rows))
    assert done.imported == 0
    assert visible(database) == 0
    said = messages(done)
    assert [int(message.partition(":")[0]) for message in said] == [3, *[4] * 5, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]
    assert "'vary' is not an answer to this question. It offers: not, slightly, quite, very, not_sure." in said[0]
    for part in ("mode: 'pigeon'", "YYYY-MM-DD", "A number belongs here", "language: 'xx'", "--create-collectors"):
        assert any(part in message for message in said if message.startswith("4:"))
    assert "at most 2" in said[6]
    assert "cannot stand together" in said[7]
    assert "stands here twice" in said[8]
    assert "at least 0" in said[9]
    assert "at most 2,000" in said[10]


def test_the_good_rows_alone_are_imported_when_asked(database: Database, code: str, tmp_path: Path) -> None:
    path = write_rows(tmp_path / "a.csv", [a_row(code), a_row(code, visits="many"), a_row(code)])
    done = import_file(database, path, keep_good=True)
    assert done.imported == visible(database) == 2
    assert [fault.line for fault in done.faults] == [3]


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


def test_an_answer_that_the_others_do_not_lead_to_is_refused(database: Database, tmp_path: Path) -> None:
    from dataclasses import replace

    from surveys.questionnaire import Comparison

    pages = a_questionnaire().pages
    led = replace(pages[-1], show_if=Comparison("connection", "equals", "staff"))
    with database.writing() as session:
        code = a_collector(session, a_survey(session, a_questionnaire(pages=(*pages[:-1], led)))).code
    rows = [a_row(code, connection="patient", quote="yes"), a_row(code, connection="staff", quote="yes")]
    done = import_file(database, write_rows(tmp_path / "a.csv", rows))
    assert [fault.line for fault in done.faults] == [2]
    assert done.faults[0].message.startswith("quote: the other answers of this row do not lead to this question")


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
        assert not [each for each in session.scalars(select(tables.ForeignId)) if b"P" in each.id_hash[:2]]


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


def test_a_blank_version_means_the_only_one_and_is_refused_where_there_are_two(
    database: Database, code: str, tmp_path: Path
) -> None:
    path = write_rows(tmp_path / "a.csv", [a_row(code)])
    assert import_file(database, path).imported == 1
    with database.writing() as session:
        organisation = session.scalars(select(tables.Organisation)).one()
        changed = a_questionnaire(title=words("Other"))
        publish(session, organisation=organisation, questionnaire=changed, at=NOW, by="publisher@example.org")
    assert messages(import_file(database, path)) == [
        "2: version: the survey has several versions, so say which one: 1.0, 2.0."
    ]
    assert import_file(database, write_rows(path, [a_row(code, version="2")])).imported == 1


def test_a_workbook_is_read_with_days_numbers_and_results_of_formulas(
    database: Database, code: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Sheet1")
        for place, name in enumerate(["submitted_on", "collector", "visits", "waiting.importance", "missing"]):
            sheet.write(0, place, name)
        sheet.write_datetime(1, 0, datetime(2026, 11, 3), book.add_format({"num_format": "dd/mm/yyyy"}))  # noqa: DTZ001
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
    from surveys.collectors import find_collector
    from tests.factories import a_response

    path = write_rows(tmp_path / "a.csv", [a_row(code) for _ in range(2200)])

    def answer(line: int) -> None:
        if line == 2000:
            with database.writing() as session:
                a_response(session, find_collector(session, code=code))
            assert visible(database) == 1

    assert import_file(database, path, progress=answer).imported == 2200
    assert visible(database) == 2201
