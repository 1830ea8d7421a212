"""Collectors: one way in each, known by the short code on its poster."""

from __future__ import annotations

import datetime
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from surveys.audiences import find_audience
from surveys.designing import find_design
from surveys.publishing import current_version as current_version_of_survey
from surveys.publishing import is_published, load_version
from surveys.short_codes import new_code, normalise
from surveys.storage import tables

LONGEST_NAME = 200
LONGEST_PLACE = 500
LONGEST_CHANNEL = 100


class CollectorNotFound(LookupError):
    """No collector has this code."""


@dataclass(frozen=True, slots=True)
class ResolvedCollector:
    """A collector as a respondent's request needs it, with its survey's dates and the version that people get now.

    It has a survey's dates, so ``survey_status`` and ``accepts_answers`` take it. A stopped collector closes when it
    was stopped or when its survey closes, whichever is earlier.
    """

    id: int
    code: str
    survey_id: int
    organisation_id: int
    slug: str
    name: str
    place: str
    audience_id: str
    channel: str
    language: str | None
    opens_at: datetime.datetime | None
    closes_at: datetime.datetime | None
    withdrawn_at: datetime.datetime | None
    version_id: int


def normalise_place(path: str) -> str:
    """A place as "Alliance / Place / Provider / Site": parts stripped, empty ones dropped. ValueError when too long."""
    parts = [" ".join(part.split()) for part in path.split("/")]
    place = " / ".join(part for part in parts if part)
    if len(place) > LONGEST_PLACE:
        raise ValueError(f"a place has at most {LONGEST_PLACE} characters")
    return place


def add_collector(
    session: Session,
    *,
    survey: tables.Survey,
    name: str,
    place: str = "",
    audience: str = "patients",
    channel: str = "",
    language: str | None = None,
    at: datetime.datetime,
    by: str,
) -> tables.Collector:
    """A new collector with a code that was never given before; the survey may be published later.

    AudienceNotFound for an unknown audience; ValueError for an empty name, a place that is too long or a language that
    neither the survey's version nor its design has; LookupError while there is neither.
    """
    collector = tables.Collector(
        survey_id=survey.id,
        organisation_id=survey.organisation_id,
        code=_unused_code(session),
        name=normalise_name(name),
        place=normalise_place(place),
        audience_id=find_audience(session, audience_id=audience).id,
        channel=normalise_channel(channel),
        language=checked_language(session, survey=survey, language=language),
        created_on=at.date(),
    )
    session.add(collector)
    session.flush()
    return collector


def normalise_name(name: str) -> str:
    """A collector's name on one line. ValueError when it is empty or too long."""
    name = " ".join(name.split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise ValueError(f"a collector needs a name of at most {LONGEST_NAME} characters")
    return name


def normalise_channel(channel: str) -> str:
    """A channel on one line. ValueError when it is too long."""
    channel = " ".join(channel.split())
    if len(channel) > LONGEST_CHANNEL:
        raise ValueError(f"a channel has at most {LONGEST_CHANNEL} characters")
    return channel


def languages_of_survey(session: Session, *, survey: tables.Survey) -> tuple[str, ...]:
    """Every language of the version that people get now and of the design, the survey's own first.

    LookupError for a survey that has neither.
    """
    found: dict[str, None] = {}
    if is_published(session, survey=survey):
        version = load_version(session, current_version_of_survey(session, survey=survey).id)
        found |= dict.fromkeys((version.language, *version.languages))
    design = find_design(session, survey=survey)
    if design is not None:
        found |= dict.fromkeys((design.questionnaire.language, *design.questionnaire.languages))
    if not found:
        raise LookupError(f"the survey {survey.slug!r} has neither a design nor a published version")
    return tuple(found)


def checked_language(session: Session, *, survey: tables.Survey, language: str | None) -> str | None:
    """The language where the survey has it. ValueError with the survey's languages where not; LookupError as above."""
    offered = languages_of_survey(session, survey=survey)
    if language is not None and language not in offered:
        raise ValueError(f"the survey is not in {language!r}; it is in {', '.join(offered)}")
    return language


def find_collector(session: Session, *, code: str) -> tables.Collector:
    """The collector with this code, however it is typed. Raises CollectorNotFound."""
    wanted = normalise(code).code
    collector = wanted and session.scalar(select(tables.Collector).where(tables.Collector.code == wanted))
    if not collector:
        raise CollectorNotFound(f"there is no collector with the code {code!r}")
    return collector


def collectors_of(session: Session, *, survey: tables.Survey) -> list[tables.Collector]:
    """The survey's collectors, oldest first."""
    collector = tables.Collector
    return list(session.scalars(select(collector).where(collector.survey_id == survey.id).order_by(collector.id)))


def stop_collector(session: Session, *, collector: tables.Collector, at: datetime.datetime, by: str) -> None:
    """Close this one way in; answers begun before are accepted for 24 hours. Its code is never given again."""
    if collector.stopped_at is None:
        collector.stopped_at = at
        session.flush()


def restart_collector(session: Session, *, collector: tables.Collector, at: datetime.datetime, by: str) -> None:
    """Open a way in again that was stopped, under the same code and for the same place."""
    collector.stopped_at = None
    session.flush()


def current_version(session: Session, collector: tables.Collector) -> tables.QuestionnaireVersion:
    """The version that people at this collector get now."""
    return current_version_of_survey(session, survey=collector.survey)


_newest_publication = (
    select(func.max(tables.Publication.id))
    .where(tables.Publication.survey_id == tables.Survey.id)
    .correlate(tables.Survey)
    .scalar_subquery()
)
_resolving = (
    select(
        tables.Collector.id,
        tables.Collector.code,
        tables.Collector.survey_id,
        tables.Collector.organisation_id,
        tables.Survey.slug,
        tables.Collector.name,
        tables.Collector.place,
        tables.Collector.audience_id,
        tables.Collector.channel,
        tables.Collector.language,
        tables.Survey.opens_at,
        tables.Survey.closes_at,
        tables.Collector.stopped_at,
        tables.Survey.withdrawn_at,
        tables.Publication.version_id,
    )
    .join(tables.Survey, tables.Survey.id == tables.Collector.survey_id)
    .join(tables.Publication, tables.Publication.id == _newest_publication)
    .where(tables.Collector.code == bindparam("code"))
)


def resolve_code(session: Session, text: str) -> ResolvedCollector | None:
    """The collector whose code was typed, or None. One indexed query."""
    code = normalise(text).code
    if code is None:
        return None
    row = session.connection().execute(_resolving, {"code": code}).one_or_none()
    if row is None:
        return None
    facts = dict(row._mapping)
    ends = [moment for moment in (facts["closes_at"], facts.pop("stopped_at")) if moment is not None]
    facts["closes_at"] = min(ends, default=None)
    return ResolvedCollector(**facts)


@dataclass(frozen=True, slots=True)
class UnopenedCollector:
    """A collector of a survey that was never published. ``language`` is the collector's own, else the design's."""

    code: str
    language: str


def unopened_collector(session: Session, text: str) -> UnopenedCollector | None:
    """The collector whose code was typed where its survey was never published; None for any other text.

    Only for codes that ``resolve_code`` does not know, so that nobody waits for it who can answer.
    """
    code = normalise(text).code
    collector = code and session.scalar(select(tables.Collector).where(tables.Collector.code == code))
    if not collector or is_published(session, survey=collector.survey):
        return None
    return UnopenedCollector(
        collector.code, collector.language or languages_of_survey(session, survey=collector.survey)[0]
    )


class RecentCollectors:
    """Collectors resolved in this process within the last ``seconds``.

    The dates are kept, not the status, so opening and closing take effect to the second; withdrawing, stopping, new
    dates and a newly published version are seen after ``seconds`` at the latest. Unknown codes are not kept.
    """

    def __init__(
        self,
        reading: Callable[[], AbstractContextManager[Session]],
        *,
        seconds: float = 2.0,
        most: int = 1000,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._reading = reading
        self._seconds = seconds
        self._most = most
        self._clock = clock
        self._known: dict[str, tuple[float, ResolvedCollector]] = {}
        self._lock = threading.Lock()

    def resolve(self, text: str) -> ResolvedCollector | None:
        """As ``resolve_code``; a transaction is opened only when nothing recent is known."""
        code = normalise(text).code
        if code is None:
            return None
        now = self._clock()
        recent = self._known.get(code)
        if recent is not None and now - recent[0] < self._seconds:
            return recent[1]
        with self._reading() as session:
            collector = resolve_code(session, code)
        with self._lock:
            if len(self._known) >= self._most:
                self._known.clear()
            if collector is None:
                self._known.pop(code, None)
            else:
                self._known[code] = (now, collector)
        return collector


def _unused_code(session: Session) -> str:
    """Codes of stopped collectors stay taken: an old poster must never lead to another survey."""
    for _ in range(100):
        code = new_code()
        if session.scalar(select(tables.Collector.id).where(tables.Collector.code == code)) is None:
            return code
    raise RuntimeError("no unused short code was found in 100 tries")
