"""The responses that one set of results is about, with everything that they can be split by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from reports.matrix import Matrix, read_matrix
from surveys.publishing import current_version, load_layout, load_version, versions_of
from surveys.questionnaire import Questionnaire
from surveys.storage import tables

AUDIENCE_ORDER = ("patients", "carers", "public", "staff", "primary_care", "partners")
"""The shipped audiences in the order of print; others follow by their ids."""


class RequestRefused(ValueError):
    """Results cannot be given as asked for; the message says why and what to do."""


class UnknownVersion(RequestRefused):
    """The survey has no such version; the message lists those that it has."""


@dataclass(frozen=True, slots=True)
class People:
    """Responses to all minor versions of one major version; ``questionnaire`` is the newest of them.

    ``other_versions`` are numbers of versions that these results leave out because their meaning differs.
    """

    questionnaire: Questionnaire
    matrix: Matrix
    collectors: Mapping[int, tables.Collector]
    audiences: Mapping[str, tables.Audience]
    version_numbers: Mapping[int, str]
    other_versions: tuple[str, ...]
    audience_ids: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        present = {collector.audience_id for collector in self.collectors.values()}
        first = [audience for audience in AUDIENCE_ORDER if audience in present]
        object.__setattr__(self, "audience_ids", (*first, *sorted(present.difference(first))))


def read_people(session: Session, *, survey: tables.Survey, version: str | None = None) -> People:
    """All responses of the major version that people get now, or of the one that ``version`` names (1 or 1.2).

    Raises UnknownVersion; LookupError for a survey that was never published.
    """
    published = versions_of(session, survey=survey)
    major = current_version(session, survey=survey).major
    if version is not None:
        named = [one.major for one in published if version in (one.number, str(one.major))]
        if not named:
            known = ", ".join(one.number for one in published)
            raise UnknownVersion(f"there is no version {version!r} of {survey.slug}; it has {known}")
        major = named[0]
    pooled = [one for one in published if one.major == major]
    collectors = session.scalars(select(tables.Collector).where(tables.Collector.survey_id == survey.id))
    return People(
        questionnaire=load_version(session, pooled[-1].id),
        matrix=read_matrix(
            session,
            survey_id=survey.id,
            layouts={one.id: load_layout(session, one.id) for one in pooled},
            newest=pooled[-1].id,
        ),
        collectors={collector.id: collector for collector in collectors},
        audiences={audience.id: audience for audience in session.scalars(select(tables.Audience))},
        version_numbers={one.id: one.number for one in pooled},
        other_versions=tuple(one.number for one in published if one.major != major),
    )
