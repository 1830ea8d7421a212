import csv
import datetime
import json
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy.orm import Session

from engage.unit_of_work import Database
from surveys.answers_file import MARK
from surveys.exporting import export_answers
from surveys.publishing import find_survey
from surveys.storage import tables
from tests.commented import Commented, a_comment, a_commented_survey
from tests.factories import NOW, a_response, some_answers
from tests.surveys.exchange.exchanged_answers import import_file, remove_responses, stored_responses

SUFFIXES = [".csv", ".xlsx", ".jsonl"]
NHS_NUMBER = "943 476 5919"
ESCALATED = "The ward forgot her tablets twice."
TIDY = 'Shorter waits, please.\nAnd "free" parking.'
ARABIC = "أشكر الفريق على وقته"
HEBREW = "תודה לצוות"
MIXED = "שלום to the \u2067צוות\u2069 of A&E"


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of an exported file of any kind, empty cells as ""."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream))
    if path.suffix == ".jsonl":
        lines = path.read_text("utf-8").splitlines()
        return [{name: cell or "" for name, cell in json.loads(line).items()} for line in lines]
    header, *rows = openpyxl.load_workbook(path)["answers"].iter_rows(values_only=True)
    return [{str(name): str(cell or "") for name, cell in zip(header, row, strict=True)} for row in rows]


def exported(database: Database, path: Path, *, unmasked: bool = False) -> list[dict[str, str]]:
    with database.reading() as session:
        survey = find_survey(session, slug="small-survey")
        export_answers(session, survey=survey, path=path, unmasked=unmasked)
    return rows_of(path)


def escalated(session: Session, comment: tables.ScreenedComment) -> None:
    session.get_one(tables.CommentState, comment.ref).state = "escalated"


def every_fate_of_a_comment(session: Session) -> Commented:
    """Comments that are fine, masked, escalated, and not screened yet."""
    at = a_commented_survey(session)
    a_comment(session, at, TIDY)
    a_comment(session, at, f"My number is {NHS_NUMBER}, call me.")
    escalated(session, a_comment(session, at, ESCALATED))
    a_response(session, at.collector, some_answers(waiting__comment=f"Just in: {NHS_NUMBER}"))
    return at


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_file_gives_comments_masked_whether_or_not_they_were_screened_and_withholds_escalated_ones(
    database: Database, tmp_path: Path, suffix: str
) -> None:
    with database.writing() as session:
        every_fate_of_a_comment(session)
    rows = exported(database, tmp_path / f"answers{suffix}")
    assert {row["waiting.comment"] for row in rows} == {
        TIDY,
        "My number is [NHS number], call me.",
        "[withheld]",
        "Just in: [NHS number]",
    }
    assert {row[MARK] for row in rows} == {"masked"}


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_what_an_organisation_calls_identifying_is_masked_before_screening_too(
    database: Database, tmp_path: Path, suffix: str
) -> None:
    with database.writing() as session:
        at = a_commented_survey(session)
        session.add(
            tables.MaskingList(
                organisation_id=at.survey.organisation_id,
                hospital_number="A999999",
                staff_names=["Quintilla Featherstonehaugh"],
                changed_at=NOW,
                changed_by="administrator@example.org",
            )
        )
        a_response(session, at.collector, some_answers(waiting__comment="Quintilla Featherstonehaugh was kind."))
    (row,) = exported(database, tmp_path / f"answers{suffix}")
    assert row["waiting.comment"] == "[name] was kind."


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_words_as_written_come_only_when_asked_for_and_the_file_says_so(
    database: Database, tmp_path: Path, suffix: str
) -> None:
    with database.writing() as session:
        every_fate_of_a_comment(session)
    rows = exported(database, tmp_path / f"answers{suffix}", unmasked=True)
    assert {row["waiting.comment"] for row in rows} == {
        TIDY,
        f"My number is {NHS_NUMBER}, call me.",
        ESCALATED,
        f"Just in: {NHS_NUMBER}",
    }
    assert {row[MARK] for row in rows} == {"as written"}


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_masked_file_can_be_imported_and_comments_without_details_come_back_as_they_were(
    database: Database, tmp_path: Path, suffix: str
) -> None:
    texts = [TIDY, "=1+1", "'quoted'", ARABIC, HEBREW, MIXED, "two\nlines"]
    with database.writing() as session:
        at = a_commented_survey(session)
        for place, text in enumerate(texts):
            if place % 2:
                a_response(session, at.collector, some_answers(waiting__comment=text))
            else:
                a_comment(session, at, text)
    path = tmp_path / f"answers{suffix}"
    exported(database, path)
    with database.writing() as session:
        survey = find_survey(session, slug="small-survey")
        before = stored_responses(session, survey)
        remove_responses(session, survey)
    assert import_file(database, path).faults == ()
    with database.reading() as session:
        assert stored_responses(session, find_survey(session, slug="small-survey")) == before


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_what_was_masked_in_a_file_stays_masked_after_its_import(
    database: Database, tmp_path: Path, suffix: str
) -> None:
    with database.writing() as session:
        every_fate_of_a_comment(session)
    path = tmp_path / f"answers{suffix}"
    exported(database, path)
    with database.writing() as session:
        remove_responses(session, find_survey(session, slug="small-survey"))
    assert import_file(database, path).imported == 4
    with database.reading() as session:
        texts = set(session.scalars(tables.Comment.__table__.select().with_only_columns(tables.Comment.text)))
    assert texts == {TIDY, "My number is [NHS number], call me.", "[withheld]", "Just in: [NHS number]"}


def test_comments_of_many_pages_stand_beside_their_own_answers(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("surveys.exporting.rows.PAGE", 3)
    with database.writing() as session:
        at = a_commented_survey(session)
        for number in range(10):
            a_comment(session, at, f"Number {number}", rating=("very", "not")[number % 2])
    rows = exported(database, tmp_path / "answers.csv")
    assert sorted((row["waiting.comment"], row["waiting.importance"]) for row in rows) == [
        (f"Number {number}", ("very", "not")[number % 2]) for number in range(10)
    ]


@pytest.mark.parametrize(
    ("text", "leftwards"),
    [
        (ARABIC, True),
        (HEBREW, True),
        (MIXED, True),
        ("12 weeks? 12 أسابيع", False),
        ("(12) أسابيع", True),
        ("\u2067צוות\u2069 was kind", False),
        ("Kind staff, תודה", False),
        ("123 ...", False),
    ],
)
def test_a_cell_of_a_workbook_reads_from_the_side_that_its_first_letter_asks_for(
    database: Database, tmp_path: Path, text: str, leftwards: bool
) -> None:
    with database.writing() as session:
        a_comment(session, a_commented_survey(session), text, on=datetime.date(2026, 11, 20))
    path = tmp_path / "answers.xlsx"
    assert [row["waiting.comment"] for row in exported(database, path)] == [text]
    header, cells = openpyxl.load_workbook(path)["answers"].iter_rows()
    by_name = {str(name.value): cell for name, cell in zip(header, cells, strict=True)}
    assert (by_name["waiting.comment"].alignment.readingOrder == 2) is leftwards
    assert by_name["collector"].alignment.readingOrder != 2
