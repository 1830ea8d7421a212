"""What each survey offers to read before answering, remembered for a while, because every start page asks for it."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager

from sqlalchemy.orm import Session

from surveys.documents import Document, documents_of

SECONDS_KEPT = 10.0
MOST_KEPT = 1000


class ReadingMatter:
    """The documents of surveys, looked up again after ten seconds."""

    def __init__(self, reading: Callable[[], AbstractContextManager[Session]]) -> None:
        self._reading = reading
        self._known: dict[int, tuple[float, tuple[Document, ...]]] = {}

    def of(self, survey_id: int) -> tuple[Document, ...]:
        """What the survey offers, the summary first."""
        known, now = self._known.get(survey_id), time.monotonic()
        if known is not None and now - known[0] < SECONDS_KEPT:
            return known[1]
        with self._reading() as session:
            documents = documents_of(session, survey_id=survey_id)
        if len(self._known) >= MOST_KEPT:
            self._known.clear()
        self._known[survey_id] = (now, documents)
        return documents
