"""Two reports must not differ by a few people."""

import datetime

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from engage.insight.working_out import work_out
from engage.queue.work import JobRefused
from reports.tabulation import Shown
from surveys.organisations import ensure_root
from surveys.storage import tables
from tests.factories import NOW, a_collector, a_questionnaire, a_response, a_survey

CLOSED = NOW + datetime.timedelta(days=30)


def survey_of(session: Session, **changes: bool) -> tables.Survey:
    return a_survey(session, a_questionnaire(**changes), closes=CLOSED.date() - datetime.timedelta(days=2))


def more(session: Session, survey: tables.Survey, people: int, **collector: str) -> None:
    there = a_collector(session, survey, **collector)
    for _ in range(people):
        a_response(session, there)


def report(session: Session, survey: tables.Survey, *, at: datetime.datetime = NOW) -> dict[str, float | None]:
    """What the job does about figures, without the files: numbers of people by place, and of everybody."""
    done = work_out(session, slug=survey.slug, owner=ensure_root(session), at=at)
    session.add_all(done.snapshots)
    session.flush()
    places = next(one for one in done.results.who_answered if one.field == "place")
    counts = {"everybody": done.results.everybody.responses, **places.counts}
    return {name: figure.value if isinstance(figure, Shown) else None for name, figure in counts.items()}


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
        assert report(session, survey)["everybody"] == 30 + people


def test_a_last_report_after_closing_must_not_show_what_the_last_few_said(session: Session) -> None:
    survey = survey_of(session)
    more(session, survey, 30)
    report(session, survey)
    more(session, survey, 3)
    with pytest.raises(JobRefused, match="what was given out before is its last report"):
        report(session, survey, at=CLOSED)


def test_places_where_few_more_answered_are_hidden_and_the_total_is_not(session: Session) -> None:
    survey = survey_of(session)
    for place, people in (("North", 40), ("South", 30), ("West", 20)):
        more(session, survey, people, place=place)
    assert report(session, survey) == {"everybody": 90, "North": 40, "South": 30, "West": 20}
    more(session, survey, 12, place="North")
    more(session, survey, 2, place="South")
    more(session, survey, 10, place="West")
    assert report(session, survey) == {"everybody": 114, "North": 52, "South": None, "West": None}


def test_what_stayed_the_same_at_a_place_may_be_shown_again(session: Session) -> None:
    survey = survey_of(session)
    for place in ("North", "South"):
        more(session, survey, 30, place=place)
    report(session, survey)
    more(session, survey, 10, place="North")
    assert report(session, survey) == {"everybody": 70, "North": 40, "South": 30}


def test_every_earlier_report_counts_and_not_the_last_alone(session: Session) -> None:
    """South is hidden in the second report; the third would show its 5 more people since the first."""
    survey = survey_of(session)
    for place in ("North", "South", "West"):
        more(session, survey, 30, place=place)
    report(session, survey)
    for place, people in (("North", 20), ("South", 5), ("West", 20)):
        more(session, survey, people, place=place)
    assert report(session, survey)["South"] is None
    more(session, survey, 20, place="North")
    assert report(session, survey)["South"] is None


def test_a_demonstration_never_waits(session: Session) -> None:
    survey = survey_of(session, demonstration=True)
    more(session, survey, 30)
    report(session, survey)
    more(session, survey, 1)
    assert report(session, survey)["everybody"] == 31
    assert session.scalars(select(tables.PublishedCounts)).all() == []


def test_answers_that_were_removed_count_like_answers_that_came(session: Session) -> None:
    survey = survey_of(session)
    more(session, survey, 40)
    report(session, survey)
    keys = session.scalars(select(tables.Response.key)).all()
    session.execute(delete(tables.Response).where(tables.Response.key.in_(keys[:2])))
    with pytest.raises(JobRefused, match="or were removed"):
        report(session, survey)
    session.execute(delete(tables.Response).where(tables.Response.key.in_(keys[2:10])))
    assert report(session, survey)["everybody"] == 30


def test_a_report_of_too_few_people_showed_nothing_that_could_be_compared(session: Session) -> None:
    survey = survey_of(session)
    more(session, survey, 5)
    assert report(session, survey)["everybody"] is None
    more(session, survey, 7)
    assert report(session, survey)["everybody"] == 12


def test_the_same_answers_are_counted_once_however_often_they_are_given_out(session: Session) -> None:
    survey = survey_of(session)
    more(session, survey, 30)
    for _ in range(3):
        report(session, survey)
    (kept,) = session.scalars(select(tables.PublishedCounts)).all()
    assert len(str(kept.counts)) < 10_000
