"""Mentions as reports print them: the base in every heading, points in order, names as the officer wrote them."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from html import unescape

import pytest
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from engage.unit_of_work import Database
from reports.board_report import board_report_html
from reports.findings import findings
from reports.printed_mentions import cell, heading
from reports.request import disclosed_results, reported_questionnaire
from reports.sentences import most_raised
from reports.spreadsheet import results_xlsx
from reports.survey_figures import SurveyFigures
from reports.tabulation import (
    CodeAgreement,
    Coding,
    Figure,
    MentionColumn,
    MentionRow,
    MentionsBase,
    MentionTable,
    Shown,
    Suppressed,
)
from reports.words import Words
from reports.workshop_pack import workshop_pack_html
from tests.factories import NOW
from tests.reports.coded_survey import Writer, a_coded_survey, about

WAITING, DIGITAL = "waiting.comment", "digital.comment"
NAMES = ["Waiting <b>for</b> results", "Kind staff", "Parking", "مواعيد", "Food", "Noise", "Light", "Letters"]
HIDDEN = Suppressed("secondary")


def writers() -> list[Writer]:
    """Sixty patients and thirty staff about waiting, fewer about another theme, all coded."""
    made = []
    for number in range(90):
        codes = [name for place, name in enumerate(NAMES) if number % (place + 2) == 0]
        audience = "staff" if number % 3 == 0 else "patients"
        made.append(about(WAITING, *codes, audience=audience, ratings={"waiting": "very" if number % 2 else "not"}))
    return made + [about(DIGITAL, "Parking", audience="patients") for _ in range(25)]


@pytest.fixture(scope="module")
def figures(empty_sqlite_database: Database) -> SurveyFigures:
    with Session(empty_sqlite_database.writing_engine) as session:
        a_coded_survey(session, writers(), names=NAMES)
        results = disclosed_results(session, slug="small-survey", at=NOW)
        return SurveyFigures(
            results, reported_questionnaire(session, slug="small-survey", results=results), language="en"
        )


def a_table(coded: int, commented: int, *numbers: Figure, base: MentionsBase = "commented") -> MentionTable[Figure]:
    """A table with one column and these numbers of people."""
    column: MentionColumn[Figure] = MentionColumn(
        None, None, "Everybody", (), Shown(coded), Shown(312), Shown(177), minimum_base=10
    )
    rows = tuple(MentionRow(f"c{n}", f"Point {n}", (number,), {}) for n, number in enumerate(numbers))
    return MentionTable("Frame", 1, WAITING, "waiting", base, Shown(commented), (column,), rows)


@pytest.mark.parametrize(
    ("base", "coded", "expected"),
    [
        ("commented", 120, "% of the 120 people who commented"),
        ("commented", 90, "% of the 90 people whose comments have been coded so far, of 120 who commented"),
        ("respondents", 120, "% of all 312 people who answered"),
        (
            "respondents",
            90,
            "% of all 312 people who answered; comments of 90 of the 120 people who commented have been coded so far",
        ),
        ("mentions", 120, "% of mentions: 177 in this table"),
    ],
)
def test_the_heading_says_what_percentages_are_of(base: MentionsBase, coded: int, expected: str) -> None:
    said = heading(Words("en"), a_table(coded, 120, Shown(78), base=base))
    assert said == f"Mentions ({expected}; people could raise more than one point)"


def test_there_is_no_percentage_under_fifty_people() -> None:
    assert heading(Words("en"), a_table(30, 30, Shown(21))).startswith("Mentions (of the 30 people who commented;")
    assert unescape(cell(Words("en"), Shown(21), Shown(30))).replace("\u00a0", " ") == "21 of 30"


@pytest.mark.parametrize(
    ("number", "base", "expected"),
    [(78, 177, "78 (44%)"), (41, 177, "41 (23%)"), (12, 177, "12 (7%)"), (89, 200, "89 (45%)"), (25, 200, "25 (13%)")],
)
def test_a_cell_has_the_count_and_the_whole_percentage_halves_up(number: int, base: int, expected: str) -> None:
    assert cell(Words("en"), Shown(number), Shown(base)) == expected


def test_hidden_numbers_are_words(figures: SurveyFigures) -> None:
    assert cell(figures.words, HIDDEN, Shown(120)) == "kept back"
    assert cell(figures.words, Shown(20), HIDDEN) == "kept back"


def test_the_title_says_what_was_raised_most(figures: SurveyFigures) -> None:
    def title(*numbers: Figure, coded: int = 120) -> str:
        return most_raised(figures, a_table(coded, 120, *numbers)).replace("\u00a0", " ")

    assert title(Shown(34), Shown(20)) == "“Point 0” was raised most: 34 of 120 people who commented (28%)"
    assert title(Shown(34), Shown(34), Shown(9)) == (
        "“Point 0” and “Point 1” were raised most, each by 34 of 120 people who commented (28%)"
    )
    assert title(*[Shown(12)] * 4) == "No point was raised more than the others"
    assert title() == "No point was raised by five people or more"
    assert title(Shown(12), coded=40) == (
        "So far “Point 0” was raised most: 12 of 40 people whose comments have been coded"
    )
    # A hidden number might be the largest.
    assert title(Shown(34), HIDDEN).startswith("Of the points whose numbers can be shown, “Point 0” was raised most")


def test_the_chapter_shows_six_points_and_the_annex_all(figures: SurveyFigures) -> None:
    html = board_report_html(figures.results, figures.questionnaire, language="en")
    chapter, annex = html.split('id="comments"')[1].split('id="mentions"')
    names = [re.escape(name) for name in ("Kind staff", "Parking", "Food", "Noise", "Light", "Letters")]
    in_chapter = [
        name for name in names if re.search(f'<th scope="row">{name}</th>', chapter.split("Waiting less</h3>")[1])
    ]
    assert len(in_chapter) == 4
    assert all(re.search(f'<th scope="row">{name}</th>', annex) for name in names)
    assert "Mentions (% of the 90 people who commented; people could raise more than one point)" in chapter
    assert "“Waiting &lt;b&gt;for&lt;/b&gt; results” was raised most: 45 of 90 people who commented (50%)." in (
        chapter.replace("\u00a0", " ").replace("&#34;", '"')
    )
    assert "<b>for</b>" not in html


def test_how_people_said_a_point_stands_beside_who_raised_it_and_nobody_has_a_column(figures: SurveyFigures) -> None:
    table = a_table(60, 60, Shown(40))
    nobody = replace(table.columns[0], field=WAITING, points=("not",), label="Not", coded=Shown(0))
    said: dict[str, Figure] = {"positive": Shown(10), "negative": Shown(24), "mixed": Shown(0), "neutral": Shown(6)}
    row = replace(table.rows[0], people=(Shown(40), HIDDEN), sentiment=said)
    results = replace(figures.results, mentions=(replace(table, columns=(*table.columns, nobody), rows=(row,)),))
    annex = board_report_html(results, figures.questionnaire, language="en").split('id="mentions"')[1]
    assert "Rated it" not in annex
    assert re.search(
        r"Point 0\S*</th><td>40 \(67%\)</td><td>10</td><td>24</td><td>0</td><td>6</td>", annex.replace("\u00a0", " ")
    )


def test_every_percentage_of_mentions_stands_under_its_base(figures: SurveyFigures) -> None:
    html = board_report_html(figures.results, figures.questionnaire, language="en")
    for caption, table in re.findall(r"<caption>(Mentions.*?)</caption>(.*?)</table>", html, re.DOTALL):
        heads = re.findall(r'<th scope="col">(.*?)</th>', table)[1:]
        for row in re.findall(r"<tr><th scope=\"row\">.*?</tr>", table):
            for head, value in zip(heads, re.findall(r"<td.*?>(.*?)</td>", row), strict=True):
                assert "%" not in value or re.search(r"\(of\xa0\d+\)$", head), (caption, head, value)


def test_an_arabic_report_sets_names_apart(figures: SurveyFigures) -> None:
    html = board_report_html(figures.results, figures.questionnaire, language="ar")
    assert "النسبة من 90 شخصًا كتبوا تعليقًا" in html
    assert "\u2066Kind staff\u2069" in html
    assert '<th scope="row">مواعيد</th>' in html


def test_the_front_page_says_it_only_where_chance_could_not_put_another_first(figures: SurveyFigures) -> None:
    def said(*numbers: int) -> bool:
        table = replace(a_table(120, 120, *map(Shown, numbers)), key=None)
        results = replace(figures.results, mentions=(table,), audiences=(), differences=())
        return any("own words" in one.headline for one in findings(replace(figures, results=results)))

    assert said(60, 20)
    assert not said(34, 30)


def test_the_workshop_names_three_points_of_each_theme(figures: SurveyFigures) -> None:
    for form in ("print", "screen"):
        html = workshop_pack_html(figures.results, figures.questionnaire, language="en", form=form)
        text = unescape(html).replace("\u00a0", " ")
        assert "Raised most, of 90 people who commented" in text
        assert "Waiting <b>for</b> results: 45 (50%)" in text
        assert "Kind staff: 30 (33%)" in text
        assert "Noise:" not in text


def test_the_spreadsheet_has_a_sheet_for_each_table(figures: SurveyFigures) -> None:
    book = load_workbook(
        io.BytesIO(results_xlsx(figures.results, figures.questionnaire, language="en")), read_only=True
    )
    sheet = next(
        one
        for one in book
        if one.title.startswith("M") and str(one["A1"].value).startswith("Waiting less: Mentions (%")
    )
    rows = list(sheet.iter_rows(min_row=3, values_only=True))
    assert rows[0][:5] == ("Point", "Group", "People", "Base", "%")
    assert rows[1][:5] == ("Waiting <b>for</b> results", "Everybody", 45, 90, 50)
    assert sheet.title in [row[0].value for row in book["Contents"].iter_rows(min_row=4)]


def test_what_is_known_of_the_coding_is_printed_and_what_is_not_too(figures: SurveyFigures) -> None:
    strong: CodeAgreement[Figure] = CodeAgreement("a", "Parking", Shown(93), Shown(0.86), Shown(0.04), "strong")
    few: CodeAgreement[Figure] = CodeAgreement(
        "b", "Noise", Suppressed("small cell"), Suppressed("small cell"), Suppressed("small cell"), "too few"
    )

    def html(coding: Coding[Figure]) -> str:
        results = replace(figures.results, coding=(coding,))
        return board_report_html(results, figures.questionnaire, language="en").replace("\u00a0", " ")

    alone = html(Coding("Frame", 3, Suppressed("small cell"), None, ()))
    assert "given codes of the frame “Frame”, version 3." in alone
    assert "No second person has coded a sample" in alone
    assert "Fewer than 5 comments were passed on" in alone
    checked = html(Coding("Frame", 3, Shown(7), Shown(60), (strong, few)))
    assert "7 comments were passed on" in checked
    assert re.search(r"Parking</th><td>93%</td><td>0.86</td><td>0.04</td><td>strong</td>", checked)
    assert re.search(
        r"Noise</th><td>kept back</td><td>kept back</td><td>kept back</td><td>too few to say</td>", checked
    )
    assert "passed on" not in html(Coding("Frame", 3, Shown(0), None, ())).split('id="comments"')[1].split("<h3>")[1]
