"""Bringing answers in from a file: all of it or nothing, every bad row with its line and its reason.

Each row passes through the function that stores what people send. See ``docs/answers-file.md``.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.answers_file import ABOUT_COLUMNS, column_name, item_keys
from surveys.audiences import ensure_shipped
from surveys.collectors import collectors_of
from surveys.importing.collector_names import CollectorNames, KnownCollector
from surveys.importing.files import FileFault, Row, RowFault, count_lines
from surveys.importing.map_file import MapFaults, read_map
from surveys.importing.mapping import ImportMap
from surveys.importing.meanings import shown
from surveys.importing.opening import open_rows
from surveys.importing.rows import ReadyResponse, RowReader, Version
from surveys.importing.writing import BatchWriter, ImportEnded, Writing
from surveys.publishing import current_version, find_survey, load_version, versions_of
from surveys.storage import tables

__all__ = ["FileFault", "ImportEnded", "ImportedAnswers", "MapFaults", "RowFault", "count_lines", "import_answers"]

CHUNK = 1_000
"""Rows stored in one transaction: about half a second, which nobody who is answering notices."""


@dataclass(frozen=True, slots=True)
class ImportedAnswers:
    """What became of a file. ``imported`` responses are visible; 0 where faults kept everything out.

    ``faults`` are in the order of the lines. ``new_collectors`` are the names of those that were made.
    ``identified``: every row had a response_id, so that none of them can be imported twice.
    """

    imported: int
    faults: tuple[RowFault, ...]
    new_collectors: tuple[str, ...] = ()
    identified: bool = False


def import_answers(
    writing: Writing,
    *,
    slug: str,
    path: Path,
    organisation: str | None = None,
    map_content: bytes | None = None,
    keep_good: bool = False,
    create_collectors: bool = False,
    at: datetime.datetime,
    today: datetime.date,
    by: str,
    progress: Callable[[int], object] = lambda _: None,
) -> ImportedAnswers:
    """Store the rows of an answers file; of those with faults none, and none at all unless ``keep_good``.

    Unlike other functions of this package it is given ``writing``, which opens transactions, because a file is stored
    in many short ones. ``organisation``: as for ``find_survey``. ``map_content`` is a map file. ``today`` is the
    organisation's date. ``progress`` is told the line reached. Raises FileFault where the file cannot be read at all,
    MapFaults, SurveyNotFound, ImportEnded where another import of the survey took over; LookupError for a survey that
    was never published.
    """
    with writing() as session:
        survey = find_survey(session, slug=slug, organisation=organisation)
        versions = _versions(session, survey)
        collectors = _collector_names(session, survey, create=create_collectors)
    keys = item_keys(version.questionnaire for version in reversed(versions))
    known = (*ABOUT_COLUMNS, *map(column_name, keys))
    import_map = ImportMap() if map_content is None else read_map(map_content, known_columns=known)
    reader = RowReader(versions=versions, collectors=collectors, today=today, map=import_map)
    opened = open_rows(path)
    names = [name for name in opened.columns if name]
    messages = [*reader.wrong_columns(names), *(reader.absent_columns(names) if names else [])]
    if messages:
        return ImportedAnswers(0, tuple(RowFault(1, message) for message in messages))
    writer = BatchWriter(writing, slug=slug, organisation=organisation, file_name=path.name, at=at, by=by)
    done = False
    try:
        reading = _Importing(reader, writer, keep_good=keep_good, named=bool(opened.columns))
        try:
            for row in opened.rows:
                reading.take(row)
                progress(row.line)
            reading.flush()
            readable = True
        except FileFault as fault:
            # What follows is lost and what came before may have been misread, so nothing of such a file is good.
            reading.faults.append(RowFault(fault.line, fault.message))
            readable = False
        if not reading.seen and readable:
            reading.faults.append(RowFault(1, "There are no rows below the names of the columns."))
        faults = tuple(sorted(reading.faults))
        if reading.stored and readable and (keep_good or not faults):
            imported = writer.complete()
            done = True
            made = tuple(new.name for new in writer.new_collectors)
            return ImportedAnswers(imported, faults, made, reading.identified)
        return ImportedAnswers(0, faults)
    finally:
        if not done:
            writer.discard()


class _Importing:
    """Takes one row after the other and stores them by the chunk, as long as anything may be stored."""

    def __init__(self, reader: RowReader, writer: BatchWriter, *, keep_good: bool, named: bool) -> None:
        self.reader = reader
        self.writer = writer
        self.keep_good = keep_good
        self.named = named
        self.faults: list[RowFault] = []
        self.stored = 0
        self.identified = True
        self.seen = False
        self._waiting: list[ReadyResponse] = []
        self._line_by_id: dict[str, int] = {}

    def take(self, row: Row | RowFault) -> None:
        """Read a row, and store the chunk that it completes."""
        self.seen = True
        ready = self._ready(row)
        if isinstance(ready, ReadyResponse):
            self._waiting.append(ready)
            if len(self._waiting) >= CHUNK:
                self.flush()
        else:
            self.faults += ready

    def flush(self) -> None:
        """Store the rows that wait, unless a fault has kept everything out already."""
        if self._waiting:
            store = self.keep_good or not self.faults
            faults, stored = self.writer.write(self._waiting, store=store, keep_good=self.keep_good)
            self.faults += faults
            self.stored += stored
            self._waiting = []

    def _ready(self, row: Row | RowFault) -> ReadyResponse | list[RowFault]:
        if isinstance(row, RowFault):
            return [row]
        if not self.named:
            messages = self.reader.wrong_columns(list(row.cells))
            if messages:
                return [RowFault(row.line, message) for message in messages]
        ready = self.reader.read(row)
        if isinstance(ready, ReadyResponse) and ready.foreign_id is None:
            self.identified = False
        elif isinstance(ready, ReadyResponse) and ready.foreign_id is not None:
            first = self._line_by_id.setdefault(ready.foreign_id, row.line)
            if first != row.line:
                return [RowFault(row.line, f"response_id: {shown(ready.foreign_id)} stands on line {first} already.")]
        return ready


def _versions(session: Session, survey: tables.Survey) -> list[Version]:
    """The survey's versions, the one that people get now last."""
    now = current_version(session, survey=survey).id
    ordered = sorted(versions_of(session, survey=survey), key=lambda version: version.id == now)
    return [Version(version.id, version.number, load_version(session, version.id)) for version in ordered]


def _collector_names(session: Session, survey: tables.Survey, *, create: bool) -> CollectorNames:
    ensure_shipped(session)
    known = [
        KnownCollector(each.id, each.code, each.name, each.place, each.audience_id, each.channel, each.language)
        for each in collectors_of(session, survey=survey)
    ]
    audiences = {audience.id: audience.label for audience in session.scalars(select(tables.Audience))}
    return CollectorNames(known, audiences=audiences, create=create)
