"""What the worker does by the clock: picking up lost jobs, screening comments, deleting what is past its date,
rewriting closed days.
"""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy import select

from engage import clock
from engage.queue import jobs, result_files
from engage.queue.broker import send
from engage.queue.digests import send_digests
from engage.queue.screening import screen_outdated, screen_waiting
from engage.queue.work import open_database_once
from engage.settings import Settings
from surveys.retention import RetentionCounts, rewrite_in_key_order, run_retention
from surveys.storage import tables

# A message normally arrives within a second; a job that waited this long was never sent or was lost on the way.
LOST_AFTER = datetime.timedelta(minutes=2)
PRINTED_KEPT = datetime.timedelta(days=7)
REPORTS_KEPT = datetime.timedelta(days=365)


def sweep(settings: Settings, *, alone: bool = False) -> None:
    """Close jobs that were interrupted and send those again that nobody started.

    ``alone``: this worker is the only one and has just started, so nothing is being done and nothing is on its way.
    """
    at = clock.now()
    with open_database_once(settings).writing() as session:
        closed = jobs.fail_interrupted(session, started_before=at if alone else at - jobs.STALE_AFTER, at=at)
        lost = jobs.waiting(session, asked_before=at if alone else at - LOST_AFTER)
    for job_id in lost:
        send(settings, job_id)
    if closed or lost:
        structlog.get_logger().info("jobs swept", closed=closed, sent_again=len(lost))


def purge(settings: Settings) -> RetentionCounts:
    """Delete everything that is past its date, files of old jobs included."""
    at = clock.now()
    database = open_database_once(settings)
    with database.writing_both() as (session, drafts):
        counts = run_retention(session, drafts, at=at, today=_today(settings))
    _delete_old_files(settings, at)
    return counts


def screen(settings: Settings) -> None:
    """Mask and sort the comments that came in."""
    screen_waiting(open_database_once(settings))


def screen_again(settings: Settings) -> None:
    """Mask and sort comments anew where the rules or an organisation's own masking changed."""
    screen_outdated(open_database_once(settings))


def digest(settings: Settings) -> None:
    """Tell each survey's reader how many comments wait, once on a working day."""
    send_digests(settings, open_database_once(settings))


def nightly(settings: Settings) -> None:
    """Rewrite closed days in the order of their random keys, so that the files do not tell who came first."""
    rewrite_in_key_order(open_database_once(settings).engine, today=_today(settings))


def _today(settings: Settings) -> datetime.date:
    return clock.now().astimezone(ZoneInfo(settings.time_zone)).date()


def _delete_old_files(settings: Settings, at: datetime.datetime) -> None:
    job = tables.Job
    with open_database_once(settings).reading() as session:
        printed = (job.kind == "printing") & (job.asked_at < at - PRINTED_KEPT)
        reports = (job.kind == "report") & (job.asked_at < at - REPORTS_KEPT)
        old = session.scalars(select(job).where(job.result_path.is_not(None), printed | reports)).all()
        for one in old:
            result_files.delete(settings, one)
