"""When people can answer: new dates, closing, reopening, withdrawing, and the plan that keeps in step."""

from __future__ import annotations

import datetime

import pytest

from engage.unit_of_work import Database
from surveys.closing import (
    NothingToDo,
    change_dates,
    close_survey,
    first_and_last_day,
    put_back_survey,
    reopen_survey,
    withdraw_survey,
)
from surveys.designing import ensure_design, find_design
from surveys.publishing import NotPublishable, accepts_answers, survey_status
from tests.factories import NOW, TODAY, a_survey

BY = "publisher@example.org"
LATER = TODAY + datetime.timedelta(days=30)


def test_a_closed_survey_takes_what_was_begun_for_a_day_and_opens_again(database: Database) -> None:
    with database.writing() as session:
        survey = a_survey(session)
        close_survey(session, survey=survey, at=NOW, by=BY)
        assert survey_status(survey, NOW) == "closed"
        begun = NOW - datetime.timedelta(hours=1)
        assert accepts_answers(survey, at=NOW + datetime.timedelta(hours=1), begun_at=begun)
        assert first_and_last_day(survey) == (None, TODAY)
        with pytest.raises(NothingToDo):
            close_survey(session, survey=survey, at=NOW, by=BY)
        with pytest.raises(NotPublishable, match="past"):
            reopen_survey(session, survey=survey, closes=TODAY - datetime.timedelta(days=1), at=NOW, by=BY)
        reopen_survey(session, survey=survey, closes=LATER, at=NOW, by=BY)
        assert survey_status(survey, NOW) == "open"
        assert first_and_last_day(survey) == (None, LATER)
        with pytest.raises(NothingToDo):
            reopen_survey(session, survey=survey, closes=LATER, at=NOW, by=BY)


def test_a_survey_may_close_on_the_day_on_which_it_opens_again(database: Database) -> None:
    with database.writing() as session:
        survey = a_survey(session)
        close_survey(session, survey=survey, at=NOW, by=BY)
        reopen_survey(session, survey=survey, closes=TODAY, at=NOW, by=BY)
        assert survey_status(survey, NOW) == "open"


def test_withdrawing_wins_over_dates_and_can_be_taken_back(database: Database) -> None:
    with database.writing() as session:
        survey = a_survey(session)
        with pytest.raises(NothingToDo):
            put_back_survey(session, survey=survey)
        withdraw_survey(session, survey=survey, at=NOW)
        assert not accepts_answers(survey, at=NOW, begun_at=NOW - datetime.timedelta(minutes=1))
        for act in (withdraw_survey, close_survey):
            with pytest.raises(NothingToDo):
                act(session, survey=survey, at=NOW, **({"by": BY} if act is close_survey else {}))  # type: ignore[operator]  # Two functions of unlike arguments.
        put_back_survey(session, survey=survey)
        assert survey_status(survey, NOW) == "open"


def test_the_planned_last_day_keeps_in_step(database: Database) -> None:
    with database.writing() as session:
        survey = a_survey(session)
        ensure_design(session, survey=survey, at=NOW, by=BY)
        for closes in (TODAY, LATER):
            if closes == TODAY:
                close_survey(session, survey=survey, at=NOW, by=BY)
            else:
                reopen_survey(session, survey=survey, closes=closes, at=NOW, by=BY)
            design = find_design(session, survey=survey)
            assert design
            assert design.preparation.closes_on == closes


def test_dates_change_exactly_and_cannot_be_turned_round(database: Database) -> None:
    with database.writing() as session:
        survey = a_survey(session, opens=TODAY, closes=LATER)
        change_dates(session, survey=survey, opens=None, closes=LATER)
        assert first_and_last_day(survey) == (None, LATER)
        with pytest.raises(NotPublishable):
            change_dates(session, survey=survey, opens=LATER, closes=TODAY)
        assert first_and_last_day(survey) == (None, LATER)
