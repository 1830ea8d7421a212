"""Carrying out jobs, in a worker process."""

from __future__ import annotations

import importlib
from functools import cache
from typing import Protocol

from engage import clock
from engage.queue import jobs
from engage.request_log import log_fault
from engage.settings import Settings
from engage.unit_of_work import Database
from surveys.storage import tables

# The kind of a job: the module and function that carry it out. Imported here only, because they bring in reporting.
KINDS = {
    "report": ("engage.insight.report_making", "make_report"),
    "final report": ("engage.insight.report_making", "make_final_report"),
    "suggestions": ("engage.insight.suggestions.making", "make_suggestions"),
    "screening": ("engage.queue.screening", "screen_survey"),
    "printing": ("engage.studio.sharing.printing", "make_prints"),
}
OUR_FAULT = "The work failed because of a fault in Engage, which was noted in its log. Ask again, or ask for support."


class JobRefused(Exception):
    """The job cannot be done as asked; the message tells whoever asked what to do."""


class CarriesOut(Protocol):
    """Does a job's work outside any transaction of the caller and stores its results; safe to repeat."""

    def __call__(self, settings: Settings, database: Database, job: tables.Job) -> None: ...


def carry_out_job(settings: Settings, job_id: int) -> None:
    """Do the job with this number, unless it is being done, is over or does not exist."""
    database = open_database_once(settings)
    with database.writing() as session:
        job = jobs.start(session, job_id=job_id, at=clock.now())
        if job is None:
            return
        session.expunge(job)
    message = _try(settings, database, job)
    with database.writing() as session:
        if message is None:
            jobs.finish(session, job_id=job_id, at=clock.now())
        else:
            jobs.fail(session, job_id=job_id, message=message, at=clock.now())


def _try(settings: Settings, database: Database, job: tables.Job) -> str | None:
    """None when the work is done, else what to tell whoever asked."""
    try:
        module, function = KINDS[job.kind]
        work: CarriesOut = getattr(importlib.import_module(module), function)
        work(settings, database, job)
    except JobRefused as refusal:
        return str(refusal)
    except Exception as error:  # noqa: BLE001 A job that fails must say so in its row, whatever the reason.
        log_fault(error)
        return OUR_FAULT
    return None


@cache
def open_database_once(settings: Settings) -> Database:
    """The worker's own connections, shared by all its work."""
    return Database(settings.database_url, settings.drafts_url)
