"""Working out a survey's results once, for its own people and for every organisation that sees its own places alone."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from engage.insight.page_document import page_document
from engage.insight.report_waiting import is_a_few_more
from engage.insight.snapshots import newest_snapshot
from engage.queue.work import JobRefused
from reports.disclosure import DisclosedResults
from reports.own_places import own_results
from reports.people import RequestRefused
from reports.request import reported_questionnaire, results_to_give_out
from reports.results_json import filters_to_json
from reports.results_snapshot import results_from_snapshot, snapshot_of
from surveys.publishing import find_survey
from surveys.questionnaire import Questionnaire
from surveys.sharing import readers_of_own_places
from surveys.storage import tables


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """The survey's own results, and the rows to store with them: its snapshot, those of readers, and the counts that
    later results are judged by. None is stored yet."""

    results: DisclosedResults
    questionnaire: Questionnaire
    snapshots: tuple[tables.ResultsSnapshot | tables.PublishedCounts, ...]


def work_out(session: Session, *, slug: str, owner: tables.Organisation, at: datetime.datetime) -> WorkedOut:
    """All from one reading transaction, so that a reader's total is the one that the survey's own report shows.

    JobRefused where results cannot be given, or have to wait for more answers.
    """
    survey = find_survey(session, slug=slug, organisation=owner.slug)
    try:
        given = results_to_give_out(session, slug=slug, organisation=owner.slug, at=at)
    except RequestRefused as refused:
        raise JobRefused(f"{str(refused)[:1].upper()}{str(refused)[1:]}.") from refused
    results = given.results
    questionnaire = reported_questionnaire(session, slug=slug, organisation=owner.slug, results=results)
    seen = ((owner.id, results), *_readers_results(session, survey, at))
    snapshots = (_snapshot(survey.id, reader_id, shown, questionnaire, at) for reader_id, shown in seen)
    return WorkedOut(results, questionnaire, (*snapshots, *given.counts))


def _readers_results(
    session: Session, survey: tables.Survey, at: datetime.datetime
) -> Iterator[tuple[int, DisclosedResults]]:
    """What each organisation that may see its own places alone is shown anew, by its id."""
    readers = readers_of_own_places(session, survey=survey)
    if not readers:
        return
    for reader, now in zip(readers, own_results(session, survey=survey, readers=readers, at=at), strict=True):
        former = newest_snapshot(session, survey=survey, reader_id=reader.organisation_id)
        try:
            before = results_from_snapshot(former.document["results"]) if former else None
        except ValueError:
            before = None
        if before is None or now.demonstration or not is_a_few_more(before, now):
            yield reader.organisation_id, now


def _snapshot(
    survey_id: int, reader_id: int, results: DisclosedResults, questionnaire: Questionnaire, at: datetime.datetime
) -> tables.ResultsSnapshot:
    return tables.ResultsSnapshot(
        survey_id=survey_id,
        organisation_id=reader_id,
        filters=filters_to_json(results.filters),
        document={"results": snapshot_of(results), "page": page_document(results, questionnaire)},
        made_at=at,
    )
