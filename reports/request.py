"""The one way to the results of a survey, for commands, pages, documents and snapshots alike."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from reports.crossings import crossings_shown
from reports.disclosure import DisclosedResults, disclose
from reports.filtering import whole_weeks
from reports.published_counts import counts_given
from reports.results import Computed, compute_results
from reports.tabulation import Filters, Shown
from reports.waves import change_over_waves
from surveys.publishing import find_survey, load_version, versions_of
from surveys.questionnaire import Questionnaire
from surveys.storage import tables


@dataclass(frozen=True, slots=True)
class GivenOut:
    """Results for somebody's eyes, and the counts to store with them so that later ones can be judged by them. None of
    those that are stored already and where nothing was shown; of demonstrations, behind which nobody stands, only where
    fields are crossed that were not before."""

    results: DisclosedResults
    counts: tuple[tables.PublishedCounts, ...]


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
    ``filters`` are widened to whole weeks, and to more of them where few people answered. Raises SurveyNotFound, and
    RequestRefused: UnknownField and UnknownVersion for what is not there, FilterRefused where filters keep or leave out
    too few people, WaitForMore where too few came since results were last given out.
    """
    return results_to_give_out(session, slug=slug, organisation=organisation, filters=filters, at=at).results


def results_to_give_out(
    session: Session,
    *,
    slug: str,
    organisation: str | None = None,
    filters: Filters | None = None,
    at: datetime.datetime,
) -> GivenOut:
    """As ``disclosed_results``, with the counts to be stored by whoever gives them out: those of earlier waves too."""
    kept: list[tables.PublishedCounts] = []

    def disclosed(survey: tables.Survey, filters: Filters) -> DisclosedResults:
        computed = compute_results(session, survey=survey, filters=filters, at=at)
        results = disclose(computed)
        counts = _counts(computed, survey, results)
        kept.extend([counts] if counts else [])
        return results

    survey = find_survey(session, slug=slug, organisation=organisation)
    results = disclosed(survey, whole_weeks(filters or Filters()))
    change = change_over_waves(session, survey=survey, results=results, disclosed=disclosed)
    return GivenOut(replace(results, change=change), tuple(kept))


def _counts(computed: Computed, survey: tables.Survey, results: DisclosedResults) -> tables.PublishedCounts | None:
    if not isinstance(results.everybody.responses, Shown):
        return None
    among = computed.kept.among if computed.kept else None
    crossed = crossings_shown(computed.survey, among=among, by=computed.split)
    # Nobody comes to a demonstration, but what is crossed there later is judged beside what was crossed before.
    if results.demonstration and {one.field for one in crossed} <= set(computed.crossed):
        return None
    return counts_given(
        computed.survey,
        row=survey,
        fingerprint=results.data_fingerprint,
        crossed=crossed,
        before=computed.given,
        at=results.generated_at,
    )


def reported_questionnaire(
    session: Session, *, slug: str, organisation: str | None = None, results: DisclosedResults
) -> Questionnaire:
    """The newest of the versions that results are about, with the words for them. SurveyNotFound as above."""
    survey = find_survey(session, slug=slug, organisation=organisation)
    number = results.versions[-1]
    return next(
        load_version(session, version.id) for version in versions_of(session, survey=survey) if version.number == number
    )
