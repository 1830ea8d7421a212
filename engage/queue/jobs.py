"""Jobs as rows: asked for, started, then finished or failed. A row is the truth; the queue only carries its number."""

from __future__ import annotations

import datetime
import secrets
import time
from typing import Any, Literal

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from engage.unit_of_work import Database
from surveys.storage import tables

State = Literal["asked", "started", "finished", "failed"]

# A job in flight for longer than this is taken for lost, so that asking again starts a new one.
STALE_AFTER = datetime.timedelta(minutes=30)
STOPPED = "The work was stopped before it was done. Ask for it again when you need it."
INTERRUPTED = "The work was interrupted before it was done. Ask for it again."


def ask(
    session: Session,
    *,
    organisation_id: int,
    kind: str,
    parameters: dict[str, Any],
    by: str,
    at: datetime.datetime,
) -> tables.Job:
    """A job for the worker, or the identical one that is already in flight. Send its id only after the commit.

    ``result_path`` is the job's folder of results below the installation's files: a random name, and also what its
    page is called in addresses.
    """
    in_flight = select(tables.Job).where(
        tables.Job.organisation_id == organisation_id,
        tables.Job.kind == kind,
        tables.Job.finished_at.is_(None),
        tables.Job.failed_at.is_(None),
        tables.Job.asked_at > at - STALE_AFTER,
    )
    for job in session.scalars(in_flight.order_by(tables.Job.id)):
        if job.parameters == parameters:
            return job
    job = tables.Job(
        organisation_id=organisation_id,
        kind=kind,
        parameters=parameters,
        asked_at=at,
        asked_by=by,
        result_path=secrets.token_urlsafe(16),
    )
    session.add(job)
    session.flush()
    return job


def state_of(job: tables.Job) -> State:
    """Where the job stands."""
    if job.finished_at is not None:
        return "finished"
    if job.failed_at is not None:
        return "failed"
    return "asked" if job.started_at is None else "started"


def start(session: Session, *, job_id: int, at: datetime.datetime) -> tables.Job | None:
    """The job, marked as started by the caller; None if another worker has it, it is over, or there is none."""
    taken = session.execute(
        update(tables.Job)
        .where(tables.Job.id == job_id, tables.Job.started_at.is_(None), tables.Job.failed_at.is_(None))
        .values(started_at=at)
        .returning(tables.Job.id)
    ).one_or_none()
    return session.get_one(tables.Job, job_id, populate_existing=True) if taken else None


def finish(session: Session, *, job_id: int, at: datetime.datetime) -> None:
    """The job is done and its results are in their folder."""
    _change(session, job_id, finished_at=at, progress=1.0)


def fail(session: Session, *, job_id: int, message: str, at: datetime.datetime) -> None:
    """The job could not be done; ``message`` tells whoever asked what to do."""
    _change(session, job_id, failed_at=at, message=message)


def is_over(session: Session, *, job_id: int) -> bool:
    """Whether the job is finished, failed, stopped or gone."""
    job = session.get(tables.Job, job_id, populate_existing=True)
    return job is None or state_of(job) in ("finished", "failed")


def note_progress(session: Session, *, job_id: int, progress: float) -> None:
    """How much of the job is done, 0-1."""
    _change(session, job_id, progress=min(max(progress, 0.0), 1.0))


def waiting(session: Session, *, asked_before: datetime.datetime) -> tuple[int, ...]:
    """Jobs that nobody started although they were asked for some time ago, oldest first."""
    query = select(tables.Job.id).where(
        tables.Job.started_at.is_(None),
        tables.Job.failed_at.is_(None),
        tables.Job.asked_at < asked_before,
    )
    return tuple(session.scalars(query.order_by(tables.Job.id)))


def fail_interrupted(session: Session, *, started_before: datetime.datetime, at: datetime.datetime) -> int:
    """Close jobs whose worker ended in the middle; returns how many."""
    closed = session.execute(
        update(tables.Job)
        .where(
            tables.Job.started_at < started_before,
            tables.Job.finished_at.is_(None),
            tables.Job.failed_at.is_(None),
        )
        .values(failed_at=at, message=INTERRUPTED)
        .returning(tables.Job.id)
    ).all()
    return len(closed)


def find_job(session: Session, *, organisation_id: int, name: str) -> tables.Job | None:
    """The organisation's job that addresses call ``name``; None for another organisation's as for none at all."""
    return session.scalar(
        select(tables.Job).where(tables.Job.organisation_id == organisation_id, tables.Job.result_path == name)
    )


def wait_until_over(database: Database, *, job_id: int, seconds: float) -> None:
    """Wait until the job is finished or failed, but no longer than ``seconds``."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with database.reading() as session:
            job = session.get(tables.Job, job_id)
            if job is None or state_of(job) in ("finished", "failed"):
                return
        time.sleep(0.2)


def _change(session: Session, job_id: int, **values: Any) -> None:
    over = tables.Job.finished_at.is_not(None) | tables.Job.failed_at.is_not(None)
    session.execute(update(tables.Job).where(tables.Job.id == job_id, ~over).values(**values))
