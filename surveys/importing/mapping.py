"""A map says what the columns and codes of somebody else's file mean here. Described in ``docs/answers-file.md``."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from surveys.answers_file import SEPARATOR
from surveys.importing.files import Cell, Row, whole_number


@dataclass(frozen=True, slots=True)
class Band:
    """Numbers from ``low`` to ``high``, both included, and what they mean here."""

    meant: str
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """What a foreign column becomes: our column, its codes (as read → what they mean here), its own marks of a missing
    answer, and bands for numbers that are no code."""

    to: str
    codes: Mapping[str, str] = field(default_factory=dict)
    missing: frozenset[str] = frozenset()
    bands: tuple[Band, ...] = ()

    def meant(self, text: str) -> str:
        """What a cell, without spaces around it, means here; the cell itself where nothing is said of it."""
        found = self.codes.get(text) or self.codes.get(whole_number(text))
        if found or not self.bands:
            return found or text
        try:
            number = float(text)
        except ValueError:
            return text
        return next((band.meant for band in self.bands if band.low <= number <= band.high), text)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportMap:
    """What a map file says. Columns that it does not name keep their own name, unless ``ignore_others``.

    ``dates`` are strptime formats, tried in order after YYYY-MM-DD; ``separator`` stands between several answers in
    one cell of the foreign file.
    """

    columns: Mapping[str, tuple[MappedColumn, ...]] = field(default_factory=dict)
    ignored: frozenset[str] = frozenset()
    ignore_others: bool = False
    constants: Mapping[str, str] = field(default_factory=dict)
    missing: frozenset[str] = frozenset()
    dates: tuple[str, ...] = ()
    separator: str = SEPARATOR

    def our_columns(self, name: str) -> tuple[str, ...]:
        """The columns that a foreign column becomes; none where the map leaves it out."""
        if name in self.columns:
            return tuple(column.to for column in self.columns[name])
        return () if name in self.ignored or self.ignore_others else (name,)

    def translated(self, row: Row) -> Row:
        """The row in our columns and codes, with the constants added and what is marked as missing left out."""
        cells: dict[str, Cell] = dict(self.constants)
        for name, cell in row.cells.items():
            several = self.columns.get(name)
            if several is None:
                kept = dict.fromkeys(self.our_columns(name), self._cell(cell, None))
            else:
                kept = {column.to: self._cell(cell, column) for column in several}
            cells |= {to: translated for to, translated in kept.items() if translated}
        return Row(row.line, cells)

    def _cell(self, cell: Cell, column: MappedColumn | None) -> Cell:
        if isinstance(cell, tuple):
            return tuple(part for each in cell if (part := self._code(each, column)))
        if self.separator in cell and column is not None and column.codes and cell.strip() not in column.codes:
            parts = (self._code(part, column) for part in cell.split(self.separator))
            return tuple(part for part in parts if part)
        return self._code(cell, column)

    def _code(self, text: str, column: MappedColumn | None) -> str:
        trimmed = text.strip()
        missing = self.missing if column is None else self.missing | column.missing
        if trimmed in missing or whole_number(trimmed) in missing:
            return ""
        if column is None:
            return text
        found = column.meant(trimmed)
        return text if found == trimmed else found

    def date(self, text: str) -> datetime.date | None:
        """The day that a cell means; None where it is none. A day as YYYY-MM-DD is read whatever the formats."""
        trimmed = text.strip()
        for pattern in ("%Y-%m-%d", *self.dates):
            try:
                # A date without a time has no zone: what is read is the day that stands there.
                return datetime.datetime.strptime(trimmed, pattern).date()  # noqa: DTZ007
            except ValueError:
                continue
        return None
