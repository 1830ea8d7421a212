"""Writing an answer table as CSV, XLSX or JSONL."""

from __future__ import annotations

import csv
import datetime
import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any
from unicodedata import bidirectional

from surveys.answers_file import MARK
from surveys.exporting.rows import AnswerTable, Cell

MOST_SHEET_ROWS = 1_048_576 - 1
MOST_CELL_CHARACTERS = 32_767


class ExportFault(ValueError):
    """The responses do not fit the kind of file that was asked for; the message says what to use instead."""


def write_csv(table: AnswerTable, path: Path, *, progress: Callable[[int], object]) -> int:
    """Write UTF-8 CSV (RFC 4180: commas, CRLF) without a byte order mark; returns the number of responses."""
    count = 0
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow([*table.columns, MARK])
        for page in table.pages:
            for row in page:
                row.append(table.mark)
            writer.writerows(page)
            count += len(page)
            progress(len(page))
    return count


def write_jsonl(table: AnswerTable, path: Path, *, progress: Callable[[int], object]) -> int:
    """Write one JSON object to a line, null where nothing was said; returns the number of responses.

    Nothing is neutralised, because no spreadsheet opens such a file.
    """
    count = 0
    columns = (*table.columns, MARK)
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        for page in table.pages:
            stream.writelines(_json_line(columns, (*row, table.mark)) for row in page)
            count += len(page)
            progress(len(page))
    return count


def write_xlsx(
    table: AnswerTable, path: Path, *, codebook: Iterable[Sequence[str]], progress: Callable[[int], object]
) -> int:
    """Write a workbook with the sheets "answers" and "codebook"; returns the number of responses.

    Texts are stored as texts, numbers as numbers, days as days; a comment in Arabic or Hebrew reads from the right,
    whatever the direction of the sheet. ExportFault where a sheet cannot hold it all.
    """
    import xlsxwriter

    count = 0
    # In this mode rows go to disk as they come, and texts stand in their cells.
    with xlsxwriter.Workbook(str(path), {"constant_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        from_right = book.add_format({"reading_order": 2})
        sheet = book.add_worksheet("answers")
        sheet.freeze_panes(1, 1)
        for position, name in enumerate([*table.columns, MARK]):
            sheet.write_string(0, position, name)
        for page in table.pages:
            for row in page:
                count += 1
                if count > MOST_SHEET_ROWS:
                    raise ExportFault(f"A sheet holds at most {MOST_SHEET_ROWS:,} responses. Export .csv instead.")
                for position, cell in enumerate((*row, table.mark)):
                    if cell != "":
                        leftwards = position in table.texts and _reads_leftwards(cell)
                        _write_cell(sheet, count, position, cell, from_right if leftwards else None)
            progress(len(page))
        second = book.add_worksheet("codebook")
        second.freeze_panes(1, 0)
        for number, words in enumerate(codebook):
            for position, text in enumerate(words):
                second.write_string(number, position, text)
    return count


def write_codebook(rows: Iterable[Sequence[str]], path: Path) -> None:
    """Write the codebook as CSV, as ``write_csv`` does."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)


def _json_line(columns: Sequence[str], row: Sequence[Cell]) -> str:
    cells = {
        name: cell.isoformat() if isinstance(cell, datetime.date) else None if cell == "" else cell
        for name, cell in zip(columns, row, strict=True)
    }
    return json.dumps(cells, ensure_ascii=False, separators=(",", ":")) + "\n"


def _reads_leftwards(cell: Cell) -> bool:
    """Whether the first letter that has a direction runs from right to left (rules P2 and P3 of Unicode's UAX 9)."""
    depth = 0
    for letter in str(cell):
        kind = bidirectional(letter)
        # What stands inside an isolate does not decide the direction of what is around it.
        if kind in ("LRI", "RLI", "FSI"):
            depth += 1
        elif kind == "PDI":
            depth = max(0, depth - 1)
        elif depth == 0 and kind in ("L", "R", "AL"):
            return kind != "L"
    return False


def _write_cell(sheet: Any, row: int, position: int, cell: Cell, form: Any) -> None:
    match cell:
        case str():
            if len(cell) > MOST_CELL_CHARACTERS:
                raise ExportFault(
                    f"A text is longer than the {MOST_CELL_CHARACTERS:,} characters of a cell. Export .csv instead."
                )
            sheet.write_string(row, position, cell, form)
        case datetime.date():
            sheet.write_datetime(row, position, cell)
        case _:
            sheet.write_number(row, position, cell)
