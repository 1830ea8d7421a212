"""The comments that a person reads, in the order in which they should be read."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select, tuple_
from sqlalchemy.orm import Session

from surveys.comments.states import STATES, raised_comments
from surveys.comments.working_days import due_day, newest_overdue
from surveys.storage import tables
from surveys.triage import LEVELS, Reason

PAGE = 50

Standing = Literal["waiting", "read", "escalated", "no action", "raised", "all"]
"""Which comments: unread ones, those of a state, those that rules raised since they were put aside, or all."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which comments of the queue; "" stands for any level or question. ``question`` is an item's key."""

    standing: Standing = "waiting"
    level: str = ""
    question: str = ""
    overdue: bool = False


@dataclass(frozen=True, slots=True)
class Queued:
    """A comment with what decides its place. ``state`` is None while nobody has read it."""

    comment: tables.ScreenedComment
    state: tables.CommentState | None
    submitted_on: datetime.date
    audience: str
    place: str

    @property
    def name(self) -> str:
        """What addresses call it."""
        return self.comment.ref.hex()

    @property
    def reasons(self) -> list[Reason]:
        """Why it stands where it does."""
        return [Reason(*one) for one in self.comment.reasons]

    def is_overdue(self, today: datetime.date) -> bool:
        """Whether somebody should have read it by now."""
        return self.state is None and due_day(self.submitted_on) < today


@dataclass(frozen=True, slots=True)
class QueuePage:
    """Up to ``PAGE`` comments, and how many there are altogether."""

    comments: tuple[Queued, ...]
    number: int


def queue_page(
    session: Session, *, survey: tables.Survey, wanted: Wanted, today: datetime.date, page: int
) -> QueuePage:
    """The comments that are wanted, most urgent first and of these the longest waiting; ``page`` counts from 1."""
    query = _wanted(survey, wanted, today)
    number = session.scalar(query.with_only_columns(func.count())) or 0
    rows = session.execute(_ordered(query).offset((page - 1) * PAGE).limit(PAGE))
    return QueuePage(_queued(session, rows.all()), number)


def find_comment(session: Session, *, survey: tables.Survey, name: str) -> Queued | None:
    """The survey's comment that addresses call ``name``, whatever its state."""
    try:
        ref = bytes.fromhex(name)
    except ValueError:
        return None
    rows = session.execute(_joined().where(tables.ScreenedComment.survey_id == survey.id, _is(ref))).all()
    return next(iter(_queued(session, rows)), None)


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The names of the comments before and after one in the queue as it is wanted; None at its ends."""

    previous: str | None
    following: str | None


def neighbours(
    session: Session, *, survey: tables.Survey, wanted: Wanted, today: datetime.date, of: Queued
) -> Neighbours:
    """What comes before and after ``of``, whether or not it is among the wanted itself."""
    place = (_RANK_OF[of.comment.level], of.submitted_on, of.comment.ref)
    query = _wanted(survey, wanted, today).with_only_columns(tables.ScreenedComment.ref)
    columns = _order()
    before = session.scalar(
        query.where(tuple_(*columns) < tuple_(*place)).order_by(*(one.desc() for one in columns)).limit(1)
    )
    after = session.scalar(query.where(tuple_(*columns) > tuple_(*place)).order_by(*columns).limit(1))
    return Neighbours(before.hex() if before else None, after.hex() if after else None)


def questions_commented(session: Session, *, survey: tables.Survey) -> list[str]:
    """The keys of the survey's questions that somebody commented on."""
    screened = tables.ScreenedComment
    query = select(screened.item_key).where(screened.survey_id == survey.id).distinct().order_by(screened.item_key)
    return list(session.scalars(query))


def comment_text(session: Session, comment: tables.ScreenedComment) -> tables.Comment:
    """The comment as it was written, with its language."""
    place = (comment.survey_id, comment.response_key, comment.item_key)
    return session.get_one(tables.Comment, place)


_RANK_OF: dict[str, int] = {level: rank for rank, level in enumerate(LEVELS)}


def _order() -> tuple[ColumnElement[int], ColumnElement[datetime.date], ColumnElement[bytes]]:
    screened = tables.ScreenedComment
    rank = case(_RANK_OF, value=screened.level, else_=len(LEVELS))
    return rank, tables.Response.submitted_on.expression, screened.ref.expression


def _joined() -> Select[tables.ScreenedComment, tables.CommentState, tables.Response]:
    screened, state, response = tables.ScreenedComment, tables.CommentState, tables.Response
    return (
        select(screened, state, response)
        .join(response, and_(response.survey_id == screened.survey_id, response.key == screened.response_key))
        .outerjoin(state, state.ref == screened.ref)
    )


def _is(ref: bytes) -> ColumnElement[bool]:
    return tables.ScreenedComment.ref == ref


def _wanted(
    survey: tables.Survey, wanted: Wanted, today: datetime.date
) -> Select[tables.ScreenedComment, tables.CommentState, tables.Response]:
    screened, state, response = tables.ScreenedComment, tables.CommentState, tables.Response
    query = _joined().where(screened.survey_id == survey.id)
    raised = raised_comments(survey_id=survey.id)
    if wanted.standing == "waiting":
        # What rules raised since it was put aside waits to be looked at once more.
        query = query.where(or_(state.ref.is_(None), raised))
    elif wanted.standing == "raised":
        query = query.where(raised)
    elif wanted.standing in STATES:
        query = query.where(state.state == wanted.standing)
    if wanted.level:
        query = query.where(screened.level == wanted.level)
    if wanted.question:
        query = query.where(screened.item_key == wanted.question)
    if wanted.overdue:
        query = query.where(state.ref.is_(None), response.submitted_on <= newest_overdue(today))
    return query


def _ordered(
    query: Select[tables.ScreenedComment, tables.CommentState, tables.Response],
) -> Select[tables.ScreenedComment, tables.CommentState, tables.Response]:
    return query.order_by(*_order())


def _queued(
    session: Session, rows: Sequence[tuple[tables.ScreenedComment, tables.CommentState | None, tables.Response]]
) -> tuple[Queued, ...]:
    collector = tables.Collector
    ids = {response.collector_id for _, _, response in rows}
    collectors = {one.id: one for one in session.scalars(select(collector).where(collector.id.in_(ids)))}
    return tuple(
        Queued(
            comment,
            state,
            response.submitted_on,
            collectors[response.collector_id].audience_id,
            collectors[response.collector_id].place,
        )
        for comment, state, response in rows
    )
