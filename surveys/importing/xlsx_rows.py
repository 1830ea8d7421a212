"""Rows of an XLSX workbook: the sheet named "answers", else the first one; formulas by their stored results."""

from __future__ import annotations

import datetime
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from itertools import repeat
from pathlib import Path
from typing import Any

from surveys.answers_file import MARK
from surveys.importing.files import AnswerRows, FileFault, Row, RowFault, checked_columns, row_of

LARGEST_CONTENT = 1024 * 1024 * 1024
"""Bytes after unpacking. A sheet of 100,000 responses takes about a quarter of it."""

SHEET = "answers"

_LARGEST_STRINGS = 256 * 1024 * 1024
_MOST_PARTS = 5_000
_WIDEST = 2_000
# What a damaged or hostile workbook makes the reader raise; none of it is a fault of this program.
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
)
# XlsxWriter writes a text that looks like an escape as an escape of itself, and Excel a carriage return as _x000D_.
_ESCAPED = re.compile(r"_x005F(_x[0-9A-Fa-f]{4}_)|_x(00[01][0-9A-Fa-f])_")


def xlsx_rows(path: Path) -> AnswerRows:
    """Open a workbook. FileFault for one that is damaged, encrypted or far larger unpacked than it looks."""
    formulas = _looked_over(path)
    values = _sheet_rows(path, data_only=True)
    line, header = 1, next(values, ())
    while not any(_text(cell).strip() for cell in header):
        line += 1
        following = next(values, None)
        if following is None:
            raise FileFault(1, "The sheet is empty. Its first row must name the columns.")
        header = following
    if len(header) > _WIDEST:
        raise FileFault(line, f"The first row has {len(header)} cells; an answers file has at most {_WIDEST} columns.")
    names = [_text(cell) for cell in header]
    while names and not names[-1].strip():
        names.pop()
    columns = checked_columns(names, line)
    sources: Iterator[Sequence[object]] = repeat(())
    if formulas:
        sources = _sheet_rows(path, data_only=False)
        for _ in range(line):
            next(sources, None)
    return AnswerRows(columns, _rows(columns, values, sources, line + 1))


def _rows(
    columns: tuple[str, ...], values: Iterator[Sequence[object]], sources: Iterator[Sequence[object]], start: int
) -> Iterator[Row | RowFault]:
    marked = MARK in columns
    for line, (cells, source) in enumerate(zip(values, sources, strict=False), start=start):
        unknown = [
            name
            for name, cell, written in zip(columns, cells, source, strict=False)
            if cell is None and isinstance(written, str) and written.startswith("=")
        ]
        if unknown:
            yield RowFault(
                line,
                f"{unknown[0]!r} holds a formula whose result is not stored in the file. "
                "Open it in a spreadsheet program, let it calculate, and save it.",
            )
            continue
        row = row_of(columns, [_text(cell) for cell in cells], line, marked=marked)
        if row is not None:
            yield row


def _looked_over(path: Path) -> bool:
    """Whether any sheet holds a formula. FileFault where unpacking the file would be unwise or impossible."""
    with path.open("rb") as stream:
        if stream.read(4) == b"\xd0\xcf\x11\xe0":
            raise FileFault(
                1, "The workbook is encrypted or in the old .xls format. Save it as .xlsx without a password."
            )
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_CONTENT:
                raise FileFault(1, "The workbook unpacks to more than 1 GiB. Save the answers as .csv instead.")
            if any(part.filename.endswith("sharedStrings.xml") and part.file_size > _LARGEST_STRINGS for part in parts):
                raise FileFault(1, "The workbook holds more than 256 MiB of text. Save the answers as .csv instead.")
            sheets = [part for part in parts if re.fullmatch(r"xl/worksheets/[^/]+\.xml", part.filename)]
            return any(_has_formula(archive, sheet) for sheet in sheets)
    except _UNREADABLE as error:
        if isinstance(error, FileFault):
            raise
        raise FileFault(1, "The file is not a workbook, or it is damaged.") from error


def _has_formula(archive: zipfile.ZipFile, sheet: zipfile.ZipInfo) -> bool:
    before = b""
    with archive.open(sheet) as stream:
        while block := stream.read(1024 * 1024):
            if b"<f>" in before + block or b"<f " in before + block:
                return True
            before = block[-2:]
    return False


def _sheet_rows(path: Path, *, data_only: bool) -> Iterator[Sequence[object]]:
    """The rows from the first one on, blank ones too; values for ``data_only``, else formulas as they were typed."""
    import openpyxl

    # Opened here, because the reader leaves a damaged file open.
    try:
        with path.open("rb") as stream:
            # It warns about parts of a workbook that it leaves out, such as drop-down lists; no answer is in them.
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                book: Any = openpyxl.load_workbook(stream, read_only=True, data_only=data_only, keep_links=False)
            sheet = book[SHEET] if SHEET in book.sheetnames else book.worksheets[0]
            # The stated size of a sheet is often wrong, and can be made to claim 17 thousand million cells.
            sheet.reset_dimensions()
            rows = sheet.iter_rows(values_only=True)
            while (row := _next_quietly(rows)) is not None:
                yield row
            book.close()
    except _UNREADABLE as error:
        raise FileFault(1, "The file is not a workbook, or it is damaged.") from error


def _next_quietly(rows: Iterator[Sequence[object]]) -> Sequence[object] | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return next(rows, None)


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case str():
            return _ESCAPED.sub(_unescaped, value) if "_x" in value else value
        case bool():
            return "true" if value else "false"
        case float():
            return str(int(value)) if value.is_integer() else repr(value)
        case datetime.datetime():
            midnight = value.time() == datetime.time.min
            return value.date().isoformat() if midnight else value.isoformat(" ")
        case datetime.date() | datetime.time():
            return value.isoformat()
        case _:
            return str(value)


def _unescaped(match: re.Match[str]) -> str:
    literal: str | None = match.group(1)
    return literal if literal is not None else chr(int(match.group(2), 16))
