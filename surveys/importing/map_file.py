"""Reading a map file, with everything that is wrong with it and the line of each fault."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from difflib import get_close_matches

from surveys.answers_file import ABOUT_COLUMNS, SEPARATOR
from surveys.importing.files import RowFault
from surveys.importing.mapping import Band, ImportMap, MappedColumn
from surveys.questionnaire_file.nodes import ListNode, MapNode, Node, ScalarNode, shortened
from surveys.questionnaire_file.sources import read_nodes

_KEYS = ("format", "columns", "ignore", "constants", "missing", "dates", "separator")
_COLUMN_KEYS = ("to", "codes", "missing", "bands")


class MapFaults(ValueError):
    """A map cannot be used; ``faults`` holds everything that is wrong with it, each with its line."""

    def __init__(self, faults: Iterable[RowFault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(f"line {fault.line}: {fault.message}" for fault in self.faults))


def read_map(content: bytes, *, known_columns: Iterable[str]) -> ImportMap:
    """The map in a YAML file of at most 1 MiB; ``known_columns`` are those that an answers file of this survey has.

    Raises MapFaults with every fault.
    """
    root, faults = read_nodes(content, is_json=False)
    reading = _Reading(tuple(known_columns))
    reading.faults += [RowFault(fault.line or 1, fault.message) for fault in faults]
    if isinstance(root, MapNode):
        found = reading.whole(root)
    else:
        found = ImportMap()
        if not faults:
            reading.fault(root, "A map file holds the keys " + ", ".join(_KEYS) + ".")
    if reading.faults:
        raise MapFaults(reading.faults)
    return found


class _Reading:
    """Reads one part after the other, noting what is wrong and going on with something harmless."""

    def __init__(self, known_columns: tuple[str, ...]) -> None:
        self.known_columns = known_columns
        self.faults: list[RowFault] = []

    def fault(self, node: Node | int | None, message: str) -> None:
        line = node if isinstance(node, int) else node.line if node is not None else None
        self.faults.append(RowFault(line or 1, message))

    def whole(self, root: MapNode) -> ImportMap:
        for key, line, _ in root.entries:
            self.known(key, line, _KEYS, "a map file")
        form = root.get("format")
        if form is None or self.text(form) != "1":
            self.fault(form or root, "A map file begins with the line: format: 1")
        columns = self.columns(root.get("columns"))
        ignore = root.get("ignore")
        others = isinstance(ignore, ScalarNode) and ignore.text == "others"
        constants = self.constants(root.get("constants"))
        for name, several in columns.items():
            for to in (column.to for column in several if column.to in constants):
                self.fault(root.get("constants"), f"{to} is a constant and also comes from column {name!r}.")
        return ImportMap(
            columns=columns,
            ignored=frozenset() if others else frozenset(self.texts(ignore)),
            ignore_others=others,
            constants=constants,
            missing=frozenset(self.texts(root.get("missing"))),
            dates=self.dates(root.get("dates")),
            separator=self.separator(root.get("separator")),
        )

    def columns(self, node: Node | None) -> dict[str, tuple[MappedColumn, ...]]:
        columns: dict[str, tuple[MappedColumn, ...]] = {}
        first: dict[str, str] = {}
        for name, line, inner in self.entries(node, "columns"):
            for column in map(self.column, inner.items if isinstance(inner, ListNode) else [inner]):
                if column.to in first:
                    self.fault(line, f"{name!r} and {first[column.to]!r} both become {column.to}. Keep one of them.")
                elif column.to:
                    first[column.to] = name
                    columns[name.strip()] = (*columns.get(name.strip(), ()), column)
        return columns

    def column(self, node: Node) -> MappedColumn:
        if not isinstance(node, MapNode):
            return MappedColumn(self.our_column(node))
        for key, line, _ in node.entries:
            self.known(key, line, _COLUMN_KEYS, "a column")
        to = node.get("to")
        if to is None:
            self.fault(node, "Say which column this one becomes: to: COLUMN")
        codes = {code.strip(): self.text(meant) for code, _, meant in self.entries(node.get("codes"), "codes")}
        missing = frozenset(self.texts(node.get("missing")))
        return MappedColumn(self.our_column(to) if to else "", codes, missing, self.bands(node.get("bands")))

    def bands(self, node: Node | None) -> tuple[Band, ...]:
        found: list[Band] = []
        for meant, line, ends in self.entries(node, "bands"):
            try:
                low, high = (float(end) for end in self.texts(ends))
            except ValueError:
                self.fault(line, f"{shortened(meant)}: a band is its lowest and its highest number, such as [18, 29].")
                continue
            other = next((one for one in found if low <= one.high and one.low <= high), None)
            if not low <= high:
                self.fault(line, f"{shortened(meant)}: the first number of a band is its lowest.")
            elif other:
                self.fault(
                    line, f"{shortened(meant)} and {shortened(other.meant)} overlap. A number means one of them."
                )
            else:
                found.append(Band(meant.strip(), low, high))
        return tuple(found)

    def our_column(self, node: Node) -> str:
        name = self.text(node)
        return name if not name or self.known(name, node.line, self.known_columns, "this survey's answers file") else ""

    def constants(self, node: Node | None) -> dict[str, str]:
        allowed = tuple(name for name in ABOUT_COLUMNS if name != "response_id")
        return {
            name: self.text(value)
            for name, line, value in self.entries(node, "constants")
            if self.known(name, line, allowed, "what can be constant")
        }

    def dates(self, node: Node | None) -> tuple[str, ...]:
        formats = tuple(self.texts(node))
        for pattern in formats:
            day = datetime.date(2026, 11, 21)
            try:
                # Only what comes back as the same day can tell one day from another.
                if datetime.datetime.strptime(day.strftime(pattern), pattern).date() == day:  # noqa: DTZ007
                    continue
            except ValueError:
                pass
            self.fault(
                node, f"{shortened(pattern)} is not a format of a date. Write for example '%d/%m/%Y' for 21/11/2026."
            )
        return formats

    def separator(self, node: Node | None) -> str:
        if node is None:
            return SEPARATOR
        if isinstance(node, ScalarNode) and node.text and len(node.text) <= 5:
            return node.text
        self.fault(
            node, "The separator is the sign between several answers in one cell, such as ';' in quotation marks."
        )
        return SEPARATOR

    def texts(self, node: Node | None) -> list[str]:
        if node is None:
            return []
        return [self.text(item) for item in node.items] if isinstance(node, ListNode) else [self.text(node)]

    def text(self, node: Node) -> str:
        if isinstance(node, ScalarNode):
            return node.text.strip()
        self.fault(node, "A single word or text belongs here.")
        return ""

    def entries(self, node: Node | None, key: str) -> list[tuple[str, int | None, Node]]:
        if node is None or (isinstance(node, ScalarNode) and node.empty):
            return []
        if isinstance(node, MapNode):
            return node.entries
        self.fault(node, f"Below {key} stands one line NAME: MEANING for each.")
        return []

    def known(self, name: str, line: int | None, names: tuple[str, ...], where: str) -> bool:
        if name in names:
            return True
        near = get_close_matches(name, names, 1)
        hint = f"Did you mean {near[0]!r}?" if near else f"Known: {', '.join(names[:40])}."
        self.fault(line, f"{shortened(name)} is not known in {where}. {hint}")
        return False
