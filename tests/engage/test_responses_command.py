import csv
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from engage.commands import engage
from engage.unit_of_work import Database
from surveys.storage import tables
from tests.factories import a_collector, a_response, some_answers
from tests.surveys.exchange.exchanged_answers import a_row, visible, write_rows


@pytest.fixture
def code(database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """The code of a collector in an installation that the command finds."""
    monkeypatch.setenv("ENGAGE_INSTANCE", str(tmp_path / "instance"))
    monkeypatch.setenv("ENGAGE_DATABASE_URL", database.url)
    monkeypatch.setenv("ENGAGE_DRAFTS_URL", database.drafts_url)
    with database.writing() as session:
        return a_collector(session).code


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(engage, ["responses", *map(str, arguments)])


def test_good_rows_are_imported_and_noted_without_their_content(database: Database, code: str, tmp_path: Path) -> None:
    path = write_rows(tmp_path / "a.csv", [a_row(code, response_id="P1", missing="private words")])
    done = run("import", "small-survey", path)
    assert (done.exit_code, done.stdout, done.stderr) == (0, "Imported 1 responses.\n", "")
    with database.reading() as session:
        event = session.scalars(select(tables.AuditEvent)).one()
        assert (event.action, event.subject, event.detail) == ("answers imported", "small-survey", {"rows": 1})


def test_each_bad_row_is_one_line_with_file_and_line_and_the_exit_status_is_1(
    database: Database, code: str, tmp_path: Path
) -> None:
    path = write_rows(tmp_path / "a.csv", [a_row(code), a_row(code, visits="x"), a_row(code, quote="maybe")])
    done = run("import", "small-survey", path)
    assert done.exit_code == 1
    assert done.stdout == ""
    assert done.stderr.splitlines() == [
        f"{path}:3: visits: A number belongs here.",
        f"{path}:4: quote: 'maybe' is not an answer to this question. It offers: yes, no.",
        "Nothing was imported. Correct the lines above, or import the others with --keep-good.",
    ]
    kept = run("import", "small-survey", path, "--keep-good")
    assert kept.exit_code == 1
    assert "Imported 1 responses." in kept.stdout
    assert "2 lines were refused." in kept.stderr
    assert visible(database) == 1


def test_faults_of_a_file_a_map_and_a_slug_are_said_without_a_stack_trace(
    database: Database, code: str, tmp_path: Path
) -> None:
    path = write_rows(tmp_path / "a.csv", [a_row(code)])
    broken = tmp_path / "map.yaml"
    broken.write_text("format: 1\ncolumns: {a: b}\n")
    latin = tmp_path / "latin.csv"
    latin.write_bytes("submitted_on,missing\n2026-11-20,é\n".encode("latin-1"))
    mapped, other, unread = (
        run("import", "small-survey", path, "--map", broken),
        run("import", "smal-survey", path),
        run("import", "small-survey", latin),
    )
    assert [result.exit_code for result in (mapped, other, unread)] == [1, 1, 1]
    assert mapped.stderr.startswith(f"{broken}:2: ")
    assert "small-survey" in other.stderr
    assert unread.stderr.startswith(f"{latin}:2: The line is not UTF-8 text")
    assert not any("Traceback" in result.output for result in (mapped, other, unread))


def test_an_export_names_its_files_and_comes_back_through_the_command(
    database: Database, code: str, tmp_path: Path
) -> None:
    from surveys.collectors import find_collector

    with database.writing() as session:
        a_response(session, find_collector(session, code=code))
    path = tmp_path / "answers.csv"
    done = run("export", "small-survey", "-o", path)
    assert done.exit_code == 0
    assert done.stdout == f"1 responses\t{path}\ncodebook\t{tmp_path / 'answers.codebook.csv'}\n"
    assert run("import", "small-survey", path).exit_code == 0
    with path.open(encoding="utf-8", newline="") as stream:
        assert len(list(csv.DictReader(stream))) == 1
    assert visible(database) == 2


@pytest.mark.parametrize(
    ("name", "message"), [("a.doc", "use .csv, .xlsx or .jsonl"), ("gone/a.csv", "cannot be written")]
)
def test_a_place_or_kind_of_file_that_cannot_be_written_is_refused(
    database: Database, code: str, tmp_path: Path, name: str, message: str
) -> None:
    done = run("export", "small-survey", "-o", tmp_path / name)
    assert done.exit_code == 1
    assert message in done.stderr


def test_comments_as_written_need_a_reason_which_is_recorded_before_the_file_is_there(
    database: Database, code: str, tmp_path: Path
) -> None:
    from surveys.collectors import find_collector

    with database.writing() as session:
        a_response(
            session, find_collector(session, code=code), some_answers(waiting__comment="Write to me@example.org")
        )
    path = tmp_path / "answers.csv"
    assert run("export", "small-survey", "-o", path).exit_code == 0
    assert "Write to [email address]" in path.read_text("utf-8")
    assert run("export", "small-survey", "-o", path, "--unmasked").exit_code == 2
    assert run("export", "small-survey", "-o", path, "--reason", "Moving house").exit_code == 2
    assert run("export", "small-survey", "-o", path, "--unmasked", "--reason", "abc").exit_code == 2
    assert "me@example.org" not in path.read_text("utf-8")
    done = run("export", "small-survey", "-o", path, "--unmasked", "--reason", "Moving to a new server")
    assert done.exit_code == 0
    assert "Write to me@example.org" in path.read_text("utf-8")
    with database.reading() as session:
        events = session.scalars(select(tables.AuditEvent).order_by(tables.AuditEvent.id)).all()
    assert [(event.action, event.detail) for event in events] == [
        ("answers exported", {"rows": 1}),
        ("unmasked export asked", {"file": "answers.csv", "reason": "Moving to a new server"}),
        ("answers exported", {"rows": 1}),
    ]
