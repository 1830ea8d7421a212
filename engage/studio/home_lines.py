"""The list of surveys on the first page, read in the same few queries however many surveys there are."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, ScalarSelect, case, func, or_, select
from sqlalchemy.orm import Session

from engage.studio.overview import UNTITLED, SurveyStatus
from surveys.comments.counting import WaitingComments, waiting_comments
from surveys.editions import edition_status, further_languages
from surveys.preparation import from_record
from surveys.publishing import survey_status
from surveys.questionnaire_file import from_document
from surveys.storage import tables

SILENT_DAYS = 3
"""After so many days without an answer a live survey needs a look: a poster may have come down."""


@dataclass(frozen=True, slots=True)
class HomeLine:
    """One survey: ``closes_on`` is the last day for answers, planned or set; ``attention`` says what needs a person."""

    slug: str
    title: str
    status: SurveyStatus
    demonstration: bool
    closes_on: datetime.date | None
    today: int
    responses: int
    attention: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SharedLine:
    """A survey of another organisation whose results may be read here."""

    slug: str
    title: str
    owner_slug: str
    owner: str


@dataclass(frozen=True, slots=True)
class _Counted:
    """Answers of one survey, with the day of the last one."""

    responses: int = 0
    today: int = 0
    last_on: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class _Waiting:
    """By survey: collectors that take answers, readers' notes that nobody has settled, and comments nobody has read
    (none where whoever looks does not read them)."""

    places: Mapping[int, int]
    notes: Mapping[int, int]
    comments: Mapping[int, WaitingComments]


def home_lines(
    session: Session, *, organisation_id: int, at: datetime.datetime, zone: ZoneInfo, sorts_comments: bool
) -> list[HomeLine]:
    """The organisation's surveys, newest first; with comments to read for whoever ``sorts_comments``. Eight queries."""
    today = at.astimezone(zone).date()
    counted = _counted(session, organisation_id, today)
    waiting = _Waiting(
        _open_places(session, organisation_id),
        _open_notes(session, organisation_id),
        waiting_comments(session, organisation_id=organisation_id, today=today) if sorts_comments else {},
    )
    designs = _newest_designs(session, organisation_id)
    return [
        _line(row, designs.get(row.Survey.id), counted.get(row.Survey.id, _Counted()), waiting, at, zone)
        for row in _surveys(session, organisation_id)
    ]


def draft_lines(session: Session, *, organisation_id: int) -> list[tuple[str, str]]:
    """Slug and title of each survey that was not published yet, newest first: what a patient partner may read."""
    designs = _newest_designs(session, organisation_id)
    return [
        (row.Survey.slug, _title(json.loads(designs[row.Survey.id].document)))
        for row in _surveys(session, organisation_id)
        if row.document is None and row.Survey.id in designs
    ]


def shared_lines(session: Session, *, organisation_id: int) -> list[SharedLine]:
    """The published surveys whose results other organisations share with this one now, by owner. One query."""
    survey, owner, version = tables.Survey, tables.Organisation, tables.QuestionnaireVersion
    agreement, publication = tables.SharingAgreement, tables.Publication
    query = (
        select(survey.slug, owner.slug, owner.name, version.document)
        .join(agreement, agreement.survey_id == survey.id)
        .join(owner, owner.id == agreement.organisation_id)
        .join(publication, publication.id == _newest_publication())
        .join(version, version.id == publication.version_id)
        .where(agreement.reader_id == organisation_id, agreement.ended_at.is_(None))
        .order_by(owner.name, survey.id.desc())
    )
    return [
        SharedLine(slug, _title(json.loads(document)), owner_slug, name)
        for slug, owner_slug, name, document in session.execute(query)
    ]


def survey_titles(session: Session, *, organisation_id: int) -> list[tuple[str, str]]:
    """Slug and title of each of the organisation's surveys, newest first."""
    designs = _newest_designs(session, organisation_id)
    return [
        (row.Survey.slug, _title(json.loads(document)))
        for row in _surveys(session, organisation_id)
        if (document := designs[row.Survey.id].document if row.Survey.id in designs else row.document)
    ]


def _line(
    row: Row[Any],
    design: Row[Any] | None,
    counted: _Counted,
    waiting: _Waiting,
    at: datetime.datetime,
    zone: ZoneInfo,
) -> HomeLine:
    survey: tables.Survey = row.Survey
    held = json.loads(row.document or (design.document if design else "{}"))
    status: SurveyStatus = survey_status(survey, at) if row.document else "draft"
    behind = _languages_behind(design) if design and held.get("languages") else 0
    return HomeLine(
        slug=survey.slug,
        title=_title(held),
        status=status,
        demonstration=bool(held.get("demonstration")),
        closes_on=_closes_on(survey, status, design, zone),
        today=counted.today,
        responses=counted.responses,
        attention=tuple(_attention(survey, status, counted, waiting, behind, row.published_at, at.astimezone(zone))),
    )


def _attention(
    survey: tables.Survey,
    status: SurveyStatus,
    counted: _Counted,
    waiting: _Waiting,
    behind: int,
    published_at: datetime.datetime | None,
    now: datetime.datetime,
) -> Iterator[str]:
    if comments := waiting.comments.get(survey.id):
        yield from comments.in_words()
    if notes := waiting.notes.get(survey.id, 0):
        yield f"{notes} {'note' if notes == 1 else 'notes'} from readers"
    if behind:
        yield "1 language is not ready" if behind == 1 else f"{behind} languages are not ready"
    if status != "open":
        return
    if not waiting.places.get(survey.id):
        yield "No place to answer yet"
        return
    begun = max((moment for moment in (survey.opens_at, published_at) if moment is not None), default=None)
    since = counted.last_on or (begun.astimezone(now.tzinfo).date() if begun else now.date())
    if (days := (now.date() - since).days) >= SILENT_DAYS:
        yield f"No answers for {days} days" if counted.responses else f"No answers yet after {days} days"


def _languages_behind(design: Row[Any]) -> int:
    """How many further languages of the design have a text that is missing or out of date."""
    questionnaire, preparation = (
        from_document(json.loads(design.document), blanks=True),
        from_record(design.preparation),
    )
    return sum(
        not edition_status(questionnaire, preparation.edition(code)).is_whole
        for code in further_languages(questionnaire)
    )


def _closes_on(
    survey: tables.Survey, status: SurveyStatus, design: Row[Any] | None, zone: ZoneInfo
) -> datetime.date | None:
    if survey.closes_at is not None:
        return (survey.closes_at - datetime.timedelta(seconds=1)).astimezone(zone).date()
    planned = design.preparation.get("closes_on") if design and status == "draft" else None
    return datetime.date.fromisoformat(planned) if planned else None


def _title(held: Mapping[str, Any]) -> str:
    title: str = held.get("title", {}).get(held.get("language"), "")
    return title or UNTITLED


def _surveys(session: Session, organisation_id: int) -> list[Row[Any]]:
    """(Survey, document, published_at) of each survey; the last two are None for one that was never published."""
    survey, publication, version = tables.Survey, tables.Publication, tables.QuestionnaireVersion
    query = (
        select(survey, version.document, publication.at.label("published_at"))
        .outerjoin(publication, publication.id == _newest_publication())
        .outerjoin(version, version.id == publication.version_id)
        .where(survey.organisation_id == organisation_id)
        .order_by(survey.created_at.desc(), survey.id.desc())
    )
    return list(session.execute(query))


def _newest_publication() -> ScalarSelect[int]:
    publication, survey = tables.Publication, tables.Survey
    newest = select(func.max(publication.id)).where(publication.survey_id == survey.id)
    return newest.correlate(survey).scalar_subquery()


def _newest_designs(session: Session, organisation_id: int) -> dict[int, Row[Any]]:
    """The design of each survey as it is now: its document and its preparation."""
    design = tables.DesignRevision
    newest = (
        select(design.survey_id, func.max(design.revision).label("revision"))
        .where(design.organisation_id == organisation_id)
        .group_by(design.survey_id)
        .subquery()
    )
    query = select(design.survey_id, design.document, design.preparation).join(
        newest, (newest.c.survey_id == design.survey_id) & (newest.c.revision == design.revision)
    )
    return {row.survey_id: row for row in session.execute(query)}


def _counted(session: Session, organisation_id: int, today: datetime.date) -> dict[int, _Counted]:
    """Answers by survey, without those of imports that are not complete."""
    response, batch = tables.Response, tables.ImportBatch
    own = select(tables.Survey.id).where(tables.Survey.organisation_id == organisation_id)
    hidden = select(batch.id).where(batch.organisation_id == organisation_id, batch.completed_at.is_(None))
    query = (
        select(
            response.survey_id,
            func.count().label("responses"),
            func.sum(case((response.submitted_on == today, 1), else_=0)).label("today"),
            func.max(response.submitted_on).label("last_on"),
        )
        .where(response.survey_id.in_(own), or_(response.batch_id.is_(None), response.batch_id.not_in(hidden)))
        .group_by(response.survey_id)
    )
    return {row.survey_id: _Counted(row.responses, row.today, row.last_on) for row in session.execute(query)}


def _open_places(session: Session, organisation_id: int) -> dict[int, int]:
    collector = tables.Collector
    query = select(collector.survey_id, func.count()).group_by(collector.survey_id)
    mine = query.where(collector.organisation_id == organisation_id, collector.stopped_at.is_(None))
    return {row[0]: row[1] for row in session.execute(mine)}


def _open_notes(session: Session, organisation_id: int) -> dict[int, int]:
    note = tables.ReaderNote
    query = select(note.survey_id, func.count()).group_by(note.survey_id)
    mine = query.where(note.organisation_id == organisation_id, note.settled_at.is_(None))
    return {row[0]: row[1] for row in session.execute(mine)}
