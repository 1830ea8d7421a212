"""The stored results of a survey: the newest one, and whether a newer one may be made already."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.storage import tables


def newest_snapshot(
    session: Session, *, survey: tables.Survey, reader_id: int | None = None
) -> tables.ResultsSnapshot | None:
    """The results that staff see now; None before the first report.

    With ``reader_id`` what another organisation sees of its own places. A snapshot belongs to whoever may read it.
    """
    snapshot = tables.ResultsSnapshot
    reader = survey.organisation_id if reader_id is None else reader_id
    query = select(snapshot).where(snapshot.survey_id == survey.id, snapshot.organisation_id == reader)
    return session.scalar(query.order_by(snapshot.made_at.desc(), snapshot.id.desc()).limit(1))


def newest_report_job(
    session: Session, *, survey: tables.Survey, finished: bool = False, kind: str = "report"
) -> tables.Job | None:
    """The report that was asked for last; with ``finished`` the last one that was made."""
    job = tables.Job
    query = select(job).where(job.organisation_id == survey.organisation_id, job.kind == kind)
    if finished:
        query = query.where(job.finished_at.is_not(None))
    jobs = session.scalars(query.order_by(job.id.desc()))
    return next((one for one in jobs if one.parameters.get("survey") == survey.slug), None)
