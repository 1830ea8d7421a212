"""Rows of a CSV file."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from surveys.answers_file import MARK
from surveys.importing.files import AnswerRows, FileFault, Row, RowFault, checked_columns, row_of

LONGEST_LINE = 4 * 1024 * 1024
"""Bytes; far more than any response, and a limit to what a hostile file can make us hold."""

_DELIMITERS = (",", ";", "\t")


def text_lines(path: Path) -> Iterator[str]:
    """The lines of a UTF-8 file with their line ends, whether or not it begins with a byte order mark.

    FileFault names the first line that is not UTF-8 or is too long.
    """
    with path.open("rb") as stream:
        start = stream.read(4)
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            raise FileFault(1, "The file is UTF-16 text. Save it as UTF-8 (in Excel: 'CSV UTF-8').")
        if start.startswith(b"PK\x03\x04"):
            raise FileFault(1, "This is a spreadsheet, not a text file. Give its name the ending .xlsx.")
        stream.seek(len(codecs.BOM_UTF8) if start.startswith(codecs.BOM_UTF8) else 0)
        yield from _decoded_lines(stream)


def _decoded_lines(stream: BinaryIO) -> Iterator[str]:
    line = 0
    while raw := stream.readline(LONGEST_LINE + 1):
        line += 1
        if len(raw) > LONGEST_LINE:
            raise FileFault(line, "The line is longer than 4 MiB. Is this really an answers file?")
        try:
            yield raw.decode("utf-8")
        except UnicodeDecodeError as error:
            raise FileFault(
                line,
                f"The line is not UTF-8 text (byte {error.object[error.start]:#04x}). "
                "Save the file as UTF-8 (in Excel: 'CSV UTF-8').",
            ) from error


def csv_rows(path: Path) -> AnswerRows:
    """Open a CSV file: commas, or semicolons or tabs where the first line has more of those."""
    first = next(text_lines(path), "")
    delimiter = max(_DELIMITERS, key=first.count)
    # Old Macintosh files end lines with a bare carriage return, which the line reader takes for one long line.
    if "\r" in first.rstrip("\r\n") and '"' not in first:
        raise FileFault(1, "The lines end with a bare carriage return. Save the file again as 'CSV UTF-8'.")
    records = _records(path, delimiter)
    line, header = next(records, (1, []))
    columns = checked_columns(header, line)
    return AnswerRows(columns, _rows(records, columns))


def _rows(records: Iterator[tuple[int, list[str]]], columns: tuple[str, ...]) -> Iterator[Row | RowFault]:
    marked = MARK in columns
    for line, cells in records:
        row = row_of(columns, cells, line, marked=marked)
        if row is not None:
            yield row


def _records(path: Path, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line on which it begins."""
    reader = csv.reader(text_lines(path), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            yield line, next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise FileFault(line, _explained(str(error))) from error


def _explained(problem: str) -> str:
    if "field limit" in problem:
        return "A cell holds more than 131,072 characters. Is a quotation mark missing that should end it?"
    if "unexpected end" in problem:
        return "The quotation mark that begins a cell here is never closed, so nothing after it can be read."
    if "expected after" in problem:
        return (
            'After a closing quotation mark comes the next cell. A quotation mark inside a text is written twice: "".'
        )
    return f"The line cannot be read as CSV: {problem}."
