"""The demonstration's files: the poster, and the report that the worker makes when staff ask for one."""

from __future__ import annotations

import shutil
from pathlib import Path

from engage.clock import now
from engage.demonstration import BY, EMAIL, Demonstration
from engage.insight.snapshots import newest_report_job
from engage.queue import jobs, result_files
from engage.queue.work import carry_out_job, open_database_once
from engage.settings import Settings
from engage.unit_of_work import Database
from surveys.collectors import find_collector
from surveys.publishing import find_survey
from surveys.storage import tables

POSTER = "poster.pdf"
REPORTS = ("board-report.pdf", "workshop-pack.pdf")
_SIGN_IN = "staff-sign-in.txt"


class DocumentsFailed(RuntimeError):
    """A document could not be made; the message says why."""


def make_documents(settings: Settings, database: Database, there: Demonstration) -> tuple[Path, ...]:
    """Write the poster, board report and workshop pack to ``instance/demo``; their paths. DocumentsFailed.

    The poster is made each time, because its address may have changed; a report that was made before is kept.
    """
    folder = demonstration_folder(settings)
    _make_poster(settings, database, there, folder / POSTER)
    job = _report_made(settings, database, there)
    for name in REPORTS:
        made = result_files.path_of(settings, job, name)
        if made is None:
            raise DocumentsFailed(
                f"The report of the demonstration has no {name}. Ask for a new one on the staff pages."
            )
        draft = folder / f".{name}"
        shutil.copyfile(made, draft)
        draft.replace(folder / name)
    return tuple(folder / name for name in (POSTER, *REPORTS))


def keep_sign_in(settings: Settings, password: str | None) -> str | None:
    """The staff account's password, written down when it is new and else read again; None where it is not known."""
    path = demonstration_folder(settings) / _SIGN_IN
    if password is None:
        try:
            return path.read_text("utf-8").splitlines()[1]
        except (OSError, IndexError):
            return None
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    path.write_text(f"{EMAIL}\n{password}\n", "utf-8")
    return password


def demonstration_folder(settings: Settings) -> Path:
    """The folder of what the demonstration makes, for its owner alone."""
    folder = settings.instance / "demo"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _make_poster(settings: Settings, database: Database, there: Demonstration, path: Path) -> None:
    # The web process of a demonstration never makes a document, so nothing of this is imported before it is needed.
    from reports.documents import DocumentFailed
    from reports.invitation import invitation_for
    from reports.prints import Printer

    with database.reading() as session:
        invitation = invitation_for(
            session,
            collector=find_collector(session, code=there.codes[0]),
            base_url=settings.base_url,
            time_zone=settings.time_zone,
        )
    try:
        pdf = Printer().pdf(invitation, "poster-a4")
    except DocumentFailed as failed:
        raise DocumentsFailed(str(failed)) from failed
    draft = path.with_name(f".{path.name}")
    draft.write_bytes(pdf)
    draft.replace(path)


def _report_made(settings: Settings, database: Database, there: Demonstration) -> tables.Job:
    """The survey's newest report; made now, as the worker makes one, where there is none with all its files."""
    with database.reading() as session:
        job = newest_report_job(session, survey=find_survey(session, slug=there.slug), finished=True)
        if job is not None and set(REPORTS) <= set(result_files.names(settings, job)):
            session.expunge(job)
            return job
    with database.writing() as session:
        survey = find_survey(session, slug=there.slug)
        job = jobs.ask(
            session,
            organisation_id=survey.organisation_id,
            kind="report",
            parameters={"survey": survey.slug},
            by=BY,
            at=now(),
        )
        job_id = job.id
    try:
        carry_out_job(settings, job_id)
    finally:
        open_database_once(settings).close()
    with database.reading() as session:
        job = session.get_one(tables.Job, job_id)
        session.expunge(job)
    if job.finished_at is None:
        raise DocumentsFailed(
            job.message or "The report of the demonstration is being made elsewhere. Run this again soon."
        )
    return job
