"""The one way to the results of a survey, for commands, pages, documents and snapshots alike."""

from __future__ import annotations

import datetime

from sqlalchemy.orm import Session

from reports.disclosure import DisclosedResults, disclose
from reports.filtering import whole_weeks
from reports.results import compute_results
from reports.tabulation import Filters
from surveys.publishing import find_survey


def disclosed_results(
    session: Session, *, slug: str, filters: Filters | None = None, at: datetime.datetime
) -> DisclosedResults:
    """All figures of a survey after disclosure control; ``at`` is the moment that they are dated with.

    Dates in ``filters`` are widened to whole weeks. Raises SurveyNotFound; UnknownField and UnknownVersion for what is
    not there; FilterRefused where filters leave over too few people; ValueError where dates are the wrong way round.
    """
    survey = find_survey(session, slug=slug)
    return disclose(compute_results(session, survey=survey, filters=whole_weeks(filters or Filters()), at=at))
