"""Storing the rows of a file in chunks, under a batch that nobody sees before its last row is there."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.collecting import (
    Mode,
    Sent,
    begin_batch,
    collect_many,
    complete_batch,
    discard_batch,
    known_foreign_ids,
)
from surveys.collectors import add_collector
from surveys.importing.collector_names import KnownCollector, NewCollector
from surveys.importing.files import RowFault
from surveys.importing.meanings import shown
from surveys.importing.rows import ReadyResponse
from surveys.publishing import find_survey
from surveys.short_codes import normalise
from surveys.storage import tables

Writing = Callable[[], AbstractContextManager[Session]]
"""Opens a transaction that is committed at its end, such as ``Database.writing``."""


class ImportEnded(RuntimeError):
    """The batch is gone: another import of the same survey began and took this one's place. Nothing was imported."""


@dataclass(frozen=True, slots=True)
class _Source:
    """The collector of a row as storing needs it."""

    id: int
    survey_id: int
    organisation_id: int


class BatchWriter:
    """Writes chunks of rows. Every step is a transaction of its own, so that people who are answering never wait long.

    Until ``complete`` nothing of it counts anywhere. A writer that stops in the middle, even by losing its power,
    leaves rows that no reader sees; the next import of the survey removes them.
    """

    def __init__(
        self,
        writing: Writing,
        *,
        slug: str,
        organisation: str | None = None,
        file_name: str,
        at: datetime.datetime,
        by: str,
    ) -> None:
        self._writing = writing
        self._at = at
        self._by = by
        self._made: dict[NewCollector, int] = {}
        with writing() as session:
            survey = find_survey(session, slug=slug, organisation=organisation)
            self._survey_id, self._organisation_id = survey.id, survey.organisation_id
            # The new batch comes first: some databases give the number of the last row again once it is gone.
            self._batch_id = begin_batch(session, survey=survey, file_name=file_name, at=at, by=by).id
            batch = tables.ImportBatch
            unfinished = select(batch).where(
                batch.survey_id == survey.id, batch.completed_at.is_(None), batch.id != self._batch_id
            )
            for left_over in session.scalars(unfinished).all():
                discard_batch(session, batch=left_over)

    def write(self, chunk: Sequence[ReadyResponse], *, store: bool, keep_good: bool) -> tuple[list[RowFault], int]:
        """A fault for each row that an earlier import brought already, and how many of the others were stored.

        None are without ``store``, nor with such a fault and without ``keep_good``. ImportEnded as it says.
        """
        with self._writing() as session:
            self._batch(session)
            survey = session.get_one(tables.Survey, self._survey_id)
            ids = [row.foreign_id for row in chunk if row.foreign_id is not None]
            known = known_foreign_ids(session, survey=survey, foreign_ids=ids)
            faults = [
                RowFault(row.line, f"response_id: {shown(row.foreign_id)} was imported before. Take the line out.")
                for row in chunk
                if row.foreign_id in known and row.foreign_id is not None
            ]
            if not store or (faults and not keep_good):
                return faults, 0
            made: dict[NewCollector, int] = {}
            by_version: dict[int, list[Sent]] = {}
            for row in chunk:
                if row.foreign_id not in known:
                    source = self._source(session, survey, row, made, faults)
                    if source is not None:
                        by_version.setdefault(row.version.id, []).append(_sent(row, source))
            for version_id, sent in by_version.items():
                collect_many(session, version_id=version_id, batch_id=self._batch_id, sent=sent)
        self._made.update(made)
        return faults, sum(map(len, by_version.values()))

    def complete(self) -> int:
        """Make all rows visible at once; how many there are. ImportEnded as it says."""
        with self._writing() as session:
            return complete_batch(session, batch=self._batch(session), at=self._at)

    def discard(self) -> None:
        """Remove everything that this import stored, its new collectors too."""
        with self._writing() as session:
            batch = session.get(tables.ImportBatch, self._batch_id)
            if batch is not None and batch.started_at == self._at:
                discard_batch(session, batch=batch)
            for collector_id in self._made.values():
                collector = session.get(tables.Collector, collector_id)
                # Somebody may have begun to use a new collector in the meantime.
                if collector is not None and not _in_use(session, collector):
                    session.delete(collector)

    @property
    def new_collectors(self) -> tuple[NewCollector, ...]:
        """The collectors that were made for this import."""
        return tuple(self._made)

    def _batch(self, session: Session) -> tables.ImportBatch:
        batch = session.get(tables.ImportBatch, self._batch_id, with_for_update=True)
        if batch is None or batch.started_at != self._at:
            raise ImportEnded(
                "Another import of this survey began meanwhile, so this one was ended; nothing of it is kept."
            )
        return batch

    def _source(
        self,
        session: Session,
        survey: tables.Survey,
        row: ReadyResponse,
        made: dict[NewCollector, int],
        faults: list[RowFault],
    ) -> _Source | None:
        wanted = row.collector
        if isinstance(wanted, KnownCollector):
            return _Source(wanted.id, self._survey_id, self._organisation_id)
        known = self._made.get(wanted) or made.get(wanted)
        if known is None:
            try:
                known = made[wanted] = self._new_collector(session, survey, wanted).id
            except ValueError as error:
                faults.append(RowFault(row.line, f"collector: {shown(wanted.name)} cannot be made: {error}."))
                return None
        return _Source(known, self._survey_id, self._organisation_id)

    def _new_collector(self, session: Session, survey: tables.Survey, wanted: NewCollector) -> tables.Collector:
        collector = add_collector(
            session,
            survey=survey,
            name=wanted.name,
            place=wanted.place,
            audience=wanted.audience,
            channel=wanted.channel,
            at=self._at,
            by=self._by,
        )
        code = normalise(wanted.name).code
        taken = code and session.scalar(select(tables.Collector.id).where(tables.Collector.code == code))
        if code is not None and taken is None:
            # A code from another installation is on posters already; it goes on leading to the same collector.
            collector.code = code
            session.flush()
        return collector


def _sent(row: ReadyResponse, source: _Source) -> Sent:
    return Sent(
        collector=source,
        answers=row.answers,
        language=row.language,
        mode=cast(Mode, row.mode),
        at=row.submitted_on,
        foreign_id=row.foreign_id,
    )


def _in_use(session: Session, collector: tables.Collector) -> bool:
    response = tables.Response
    used = select(response.key).where(response.survey_id == collector.survey_id, response.collector_id == collector.id)
    return session.scalar(used.limit(1)) is not None
