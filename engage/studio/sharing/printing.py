"""The job that makes what is printed: one zip file with every print, each of them read back."""

from __future__ import annotations

from sqlalchemy import select

from engage.queue import jobs, result_files
from engage.queue.work import JobRefused
from engage.settings import Settings
from engage.studio.overview import own_survey
from engage.unit_of_work import Database
from reports.documents import DocumentFailed
from reports.invitation import invitations_for
from reports.print_bundle import prints_zip
from surveys.storage import tables


def make_prints(settings: Settings, database: Database, job: tables.Job) -> None:
    """Make what ``job.parameters`` ask for: ``survey``, ``codes``, ``kinds`` and ``languages``.

    Between two prints it looks whether somebody stopped the job, and then makes no more.
    """
    asked = job.parameters
    try:
        with database.reading() as session:
            survey = own_survey(session, organisation_id=job.organisation_id, slug=str(asked["survey"]))
            if survey is None:
                raise JobRefused("The survey does not exist any more.")
            collector = tables.Collector
            rows = select(collector).where(collector.survey_id == survey.id, collector.code.in_(asked["codes"]))
            planned, invitations = invitations_for(
                session,
                collectors=list(session.scalars(rows.order_by(collector.id))),
                languages=asked["languages"],
                kinds=asked["kinds"],
                base_url=settings.base_url,
                time_zone=settings.time_zone,
            )

        def progress(done: int) -> None:
            with database.writing() as session:
                if jobs.is_over(session, job_id=job.id):
                    raise JobRefused(jobs.STOPPED)
                jobs.note_progress(session, job_id=job.id, progress=done / len(planned))

        content = prints_zip(planned, invitations=invitations, base_url=settings.base_url, progress=progress)
    except DocumentFailed as failed:
        raise JobRefused(str(failed)) from failed
    result_files.write(settings, job, result_files.PRINTS, content)
