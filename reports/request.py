"""The one way to the results of a survey, for commands, pages, documents and snapshots alike."""

from __future__ import annotations

import datetime

from sqlalchemy.orm import Session

from reports.disclosure import DisclosedResults, disclose
from reports.filtering import whole_weeks
from reports.results import compute_results
from reports.tabulation import Filters
from surveys.publishing import find_survey, load_version, versions_of
from surveys.questionnaire import Questionnaire


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
    survey = find_survey(session, slug=slug, organisation=organisation)
    return disclose(compute_results(session, survey=survey, filters=whole_weeks(filters or Filters()), at=at))


def reported_questionnaire(
    session: Session, *, slug: str, organisation: str | None = None, results: DisclosedResults
) -> Questionnaire:
    """The newest of the versions that results are about, with the words for them. SurveyNotFound as above."""
    survey = find_survey(session, slug=slug, organisation=organisation)
    number = results.versions[-1]
    return next(
        load_version(session, version.id) for version in versions_of(session, survey=survey) if version.number == number
    )
