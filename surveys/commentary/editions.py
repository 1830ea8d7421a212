"""Keeping the editions of a commentary: finding, saving and moving them from state to state.

Nobody writes over what somebody else wrote, only a draft can be written in, and what is final stays as it is.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.commentary.merging import merge, seen_from
from surveys.commentary.texts import Texts, from_record, to_record, too_long
from surveys.storage import tables

State = Literal["draft", "for_comment", "final"]
STATES: tuple[State, ...] = get_args(State)
_NEXT: dict[State, tuple[State, ...]] = {
    "draft": ("for_comment",),
    "for_comment": ("draft", "final"),
    "final": (),
}


@dataclass(frozen=True, slots=True)
class StateChange:
    """Which state an edition got, when, and from whom: their e-mail address, and their name where it is known."""

    state: State
    at: datetime.datetime
    by: str
    name: str

    @property
    def person(self) -> str:
        """As it is printed."""
        return self.name or self.by


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition as it is stored. ``row_version`` grows with every change; ``history`` begins with the first draft."""

    survey_id: int
    number: int
    texts: Texts
    row_version: int
    changed_at: datetime.datetime
    changed_by: str
    history: tuple[StateChange, ...]

    @property
    def state(self) -> State:
        """Its state now."""
        return self.history[-1].state

    @property
    def stands_since(self) -> StateChange:
        """When and by whom it got its state."""
        return self.history[-1]

    def after(self, change: StateChange) -> Edition:
        """The edition as it reads after one more change of its state; nothing is stored."""
        return replace(self, history=(*self.history, change))


class WrittenMeanwhile(Exception):
    """Somebody else wrote in the same ``parts``; ``edition`` is as it stands, and nothing was saved."""

    def __init__(self, edition: Edition, parts: tuple[str, ...]) -> None:
        super().__init__(f"{edition.changed_by} wrote in {', '.join(parts)} meanwhile")
        self.edition, self.parts = edition, parts


class NotPossible(ValueError):
    """The edition cannot be written in or moved as asked; the message says why."""


def newest_edition(session: Session, *, survey: tables.Survey) -> Edition | None:
    """The newest edition of the survey's commentary; None before anybody has written anything."""
    row = _newest_row(session, survey)
    return _read(row) if row else None


def editions_of(session: Session, *, survey: tables.Survey) -> tuple[Edition, ...]:
    """Every edition, newest first."""
    row = tables.Commentary
    found = session.scalars(select(row).where(row.survey_id == survey.id).order_by(row.edition.desc()))
    return tuple(_read(one) for one in found)


def save_texts(
    session: Session,
    *,
    survey: tables.Survey,
    texts: Texts,
    seen: str,
    by: str,
    name: str,
    on: datetime.date,
    at: datetime.datetime,
) -> Edition:
    """The newest edition with what ``texts`` changed since its parts were ``seen`` (``merging.seen_as``).

    The first saving begins the first edition. ``name`` (or ``by``) and ``on`` sign changed recommendations. Raises
    WrittenMeanwhile, NotPossible where the edition is no draft, and ValueError for what is longer than fits.
    """
    problems = too_long(texts)
    if problems:
        raise ValueError(next(iter(problems.values())))
    _lock(session, survey)
    row = _newest_row(session, survey)
    stored = _read(row).texts if row else Texts()
    merged = merge(stored=stored, mine=texts, seen=seen_from(seen), by=name or by, on=on)
    if row and merged.conflicts:
        raise WrittenMeanwhile(_read(row), merged.conflicts)
    if row is None:
        return _begin(session, survey, number=1, texts=merged.texts, by=by, name=name, at=at)
    if merged.texts == stored:
        return _read(row)
    if row.state != "draft":
        raise NotPossible(f"Edition {row.edition} is {row.state.replace('_', ' ')} and cannot be written in")
    row.document = {**row.document, **to_record(merged.texts)}
    return _changed(session, row, by, at)


def move_edition(
    session: Session,
    *,
    survey: tables.Survey,
    number: int,
    seen: int,
    to: State,
    by: str,
    name: str,
    at: datetime.datetime,
) -> Edition:
    """The edition in its next state. ``seen`` is the row version that the person saw.

    NotPossible for a step that does not exist, an older edition, or one that was changed since it was seen. Whether a
    commentary is whole enough to be final is judged by ``readiness.what_is_missing``, with the figures beside it.
    """
    _lock(session, survey)
    row = _newest_row(session, survey)
    if row is None or row.edition != number:
        raise NotPossible("There is a newer edition. Open the commentary again")
    edition = _read(row)
    if row.row_version != seen:
        raise NotPossible(f"{row.changed_by} changed the commentary meanwhile. Read it again, then decide")
    if to not in _NEXT[edition.state]:
        raise NotPossible(f"A commentary that is {row.state.replace('_', ' ')} cannot become {to.replace('_', ' ')}")
    row.document = {**row.document, "history": [*row.document["history"], _record_of(StateChange(to, at, by, name))]}
    row.state, row.state_at, row.state_by = to, at, by
    return _changed(session, row, by, at)


def begin_edition(session: Session, *, survey: tables.Survey, by: str, name: str, at: datetime.datetime) -> Edition:
    """A new draft that begins with what the final edition says. NotPossible where the newest is not final."""
    _lock(session, survey)
    row = _newest_row(session, survey)
    if row is None or row.state != "final":
        raise NotPossible("A new edition begins from a final one")
    edition = _read(row)
    return _begin(session, survey, number=edition.number + 1, texts=edition.texts, by=by, name=name, at=at)


def row_of(session: Session, *, survey: tables.Survey, number: int) -> tables.Commentary | None:
    """The row of one edition, for what is kept beside it."""
    row = tables.Commentary
    return session.scalar(select(row).where(row.survey_id == survey.id, row.edition == number))


def _newest_row(session: Session, survey: tables.Survey) -> tables.Commentary | None:
    row = tables.Commentary
    query = select(row).where(row.survey_id == survey.id).order_by(row.edition.desc()).limit(1)
    return session.scalar(query.execution_options(populate_existing=True))


def _begin(
    session: Session, survey: tables.Survey, *, number: int, texts: Texts, by: str, name: str, at: datetime.datetime
) -> Edition:
    row = tables.Commentary(
        survey_id=survey.id,
        organisation_id=survey.organisation_id,
        edition=number,
        state="draft",
        document={**to_record(texts), "history": [_record_of(StateChange("draft", at, by, name))]},
        row_version=1,
        changed_at=at,
        changed_by=by,
        state_at=at,
        state_by=by,
    )
    session.add(row)
    session.flush()
    return _read(row)


def _changed(session: Session, row: tables.Commentary, by: str, at: datetime.datetime) -> Edition:
    row.row_version += 1
    row.changed_at, row.changed_by = at, by
    session.flush()
    return _read(row)


def _read(row: tables.Commentary) -> Edition:
    return Edition(
        survey_id=row.survey_id,
        number=row.edition,
        texts=from_record(row.document),
        row_version=row.row_version,
        changed_at=row.changed_at,
        changed_by=row.changed_by,
        history=tuple(
            StateChange(one["state"], datetime.datetime.fromisoformat(one["at"]), one["by"], one["name"])
            for one in row.document["history"]
        ),
    )


def _record_of(change: StateChange) -> dict[str, Any]:
    return {"state": change.state, "at": change.at.isoformat(), "by": change.by, "name": change.name}


def _lock(session: Session, survey: tables.Survey) -> None:
    """Two people who save at once take turns; on SQLite every writer does."""
    session.execute(select(tables.Survey.id).where(tables.Survey.id == survey.id).with_for_update())
