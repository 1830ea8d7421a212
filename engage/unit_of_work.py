"""The only way to a database session: reading and writing blocks around one transaction each."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session

from surveys.storage.engine import BUSY_TIMEOUT_SECONDS, for_reading, for_writing, open_database, worth_a_retry

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
        self._turns, self._drafts_turns = _Turns(self.engine), _Turns(self.drafts_engine)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one moment of the database; whatever it changes is dropped."""
        with Session(self.reading_engine, autoflush=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session that is committed on leaving, or undone by an exception. Keep it short: on SQLite others wait."""
        with self._turns.waited_for(), _committing(self.writing_engine) as session:
            yield session

    @contextmanager
    def reading_drafts(self) -> Iterator[Session]:
        """As ``reading``, for drafts."""
        with Session(self._reading_drafts, autoflush=False) as session:
            yield session

    @contextmanager
    def drafts_connection(self, *, writing: bool = False) -> Iterator[Connection]:
        """As ``reading_drafts`` or ``writing_drafts``, without a session: each page of a journey begins with it."""
        if writing:
            with self._drafts_turns.waited_for(), self._writing_drafts.begin() as connection:
                yield connection
        else:
            with self._reading_drafts.connect() as connection:
                yield connection

    @contextmanager
    def writing_drafts(self) -> Iterator[Session]:
        """As ``writing``, for drafts."""
        with self._drafts_turns.waited_for(), _committing(self._writing_drafts) as session:
            yield session

    @contextmanager
    def writing_both(self) -> Iterator[tuple[Session, Session]]:
        """(session, session of drafts), committed in this order; the same one where drafts have no own file."""
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
        try:
            with self.writing() as session:
                return work(session)
        except DBAPIError as error:
            if not worth_a_retry(error):
                raise
        with self.writing() as session:
            return work(session)

    def run_sending(self, work: Callable[[Session], T], forget: Callable[[Session], object]) -> T:
        """As ``run_writing``, and ``forget(drafts)`` deletes the draft of what was sent.

        Both are one transaction where drafts stand in the main database. Otherwise the draft goes after the commit, so
        that its file is not locked meanwhile; a crash in between leaves a draft that the receipt recognises when it is
        sent again, and that is deleted within a week.
        """
        if self.drafts_engine is self.engine:

            def both(session: Session) -> T:
                done = work(session)
                forget(session)
                return done

            return self.run_writing(both)
        done = self.run_writing(work)
        with self.writing_drafts() as drafts:
            forget(drafts)
        return done

    def close(self) -> None:
        """Close every pooled connection."""
        self.engine.dispose()
        self.drafts_engine.dispose()


class _Turns:
    """Lets the threads of this process write to an embedded database one after the other.

    SQLite would let only one at a time through as well, but those who wait would poll, and under load some of them
    would be unlucky for seconds.
    """

    def __init__(self, engine: Engine) -> None:
        self._lock = threading.Lock() if engine.dialect.name == "sqlite" else None

    @contextmanager
    def waited_for(self) -> Iterator[None]:
        """Ends the wait with the fault that SQLite itself gives after the same time."""
        if self._lock is None:
            yield
            return
        if not self._lock.acquire(timeout=BUSY_TIMEOUT_SECONDS):
            raise OperationalError("BEGIN IMMEDIATE", None, sqlite3.OperationalError("database is locked"))
        try:
            yield
        finally:
            self._lock.release()


@contextmanager
def _committing(engine: Engine) -> Iterator[Session]:
    with Session(engine, expire_on_commit=False) as session:
        yield session
        session.commit()
