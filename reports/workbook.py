"""Sheets as an XLSX file that runs in the direction of its language.

No cell is merged, no text can become a formula or a link, and nothing leads out of the file.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

import pandas as pd

from reports.words import Words

Cell = str | float | int | None

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
# The row of the columns' names, counted from 0: above it stand the title and the mark of a demonstration.
_TABLE_ROW = 2
# Characters that a number takes, and points that a line of text does.
_NUMBER_WIDTH, _LINE_HEIGHT = 14, 15
_NUMBER = re.compile("[0-9]+")
# What spreadsheet files call the direction in which a cell is read.
_READING_ORDER = {"ltr": 1, "rtl": 2}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table. A row may end before its last column; ``widest`` is the most characters that a column takes."""

    name: str
    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    widest: int = 40


def workbook(words: Words, title: str, sheets: Sequence[Sheet], *, mark: str = "") -> bytes:
    """The sheets behind a first one that lists them and leads to each; ``mark`` stands beneath every sheet's title.

    xlsxwriter's errors for names of sheets that are too long, alike, or hold forbidden signs.
    """
    listed: list[list[Cell]] = [[sheet.name, sheet.title] for sheet in sheets]
    heads = [words("sheet_sheet"), words("sheet_holds")]
    contents = Sheet(words("sheet_name_contents"), title, heads, listed, widest=90)
    order = {"reading_order": _READING_ORDER[words.direction]}
    written = io.BytesIO()
    with pd.ExcelWriter(written, engine="xlsxwriter", engine_kwargs={"options": _OPTIONS}) as writer:
        writer.book.set_properties({"title": title})
        for sheet in (contents, *sheets):
            _write(writer, sheet, order)
        link = writer.book.add_format({"font_color": "#0000ee", "underline": 1, "valign": "top", **order})
        for row, sheet in enumerate(sheets, start=_TABLE_ROW + 1):
            place = sheet.name.replace("'", "''")
            # LibreOffice sets a number far off the words of a link that runs from the right, unless it stands apart.
            shown = _NUMBER.sub("\u2066\\g<0>\u2069", sheet.name) if words.direction == "rtl" else sheet.name
            writer.sheets[contents.name].write_url(row, 0, f"internal:'{place}'!A1", link, string=shown)
        # A format of its own keeps the words on one line, beyond the column if need be.
        on_one_line = writer.book.add_format({"italic": True, **order})
        for page in writer.sheets.values():
            if words.direction == "rtl":
                page.right_to_left()
            if mark:
                page.write_string(1, 0, mark, on_one_line)
    return _in_language(written.getvalue(), words.tag)


def _write(writer: pd.ExcelWriter[Any], sheet: Sheet, order: dict[str, int]) -> None:
    """A sheet with its title above its table. Columns are as wide as their texts, up to ``sheet.widest`` characters."""
    # Without a type of their own, columns keep whole numbers whole beside words and empty cells.
    rows = [[*row, *[None] * (len(sheet.columns) - len(row))] for row in sheet.rows]
    frame = pd.DataFrame(rows, columns=list(sheet.columns), dtype=object)
    frame.to_excel(writer, sheet_name=sheet.name, startrow=_TABLE_ROW, index=False)
    page = writer.sheets[sheet.name]
    page.write_string(0, 0, sheet.title, writer.book.add_format({"bold": True, **order}))
    head = writer.book.add_format({"bold": True, "text_wrap": True, "valign": "bottom", "bottom": 1, **order})
    wrapped = writer.book.add_format({"text_wrap": True, "valign": "top", **order})
    widths = [_width(sheet, column) for column in range(len(sheet.columns))]
    for column, (name, width) in enumerate(zip(sheet.columns, widths, strict=True)):
        page.set_column(column, column, width, wrapped)
        page.write_string(_TABLE_ROW, column, name, head)
    for row, cells in enumerate((sheet.columns, *sheet.rows), start=_TABLE_ROW):
        texts = ((cell, width) for cell, width in zip(cells, widths, strict=False) if isinstance(cell, str))
        lines = max((-(-len(text) // width) for text, width in texts), default=1)
        if lines > 1:
            # Not every program makes room for a second line by itself.
            page.set_row(row, lines * _LINE_HEIGHT)
    page.freeze_panes(_TABLE_ROW + 1, 1)


def _width(sheet: Sheet, column: int) -> int:
    """The width of a column in characters: that of its longest text, or of a number that is not rounded."""
    texts = [str(row[column]) for row in sheet.rows if column < len(row) and isinstance(row[column], str)]
    return max(_NUMBER_WIDTH, min(sheet.widest, 2 + max(map(len, texts), default=0)))


def _in_language(written: bytes, tag: str) -> bytes:
    """The file with its language among its properties, which xlsxwriter has no setting for."""
    end, made = b"</cp:coreProperties>", io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(written)) as before, zipfile.ZipFile(made, "w") as after:
        for part in before.infolist():
            content = before.read(part)
            if part.filename == "docProps/core.xml":
                content = content.replace(end, f"<dc:language>{escape(tag)}</dc:language>".encode() + end)
            after.writestr(part, content)
    return made.getvalue()
