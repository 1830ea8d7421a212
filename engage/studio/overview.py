"""What the pages of the studio show about surveys and collectors; every query is bound to one organisation."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveys.collecting import visible_responses
from surveys.collectors import collectors_of
from surveys.publishing import Status, current_version, load_version, survey_status
from surveys.short_codes import normalise
from surveys.storage import tables


@dataclass(frozen=True, slots=True)
class SurveyLine:
    """A survey in a list. ``closes_at`` is the first moment at which it is closed."""

    slug: str
    title: str
    status: Status
    demonstration: bool
    responses: int
    collectors: int
    closes_at: datetime.datetime | None


@dataclass(frozen=True, slots=True)
class CollectorLine:
    """A collector with the number of answers that came in through it."""

    code: str
    name: str
    place: str
    audience: str
    channel: str
    stopped: bool
    responses: int


def own_surveys(session: Session, *, organisation_id: int) -> list[tables.Survey]:
    """The organisation's surveys, newest first."""
    survey = tables.Survey
    query = select(survey).where(survey.organisation_id == organisation_id)
    return list(session.scalars(query.order_by(survey.created_at.desc(), survey.id.desc())))


def own_survey(session: Session, *, organisation_id: int, slug: str) -> tables.Survey | None:
    """The organisation's survey with this slug; None for another organisation's as for none at all."""
    survey = tables.Survey
    return session.scalar(select(survey).where(survey.organisation_id == organisation_id, survey.slug == slug))


def own_collector(session: Session, *, organisation_id: int, code: str) -> tables.Collector | None:
    """The organisation's collector with this code; None for another organisation's as for none at all."""
    wanted = normalise(code).code
    collector = tables.Collector
    return session.scalar(
        select(collector).where(collector.organisation_id == organisation_id, collector.code == wanted)
    )


def survey_line(session: Session, *, survey: tables.Survey, at: datetime.datetime) -> SurveyLine:
    """The survey as a list shows it, with its title in its own language."""
    questionnaire = load_version(session, current_version(session, survey=survey).id)
    per_collector = responses_per_collector(session, survey=survey)
    return SurveyLine(
        slug=survey.slug,
        title=questionnaire.title.in_language(questionnaire.language),
        status=survey_status(survey, at),
        demonstration=questionnaire.demonstration,
        responses=sum(per_collector.values()),
        collectors=len(collectors_of(session, survey=survey)),
        closes_at=survey.closes_at,
    )


def collector_lines(session: Session, *, survey: tables.Survey) -> list[CollectorLine]:
    """The survey's collectors, oldest first."""
    labels = {row.id: row.label for row in session.scalars(select(tables.Audience))}
    per_collector = responses_per_collector(session, survey=survey)
    return [
        CollectorLine(
            code=collector.code,
            name=collector.name,
            place=collector.place,
            audience=labels.get(collector.audience_id, collector.audience_id),
            channel=collector.channel,
            stopped=collector.stopped_at is not None,
            responses=per_collector.get(collector.id, 0),
        )
        for collector in collectors_of(session, survey=survey)
    ]


def responses_per_collector(session: Session, *, survey: tables.Survey) -> dict[int, int]:
    """How many responses came in through each collector; collectors without any are left out."""
    response = tables.Response
    counted = (
        select(response.collector_id, func.count().label("responses"))
        .where(visible_responses(session, survey_id=survey.id))
        .group_by(response.collector_id)
    )
    return {row.collector_id: row.responses for row in session.execute(counted)}
