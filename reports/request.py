"""The one way to the results of a survey, for commands, pages, documents and snapshots alike."""

from __future__ import annotations

import datetime
from dataclasses import replace

from sqlalchemy.orm import Session

from reports.disclosure import DisclosedResults, disclose
from reports.filtering import whole_weeks
from reports.results import compute_results
from reports.tabulation import Filters
from reports.waves import change_over_waves
from surveys.publishing import find_survey, load_version, versions_of
from surveys.questionnaire import Questionnaire
from surveys.storage import tables


def disclosed_results(
    session: Session,
    *,
    slug: str,
    organisation: str | None = None,
    filters: Filters | None = None,
    at: datetime.datetime,
) -> DisclosedResults:
    """All figures of a survey after disclosure control; ``at`` is the moment that they are dated with.

    ``organisation`` is the slug of whose survey it is, needed where several have one of this name. Dates in
    ``filters`` are widened to whole weeks. Raises SurveyNotFound, and RequestRefused: UnknownField and UnknownVersion
    for what is not there, FilterRefused where filters keep or leave out too few people.
    """

    def disclosed(survey: tables.Survey, filters: Filters) -> DisclosedResults:
        return disclose(compute_results(session, survey=survey, filters=filters, at=at))

    survey = find_survey(session, slug=slug, organisation=organisation)
    results = disclosed(survey, whole_weeks(filters or Filters()))
    change = change_over_waves(session, survey=survey, results=results, disclosed=disclosed)
    return replace(results, change=change)


def reported_questionnaire(
    session: Session, *, slug: str, organisation: str | None = None, results: DisclosedResults
) -> Questionnaire:
    """The newest of the versions that results are about, with the words for them. SurveyNotFound as above."""
    survey = find_survey(session, slug=slug, organisation=organisation)
    number = results.versions[-1]
    return next(
        load_version(session, version.id) for version in versions_of(session, survey=survey) if version.number == number
    )
