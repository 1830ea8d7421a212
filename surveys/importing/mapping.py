"""A map says what the columns and codes of somebody else's file mean here. Described in ``docs/answers-file.md``."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from surveys.answers_file import SEPARATOR
from surveys.importing.files import Cell, Row, whole_number


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """One foreign column: our column, its codes (as read → what they mean here), its own marks of a missing answer."""

    to: str
    codes: Mapping[str, str] = field(default_factory=dict)
    missing: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportMap:
    """What a map file says. Columns that it does not name keep their own name, unless ``ignore_others``.

    ``dates`` are strptime formats, tried in order after YYYY-MM-DD; ``separator`` stands between several answers in
    one cell of the foreign file.
    """

    columns: Mapping[str, MappedColumn] = field(default_factory=dict)
    ignored: frozenset[str] = frozenset()
    ignore_others: bool = False
    constants: Mapping[str, str] = field(default_factory=dict)
    missing: frozenset[str] = frozenset()
    dates: tuple[str, ...] = ()
    separator: str = SEPARATOR

    def our_column(self, name: str) -> str | None:
        """The column that a foreign column becomes; None where the map leaves it out."""
        if name in self.columns:
            return self.columns[name].to
        if name in self.ignored or self.ignore_others:
            return None
        return name

    def translated(self, row: Row) -> Row:
        """The row in our columns and codes, with the constants added and what is marked as missing left out."""
        cells: dict[str, Cell] = dict(self.constants)
        for name, cell in row.cells.items():
            to = self.our_column(name)
            if to is None:
                continue
            column = self.columns.get(name)
            translated = self._cell(cell, column)
            if translated:
                cells[to] = translated
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
        return column.codes.get(trimmed) or column.codes.get(whole_number(trimmed), text)

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
