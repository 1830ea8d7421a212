"""How many visits reach each page, as counts alone: nothing here knows who, or which visit.

Counts gather in the process and are carried into the database by a request that writes anyway, at most every few
seconds; showing a page never writes. A process that ends before that takes a few counts with it, which is accepted:
they say where a survey loses people, and no answer depends on them.
"""

from __future__ import annotations

import datetime
import re
import threading
import time
from collections import Counter
from typing import NamedTuple

import structlog
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from engage.unit_of_work import Database
from surveys.storage import tables

SECONDS_BETWEEN = 20.0

OPENED, STARTED, ON_ONE_PAGE, CHECK, SENT, ABOUT_YOU = "opened", "started", "all", "check", "sent", "about-you"
PAGE, ERROR = "page:", "error:"
"""Before a page's id: it was answered for the first time in a visit; it was shown again with an error."""

# Programs that fetch an address without anybody reading it. What the browser calls itself is looked at, never kept.
_PROGRAMS = re.compile(
    r"bot|crawl|spider|slurp|preview|scan|monitor|facebookexternalhit|whatsapp|curl|wget|python", re.I
)


class Counted(NamedTuple):
    """What one number counts."""

    survey_id: int
    collector_id: int
    counted_on: datetime.date
    page: str
    language: str


class PageCounts:
    """The counts of one process that are not in the database yet."""

    def __init__(self, database: Database) -> None:
        self.seconds_between = SECONDS_BETWEEN
        self._database = database
        self._waiting: Counter[Counted] = Counter()
        self._carried_at: float | None = None
        self._lock = threading.Lock()

    def note(self, counted: Counted) -> None:
        """One more."""
        with self._lock:
            self._waiting[counted] += 1

    def carry(self) -> None:
        """Put what has gathered into the database, unless that was done only seconds ago.

        A database that cannot take it now is no fault of the person whose request this is: the counts wait.
        """
        now = time.monotonic()
        with self._lock:
            if not self._waiting or (self._carried_at is not None and now - self._carried_at < self.seconds_between):
                return
            self._carried_at, carried, self._waiting = now, self._waiting, Counter()
        try:
            with self._database.writing() as session:
                add_counts(session, carried)
        except DBAPIError as error:
            structlog.get_logger().warning("page counts wait", reason=type(error).__name__)
            with self._lock:
                self._waiting.update(carried)


def add_counts(session: Session, counts: Counter[Counted]) -> None:
    """Add to what stands in the database, in one order everywhere, so that two processes never wait for each other."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    adding = insert(tables.PageCount)
    adding = adding.on_conflict_do_update(
        index_elements=Counted._fields, set_={"count": tables.PageCount.count + adding.excluded.count}
    )
    session.execute(adding, [{**counted._asdict(), "count": number} for counted, number in sorted(counts.items())])


def is_program(user_agent: str) -> bool:
    """Whether a request comes from a program that says so, and so is nobody who opened a survey."""
    return not user_agent or _PROGRAMS.search(user_agent) is not None
