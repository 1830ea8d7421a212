"""Rows of a CSV, XLSX or JSONL file as text cells, with their line numbers and everything that is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from surveys.answers_file import restored

_WHOLE = re.compile(r"[+-]?[0-9]+\.0+")

Cell = str | tuple[str, ...]
"""Text as it stands in the file; several texts where a JSON list does."""


@dataclass(frozen=True, slots=True, order=True)
class RowFault:
    """What is wrong in one line (counted from 1; XLSX: the row) and what to do about it. It names no file."""

    line: int
    message: str


class FileFault(ValueError):
    """The file as a whole cannot be read; ``line`` is where reading ended, 1 where no line is to blame."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row that are not blank, by column name."""

    line: int
    cells: dict[str, Cell]


@dataclass(frozen=True, slots=True)
class AnswerRows:
    """A file that has been opened: its column names and its rows, which are read while they are walked.

    For JSONL the columns are those of each row and ``columns`` is empty. Walking raises FileFault where the rest of
    the file cannot be read.
    """

    columns: tuple[str, ...]
    rows: Iterator[Row | RowFault]


def whole_number(text: str) -> str:
    """``3.0`` as ``3``: programs that know no empty whole numbers write them so. Any other text as it is."""
    return text.partition(".")[0] if _WHOLE.fullmatch(text) else text


def count_lines(path: Path) -> int | None:
    """How many lines a text file has, for a progress bar; None for a workbook, which does not say so reliably."""
    if path.suffix.lower() == ".xlsx":
        return None
    with path.open("rb") as stream:
        return sum(block.count(b"\n") for block in iter(lambda: stream.read(1024 * 1024), b""))


def checked_columns(names: list[str], line: int) -> tuple[str, ...]:
    """Column names as they stand in a header, trimmed. FileFault for a name that stands there twice, or none at all.

    A blank name is kept: what stands below it is refused row by row, because nobody can say what it is.
    """
    columns = tuple(name.strip() for name in names)
    named = [name for name in columns if name]
    if not named:
        raise FileFault(line, "The first line names no columns.")
    twice = sorted({name for name in named if named.count(name) > 1})
    if twice:
        names_twice = ", ".join(repr(name[:60]) for name in twice[:5])
        raise FileFault(line, f"More than one column is named {names_twice}. Rename or remove the extra ones.")
    return columns


def row_of(columns: tuple[str, ...], cells: list[str], line: int, *, marked: bool) -> Row | RowFault | None:
    """One row from its cells in the order of the columns; None for a row with nothing in it."""
    if len(cells) > len(columns) and any(cell.strip() for cell in cells[len(columns) :]):
        return RowFault(
            line,
            f"The line has {len(cells)} cells but the first line names {len(columns)} columns. "
            "Is a quotation mark missing around a text with a comma in it?",
        )
    found: dict[str, Cell] = {}
    for name, cell in zip(columns, cells, strict=False):
        if cell and not cell.isspace():
            if not name:
                return RowFault(
                    line, "There is something in a column without a name. Name the column in the first line."
                )
            found[name] = restored(cell) if marked else cell
    return Row(line, found) if found else None
