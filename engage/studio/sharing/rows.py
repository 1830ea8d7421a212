"""What the pages of sharing read; every query is bound to one organisation's survey."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.designing import find_design
from surveys.preparation import Preparation
from surveys.publishing import current_version, is_published, load_version
from surveys.questionnaire import Questionnaire
from surveys.short_codes import normalise
from surveys.storage import tables


@dataclass(frozen=True, slots=True)
class Shared:
    """What is shared: the questionnaire that people get, or before it is published the one being designed."""

    questionnaire: Questionnaire
    preparation: Preparation
    is_published: bool

    @property
    def languages(self) -> tuple[str, ...]:
        """Every language of the questionnaire, its own first."""
        return tuple(dict.fromkeys((self.questionnaire.language, *self.questionnaire.languages)))

    @property
    def planned_audiences(self) -> dict[str, int]:
        """How many people of each audience are to be heard."""
        return dict(self.preparation.planned_audiences)

    @property
    def usual_audience(self) -> str:
        """Whom a code is for when nobody says so: the first audience that was planned, else patients."""
        return next((name for name, _ in self.preparation.planned_audiences), "patients")


def what_is_shared(session: Session, *, survey: tables.Survey) -> Shared:
    """The survey's questionnaire and preparation. LookupError for a survey that has neither design nor version."""
    design = find_design(session, survey=survey)
    preparation = design.preparation if design else Preparation()
    if is_published(session, survey=survey):
        version = load_version(session, current_version(session, survey=survey).id)
        return Shared(version, preparation, is_published=True)
    if design is None:
        raise LookupError(f"the survey {survey.slug!r} has neither a design nor a published version")
    return Shared(design.questionnaire, preparation, is_published=False)


def own_row(session: Session, *, survey: tables.Survey, code: str) -> tables.Collector | None:
    """The survey's collector with this code; None for another survey's as for none at all."""
    collector = tables.Collector
    return session.scalar(
        select(collector).where(collector.survey_id == survey.id, collector.code == normalise(code).code)
    )


def newest_printing(session: Session, *, survey: tables.Survey) -> tables.Job | None:
    """The survey's newest job of printing."""
    job = tables.Job
    query = select(job).where(
        job.organisation_id == survey.organisation_id,
        job.kind == "printing",
        job.parameters["survey"].as_string() == survey.slug,
    )
    return session.scalar(query.order_by(job.id.desc()).limit(1))
