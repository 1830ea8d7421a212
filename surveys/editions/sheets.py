"""The spreadsheet that goes to a translator: one row for each text, as XLSX or CSV.

Described for people in ``docs/translations.md``. Not imported by the package itself, whose other modules stay light.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator
from typing import Any, Literal

from surveys.answers_file import neutralised
from surveys.editions.status import TextStatus, Translation, translations
from surveys.preparation import Edition
from surveys.questionnaire import Questionnaire

Kind = Literal["xlsx", "csv"]

KEY = "Key (do not change)"
WHERE = "Where it appears"
SOURCE = "Words now"
STATUS = "Status"
NOTES = "Notes"
TRANSLATION = "Translation"
SAYS: dict[TextStatus, str] = {"missing": "missing", "out_of_date": "out of date", "ready": "ready"}


_PLAIN = {"text_wrap": True, "valign": "top"}
_WIDTHS = (28, 30, 60, 60, 14, 30)


def translation_column(language: str) -> str:
    """The heading of the column to fill in: it names the language, so that no sheet is read as another one."""
    return f"{TRANSLATION} ({language})"


def translation_sheet(
    questionnaire: Questionnaire,
    edition: Edition,
    *,
    kind: Kind,
    right_to_left: Collection[str] = (),
    only_open: bool = False,
) -> bytes:
    """The sheet of an edition. ``right_to_left`` names languages that are written so.

    ``only_open`` leaves out what is ready. Texts on which a spreadsheet could act get one ``'`` in front, which reading
    takes off again.
    """
    rows = [one for one in translations(questionnaire, edition) if not (only_open and one.status == "ready")]
    header = (KEY, WHERE, SOURCE, translation_column(edition.language), STATUS, NOTES)
    if kind == "csv":
        # Spreadsheet programs take a file for UTF-8 only where it begins with a byte order mark.
        stream = io.StringIO(newline="")
        csv.writer(stream).writerows([header, *_cells(rows)])
        return stream.getvalue().encode("utf-8-sig")
    return _workbook(header, rows, questionnaire.language in right_to_left, edition.language in right_to_left)


def _cells(rows: list[Translation]) -> Iterator[tuple[str, ...]]:
    for one in rows:
        cells = (one.key, one.where, one.source, one.words, SAYS[one.status], "")
        yield tuple(neutralised(cell) for cell in cells)


def _workbook(header: tuple[str, ...], rows: list[Translation], source_rtl: bool, words_rtl: bool) -> bytes:
    import xlsxwriter

    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("translation")
        sheet.freeze_panes(1, 1)
        heading = book.add_format({**_PLAIN, "bold": True})
        formats = _formats(book, source_rtl, words_rtl)
        for position, (name, width) in enumerate(zip(header, _WIDTHS, strict=True)):
            sheet.set_column(position, position, width)
            sheet.write_string(0, position, name, heading)
        for line, cells in enumerate(_cells(rows), 1):
            for position, cell in enumerate(cells):
                sheet.write_string(line, position, cell, formats[position])
        if source_rtl and words_rtl:
            sheet.right_to_left()
    return stream.getvalue()


def _formats(book: Any, source_rtl: bool, words_rtl: bool) -> tuple[Any, ...]:
    """How cells look, column by column. A reading order of 2 is right to left whatever the first letter is."""
    grey = {**_PLAIN, "bg_color": "#F0F4F5"}
    key, words = book.add_format(grey), book.add_format({**_PLAIN, "reading_order": 2 if words_rtl else 1})
    source = book.add_format({**grey, "reading_order": 2 if source_rtl else 1})
    return (key, key, source, words, key, book.add_format(_PLAIN))
