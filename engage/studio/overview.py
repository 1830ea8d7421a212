"""What the pages of the studio show about surveys and collectors; every query is bound to one organisation."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveys.collecting import visible_responses
from surveys.collectors import collectors_of
from surveys.designing import find_design
from surveys.publishing import Status, current_version, is_published, load_version, survey_status
from surveys.questionnaire import Questionnaire
from surveys.short_codes import normalise
from surveys.storage import tables

UNTITLED = "Survey without a title"

SurveyStatus = Status | Literal["draft"]
"""A survey that was never published is a draft."""


@dataclass(frozen=True, slots=True)
class SurveyLine:
    """A survey at the head of its pages. ``closes_at`` is the first moment at which it is closed."""

    slug: str
    title: str
    status: SurveyStatus
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
    """The survey with its title in its own language: as it is published, or as it is being designed before that."""
    published = is_published(session, survey=survey)
    questionnaire = _questionnaire(session, survey, published)
    per_collector = responses_per_collector(session, survey=survey)
    title = questionnaire.title.in_language(questionnaire.language) if questionnaire else ""
    return SurveyLine(
        slug=survey.slug,
        title=title or UNTITLED,
        status=survey_status(survey, at) if published else "draft",
        demonstration=bool(questionnaire and questionnaire.demonstration),
        responses=sum(per_collector.values()),
        collectors=len(collectors_of(session, survey=survey)),
        closes_at=survey.closes_at,
    )


def _questionnaire(session: Session, survey: tables.Survey, published: bool) -> Questionnaire | None:
    if published:
        return load_version(session, current_version(session, survey=survey).id)
    design = find_design(session, survey=survey)
    return design.questionnaire if design else None


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
