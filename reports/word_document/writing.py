"""From the report's HTML, element by element, to paragraphs, lists, tables and pictures of Word."""

from __future__ import annotations

import io
from typing import Any

import docx
import lxml.html
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.shared import Cm, Emu, Inches
from docx.text.paragraph import Paragraph
from lxml.etree import _Element

from reports.board_report import board_report_html
from reports.commentary import Written
from reports.tabulation import Figure, Results
from reports.word_document import marking
from reports.word_document.pictures import pictures
from reports.word_document.runs import runs, runs_right_to_left
from reports.words import Words
from surveys.questionnaire import Questionnaire

# Letters: what a column is made wide for, and what its margins take.
_LONGEST, _LONGEST_BESIDE_ROOM, _BESIDE_A_WORD = 40, 80, 3
_LETTER, _SMALL_LETTER = Cm(0.19), Cm(0.17)
# Tables with more columns than this are set smaller, so that names of themes are not broken word by word.
_MANY = 5
_ROW_TO_FILL = Cm(1.4)
# Rows, the head among them: a table that leaves little of a page empty, and what stands at least beside a break.
_SHORT, _FEWEST_ROWS = 7, 3
_LEVELS = {"h1": 0, "h2": 1, "h3": 2, "h4": 3}


def board_report_docx(
    results: Results[Figure], questionnaire: Questionnaire, *, language: str, commentary: Written | None = None
) -> bytes:
    """The report as a .docx whose text, tables and pictures are those of ``board_report_html``. DocumentFailed.

    TypeError for results that have not passed disclosure control.
    """
    html = board_report_html(results, questionnaire, language=language, commentary=commentary)
    page = lxml.html.document_fromstring(html)
    words = Words(language)
    writer = _Writer(page, words)
    (main,) = page.findall(".//main")
    writer.write(main)
    title, marks = page.findtext(".//title") or "", page.find(".//p[@class='marks']")
    marking.furnish(
        writer.document,
        words,
        title=title,
        organisation=words.said(questionnaire.organisation),
        marks="" if marks is None else _text(marks),
    )
    written = io.BytesIO()
    writer.document.save(written)
    return written.getvalue()


class _Writer:
    def __init__(self, page: _Element, words: Words) -> None:
        self.document: Document = docx.Document()
        self._rtl = words.direction == "rtl"
        marking.give_styles(self.document, rtl=self._rtl, language=words.tag)
        charts = [svg for svg in page.iter("svg") if "narrow" not in _classes(svg)]
        self._pictures = dict(zip(charts, pictures(charts), strict=True))

    def write(self, element: _Element) -> None:
        """Everything in the element, in its order."""
        if "landscape" in _classes(element):
            self._turned(element)
            return
        for child in element:
            self._block(child)

    def _block(self, element: _Element) -> None:
        classes = _classes(element)
        match element.tag:
            case "h1" | "h2" | "h3" | "h4":
                level = 2 if "minor" in classes and element.tag == "h2" else _LEVELS[str(element.tag)]
                heading = self.document.add_heading(level=level)
                self._fill(heading, element)
                if level == 1:
                    marking.bookmark(heading, _section_id(element))
                    heading.paragraph_format.page_break_before = _begins_page(element) or None
            case "p" if "marks" not in classes:
                paragraph = self.document.add_paragraph(style=_paragraph_style(element))
                paragraph.paragraph_format.keep_with_next = _stays_with_next(element) or None
                self._fill(paragraph, element, bold="asked-text" in classes)
            case "dl":
                for part in element:
                    paragraph = self.document.add_paragraph()
                    paragraph.paragraph_format.keep_with_next = part.tag == "dt" or None
                    self._fill(paragraph, part, bold=part.tag == "dt")
            case "ul" | "ol" if "contents" in _classes(_parent(element)):
                entries = [(_text(item), item[0].get("href", "").removeprefix("#")) for item in element]
                marking.add_contents(self.document, entries, room=self._room(), rtl=self._rtl)
            case "ul" | "ol":
                self._list(element, numbered=element.tag == "ol")
            case "table":
                self._table(element)
            case "svg" if element in self._pictures:
                self._picture(element)
            case "div" if "facts" in classes:
                for fact in element:
                    self._fill(self.document.add_paragraph(), fact)
            case "div" | "section":
                self.write(element)

    def _list(self, element: _Element, *, numbered: bool) -> None:
        numbers = marking.new_numbers(self.document) if numbered else None
        for item in element:
            paragraph = self.document.add_paragraph(style="List Number" if numbered else "List Bullet")
            if numbers is not None:
                marking.number_by(paragraph, numbers)
            self._fill(paragraph, item)

    def _table(self, element: _Element) -> None:
        caption = element.find("caption")
        if caption is not None:
            self._fill(self.document.add_paragraph(style="Table title"), caption)
        rows = list(element.iter("tr"))
        columns = max(len(row) for row in rows)
        to_fill = "decisions" in _classes(element)
        table = self.document.add_table(rows=len(rows), cols=columns, style="To fill in" if to_fill else "Figures")
        marking.describe_table(table, "" if caption is None else _text(caption), rtl=self._rtl)
        cell_style, letter = ("Cell", _LETTER) if columns <= _MANY else ("Cell of many", _SMALL_LETTER)
        widths = _column_widths(rows, self._room(), letter)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Emu(width)
        for place, (made, row) in enumerate(zip(table.rows, rows, strict=True)):
            is_head = _parent(row).tag == "thead"
            joined = _is_joined(place, len(rows))
            marking.hold_together(made, is_head=is_head)
            if to_fill and not is_head:
                made.height = _ROW_TO_FILL
            # Asking a row for its cells once is what keeps large tables fast.
            for cell, content, width in zip(made.cells, row, widths, strict=False):
                cell.width = Emu(width)
                cell.paragraphs[0].style = self.document.styles[cell_style]
                if joined:
                    cell.paragraphs[0].paragraph_format.keep_with_next = True
                self._fill(cell.paragraphs[0], content, bold=is_head or content.tag == "th")
        self.document.add_paragraph(style="After table")

    def _room(self) -> int:
        """The width between the margins, in English metric units."""
        section = self.document.sections[-1]
        return (section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)

    def _picture(self, chart: _Element) -> None:
        png, width = self._pictures[chart]
        paragraph = self.document.add_paragraph()
        # How to read it stands under a chart; other charts that follow one another fill more than a page.
        frame = chart.getparent()
        after = None if frame is None else frame.getnext()
        paragraph.paragraph_format.keep_with_next = after is not None and after.tag == "p"
        shape = paragraph.add_run().add_picture(io.BytesIO(png), width=min(Inches(width), Emu(self._room())))
        marking.describe_picture(shape, _text(chart.find("title")))

    def _turned(self, element: _Element) -> None:
        """On pages of their own that lie on their side, for tables with many columns."""
        # Upright pages after the last of a document would be one that is empty.
        upright_again = (WD_ORIENT.PORTRAIT,) if element.getnext() is not None else ()
        for orientation in (WD_ORIENT.LANDSCAPE, *upright_again):
            section = self.document.add_section()
            section.orientation = orientation
            long, short = Cm(29.7), Cm(21)
            is_landscape = orientation == WD_ORIENT.LANDSCAPE
            section.page_width, section.page_height = (long, short) if is_landscape else (short, long)
            if is_landscape:
                for child in element:
                    self._block(child)

    def _fill(self, paragraph: Paragraph, element: _Element, *, bold: bool = False) -> None:
        """The words of an element, with what is strong in it, in one paragraph."""
        if self._rtl and not runs_right_to_left(element):
            marking.run_left_to_right(paragraph)
        elif runs_right_to_left(element):
            marking.run_right_to_left(paragraph)
        for piece in runs(element, strong=bold):
            run = paragraph.add_run(piece.text)
            # Saying "not bold" would take the weight from headings.
            run.bold = run.font.cs_bold = True if piece.strong else None
            if piece.rtl:
                marking.is_right_to_left(run)
            if piece.language:
                marking.is_in_language(run, piece.language)


def _paragraph_style(element: _Element) -> str | None:
    """The style of a paragraph by what it is; None for running text."""
    classes = _classes(element)
    if "quote" in _classes(_parent(element)):
        return "Quote" if "words" in classes else "Writer of a quote"
    return "Caption" if classes & {"note", "reading", "generated"} else None


def _stays_with_next(element: _Element) -> bool:
    """Whether what follows stands on the same page: inside what the printed page keeps together, all but its end."""
    held_together = _classes(_parent(element)) & {"keep", "pair", "asked-question"}
    return bool(held_together) and element.getnext() is not None


def _begins_page(element: _Element) -> bool:
    """Whether a heading opens a chapter that begins on a page of its own; those on their side do anyway."""
    section = _parent(element)
    return "chapter" in _classes(section) and "landscape" not in _classes(section) and section[0] is element


def _is_joined(row: int, rows: int) -> bool:
    """Whether a row of a table stands on the same page as the next one.

    A short table is never parted, a long one only where both parts hold at least three rows.
    """
    return row < rows - 1 and (rows <= _SHORT or row <= _FEWEST_ROWS or row >= rows - _FEWEST_ROWS)


def _section_id(element: _Element) -> str:
    """The id of the chapter that a heading opens; "" where it opens none."""
    return next((str(one.get("id") or "") for one in element.iterancestors("section")), "")


def _column_widths(rows: list[_Element], room: int, letter: int) -> list[int]:
    """How wide each column is: first what its longest word needs, then what is left by how much its texts hold.

    ``room`` and ``letter``, the width of one, are in English metric units. Columns to write in get room as for texts
    of some length, and what stands beside them in whole sentences twice that.
    """
    columns = range(max(len(row) for row in rows))
    texts = [[_text(row[column]) for row in rows if column < len(row)] for column in columns]
    needed = [
        _BESIDE_A_WORD + max((len(word) for text in held for word in text.split(" ")), default=0) for held in texts
    ]
    to_write_in = [not any(held[1:]) for held in texts]
    longest = [
        _LONGEST if is_empty else max(map(len, held), default=0)
        for held, is_empty in zip(texts, to_write_in, strict=True)
    ]
    cap = _LONGEST_BESIDE_ROOM if any(to_write_in) else _LONGEST
    wanted = [max(min(most, cap) - least, 1) for most, least in zip(longest, needed, strict=True)]
    left = max(room // letter - sum(needed), 0)
    shares = [least + left * more / sum(wanted) for least, more in zip(needed, wanted, strict=True)]
    return [int(room * share / sum(shares)) for share in shares]


def _text(element: _Element | None) -> str:
    return "" if element is None else " ".join("".join(map(str, element.itertext())).split())


def _classes(element: _Element) -> frozenset[str]:
    return frozenset(str(element.get("class") or "").split())


def _parent(element: _Element) -> Any:
    return element.getparent()
