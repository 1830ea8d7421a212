"""Two reports must not differ by a few people."""

import datetime

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from engage.insight.report_waiting import refuse_a_few_more
from engage.queue.work import JobRefused
from reports.request import disclosed_results
from reports.results_snapshot import snapshot_of
from surveys.storage import tables
from tests.factories import NOW, a_collector, a_questionnaire, a_response, a_survey

CLOSED = NOW + datetime.timedelta(days=30)


def survey_of(session: Session, **changes: bool) -> tables.Survey:
    return a_survey(session, a_questionnaire(**changes), closes=CLOSED.date() - datetime.timedelta(days=2))


def more(session: Session, survey: tables.Survey, people: int) -> None:
    collector = a_collector(session, survey)
    for _ in range(people):
        a_response(session, collector)


def report(session: Session, survey: tables.Survey, *, at: datetime.datetime = NOW) -> None:
    """What the job does about figures, without the files."""
    results = disclosed_results(session, slug=survey.slug, at=at)
    refuse_a_few_more(session, survey=survey, results=results, at=at)
    session.add(
        tables.ResultsSnapshot(
            survey_id=survey.id,
            organisation_id=survey.organisation_id,
            filters={},
            document={"results": snapshot_of(results), "page": {}},
            made_at=at,
        )
    )
    session.flush()


@pytest.mark.parametrize(("people", "refused"), [(0, False), (1, True), (9, True), (10, False)])
def test_a_few_more_people_must_wait(session: Session, people: int, refused: bool) -> None:
    survey = survey_of(session)
    more(session, survey, 30)
    report(session, survey)
    more(session, survey, people)
    if refused:
        with pytest.raises(JobRefused, match="Fewer than 10 more people"):
            report(session, survey)
    else:
        report(session, survey)


def test_the_last_report_after_closing_holds_everybody(session: Session) -> None:
    survey = survey_of(session)
    more(session, survey, 30)
    report(session, survey)
    more(session, survey, 3)
    report(session, survey, at=CLOSED)


def test_a_demonstration_never_waits(session: Session) -> None:
    survey = survey_of(session, demonstration=True)
    more(session, survey, 30)
    report(session, survey)
    more(session, survey, 1)
    report(session, survey)


def test_removing_an_answer_does_not_wait(session: Session) -> None:
    survey = survey_of(session)
    more(session, survey, 30)
    report(session, survey)
    key = session.scalars(select(tables.Response.key)).first()
    session.execute(delete(tables.Response).where(tables.Response.key == key))
    report(session, survey)


def test_a_report_of_too_few_people_showed_nothing_that_could_be_compared(session: Session) -> None:
    survey = survey_of(session)
    more(session, survey, 5)
    report(session, survey)
    more(session, survey, 7)
    report(session, survey)


def test_a_snapshot_of_an_earlier_version_does_not_stand_in_the_way(session: Session) -> None:
    survey = survey_of(session)
    more(session, survey, 30)
    report(session, survey)
    session.scalars(select(tables.ResultsSnapshot)).one().document = {"results": {"is": "Unknown"}, "page": {}}
    more(session, survey, 1)
    report(session, survey)
