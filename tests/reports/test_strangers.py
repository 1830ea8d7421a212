"""A number that the JSON of the same results keeps back is found wherever else it is printed."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

import pytest
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from engage.unit_of_work import Database
from reports.board_report import board_report_html, board_report_pdf
from reports.results_csv import results_csv
from reports.spreadsheet import results_xlsx
from reports.tabulation import Filters
from tests.reports.random_survey import GivenResults, a_population, published, store
from tests.reports.strangers import in_csv, in_page, in_pdf, in_workbook


@pytest.fixture(scope="module")
def given(empty_sqlite_database: Database) -> Iterator[GivenResults]:
    """Results by place, of which some are kept back."""
    with Session(empty_sqlite_database.writing_engine) as session:
        (made,) = published(session, store(session, a_population(5004)), [Filters(by="place")])
        yield made


@pytest.fixture(scope="module")
def page(given: GivenResults) -> str:
    return board_report_html(given.results, given.questionnaire, language="en")


def planted(page: str, pattern: str, put: str) -> str:
    changed = re.sub(pattern, put, page, count=1, flags=re.DOTALL)
    assert changed != page, "there is such a place"
    return changed


def test_a_page_says_nothing_else(given: GivenResults, page: str) -> None:
    assert in_page(given.document, page) == []


@pytest.mark.parametrize(
    ("pattern", "put"),
    [
        (r"(<td[^>]*>)\s*(?:<[^>]*>)?too few", r"\g<1>6"),
        (r"(<svg.*?<text[^>]*>)(\d+)</text>", r"\g<1>999</text>"),
        (r"(<title[^>]*>[^<]*“[^<]*: )\d+(.of)", r"\g<1>999\2"),
        (r"(<p>)([^<]*were|[^<]*answered\.)", r"\g<1>Only 6 staff answered. \2"),
    ],
)
def test_one_number_more_is_found(given: GivenResults, page: str, pattern: str, put: str) -> None:
    assert in_page(given.document, planted(page, pattern, put))


def test_a_number_in_a_workbook_that_is_kept_back_elsewhere_is_found(given: GivenResults) -> None:
    workbook = results_xlsx(given.results, given.questionnaire, language="en")
    assert in_workbook(given.document, workbook) == []
    book = load_workbook(io.BytesIO(workbook))
    hidden = next(cell for row in book["Themes"].iter_rows() for cell in row if cell.value == "suppressed")
    hidden.value = 6
    changed = io.BytesIO()
    book.save(changed)
    assert len(in_workbook(given.document, changed.getvalue())) == 1


@pytest.mark.parametrize("part", ["themes", "questions", "who_answered"])
@pytest.mark.parametrize("column", ["value", "low", "high", "base", "hidden"])
def test_a_number_in_a_table_of_figures_that_is_kept_back_elsewhere_is_found(
    given: GivenResults, part: str, column: str
) -> None:
    content = results_csv(given.results, given.questionnaire, language="en")
    assert in_csv(given.document, content) == []
    heading, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    hidden, about = heading.index("hidden"), heading.index("part")
    row = next(one for one in rows if one[hidden] and one[about] == part)
    row[heading.index(column)] = "7"
    changed = io.StringIO(newline="")
    csv.writer(changed).writerows([heading, *rows])
    assert len(in_csv(given.document, changed.getvalue().encode("utf-8-sig"))) == 1


def test_a_number_of_everybody_is_a_stranger_among_patients(given: GivenResults) -> None:
    content = results_csv(given.results, given.questionnaire, language="en")
    for others in (b"patients", b"nobody"):
        moved = content.replace(b"responses,,,", b"responses,audience," + others + b",", 1)
        assert len(in_csv(given.document, moved)) == 1


def test_a_pdf_that_says_more_than_its_page_is_found(given: GivenResults, page: str) -> None:
    pdf = board_report_pdf(given.results, given.questionnaire, language="en")
    assert in_pdf(page, pdf) == []
    without = re.sub(r"\b48\b", "", page)
    assert without != page, "there were 48 patients"
    assert "48 in the text" in in_pdf(without, pdf)
    otherwise = re.sub(r"(<title[^>]*>[^<]*: )\d+.of", r"\g<1>999 of", page)
    assert any("described" in one for one in in_pdf(otherwise, pdf))
