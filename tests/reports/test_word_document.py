"""The board report for Word: the same words, tables and pictures as the page, in forms that an editor can change."""

from __future__ import annotations

import dataclasses
import io
import re
from typing import Any

import docx
import lxml.html
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Cm
from PIL import Image

from reports.word_document import board_report_docx
from reports.word_document.pictures import pictures
from tests.reports.bare_survey import survey
from tests.reports.conftest import Answered
from tests.reports.test_places_in_words import NORTH


@pytest.fixture(scope="module")
def word(cancer_survey: Answered) -> Document:
    content = board_report_docx(cancer_survey.results, cancer_survey.questionnaire, language="en")
    return docx.Document(io.BytesIO(content))


@pytest.fixture(scope="module")
def page(board_html: str) -> Any:
    return lxml.html.document_fromstring(board_html).find(".//main")


def plain(text: str) -> str:
    return re.sub(r"\s+", "", text)


def headings(document: Document) -> list[str]:
    return [one.text for one in document.paragraphs if one.style and one.style.name.startswith(("Heading", "Title"))]


def test_headings_are_words_own_and_those_of_the_page(word: Document, page: Any) -> None:
    wanted = [plain("".join(one.itertext())) for one in page.iter("h1", "h2", "h3", "h4")]
    assert [plain(one) for one in headings(word)] == wanted


def test_every_table_holds_the_cells_of_the_page_and_repeats_its_head(word: Document, page: Any) -> None:
    tables = list(page.iter("table"))
    assert len(word.tables) == len(tables)
    for made, wanted in zip(word.tables, tables, strict=True):
        cells = [plain("".join(cell.itertext())) for row in wanted.iter("tr") for cell in row]
        assert [plain(cell.text) for row in made.rows for cell in row.cells if cell.text] == [
            one for one in cells if one
        ]
        element: Any = made._tbl
        if wanted.find("thead") is not None:
            assert element.tr_lst[0].find(f".//{qn('w:tblHeader')}") is not None
        assert not list(element.iter(qn("w:gridSpan"), qn("w:vMerge")))


def test_nothing_that_the_page_says_is_left_out(word: Document, page: Any) -> None:
    body: Any = word.element.body
    said = plain("".join(text.text or "" for text in body.iter(qn("w:t"))))
    marks = page.find(".//p[@class='marks']")
    for one in page.iter("p", "li", "caption", "dt", "dd"):
        if one is not marks and not list(one.iter("p")) and "number" not in (one.get("class") or ""):
            assert plain("".join(one.itertext())) in said


def test_what_was_asked_stands_out_from_the_answers(word: Document, page: Any) -> None:
    asked = {plain("".join(one.itertext())) for one in page.iter("dt")}
    asked |= {plain("".join(one.itertext())) for one in page.findall(".//p[@class='asked-text']")}
    written = [one for one in word.paragraphs if plain(one.text) in asked and "Heading" not in one.style.name]  # type: ignore[union-attr]
    assert {plain(one.text) for one in written if all(run.bold for run in one.runs)} == asked


def test_no_empty_page_follows_the_last_which_lies_on_its_side(word: Document) -> None:
    last = word.sections[-1]
    assert (last.page_width or 0) > (last.page_height or 0)


def test_every_chart_is_a_picture_that_says_what_it_shows(word: Document, page: Any) -> None:
    charts = [svg for svg in page.iter("svg") if "narrow" not in svg.get("class")]
    body: Any = word.element.body
    described = [plain(one.get("descr")) for one in body.iter(qn("wp:docPr"))]
    assert described == [plain(chart.findtext("title")) for chart in charts]
    assert len(charts) >= 3


def test_the_file_names_itself_and_marks_a_demonstration_on_every_page(word: Document) -> None:
    assert word.core_properties.title.startswith("What matters most in cancer care?")
    assert "Demonstration" in word.sections[0].header.paragraphs[0].text
    assert all(section.header.is_linked_to_previous for section in list(word.sections)[1:])


def test_each_entry_of_the_contents_leads_to_its_chapter_and_says_its_page(word: Document, page: Any) -> None:
    body: Any = word.element.body
    named = {one.get(qn("w:name")): one.getparent() for one in body.iter(qn("w:bookmarkStart"))}
    entries = [one for one in word.paragraphs if one.style and one.style.name == "Contents"]
    assert len(entries) == len(page.findall(".//section[@id='contents']/ol/li")) > 10
    for entry in entries:
        (link,) = entry._p.iter(qn("w:hyperlink"))
        chapter = link.get(qn("w:anchor"))
        title = "".join(text.text for text in link.iter(qn("w:t")))
        assert title == "".join(text.text for text in named[chapter].iter(qn("w:t")))
        assert [one.text.split()[:2] for one in entry._p.iter(qn("w:instrText"))] == [["PAGEREF", chapter]]


def test_the_decisions_can_be_written_into(word: Document) -> None:
    (decisions,) = (one for one in word.tables if one.style and one.style.name == "To fill in")
    assert [cell.text for cell in decisions.rows[0].cells][-3:] == ["Agree, partly, no", "Reason", "Owner and date"]
    assert all(row.height and row.height >= Cm(1.4) for row in decisions.rows[1:])
    widths = [cell.width for cell in decisions.rows[1].cells]
    assert min(widths[-4:]) >= Cm(2.5)


def test_headings_and_short_tables_are_not_parted_from_what_they_belong_to(word: Document) -> None:
    for table in word.tables:
        joined = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in table.rows]
        assert joined[0]
        assert not joined[-1]
        if len(joined) <= 7:
            assert all(joined[:-1])
    in_order = [one for one in word.paragraphs if one.text or list(one._p.iter(qn("w:drawing")))]
    titled = [place for place, one in enumerate(in_order) if one.style and one.style.name == "Heading 1"]
    start = next(place for place in titled if in_order[place].text.endswith("Theme by theme"))
    intro, heading, panel = in_order[start + 1 : start + 4]
    assert intro.paragraph_format.keep_with_next
    assert heading.style
    assert heading.style.name == "Heading 2"
    # Eight pictures that held on to each other would all leave the page of their heading.
    assert not panel.paragraph_format.keep_with_next


def test_parts_of_a_chart_are_not_held_together_and_the_last_stays_with_how_to_read_it() -> None:
    wards = tuple(dataclasses.replace(NORTH, label=f"Ward {number}") for number in range(60))
    made = survey("en", places=wards)
    document = docx.Document(io.BytesIO(board_report_docx(made.results, made.questionnaire, language="en")))
    drawn: list[Any] = [one for one in document.paragraphs if list(one._p.iter(qn("w:drawing")))]
    told = {one._p.find(f".//{qn('wp:docPr')}").get("descr"): one.paragraph_format.keep_with_next for one in drawn}
    of_places = [(name.endswith("Part 2 of 2."), kept) for name, kept in told.items() if "stand out" in name]
    assert of_places == [(False, False), (True, True)]


def test_each_numbered_list_begins_at_one(word: Document) -> None:
    lists = [
        paragraph._p.pPr.numPr.numId.val
        for paragraph in word.paragraphs
        if paragraph.style and paragraph.style.name == "List Number"
    ]
    assert len(set(lists)) >= 2


def test_a_report_in_arabic_runs_from_right_to_left(cancer_survey: Answered) -> None:
    content = board_report_docx(cancer_survey.results, cancer_survey.questionnaire, language="ar")
    document = docx.Document(io.BytesIO(content))
    body: Any = document.element.body
    paragraphs = [one for one in body.iter(qn("w:p")) if list(one.iter(qn("w:t")))]
    assert all(one.find(f".//{qn('w:bidi')}") is not None for one in paragraphs if one.find(qn("w:pPr")) is not None)
    assert len(list(body.iter(qn("w:bidiVisual")))) == len(document.tables)
    english = [
        run
        for run in body.iter(qn("w:r"))
        if re.fullmatch(r"[^\u0600-\u06ff]*[A-Za-z]{3}[^\u0600-\u06ff]*", _said(run))
    ]
    assert len(english) > 100
    assert [_said(run) for run in english if run.find(f".//{qn('w:rtl')}") is not None] == []
    assert {lang.get(qn("w:val")) for run in english for lang in run.iter(qn("w:lang"))} == {"en-GB"}
    assert not re.search("[\u2066-\u2069]", "".join(map(_said, body.iter(qn("w:r")))))


def _said(run: Any) -> str:
    return "".join(text.text or "" for text in run.iter(qn("w:t")))


def test_a_chart_is_drawn_as_wide_as_it_says() -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 192 96"><path d="M0 0h96v96H0z" fill="#003087"/></svg>'
    ((png, inches),) = pictures([lxml.html.fragment_fromstring(svg)])
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    assert inches == 2
    assert picture.getpixel((10, 10)) == (0, 48, 135)
    assert picture.getpixel((picture.width - 10, 10)) == (255, 255, 255)
