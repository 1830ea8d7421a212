"""Verifying a report: its own figures are worked out again, and whatever differs is told as far as it may be."""

from __future__ import annotations

import contextlib
import io
import random
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner
from sqlalchemy import make_url

from engage.commands import engage
from engage.unit_of_work import Database
from reports.carried import NotVerifiable, read_provenance
from reports.documents import pdf_from_html
from reports.page_digests import changed_pages
from reports.verification import verify
from surveys.collectors import collectors_of
from surveys.publishing import find_survey
from tests.factories import a_response
from tests.reports.answered_survey import one_persons_answers, shipped_questionnaire
from tests.reports.conftest import Answered
from tests.reports.pdf_checks import elements
from tests.reports.verifying import SECRET, changed


@pytest.fixture
def stored(cancer_survey: Answered, tmp_path: Path) -> Database:
    """The survey's database, to be changed."""
    copied(cancer_survey, tmp_path)
    return Database(f"sqlite:///{tmp_path / 'engage.sqlite'}", f"sqlite:///{tmp_path / 'drafts.sqlite'}")


def copied(survey: Answered, folder: Path) -> None:
    with (
        contextlib.closing(sqlite3.connect(make_url(survey.database.url).database or "")) as there,
        contextlib.closing(sqlite3.connect(folder / "engage.sqlite")) as here,
    ):
        there.backup(here)


def test_a_report_follows_from_the_answers_that_made_it(stored: Database, board_pdf: bytes) -> None:
    with stored.reading() as session:
        verification = verify(session, board_pdf, secrets=(SECRET,))
    assert verification.matches
    assert verification.same_data
    assert verification.sealed
    said = dict(verification.statements)
    assert said["Survey"] == "cancer-strategy-themes"
    assert said["Questionnaire"] == "version 1.0"
    assert said["Data cut-off"].startswith("2026-11-21T09:30")


def _other_drawing(document: pikepdf.Pdf) -> None:
    page = document.pages[1]
    page.Contents = document.make_stream(page.Contents.read_bytes().replace(b"BT", b"0 0 9 9 re f BT", 1))


def _a_note(document: pikepdf.Pdf) -> None:
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FreeText, Rect=[0, 0, 9, 9], Contents="No")
    document.pages[0].obj["/Annots"] = pikepdf.Array([note])


def _other_alternative_text(document: pikepdf.Pdf) -> None:
    next(element for element in elements(document) if "/Alt" in element)["/Alt"] = "Nobody chose it"


def _page_gone(document: pikepdf.Pdf) -> None:
    del document.pages[3]


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (lambda document: None, []),
        (_other_drawing, ["Page 2 changed after the report was made."]),
        (_a_note, ["Page 1 changed after the report was made."]),
        (_other_alternative_text, ["What is read aloud of the pages was changed after the report was made."]),
        (_page_gone, ["The report was made with "]),
    ],
    ids=["stored anew", "other drawing", "a note", "other alternative text", "page gone"],
)
def test_changed_pages_are_found_and_storing_them_anew_is_no_change(
    board_pdf: bytes, change: Callable[[pikepdf.Pdf], None], found: list[str]
) -> None:
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(board_pdf)) as document:
        change(document)
        document.save(written, linearize=True)
    said = changed_pages(written.getvalue(), read_provenance(board_pdf))
    assert len(said) == len(found)
    assert all(one.startswith(start) for one, start in zip(said, found, strict=True))


def test_a_workshop_pack_can_be_verified_too(stored: Database, workshop_pdf: bytes) -> None:
    with stored.reading() as session:
        assert verify(session, workshop_pdf).matches


def test_one_more_answer_is_told_and_not_what_it_was(stored: Database, board_pdf: bytes) -> None:
    with stored.writing() as session:
        collector = collectors_of(session, survey=find_survey(session, slug="cancer-strategy-themes"))[0]
        answers = one_persons_answers(shipped_questionnaire(), random.Random(1), "patients")
        a_response(session, collector, answers)
    with stored.reading() as session:
        verification = verify(session, board_pdf, secrets=(SECRET,))
    assert (verification.matches, verification.same_data, verification.parts) == (False, False, ())
    (said,) = verification.changes
    assert said.endswith("the number of people changed by fewer than 11.")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"not a PDF", "not a PDF that can be read"),
        (b"", "not a PDF that can be read"),
    ],
)
def test_what_is_no_report_gets_a_clear_message(stored: Database, content: bytes, message: str) -> None:
    with stored.reading() as session, pytest.raises(NotVerifiable, match=message):
        verify(session, content)


def test_another_pdf_gets_a_clear_message(stored: Database) -> None:
    other = pdf_from_html('<html lang="en"><title>T</title><p>Hello</p></html>')
    with stored.reading() as session, pytest.raises(NotVerifiable, match="carries no figures of Engage"):
        verify(session, other)


@pytest.mark.parametrize(
    ("figures", "message"),
    [
        ({"survey": {"slug": "gone"}}, "there is no survey 'gone'"),
        ({"survey": None}, "changed or damaged"),
        ({"filters": {"since": "never", "until": None, "where": [], "by": None}}, "cannot be worked out again"),
        ({"filters": {"since": None, "until": None, "where": [], "by": "shoe size"}}, "cannot be worked out again"),
        ({"filters": 7}, "changed or damaged"),
        ({"generated_at": "yesterday"}, "cannot be worked out again"),
    ],
)
def test_damaged_figures_get_a_clear_message(
    stored: Database, board_pdf: bytes, figures: dict[str, object], message: str
) -> None:
    with stored.reading() as session, pytest.raises(NotVerifiable, match=message):
        verify(session, changed(board_pdf, sealed=False, **figures))


@pytest.fixture
def instance(small_survey: Answered, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An instance folder for the command line, with the survey of fewer people: its figures are worked out a dozen
    times here, and are not what is looked at."""
    copied(small_survey, tmp_path)
    monkeypatch.setenv("ENGAGE_INSTANCE", str(tmp_path))
    monkeypatch.setenv("ENGAGE_BASE_URL", "https://survey.northfield.nhs.uk")
    return tmp_path


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(engage, [str(one) for one in arguments])
    return result.exit_code, result.output


def test_the_command_makes_a_report_and_verifies_it(instance: Path) -> None:
    made = instance / "board.pdf"
    assert run("report", "cancer-strategy-themes", "-o", made, "--by", "channel") == (0, f"{made}\n")
    code, said = run("report", "verify", made)
    assert code == 0
    assert "Filters: by channel" in said
    assert "Every figure of this report follows from the stored answers." in said
    forged = instance / "forged.pdf"
    with pikepdf.open(made) as document:
        _other_drawing(document)
        document.save(forged)
    code, said = run("report", "verify", forged)
    assert code == 1
    assert "Page 2 changed after the report was made." in said
    assert "This file was altered, so its figures were not compared." in said
    forged.write_bytes(changed(made.read_bytes(), responses=250))
    code, said = run("report", "verify", forged)
    assert code == 1
    assert "The figures and words inside the file were changed after the report was made." in said
    assert "follow" not in said
    forged.write_bytes(changed(made.read_bytes(), sealed=False, responses=250))
    code, said = run("report", "verify", forged)
    assert code == 1
    assert "it carries no seal of this installation: it was altered, or settings" in said


@pytest.mark.parametrize("name", ["board.html", "tables.xlsx", "figures.csv"])
def test_the_ending_says_what_is_made(instance: Path, name: str) -> None:
    assert run("report", "-o", instance / name, "cancer-strategy-themes")[0] == 0
    starts = {"board.html": b"<!", "tables.xlsx": b"PK", "figures.csv": b"\xef\xbb"}
    assert (instance / name).read_bytes()[:2] == starts[name]


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["nothing-here", "-o", "x.pdf"], 1, "There is no survey 'nothing-here'"),
        (["cancer-strategy-themes", "-o", "x.doc"], 2, "ends in .pdf, .html, .docx, .xlsx or .csv"),
        (["cancer-strategy-themes"], 2, "Missing option '-o'"),
        (["cancer-strategy-themes", "-o", "x.html", "--language", "pl"], 1, "no texts in 'pl'; it has en"),
        (["cancer-strategy-themes", "-o", "no/such/folder/x.html"], 1, "cannot be written"),
        (["cancer-strategy-themes", "-o", "x.html", "--by", "shoe size"], 1, "shoe size"),
        (["verify", "missing.pdf"], 2, "does not exist"),
    ],
)
def test_wrong_input_gets_a_clear_message(
    instance: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], code: int, message: str
) -> None:
    monkeypatch.chdir(instance)
    found, said = run("report", *arguments)
    assert (found, message in said) == (code, True), said


def test_the_poster_command_writes_a_poster_and_a_leaflet(instance: Path, small_survey: Answered) -> None:
    with small_survey.database.reading() as session:
        code = collectors_of(session, survey=find_survey(session, slug="cancer-strategy-themes"))[0].code
    for kind in ("poster", "leaflet"):
        made = instance / f"{kind}.pdf"
        assert run("poster", code, "-o", made, "--kind", kind, "--size", "a5") == (0, f"{made}\n")
        assert made.read_bytes().startswith(b"%PDF-1.7")
    assert run("poster", "222222", "-o", made)[0] == 1
