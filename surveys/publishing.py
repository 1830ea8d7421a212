"""Turning a valid questionnaire into an immutable numbered version, and finding it again.

A survey's status follows from its dates. The latest act of publishing says which version people get; those who are
part-way stay on the version that they began.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import threading
from dataclasses import dataclass
from typing import Literal, Protocol
from weakref import WeakKeyDictionary
from zoneinfo import ZoneInfo

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session
from sqlalchemy.pool import Pool

from surveys.answers import Layout, layout_from_json, layout_of, layout_to_json
from surveys.meaning import changes_of_meaning
from surveys.questionnaire import Questionnaire
from surveys.questionnaire_file import canonical_json, from_document
from surveys.questionnaire_rules import check_rules
from surveys.storage import tables
from surveys.storage.engine import is_for_writing

GRACE = datetime.timedelta(hours=24)
"""Answers that were begun before a survey closed are accepted for this long after it."""

DEFAULT_TIME_ZONE = "Europe/London"

Status = Literal["not_yet_open", "open", "closed", "withdrawn"]


_IS_PUBLISHED = exists().where(tables.Publication.survey_id == tables.Survey.id).correlate(tables.Survey)


class SurveyNotFound(LookupError):
    """No survey has this slug; the message lists those that exist."""


class AmbiguousSurvey(SurveyNotFound):
    """Several organisations have a survey with this slug; the message lists them."""


class NotPublishable(ValueError):
    """The questionnaire breaks a rule or the dates do not fit together; the message says which."""


class Dated(Protocol):
    """Whatever has a survey's dates."""

    @property
    def opens_at(self) -> datetime.datetime | None: ...
    @property
    def closes_at(self) -> datetime.datetime | None: ...
    @property
    def withdrawn_at(self) -> datetime.datetime | None: ...


@dataclass(frozen=True, slots=True)
class PublishedVersion:
    """What publishing gave: ``version`` is MAJOR.MINOR; ``created`` False where the same content was published before.

    ``changes`` names the parts of the file whose meaning differs from the version before.
    """

    id: int
    slug: str
    version: str
    created: bool
    changes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LoadedVersion:
    """A published version as it is kept in memory."""

    survey_id: int
    questionnaire: Questionnaire
    layout: Layout


# A published version never changes, so it is read once per process and database. The pool stands for the database,
# because reading and writing engines share it.
_loaded: WeakKeyDictionary[Pool, dict[int, LoadedVersion]] = WeakKeyDictionary()
_loading = threading.Lock()


def publish(
    session: Session,
    *,
    organisation: tables.Organisation,
    questionnaire: Questionnaire,
    at: datetime.datetime,
    by: str,
    opens: datetime.date | None = None,
    closes: datetime.date | None = None,
    same_meaning: bool = False,
    time_zone: str = DEFAULT_TIME_ZONE,
) -> PublishedVersion:
    """Make the questionnaire the version that people get from now on.

    The same content twice is the same version. Ids, kinds, scales and routing as in the version before, together with
    ``same_meaning``, make a minor version, anything else a major one. ``opens`` and ``closes`` are the first and the
    last day in ``time_zone``; None leaves the survey's date as it is. Raises NotPublishable.
    """
    faults = check_rules(questionnaire)
    if faults:
        raise NotPublishable("; ".join(message for _, message in faults))
    survey = _survey_for(session, organisation, questionnaire.slug, at)
    _set_dates(survey, opens, closes, ZoneInfo(time_zone))
    document = canonical_json(questionnaire)
    digest = content_hash(document)
    newest = session.scalar(_newest_version(survey.id))
    version = session.scalar(
        select(tables.QuestionnaireVersion).where(
            tables.QuestionnaireVersion.survey_id == survey.id, tables.QuestionnaireVersion.sha256 == digest
        )
    )
    created = version is None
    changes: tuple[str, ...] = ()
    if version is None:
        major, minor = 1, 0
        if newest is not None:
            changes = changes_of_meaning(_load(newest).questionnaire, questionnaire)
            major, minor = _next_number(session, newest, minor_edit=same_meaning and not changes)
        version = tables.QuestionnaireVersion(
            survey_id=survey.id,
            organisation_id=survey.organisation_id,
            major=major,
            minor=minor,
            sha256=digest,
            document=document,
            layout=layout_to_json(layout_of(questionnaire)),
            published_at=at,
            published_by=by,
        )
        session.add(version)
        session.flush()
    if newest is None or newest.id != version.id:
        session.add(
            tables.Publication(
                survey_id=survey.id, organisation_id=survey.organisation_id, version_id=version.id, at=at, by=by
            )
        )
    session.flush()
    return PublishedVersion(version.id, survey.slug, version.number, created, changes)


def content_hash(document: str) -> str:
    """SHA-256 of a version's canonical JSON, as 64 hexadecimal digits."""
    return hashlib.sha256(document.encode()).hexdigest()


def find_survey(session: Session, *, slug: str, organisation: str | None = None) -> tables.Survey:
    """The published survey with this slug, of the organisation with that slug. Raises SurveyNotFound.

    AmbiguousSurvey where several organisations have such a survey and none is named.
    """
    named = {of.slug: survey for survey, of in surveys_named(session, slug=slug)}
    if organisation is not None:
        wanted = organisation.strip().lower()
        named = {of: survey for of, survey in named.items() if of == wanted}
    if len(named) > 1:
        raise AmbiguousSurvey(
            f"several organisations have a survey {slug!r}: {', '.join(named)}; say which one with --organisation"
        )
    if not named:
        where = "" if organisation is None else f" of the organisation {organisation!r}"
        known = ", ".join(each.slug for each in list_surveys(session, organisation=organisation))
        raise SurveyNotFound(f"there is no survey {slug!r}{where}; " + (f"there are {known}" if known else "none yet"))
    return next(iter(named.values()))


def surveys_named(session: Session, *, slug: str) -> list[tuple[tables.Survey, tables.Organisation]]:
    """Every published survey with this slug, with the organisation that asks, by its name; mostly one, or none."""
    query = (
        select(tables.Survey, tables.Organisation)
        .join(tables.Organisation, tables.Organisation.id == tables.Survey.organisation_id)
        .where(tables.Survey.slug == slug.strip().lower(), _IS_PUBLISHED)
        .order_by(tables.Organisation.name, tables.Organisation.id)
    )
    return [(survey, of) for survey, of in session.execute(query)]


def list_surveys(session: Session, *, organisation: str | None = None) -> list[tables.Survey]:
    """All published surveys by slug, or those of the organisation with this slug."""
    query = select(tables.Survey).where(_IS_PUBLISHED).order_by(tables.Survey.slug, tables.Survey.id)
    if organisation is not None:
        of = select(tables.Organisation.id).where(tables.Organisation.slug == organisation.strip().lower())
        query = query.where(tables.Survey.organisation_id.in_(of))
    return list(session.scalars(query))


def is_published(session: Session, *, survey: tables.Survey) -> bool:
    """Whether the survey was ever published; until then it has a design and no version."""
    return bool(session.scalar(select(_IS_PUBLISHED).where(tables.Survey.id == survey.id)))


def versions_of(session: Session, *, survey: tables.Survey) -> list[tables.QuestionnaireVersion]:
    """The survey's published versions, oldest number first."""
    version = tables.QuestionnaireVersion
    return list(
        session.scalars(select(version).where(version.survey_id == survey.id).order_by(version.major, version.minor))
    )


def current_version(session: Session, *, survey: tables.Survey) -> tables.QuestionnaireVersion:
    """The version that people get now. LookupError for a survey that was never published."""
    version = session.scalar(_newest_version(survey.id))
    if version is None:
        raise LookupError(f"the survey {survey.slug!r} has no published version")
    return version


def load_version(session: Session, version_id: int) -> Questionnaire:
    """The questionnaire of a published version, kept in memory for ever. LookupError if there is no such version."""
    return loaded_version(session, version_id).questionnaire


def load_layout(session: Session, version_id: int) -> Layout:
    """The byte layout that a published version fixed, kept in memory for ever. LookupError as ``load_version``."""
    return loaded_version(session, version_id).layout


def loaded_version(session: Session, version_id: int) -> LoadedVersion:
    """A published version with its layout, kept in memory for ever. LookupError if there is no such version."""
    engine = session.get_bind().engine
    known = _loaded.get(engine.pool)
    if known is None:
        with _loading:
            known = _loaded.setdefault(engine.pool, {})
    loaded = known.get(version_id)
    if loaded is None:
        # What a writing transaction sees may be undone, and its id given to another version.
        known = session.info.setdefault("loaded_versions", {}) if is_for_writing(engine) else known
        loaded = known.get(version_id)
    if loaded is None:
        version = session.get(tables.QuestionnaireVersion, version_id)
        if version is None:
            raise LookupError(f"there is no published version with the id {version_id}")
        loaded = known[version_id] = _load(version)
    return loaded


def survey_status(survey: Dated, at: datetime.datetime) -> Status:
    """Where the survey stands at a moment; withdrawing wins over every date."""
    if survey.withdrawn_at is not None and survey.withdrawn_at <= at:
        return "withdrawn"
    if survey.opens_at is not None and at < survey.opens_at:
        return "not_yet_open"
    if survey.closes_at is not None and survey.closes_at <= at:
        return "closed"
    return "open"


def accepts_answers(survey: Dated, *, at: datetime.datetime, begun_at: datetime.datetime | None = None) -> bool:
    """Whether answers may be sent at a moment: while open, and for 24 hours after closing if begun before it."""
    status = survey_status(survey, at)
    if status != "closed" or survey.closes_at is None:
        return status == "open"
    return begun_at is not None and begun_at < survey.closes_at and at < survey.closes_at + GRACE


def _survey_for(session: Session, organisation: tables.Organisation, slug: str, at: datetime.datetime) -> tables.Survey:
    # The row is locked so that two people publishing at once get two numbers.
    wanted = select(tables.Survey).where(tables.Survey.organisation_id == organisation.id, tables.Survey.slug == slug)
    survey = session.scalar(wanted.with_for_update())
    if survey is None:
        survey = tables.Survey(organisation_id=organisation.id, slug=slug, created_at=at)
        session.add(survey)
        session.flush()
    return survey


def _set_dates(
    survey: tables.Survey, opens: datetime.date | None, closes: datetime.date | None, zone: ZoneInfo
) -> None:
    if opens is not None:
        survey.opens_at = midnight(opens, zone)
    if closes is not None:
        survey.closes_at = midnight(closes + datetime.timedelta(days=1), zone)
    if survey.opens_at is not None and survey.closes_at is not None and survey.closes_at <= survey.opens_at:
        raise NotPublishable(
            "the survey would close before it opens; it may close on the day on which it opens, or later"
        )


def midnight(day: datetime.date, zone: ZoneInfo) -> datetime.datetime:
    """The moment at which a day begins in a time zone."""
    return datetime.datetime.combine(day, datetime.time(), zone).astimezone(datetime.UTC)


def _newest_version(survey_id: int) -> Select[tables.QuestionnaireVersion]:
    return (
        select(tables.QuestionnaireVersion)
        .join(tables.Publication, tables.Publication.version_id == tables.QuestionnaireVersion.id)
        .where(tables.Publication.survey_id == survey_id)
        .order_by(tables.Publication.id.desc())
        .limit(1)
    )


def _next_number(session: Session, newest: tables.QuestionnaireVersion, *, minor_edit: bool) -> tuple[int, int]:
    version = tables.QuestionnaireVersion
    if minor_edit:
        same_major = (version.survey_id == newest.survey_id) & (version.major == newest.major)
        return newest.major, (session.scalar(select(func.max(version.minor)).where(same_major)) or 0) + 1
    highest = session.scalar(select(func.max(version.major)).where(version.survey_id == newest.survey_id)) or 0
    return highest + 1, 0


def _load(version: tables.QuestionnaireVersion) -> LoadedVersion:
    return LoadedVersion(
        version.survey_id, from_document(json.loads(version.document)), layout_from_json(version.layout)
    )
