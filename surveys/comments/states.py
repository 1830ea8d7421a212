"""What people made of comments: new until somebody has read it, then read, escalated or nothing to act on.

Whoever decides says what they saw; where somebody else decided meanwhile, the second is told what the first did and
nothing changes.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from sqlalchemy import ColumnElement, delete, exists, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from surveys.storage import tables

State = Literal["read", "escalated", "no action"]
"""A comment without a state is new."""

STATES: tuple[State, ...] = get_args(State)
UNREAD = ""
"""What stands for the state of a comment that nobody has read."""


class ActedMeanwhile(Exception):
    """Somebody else decided since the page was made. ``state`` is what they made of it, None: they undid it."""

    def __init__(self, state: tables.CommentState | None) -> None:
        super().__init__("somebody else acted on the comment")
        self.state = state


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person makes of a comment. ``owner``: who deals with it; ``reference``: its number in another system."""

    state: State
    owner: str = ""
    reference: str = ""


def usable_comments(*, survey_id: int) -> ColumnElement[bool]:
    """The WHERE clause for the survey's ``tables.ScreenedComment`` that a person has read and that are not escalated.

    Whoever codes, searches or quotes comments uses it.
    """
    screened, state = tables.ScreenedComment, tables.CommentState
    read = exists().where(state.ref == screened.ref, state.state != "escalated").correlate(screened)
    return (screened.survey_id == survey_id) & read


def seen_of(state: tables.CommentState | None) -> str:
    """What a form carries so that ``decide`` knows which state its sender saw."""
    return state.state_at.isoformat() if state else UNREAD


def decide(
    session: Session,
    *,
    comment: tables.ScreenedComment,
    decision: Decision,
    seen: str,
    by: str,
    at: datetime.datetime,
) -> tables.CommentState:
    """Keep what ``by`` makes of the comment; the first decision is also its first reading.

    ActedMeanwhile where its state is no longer the one that was ``seen``.
    """
    state = session.get(tables.CommentState, comment.ref, with_for_update=True, populate_existing=True)
    if seen_of(state) != seen:
        raise ActedMeanwhile(state)
    if state is None:
        return _first_decision(session, comment, decision, by, at)
    state.state, state.owner, state.reference = decision.state, decision.owner, decision.reference
    state.level, state.state_at, state.state_by = comment.level, at, by
    session.flush()
    return state


def mark_read(
    session: Session, *, comment: tables.ScreenedComment, seen: str, by: str, at: datetime.datetime
) -> tables.CommentState:
    """Somebody has read it and is not done with it, or takes it back from where it was. Its owner stays."""
    return _decide_keeping(session, comment, "read", seen, by, at)


def no_action(
    session: Session, *, comment: tables.ScreenedComment, seen: str, by: str, at: datetime.datetime
) -> tables.CommentState:
    """Somebody has read it and found nothing to act on."""
    return decide(session, comment=comment, decision=Decision("no action"), seen=seen, by=by, at=at)


def escalate(
    session: Session,
    *,
    comment: tables.ScreenedComment,
    owner: str,
    reference: str,
    seen: str,
    by: str,
    at: datetime.datetime,
) -> tables.CommentState:
    """It is passed on to ``owner``, and from now on nobody codes, searches, quotes or exports it."""
    decision = Decision("escalated", owner, reference)
    return decide(session, comment=comment, decision=decision, seen=seen, by=by, at=at)


def hand_over(
    session: Session, *, comment: tables.ScreenedComment, owner: str, seen: str, by: str, at: datetime.datetime
) -> tables.CommentState:
    """``owner`` deals with it from now on; its state stays, and one that nobody has read is read."""
    state = session.get(tables.CommentState, comment.ref)
    decision = Decision(_state_of(state), owner, state.reference if state else "")
    return decide(session, comment=comment, decision=decision, seen=seen, by=by, at=at)


def no_action_on_all(
    session: Session,
    *,
    survey: tables.Survey,
    refs: Collection[bytes],
    levels: Sequence[str],
    by: str,
    at: datetime.datetime,
) -> int:
    """Of these comments, those of ``levels`` that nobody has read: read now, with nothing to act on. How many.

    ``take_back`` with the same moment makes them new again.
    """
    screened, state = tables.ScreenedComment, tables.CommentState
    unread = session.scalars(
        select(screened).where(
            screened.survey_id == survey.id,
            screened.ref.in_(refs),
            screened.level.in_(levels),
            ~exists().where(state.ref == screened.ref),
        )
    ).all()
    for comment in unread:
        _first_decision(session, comment, Decision("no action"), by, at)
    return len(unread)


def take_back(session: Session, *, survey: tables.Survey, by: str, at: datetime.datetime) -> int:
    """Undo what ``no_action_on_all`` did at that moment, except where somebody has acted since; how many."""
    state = tables.CommentState
    gone = session.execute(
        delete(state)
        .where(
            state.survey_id == survey.id,
            state.state == "no action",
            state.state_by == by,
            state.state_at == at,
            state.read_at == at,
        )
        .returning(state.ref)
    ).all()
    return len(gone)


def raised_comments(*, survey_id: int) -> ColumnElement[bool]:
    """The WHERE clause for ``tables.ScreenedComment`` that later rules take for possible harm, and that were put aside
    when they stood lower."""
    screened, state = tables.ScreenedComment, tables.CommentState
    aside = exists().where(state.ref == screened.ref, state.state == "no action", state.level.not_in(("harm", "")))
    aside = aside.correlate(screened)
    return (screened.survey_id == survey_id) & (screened.level == "harm") & aside


def _decide_keeping(
    session: Session, comment: tables.ScreenedComment, to: State, seen: str, by: str, at: datetime.datetime
) -> tables.CommentState:
    state = session.get(tables.CommentState, comment.ref)
    decision = Decision(to, state.owner if state else "", state.reference if state else "")
    return decide(session, comment=comment, decision=decision, seen=seen, by=by, at=at)


def _state_of(state: tables.CommentState | None) -> State:
    return next((one for one in STATES if state and one == state.state), "read")


def _first_decision(
    session: Session, comment: tables.ScreenedComment, decision: Decision, by: str, at: datetime.datetime
) -> tables.CommentState:
    state = tables.CommentState(
        ref=comment.ref,
        survey_id=comment.survey_id,
        organisation_id=comment.organisation_id,
        state=decision.state,
        owner=decision.owner,
        reference=decision.reference,
        level=comment.level,
        read_at=at,
        read_by=by,
        state_at=at,
        state_by=by,
    )
    try:
        with session.begin_nested():
            session.add(state)
            session.flush()
    except IntegrityError:
        # Two people pressed their buttons at the same moment, and the other one was first.
        met = session.get(tables.CommentState, comment.ref, populate_existing=True)
        raise ActedMeanwhile(met) from None
    return state
