"""The spreadsheet: every table, unrounded, in the words of the report, and no text that a program would run."""

from __future__ import annotations

import dataclasses
import io
import re
import zipfile

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from reports.spreadsheet import results_xlsx
from reports.tabulation import (
    Change,
    Estimate,
    Figure,
    PlaceBand,
    ReferenceGroup,
    Representation,
    Series,
    Shown,
    Suppressed,
    WaveOf,
    WavePoint,
    Weighted,
    WeightedShare,
)
from tests.factories import words
from tests.reports.answered_survey import shipped_questionnaire
from tests.reports.conftest import Answered


def workbook(answered: Answered, language: str = "en") -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(results_xlsx(answered.results, answered.questionnaire, language=language)))


def rows(book: Workbook, sheet: str) -> list[tuple[object, ...]]:
    return list(book[sheet].iter_rows(min_row=3, values_only=True))


def test_contents_name_every_sheet(cancer_survey: Answered) -> None:
    book = workbook(cancer_survey)
    listed = [row[0] for row in book["Contents"].iter_rows(min_row=4, values_only=True)]
    assert listed == book.sheetnames[1:]
    links = [row[0].hyperlink for row in book["Contents"].iter_rows(min_row=4)]
    assert [link and link.location for link in links] == [f"'{name}'!A1" for name in listed]
    assert len(book.sheetnames) >= 5 + len(cancer_survey.questionnaire.items)
    for sheet in book.worksheets:
        assert "Demonstration" in str(sheet["A2"].value)


def test_figures_are_numbers_and_not_rounded(cancer_survey: Answered) -> None:
    heading, *themes = rows(workbook(cancer_survey), "Themes")
    named = [dict(zip(map(str, heading), row, strict=True)) for row in themes]
    first = next(row for row in named if row["Group"] == "Audience: Patients")
    table = next(group for group in cancer_survey.results.audiences if group.value == "patients").themes
    chosen = next(one.chosen for one in table if one.theme_id == "faster-care")
    assert chosen is not None
    assert isinstance(chosen.value, Shown)
    assert first["Chosen %"] == pytest.approx(chosen.value.value, rel=1e-12)


def test_hidden_figures_are_a_word_and_their_numbers_nowhere(small_survey: Answered) -> None:
    _, *themes = rows(workbook(small_survey), "Themes")
    staff = [row for row in themes if row[2] == "Audience: Staff"]
    assert staff
    for row in staff:
        assert {cell for cell in row[3:] if cell is not None} == {"suppressed"}


def test_no_cell_is_merged_and_no_text_is_a_formula_or_a_link(cancer_survey: Answered) -> None:
    hostile = shipped_questionnaire(
        title=words("=HYPERLINK(A1)"), other_ways=(), organisation=words("https://example.org")
    )
    written = results_xlsx(cancer_survey.results, hostile, language="en")
    book = openpyxl.load_workbook(io.BytesIO(written))
    assert book["Contents"]["A1"].value == "=HYPERLINK(A1)"
    with zipfile.ZipFile(io.BytesIO(written)) as parts:
        sheets = {name: parts.read(name) for name in parts.namelist() if name.startswith("xl/worksheets/")}
    assert not any(b"<f>" in content for content in sheets.values())
    # A link that leads out of the file would need a relationship.
    assert not any(name.endswith(".rels") for name in sheets)
    assert [name for name, content in sheets.items() if b"hyperlink" in content] == ["xl/worksheets/sheet1.xml"]
    assert not any(sheet.merged_cells.ranges for sheet in book.worksheets)


def test_raw_figures_are_refused(cancer_survey: Answered) -> None:
    raw = dataclasses.replace(
        cancer_survey.results, everybody=dataclasses.replace(cancer_survey.results.everybody, responses=190)
    )
    with pytest.raises(TypeError, match="only disclosed figures"):
        results_xlsx(raw, cancer_survey.questionnaire, language="en")


def with_all_beside(survey: Answered) -> Answered:
    """The survey with a reference population, weights, waves and places beside its answers."""
    hidden: Figure = Suppressed("small base")
    share = Estimate(Shown(25.5), Shown(20.0), Shown(31.0))
    groups = (
        ReferenceGroup("young", "16 to 34", 27.0, Shown(30), Shown(15.0), Shown(-12.0), Shown(55.5), Shown(33), True),
        ReferenceGroup("old", "35 and over", 73.0, hidden, hidden, hidden, hidden, hidden, False),
    )
    beside = dataclasses.replace(
        survey.results,
        representation=(
            Representation("age", "Age", "Registry", "2025", Shown(200), Shown(10), groups, Shown(12.0), Shown(0.001)),
        ),
        weighted=Weighted("raked", ("age",), Shown(200), Shown(1.25), Shown(160.0), Shown(2), True, "", (
            WeightedShare("faster-care", "chosen", Shown(200), share, share),
        )),
        change=Change(
            (WaveOf("last-year", "Last year", "1.0", None), WaveOf("this-year", "This year", "1.0", None)),
            (
                Series(
                    "chosen", "faster-care", "patients", ("similar",),
                    (WavePoint(hidden, None), WavePoint(Shown(200), share)),
                    None, None, 8, None, "too few to say", False,
                ),
            ),
        ),
        places=(
            PlaceBand(
                "place", "North", "North", "faster-care", "chosen", Shown(60), share, Shown(20.0), Shown(40.0),
                "as expected", 50.0, 75.0, "below acceptable",
            ),
        ),
    )  # fmt: skip
    return dataclasses.replace(survey, results=beside)


def test_what_stands_beside_the_answers_has_sheets_of_its_own(cancer_survey: Answered) -> None:
    book = workbook(with_all_beside(cancer_survey))
    listed = [row[0] for row in book["Contents"].iter_rows(min_row=4, values_only=True)]
    assert listed == book.sheetnames[1:]
    _, young, old, *_ = rows(book, "Reference")
    assert young[3:] == ("16 to 34", 30, 15, 27, -12, 55.5, 33, "yes")
    assert old[3:] == ("35 and over", *["suppressed"] * 2, 73, *["suppressed"] * 3, "no")
    assert rows(book, "Weighted")[1][2:] == (200, 25.5, 20, 31, 25.5, 20, 31)
    assert [row[3:6] for row in rows(book, "Waves")[1:]] == [
        ("last-year 1.0", None, "suppressed"),
        ("this-year 1.0", "similar", 200),
    ]
    assert rows(book, "Change")[1][-2:] == ("too few to say", "no")
    assert rows(book, "Places")[1][-7:] == (
        *("as expected", None, "too few to say"),
        *(50, 75, "higher", "below acceptable"),
    )


def test_people_are_called_what_the_report_calls_them(cancer_survey: Answered) -> None:
    patients = next(group for group in cancer_survey.results.audiences if group.value == "patients")
    crossed = dataclasses.replace(patients, field="collector,audience", value="east,patients", label="East / A")
    results = dataclasses.replace(cancer_survey.results, groups=(crossed,))
    book = workbook(dataclasses.replace(cancer_survey, results=results))
    named = {row[:2] for row in rows(book, "Who answered")}
    assert {("How people answered", "Online"), ("Language", "English")} <= named
    groups = {str(row[2]) for row in rows(book, "Themes")[1:]}
    assert groups == {
        *("Everybody", "Audience: Patients", "Audience: Staff"),
        "Where people found the survey and Audience: East / A",
    }
    _, first, *_ = rows(book, "Differences")
    assert first[:5] == ("Audience", "Chosen, %", "Shorter waits at every step", "Patients", "Staff")


def test_in_arabic_it_runs_from_right_to_left_and_says_nothing_of_ours_in_english(cancer_survey: Answered) -> None:
    book = workbook(with_all_beside(cancer_survey), "ar")
    assert book.properties.language == "ar"
    assert all(sheet.sheet_view.rightToLeft for sheet in book)
    links = [row[0].hyperlink for row in book.worksheets[0].iter_rows(min_row=4)]
    assert [link and link.location for link in links] == [f"'{name}'!A1" for name in book.sheetnames[1:]]
    said = [*book.sheetnames, *(str(cell) for sheet in book for row in sheet.values for cell in row if cell)]
    # The survey's own texts are English and stand apart by marks.
    ours = (re.sub("\u2066[^\u2069]*\u2069", "", text) for text in said)
    assert [text for text in ours if re.search("[A-Za-z]{2}", text)] == []
    assert "محجوب" in said
