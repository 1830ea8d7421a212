"""Reading a translator's spreadsheet: what it would change, and everything that is wrong with it, row by row."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from surveys.answers.parsing import clean_text
from surveys.answers_file import neutralised
from surveys.editions.sheets import KEY, SAYS, SOURCE, STATUS, TRANSLATION, translation_column
from surveys.editions.status import Translation, translations
from surveys.importing.csv_rows import csv_rows
from surveys.importing.files import FileFault, Row, RowFault
from surveys.importing.xlsx_rows import xlsx_rows
from surveys.preparation import Edition
from surveys.questionnaire import Questionnaire

LARGEST_FILE = 5 * 1024 * 1024
LARGEST_CONTENT = 40 * 1024 * 1024
"""Bytes after unpacking; the sheet of a large survey takes about a hundredth of it."""
MOST_ROWS = 5_000
LONGEST_TEXT = 10_000

Became = Literal["new", "changed", "confirmed"]
_HEADING = re.compile(rf"{TRANSLATION} \(([A-Za-z0-9-]{{2,20}})\)")


@dataclass(frozen=True, slots=True)
class SheetChange:
    """One text that the sheet would change. ``made_from``: the own words in the sheet, from which it was made.

    ``is_late``: the own words have changed since the sheet was written, so the translation is out of date at once.
    "confirmed": the words stay, and the translator says that they are right for the new own words.
    """

    line: int
    key: str
    where: str
    source: str
    before: str
    words: str
    made_from: str
    became: Became
    is_late: bool


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """What applying a sheet would do. ``empty``: rows without a translation; ``same``: rows that change nothing."""

    changes: tuple[SheetChange, ...]
    faults: tuple[RowFault, ...]
    empty: int
    same: int

    @property
    def words(self) -> dict[str, str]:
        """The translations to take over, by key."""
        return {change.key: change.words for change in self.changes}

    @property
    def made_from(self) -> dict[str, str]:
        """The own words that each was made from, by key."""
        return {change.key: change.made_from for change in self.changes}


def restored_text(cell: str) -> str:
    """The text that ``neutralised`` was given; an apostrophe that it did not put there stays."""
    return cell[1:] if cell[:1] == "'" and neutralised(cell[1:]) == cell else cell


def read_translation_sheet(path: Path, questionnaire: Questionnaire, edition: Edition) -> ReadSheet:
    """What the sheet at ``path`` would change in the edition; bad rows are left out and reported.

    FileFault where the file as a whole is damaged, too large, for another language, or no such sheet.
    """
    columns, rows = _opened(path)
    _check_columns(columns, edition.language)
    return _Reading(questionnaire, edition).whole(rows)


def _opened(path: Path) -> tuple[tuple[str, ...], Iterator[Row | RowFault]]:
    if path.stat().st_size > LARGEST_FILE:
        raise FileFault(1, "The file is larger than 5 MB. Is this really the translation sheet?")
    if path.stat().st_size == 0:
        raise FileFault(1, "The file is empty.")
    if path.suffix.lower() == ".csv":
        opened = csv_rows(path)
    elif path.suffix.lower() == ".xlsx":
        _check_size(path)
        opened = xlsx_rows(path)
    else:
        raise FileFault(1, "Choose a file that ends in .xlsx or .csv.")
    return opened.columns, opened.rows


def _check_size(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(part.file_size for part in archive.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        # The reader says what is wrong with it.
        return
    if size > LARGEST_CONTENT:
        raise FileFault(1, "The workbook is far larger than a translation sheet. Download the sheet again.")


def _check_columns(columns: tuple[str, ...], language: str) -> None:
    wanted = (KEY, SOURCE, translation_column(language))
    named = {found.group(1) for name in columns if (found := _HEADING.fullmatch(name))}
    if named and language not in named:
        raise FileFault(
            1,
            f"This sheet is for another language: {', '.join(sorted(named))}. Upload it on the page of that language.",
        )
    missing = [name for name in wanted if name not in columns]
    if missing:
        raise FileFault(
            1,
            f"The first row has no column “{missing[0]}”. Download the sheet again and fill in the translations there.",
        )


class _Reading:
    """Reads one row after the other against the texts as they are now."""

    def __init__(self, questionnaire: Questionnaire, edition: Edition) -> None:
        self.language = edition.language
        self.known: Mapping[str, Translation] = {one.key: one for one in translations(questionnaire, edition)}
        self.lines: dict[str, int] = {}
        self.changes: list[SheetChange] = []
        self.faults: list[RowFault] = []
        self.empty = self.same = 0

    def whole(self, rows: Iterator[Row | RowFault]) -> ReadSheet:
        for number, row in enumerate(rows):
            if number >= MOST_ROWS:
                raise FileFault(row.line, f"The sheet has more than {MOST_ROWS:,} rows. Download the sheet again.")
            if isinstance(row, RowFault):
                self.faults.append(row)
            else:
                self.read(row)
        return ReadSheet(tuple(self.changes), tuple(self.faults), self.empty, self.same)

    def read(self, row: Row) -> None:
        cells = {name: restored_text(str(cell)) for name, cell in row.cells.items()}
        key, words = cells.get(KEY, "").strip(), clean_text(cells.get(translation_column(self.language), ""))
        fault = self.fault_of(key, words, row.line)
        if fault:
            self.faults.append(RowFault(row.line, fault))
            return
        self.lines[key] = row.line
        if words:
            self.note(self.known[key], words, cells, row.line)
        else:
            self.empty += 1

    def fault_of(self, key: str, words: str, line: int) -> str | None:
        if not key:
            return "The key is missing. Copy it from the sheet as you downloaded it."
        if key in self.lines:
            return f"The key “{key[:80]}” stands in row {self.lines[key]} already. Only row {self.lines[key]} is used."
        if key not in self.known:
            return f"This survey has no text with the key “{key[:80]}”. It may have been removed. The row is not used."
        if len(words) > LONGEST_TEXT:
            return f"The translation has {len(words):,} characters; at most {LONGEST_TEXT:,} fit. Shorten it."
        return None

    def note(self, now: Translation, words: str, cells: Mapping[str, str], line: int) -> None:
        made_from = clean_text(cells.get(SOURCE, ""))
        is_late = made_from != clean_text(now.source)
        says_ready = cells.get(STATUS, "").strip().casefold() == SAYS["ready"]
        became: Became = "changed" if now.words else "new"
        if words == now.words:
            if now.status == "ready" or is_late or not says_ready:
                self.same += 1
                return
            became = "confirmed"
        self.changes.append(
            SheetChange(line, now.key, now.where, now.source, now.words, words, made_from, became, is_late)
        )
