"""How soon comments were read for the first time, and how many late."""

from __future__ import annotations

import datetime
import statistics
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from surveys.comments.working_days import due_day, working_days_between
from surveys.storage import tables
from surveys.triage import LEVELS, Level


@dataclass(frozen=True, slots=True)
class FirstReadings:
    """Comments that somebody has read: how many, after how many working days half of them were, how many late."""

    read: int
    median_days: float | None
    late: int


def first_readings(
    session: Session, *, survey: tables.Survey, zone: datetime.tzinfo
) -> Mapping[Level | None, FirstReadings]:
    """By level, and under None all together. A comment is late when its next working day was over in ``zone``."""
    screened, state, response = tables.ScreenedComment, tables.CommentState, tables.Response
    rows = session.execute(
        select(screened.level, response.submitted_on, state.read_at, func.count())
        .join(response, and_(response.survey_id == screened.survey_id, response.key == screened.response_key))
        .join(state, state.ref == screened.ref)
        .where(screened.survey_id == survey.id)
        .group_by(screened.level, response.submitted_on, state.read_at)
    )
    counted: dict[Level | None, Counter[tuple[datetime.date, datetime.date]]] = {
        level: Counter() for level in (*LEVELS, None)
    }
    known: dict[str, Level] = {level: level for level in LEVELS}
    for level, sent_on, read_at, number in rows:
        days = (sent_on, read_at.astimezone(zone).date())
        counted[None][days] += number
        if level in known:
            counted[known[level]][days] += number
    return {level: _of(days) for level, days in counted.items()}


def _of(days: Counter[tuple[datetime.date, datetime.date]]) -> FirstReadings:
    taken = sorted(
        (working_days_between(sent, read), number, read > due_day(sent)) for (sent, read), number in days.items()
    )
    number = sum(one[1] for one in taken)
    if not number:
        return FirstReadings(0, None, 0)
    every = [length for length, times, _ in taken for _ in range(times)]
    return FirstReadings(number, statistics.median(every), sum(times for _, times, late in taken if late))
