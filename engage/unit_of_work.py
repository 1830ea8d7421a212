"""The only way to a database session: reading and writing blocks around one transaction each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TypeVar

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from surveys.storage.engine import for_reading, for_writing, open_database, worth_a_retry

S = TypeVar("S")
T = TypeVar("T")


class Database:
    """The main database and the drafts; made once for each process.

    ``drafts_url`` None: drafts stand in the main database. With an embedded database they are better kept in a file
    of their own, where losing the last ones to a power cut is accepted in exchange for cheap saving.
    """

    def __init__(self, url: str, drafts_url: str | None = None) -> None:
        self.url = url
        self.drafts_url = drafts_url or url
        self.engine = open_database(url)
        self.drafts_engine = (
            self.engine if self.drafts_url == url else open_database(self.drafts_url, synchronous="NORMAL")
        )
        self.reading_engine, self.writing_engine = for_reading(self.engine), for_writing(self.engine)
        self._reading_drafts, self._writing_drafts = for_reading(self.drafts_engine), for_writing(self.drafts_engine)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one moment of the database; whatever it changes is dropped."""
        with Session(self.reading_engine, autoflush=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session that is committed on leaving, or undone by an exception. Keep it short: on SQLite others wait."""
        with _committing(self.writing_engine) as session:
            yield session

    @contextmanager
    def reading_drafts(self) -> Iterator[Session]:
        """As ``reading``, for drafts."""
        with Session(self._reading_drafts, autoflush=False) as session:
            yield session

    @contextmanager
    def writing_drafts(self) -> Iterator[Session]:
        """As ``writing``, for drafts."""
        with _committing(self._writing_drafts) as session:
            yield session

    @contextmanager
    def sending(self) -> Iterator[tuple[Session, Session]]:
        """(session, session of drafts) for storing a response and deleting its draft.

        One transaction where drafts stand in the main database. Otherwise the response is committed first: a crash in
        between leaves a draft whose second sending the receipt recognises.
        """
        if self.drafts_engine is self.engine:
            with self.writing() as session:
                yield session, session
        else:
            with self.writing_drafts() as drafts, self.writing() as session:
                yield session, drafts

    def run_writing(self, work: Callable[[Session], T]) -> T:
        """What ``work(session)`` returns, committed; tried once more if the database went away or undid it.

        Whether a commit that broke off had taken effect cannot be known, so ``work`` must be safe to repeat: sending
        is, because of its receipt.
        """
        return self._twice(self.writing, work)

    def run_sending(self, work: Callable[[tuple[Session, Session]], T]) -> T:
        """As ``run_writing``, around ``sending``."""
        return self._twice(self.sending, work)

    def _twice(self, block: Callable[[], AbstractContextManager[S]], work: Callable[[S], T]) -> T:
        try:
            with block() as given:
                return work(given)
        except DBAPIError as error:
            if not worth_a_retry(error):
                raise
        with block() as given:
            return work(given)

    def close(self) -> None:
        """Close every pooled connection."""
        self.engine.dispose()
        self.drafts_engine.dispose()


@contextmanager
def _committing(engine: Engine) -> Iterator[Session]:
    with Session(engine, expire_on_commit=False) as session:
        yield session
        session.commit()
