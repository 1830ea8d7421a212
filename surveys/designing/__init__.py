"""A survey's design: the questionnaire on which officers work, kept revision by revision until it is published.

Whoever saves says which revision they saw. A change of another part is put on top of what others did meanwhile; a
change of the same part is refused with both, so that nobody's words are lost.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from surveys.editions import with_sources_noted
from surveys.preparation import Acceptance, Edition, OutOfDate, Preparation, from_record, to_record
from surveys.publishing import DEFAULT_TIME_ZONE, current_version, load_version
from surveys.questionnaire import Questionnaire
from surveys.questionnaire_file import canonical_json, from_document
from surveys.storage import tables

__all__ = [
    "Acceptance",
    "Content",
    "Design",
    "EditedMeanwhile",
    "Edition",
    "NothingToUndo",
    "OutOfDate",
    "Preparation",
    "designs_at",
    "ensure_design",
    "find_design",
    "new_design",
    "revisions_of",
    "save_design",
    "undo_change",
]

REVISIONS_KEPT = 300


@dataclass(frozen=True, slots=True)
class Content:
    """What a revision holds."""

    questionnaire: Questionnaire
    preparation: Preparation


@dataclass(frozen=True, slots=True)
class Design:
    """A survey's design at one revision, with who made it and their change in words.

    ``before``: the revision that undoing would bring back; ``undoes``: the change that it would take back, in words,
    None where there is nothing to undo.
    """

    survey_id: int
    revision: int
    before: int | None
    content: Content
    change: str
    changed_at: datetime.datetime
    changed_by: str
    undoes: str | None = None

    @property
    def questionnaire(self) -> Questionnaire:
        """The questionnaire, in which texts may be blank."""
        return self.content.questionnaire

    @property
    def preparation(self) -> Preparation:
        """What is decided beside it."""
        return self.content.preparation


class EditedMeanwhile(Exception):
    """Somebody else changed the same part since it was read; ``design`` is as it stands now, and nothing was saved."""

    def __init__(self, design: Design) -> None:
        super().__init__(f"revision {design.revision} by {design.changed_by} changed the same part")
        self.design = design


class NothingToUndo(LookupError):
    """The design has no earlier revision."""


def new_design(
    session: Session,
    *,
    organisation: tables.Organisation,
    questionnaire: Questionnaire,
    preparation: Preparation | None = None,
    change: str = "Survey begun",
    at: datetime.datetime,
    by: str,
) -> Design:
    """A new survey of the organisation with its first revision.

    The questionnaire's slug is made unused in the whole installation by a number at its end, because addresses and
    commands know a survey by its slug alone.
    """
    questionnaire = replace(questionnaire, slug=_unused_slug(session, questionnaire.slug))
    survey = tables.Survey(organisation_id=organisation.id, slug=questionnaire.slug, created_at=at)
    session.add(survey)
    session.flush()
    content = Content(questionnaire, preparation or Preparation())
    return _add(session, survey, content, revision=1, before=None, change=change, at=at, by=by)


def find_design(session: Session, *, survey: tables.Survey, revision: int | None = None) -> Design | None:
    """The design as it is now, or at one revision; None where the survey has none or that one is no longer kept."""
    row = tables.DesignRevision
    query = select(row).where(row.survey_id == survey.id)
    query = query.order_by(row.revision.desc()).limit(1) if revision is None else query.where(row.revision == revision)
    found = session.scalar(query)
    return _design(session, found) if found is not None else None


def ensure_design(
    session: Session,
    *,
    survey: tables.Survey,
    at: datetime.datetime,
    by: str,
    time_zone: str = DEFAULT_TIME_ZONE,
) -> Design:
    """The survey's design; one that was published from a file gets one that begins with its current version.

    Its dates are the survey's own, as days in ``time_zone``.
    """
    found = find_design(session, survey=survey)
    if found is not None:
        return found
    zone, second = ZoneInfo(time_zone), datetime.timedelta(seconds=1)
    dates = Preparation(
        opens_on=survey.opens_at and survey.opens_at.astimezone(zone).date(),
        closes_on=survey.closes_at and (survey.closes_at - second).astimezone(zone).date(),
    )
    content = Content(load_version(session, current_version(session, survey=survey).id), dates)
    return _add(session, survey, content, revision=1, before=None, change="Taken from the file", at=at, by=by)


def save_design(
    session: Session,
    *,
    survey: tables.Survey,
    seen: int,
    part: Callable[[Content], object],
    change: Callable[[Content], Content],
    says: str,
    at: datetime.datetime,
    by: str,
) -> Design:
    """The design after ``change``, as a new revision; the same one where the change changes nothing.

    ``seen`` is the revision that the person saw, ``part`` gives whatever of the content they saw and changed. Raises
    EditedMeanwhile where that part is another one by now, or where the seen revision is no longer kept. ``part`` and
    ``change`` may raise LookupError where the part is gone. ``says`` names the change, at most 200 characters.
    """
    _lock(session, survey)
    now = find_design(session, survey=survey)
    if now is None:
        raise LookupError(f"the survey {survey.slug!r} has no design")
    content = change(now.content)
    if content == now.content:
        # Also where the part was changed meanwhile: to the same, often by the same person's script.
        return now
    if seen != now.revision:
        then = find_design(session, survey=survey, revision=seen)
        if then is None or part(then.content) != part(now.content):
            raise EditedMeanwhile(now)
    return _add(
        session, survey, content, revision=now.revision + 1, before=now.revision, change=says[:200], at=at, by=by
    )


def undo_change(session: Session, *, survey: tables.Survey, seen: int, at: datetime.datetime, by: str) -> Design:
    """The design without its last change, as a new revision; undoing again goes further back.

    ``seen`` is the revision whose last change the person saw. Raises EditedMeanwhile where it is another one by now,
    so that nobody undoes what they never saw, and NothingToUndo.
    """
    _lock(session, survey)
    now = find_design(session, survey=survey)
    target = now and now.undoes and find_design(session, survey=survey, revision=now.before)
    if not now or not target:
        raise NothingToUndo(survey.slug)
    if now.revision != seen:
        raise EditedMeanwhile(now)
    return _add(
        session,
        survey,
        target.content,
        revision=now.revision + 1,
        before=target.before,
        change=f"Undone: {now.undoes}"[:200],
        at=at,
        by=by,
    )


def revisions_of(session: Session, *, survey: tables.Survey, most: int = 30) -> list[Design]:
    """The latest revisions, newest first."""
    row = tables.DesignRevision
    query = select(row).where(row.survey_id == survey.id).order_by(row.revision.desc()).limit(most)
    return [_read(found) for found in session.scalars(query)]


def designs_at(session: Session, *, survey: tables.Survey, revisions: Collection[int]) -> dict[int, Design]:
    """The design at each of these revisions that is still kept."""
    row = tables.DesignRevision
    query = select(row).where(row.survey_id == survey.id, row.revision.in_(revisions))
    return {found.revision: _read(found) for found in session.scalars(query)} if revisions else {}


def _add(
    session: Session,
    survey: tables.Survey,
    content: Content,
    *,
    revision: int,
    before: int | None,
    change: str,
    at: datetime.datetime,
    by: str,
) -> Design:
    # Wherever a translation came from, it is known from then on which words it was made from.
    preparation = with_sources_noted(content.questionnaire, content.preparation)
    row = tables.DesignRevision(
        survey_id=survey.id,
        revision=revision,
        organisation_id=survey.organisation_id,
        before=before,
        document=canonical_json(content.questionnaire),
        preparation=to_record(preparation),
        change=change,
        changed_at=at,
        changed_by=by,
    )
    session.add(row)
    old = tables.DesignRevision
    # What somebody put their name to is kept, so that it can be compared with the design as it is.
    signed = select(tables.SignOff.revision).where(tables.SignOff.survey_id == survey.id)
    session.execute(
        delete(old).where(
            old.survey_id == survey.id, old.revision <= revision - REVISIONS_KEPT, old.revision.not_in(signed)
        )
    )
    session.flush()
    return _design(session, row)


def _design(session: Session, row: tables.DesignRevision) -> Design:
    return replace(_read(row), undoes=_change_to_undo(session, row))


def _read(row: tables.DesignRevision) -> Design:
    content = Content(from_document(json.loads(row.document), blanks=True), from_record(row.preparation))
    return Design(row.survey_id, row.revision, row.before, content, row.change, row.changed_at, row.changed_by)


def _change_to_undo(session: Session, now: tables.DesignRevision) -> str | None:
    """The change that followed the revision to be brought back; None where that one is no longer kept.

    Only a saved change follows another revision directly: where something was undone, ``before`` lies further back.
    """
    if now.before is None or now.before <= now.revision - REVISIONS_KEPT:
        return None
    row = tables.DesignRevision
    query = select(row.change).where(row.survey_id == now.survey_id, row.revision == now.before + 1)
    return now.change if now.before + 1 == now.revision else session.scalar(query)


def _lock(session: Session, survey: tables.Survey) -> None:
    """Two people who save at once take turns; on SQLite every writer does."""
    session.execute(select(tables.Survey.id).where(tables.Survey.id == survey.id).with_for_update())


def _unused_slug(session: Session, wanted: str) -> str:
    taken = set(session.scalars(select(tables.Survey.slug).where(func.lower(tables.Survey.slug).startswith(wanted))))
    number, slug = 1, wanted
    while slug in taken:
        number += 1
        slug = f"{wanted[:55]}-{number}"
    return slug
