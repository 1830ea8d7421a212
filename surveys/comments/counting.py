"""How many comments wait to be read and what became of the others, by where they stand in the queue."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session

from surveys.collecting import visible_comments
from surveys.comments.states import raised_comments
from surveys.comments.working_days import newest_overdue
from surveys.storage import tables
from surveys.triage import LEVELS, Level


@dataclass(frozen=True, slots=True)
class LevelCounts:
    """Comments of one level: those that nobody has read, how many of these are overdue, and by state the others."""

    waiting: int = 0
    overdue: int = 0
    read: int = 0
    escalated: int = 0
    no_action: int = 0


@dataclass(frozen=True, slots=True)
class QueueCounts:
    """Comments of a survey by level, and how many no screening has seen yet, so that they stand in no level."""

    by_level: Mapping[Level, LevelCounts]
    unscreened: int

    @property
    def waiting(self) -> int:
        """All that nobody has read, those that were not screened yet among them."""
        return sum(one.waiting for one in self.by_level.values()) + self.unscreened

    @property
    def overdue(self) -> int:
        """Those that were screened and should have been read by now."""
        return sum(one.overdue for one in self.by_level.values())

    @property
    def escalated(self) -> int:
        """All that were passed on to somebody."""
        return sum(one.escalated for one in self.by_level.values())


@dataclass(frozen=True, slots=True)
class WaitingComments:
    """Sorted comments of a survey that nobody has read: all, of these the overdue ones, and possible harm."""

    waiting: int
    overdue: int
    harm: int

    def in_words(self) -> Iterator[str]:
        """What needs a person, most urgent first."""
        if self.harm:
            yield f"{self.harm:,} {_comments(self.harm)} with possible harm"
        if self.overdue:
            yield f"{self.overdue:,} {_comments(self.overdue)} overdue"
        if self.waiting and not (self.harm or self.overdue):
            yield f"{self.waiting:,} {_comments(self.waiting)} to read"


def _comments(number: int) -> str:
    return "comment" if number == 1 else "comments"


def is_unscreened() -> ColumnElement[bool]:
    """The WHERE clause for ``tables.Comment`` that no screening has seen yet."""
    comment, screened = tables.Comment, tables.ScreenedComment
    same = and_(
        screened.survey_id == comment.survey_id,
        screened.response_key == comment.response_key,
        screened.item_key == comment.item_key,
    )
    return ~exists().where(same)


def count_queue(session: Session, *, survey: tables.Survey, today: datetime.date) -> QueueCounts:
    """The survey's comments by level and state, as of ``today`` where the organisation is."""
    screened, state, response = tables.ScreenedComment, tables.CommentState, tables.Response
    late = case((response.submitted_on <= newest_overdue(today), 1), else_=0)
    rows = session.execute(
        select(screened.level, state.state, func.count(), func.sum(late))
        .join(response, and_(response.survey_id == screened.survey_id, response.key == screened.response_key))
        .outerjoin(state, state.ref == screened.ref)
        .where(screened.survey_id == survey.id)
        .group_by(screened.level, state.state)
    ).all()
    found = {(level, reached): (number, overdue) for level, reached, number, overdue in rows}
    return QueueCounts(
        {
            level: LevelCounts(
                *found.get((level, None), (0, 0)),
                *(found.get((level, reached), (0, 0))[0] for reached in ("read", "escalated", "no action")),
            )
            for level in LEVELS
        },
        count_unscreened(session, survey=survey),
    )


def count_unscreened(session: Session, *, survey: tables.Survey) -> int:
    """How many comments of the survey the rules have not seen yet."""
    comment = tables.Comment
    query = select(func.count()).select_from(comment)
    return session.scalar(query.where(visible_comments(session, survey_id=survey.id), is_unscreened())) or 0


def waiting_comments(session: Session, *, organisation_id: int, today: datetime.date) -> dict[int, WaitingComments]:
    """What nobody has read yet of each of the organisation's surveys, by the survey's id. One query."""
    screened, response = tables.ScreenedComment, tables.Response
    late = case((response.submitted_on <= newest_overdue(today), 1), else_=0)
    harm = case((screened.level == "harm", 1), else_=0)
    query = (
        select(screened.survey_id, func.count(), func.sum(late), func.sum(harm))
        .join(response, and_(response.survey_id == screened.survey_id, response.key == screened.response_key))
        .where(screened.organisation_id == organisation_id, ~exists().where(tables.CommentState.ref == screened.ref))
        .group_by(screened.survey_id)
    )
    return {survey_id: WaitingComments(*numbers) for survey_id, *numbers in session.execute(query)}


def count_raised(session: Session, *, survey: tables.Survey) -> int:
    """How many comments were put aside that later rules take for possible harm."""
    query = select(func.count()).select_from(tables.ScreenedComment)
    return session.scalar(query.where(raised_comments(survey_id=survey.id))) or 0


def unscreened_surveys(session: Session) -> list[int]:
    """The surveys with comments that no screening has seen yet; those of imports that are not complete do not count."""
    comment, batch = tables.Comment, tables.ImportBatch
    hidden = select(batch.id).where(batch.completed_at.is_(None))
    query = select(comment.survey_id).where(
        is_unscreened(), or_(comment.batch_id.is_(None), comment.batch_id.not_in(hidden))
    )
    return sorted(session.scalars(query.distinct()))
