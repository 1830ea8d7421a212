"""From one row of an answers file to one response, or to everything that is wrong with the row."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

from surveys.answers import Answers
from surveys.answers_file import ABOUT_COLUMNS, MARK, MODES, NOT_SHOWN, SEPARATOR, column_name, item_keys
from surveys.importing.collector_names import CollectorNames, KnownCollector, NewCollector
from surveys.importing.files import Cell, Row, RowFault
from surveys.importing.mapping import ImportMap
from surveys.importing.meanings import CellFault, folded, read_cell, shown
from surveys.questionnaire import Item, Questionnaire
from surveys.routing import on_path

EARLIEST = datetime.date(1948, 7, 5)
"""The first day of the health service; an earlier date is a slip of the pen."""

LONGEST_ID = 500


@dataclass(frozen=True, slots=True)
class Version:
    """A published version that answers can belong to."""

    id: int
    number: str
    questionnaire: Questionnaire


@dataclass(frozen=True, slots=True)
class ReadyResponse:
    """A row that can be stored. ``foreign_id`` is the other system's name for it."""

    line: int
    version: Version
    collector: KnownCollector | NewCollector
    submitted_on: datetime.date
    mode: str
    language: str
    answers: Answers
    foreign_id: str | None


@dataclass(frozen=True, kw_only=True)
class RowReader:
    """Reads rows for one survey. ``versions`` has the one that people get now last; ``today`` ends what can be sent."""

    versions: Sequence[Version]
    collectors: CollectorNames
    today: datetime.date
    map: ImportMap

    @cached_property
    def columns(self) -> dict[str, str]:
        """Every column that a file for this survey may have, with its item key ("" for the others)."""
        keys = item_keys(version.questionnaire for version in reversed(self.versions))
        return {**dict.fromkeys((*ABOUT_COLUMNS, NOT_SHOWN, MARK), ""), **{column_name(key): key for key in keys}}

    @cached_property
    def _by_number(self) -> dict[str, Version]:
        return {version.number: version for version in self.versions}

    def wrong_columns(self, names: Sequence[str]) -> list[str]:
        """A message for each column that this survey does not have, or that would be read twice."""
        messages = []
        first: dict[str, str] = {}
        for name, ours in ((one, ours) for one in names for ours in self.map.our_columns(one)):
            if ours not in self.columns:
                near = get_close_matches(name, self.columns, 1)
                hint = f"Did you mean {near[0]!r}?" if near else "Rename it, or name it in a map (see --map)."
                messages.append(f"There is no column {shown(name)} in this survey. {hint}")
            elif ours in self.map.constants:
                messages.append(
                    f"The map makes {ours} a constant, and column {shown(name)} says it too. Keep one of them."
                )
            elif first.setdefault(ours, name) != name:
                messages.append(f"{shown(first[ours])} and {shown(name)} are both read as {ours}. Keep one of them.")
        return messages

    def absent_columns(self, names: Sequence[str]) -> list[str]:
        """A message for each column that the map speaks of and a file with these columns does not have."""
        return [
            f"The map names a column {shown(name)}, which the file does not have. Correct the map or the file."
            for name in self.map.columns
            if name not in names
        ]

    def read(self, row: Row) -> ReadyResponse | list[RowFault]:
        """The response in this row, or all faults of the row."""
        return _RowReading(self, self.map.translated(row)).whole()


class _RowReading:
    """Reads one cell after the other, noting what is wrong and going on with something harmless."""

    def __init__(self, reader: RowReader, row: Row) -> None:
        self.reader = reader
        self.row = row
        self.faults: list[RowFault] = []

    def fault(self, message: str) -> None:
        self.faults.append(RowFault(self.row.line, message))

    def word(self, name: str) -> str:
        cell = self.row.cells.get(name, "")
        if isinstance(cell, tuple):
            self.fault(f"{name}: a list cannot stand here.")
            return ""
        return cell.strip()

    def whole(self) -> ReadyResponse | list[RowFault]:
        version = self.version()
        collector = self.collector()
        submitted_on = self.submitted_on()
        mode = self.mode()
        foreign_id = self.word("response_id") or None
        if foreign_id is not None and len(foreign_id) > LONGEST_ID:
            self.fault(f"response_id: more than {LONGEST_ID} characters.")
        language = self.language(version, collector)
        answers = self.answers(version) if version else {}
        if self.faults or version is None or collector is None or submitted_on is None:
            return self.faults
        return ReadyResponse(self.row.line, version, collector, submitted_on, mode, language, answers, foreign_id)

    def version(self) -> Version | None:
        number = self.word("version")
        known = self.reader._by_number
        if not number:
            if len(known) == 1:
                return self.reader.versions[0]
            self.fault(f"version: the survey has several versions, so say which one: {', '.join(known)}.")
            return None
        # Spreadsheets write 1.0 as 1.
        found = known.get(number) or known.get(f"{number}.0")
        if found is None:
            self.fault(f"version: {shown(number)} is not a version of this survey. It has: {', '.join(known)}.")
        return found

    def collector(self) -> KnownCollector | NewCollector | None:
        found = self.reader.collectors.find(
            self.word("collector"),
            place=self.word("place"),
            audience=self.word("audience"),
            channel=self.word("channel"),
        )
        if isinstance(found, str):
            self.fault(found)
            return None
        return found

    def submitted_on(self) -> datetime.date | None:
        text = self.word("submitted_on")
        if not text:
            self.fault("submitted_on: the day is missing. Fill it in, or give it once as a constant of a map.")
            return None
        day = self.reader.map.date(text)
        if day is None:
            self.fault(f"submitted_on: {shown(text)} is not a day. Write YYYY-MM-DD, or give 'dates' in a map.")
        elif not EARLIEST <= day <= self.reader.today:
            self.fault(f"submitted_on: {day.isoformat()} cannot be: it must lie between {EARLIEST} and today.")
        else:
            return day
        return None

    def mode(self) -> str:
        mode = folded(self.word("mode")) or "import"
        if mode not in MODES:
            self.fault(f"mode: {shown(mode)} is not known. Use one of: {', '.join(MODES)}.")
        return mode

    def language(self, version: Version | None, collector: KnownCollector | NewCollector | None) -> str:
        given = self.word("language")
        if version is None:
            return given
        languages = version.questionnaire.languages or (version.questionnaire.language,)
        if not given:
            own = collector.language if isinstance(collector, KnownCollector) else None
            return own if own in languages else version.questionnaire.language
        for language in languages:
            if language.casefold() == given.casefold():
                return language
        self.fault(f"language: {shown(given)} is not one of this survey's: {', '.join(languages)}.")
        return given

    def answers(self, version: Version) -> Answers:
        items: Mapping[str, Item] = version.questionnaire.derived(_items_by_column)
        given: Answers = {}
        for name, cell in self.row.cells.items():
            if name in items:
                item = items[name]
                given[item.key] = self.answer(version.questionnaire, item, name, cell)
            elif self.reader.columns.get(name):
                self.fault(
                    f"{name}: version {version.number} does not ask this. Leave it empty or correct the version."
                )
        reached = on_path(version.questionnaire, given)
        if self.faults:
            # What is wrong in one cell could seem to close the way to others.
            return reached
        for key, value in given.items():
            if value is not None and key not in reached:
                self.fault(
                    f"{column_name(key)}: the other answers of this row do not lead to this question, "
                    "so it cannot have been answered. Leave it empty or correct the others."
                )
        for key in self.not_shown(version.questionnaire):
            if reached.pop(key, None) is not None:
                self.fault(f"{column_name(key)}: {NOT_SHOWN} says that it was not shown, but it is answered.")
        return reached

    def not_shown(self, questionnaire: Questionnaire) -> list[str]:
        keys = [key.strip() for key in self.word(NOT_SHOWN).split(SEPARATOR) if key.strip()]
        known = {item.key for item in questionnaire.items} if keys else set()
        for key in keys:
            if key not in known:
                self.fault(f"{NOT_SHOWN}: {shown(key)} is not a question of this version.")
        return keys

    def answer(
        self, questionnaire: Questionnaire, item: Item, name: str, cell: Cell
    ) -> str | tuple[str, ...] | int | float | None:
        try:
            return read_cell(questionnaire, item, cell)
        except CellFault as fault:
            self.fault(f"{name}: {fault}")
            return None


def _items_by_column(questionnaire: Questionnaire) -> dict[str, Item]:
    return {column_name(item.key): item for item in questionnaire.items}
