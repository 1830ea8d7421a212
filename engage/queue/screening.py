"""Screening by a worker: new comments every minute, and all of a survey's where somebody asks for it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from itertools import chain

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from engage.queue import jobs
from engage.queue.work import JobRefused
from engage.request_log import log_fault
from engage.settings import Settings
from engage.studio.overview import own_survey
from engage.unit_of_work import Database
from surveys.comments.counting import count_unscreened, unscreened_surveys
from surveys.comments.screening import (
    Found,
    count_outdated,
    find_new,
    find_outdated,
    keep_again,
    keep_new,
    outdated_surveys,
)
from surveys.storage import tables

AT_ONCE = 500
"""Comments in one transaction."""
LONGEST = 40.0
"""Seconds for one run of the clock every minute, so that the next one finds it done."""
LONGEST_AGAIN = 1_200.0
"""Seconds for one run of the clock every hour."""


def screen_waiting(database: Database, *, seconds: float = LONGEST) -> int:
    """Screen what no screening has seen, for about so long; how many comments.

    Each batch is kept in a short transaction of its own. What the rules fail on is logged without its words, and waits.
    """
    with database.reading() as session:
        survey_ids = unscreened_surveys(session)
    return _for_a_while(survey_ids, lambda survey_id: _screen_new(database, survey_id), seconds)


def screen_outdated(database: Database, *, seconds: float = LONGEST_AGAIN) -> int:
    """As ``screen_waiting``, for comments that were screened under other rules than those in force."""
    with database.reading() as session:
        survey_ids = outdated_surveys(session)
    return _for_a_while(survey_ids, lambda survey_id: _screen_again(database, survey_id), seconds)


def screen_survey(settings: Settings, database: Database, job: tables.Job) -> None:
    """The job: every comment of the survey that the rules in force have not seen. It stops where somebody stops it."""
    with database.reading() as session:
        survey = own_survey(session, organisation_id=job.organisation_id, slug=str(job.parameters["survey"]))
        if survey is None:
            raise JobRefused("The survey does not exist any more.")
        survey_id = survey.id
        number = count_unscreened(session, survey=survey) + count_outdated(session, survey=survey)
    done = 0
    for batch in chain(_screen_new(database, survey_id), _screen_again(database, survey_id)):
        done += batch
        with database.writing() as session:
            if jobs.is_over(session, job_id=job.id):
                raise JobRefused(jobs.STOPPED)
            jobs.note_progress(session, job_id=job.id, progress=done / max(number, 1))


def _for_a_while(survey_ids: list[int], screening: Callable[[int], Iterator[int]], seconds: float) -> int:
    until, done = time.monotonic() + seconds, 0
    for survey_id in survey_ids:
        for number in screening(survey_id):
            done += number
            if time.monotonic() > until:
                return done
    return done


def _screen_new(database: Database, survey_id: int) -> Iterator[int]:
    """How many comments of each batch were screened."""
    after = (b"", "")
    while True:
        with database.reading() as session:
            survey = session.get_one(tables.Survey, survey_id)
            batch = find_new(session, survey=survey, after=after, most=AT_ONCE, on_fault=log_fault)
        if batch.end is None:
            return
        yield _kept(database, keep_new, batch.found)
        after = batch.end


def _screen_again(database: Database, survey_id: int) -> Iterator[int]:
    after = b""
    while True:
        with database.reading() as session:
            survey = session.get_one(tables.Survey, survey_id)
            batch = find_outdated(session, survey=survey, after=after, most=AT_ONCE, on_fault=log_fault)
        if batch.end is None:
            return
        yield _kept(database, keep_again, batch.found)
        after = batch.end


def _kept(database: Database, keep: Callable[[Session, Sequence[Found]], int], found: Sequence[Found]) -> int:
    try:
        with database.writing() as session:
            return keep(session, found)
    except IntegrityError:
        # Another worker kept some of them at the same moment, or somebody removed one; the next run sees what is left.
        return 0
