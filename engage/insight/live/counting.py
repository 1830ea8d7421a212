"""The counts behind the live page: two queries whatever the survey's size, then arithmetic on what they give."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveys.collecting import visible_comments, visible_responses
from surveys.storage import tables

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Arrived:
    """How many answers came in one way: at a collector, on a day, in a language and by a mode."""

    collector_id: int
    on: datetime.date
    language: str
    mode: str
    answers: int


@dataclass(frozen=True, slots=True)
class Reached:
    """How many visits reached a page at a collector in a language, on all days together."""

    collector_id: int
    page: str
    language: str
    visits: int


@dataclass(frozen=True, slots=True)
class Counts:
    """What has been counted of one survey."""

    arrived: tuple[Arrived, ...]
    reached: tuple[Reached, ...]
    comments: int

    @property
    def answers(self) -> int:
        """All answers."""
        return sum(one.answers for one in self.arrived)

    def answers_since(self, day: datetime.date) -> int:
        """Answers sent on that day or later."""
        return sum(one.answers for one in self.arrived if one.on >= day)

    def answers_by(self, key: Callable[[Arrived], Key]) -> Counter[Key]:
        """Answers per collector, language and so on, as ``key`` says."""
        found: Counter[Key] = Counter()
        for one in self.arrived:
            found[key(one)] += one.answers
        return found

    def visits_by(self, key: Callable[[Reached], Key]) -> Counter[Key]:
        """Visits per page and so on, as ``key`` says."""
        found: Counter[Key] = Counter()
        for one in self.reached:
            found[key(one)] += one.visits
        return found

    def last_day(self, collector_id: int | None = None) -> datetime.date | None:
        """The day of the newest answer, of all or of one collector; None where there is none."""
        days = (one.on for one in self.arrived if collector_id in (None, one.collector_id))
        return max(days, default=None)


def count_survey(session: Session, *, survey: tables.Survey) -> Counts:
    """Everything that is counted of the survey."""
    response, page, comment = tables.Response, tables.PageCount, tables.Comment
    ways = (response.collector_id, response.submitted_on, response.language, response.mode)
    arrived = session.execute(
        select(*ways, func.count()).where(visible_responses(session, survey_id=survey.id)).group_by(*ways)
    )
    steps = (page.collector_id, page.page, page.language)
    reached = session.execute(select(*steps, func.sum(page.count)).where(page.survey_id == survey.id).group_by(*steps))
    comments = session.scalar(
        select(func.count()).select_from(comment).where(visible_comments(session, survey_id=survey.id))
    )
    return Counts(
        tuple(Arrived(*row) for row in arrived), tuple(Reached(*row[:3], int(row[3])) for row in reached), comments or 0
    )


def audience_labels(session: Session) -> dict[str, str]:
    """What each audience is called, by its id."""
    return {one.id: one.label for one in session.scalars(select(tables.Audience))}
