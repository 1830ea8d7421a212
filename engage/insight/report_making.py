"""The job that makes a survey's report: figures once, then the snapshot for the pages and every file of it."""

from __future__ import annotations

import json
from collections.abc import Callable

from engage import clock
from engage.insight.working_out import work_out
from engage.queue import jobs, result_files
from engage.queue.work import JobRefused
from engage.settings import Settings
from engage.unit_of_work import Database
from reports.board_report import board_report_html, board_report_pdf
from reports.disclosure import DisclosedResults
from reports.documents import DocumentFailed
from reports.results_json import to_json
from reports.spreadsheet import results_xlsx
from reports.workshop_pack import workshop_pack_pdf
from surveys.questionnaire import Questionnaire
from surveys.storage import tables


def make_report(settings: Settings, database: Database, job: tables.Job) -> None:
    """Make the report of the survey that ``job.parameters`` name."""
    slug, at = str(job.parameters["survey"]), clock.now()
    with database.reading() as session:
        owner = session.get_one(tables.Organisation, job.organisation_id)
        done = work_out(session, slug=slug, owner=owner, at=at)
    _write_files(settings, database, job, done.results, done.questionnaire)
    with database.writing() as session:
        session.add_all(done.snapshots)


def _write_files(
    settings: Settings, database: Database, job: tables.Job, results: DisclosedResults, questionnaire: Questionnaire
) -> None:
    language = questionnaire.language
    figures = json.dumps(to_json(results, questionnaire), ensure_ascii=False, indent=2)
    try:
        contents: tuple[tuple[str, Callable[[], bytes]], ...] = (
            ("results.json", lambda: figures.encode()),
            ("results.xlsx", lambda: results_xlsx(results, questionnaire, language=language)),
            ("board-report.html", lambda: board_report_html(results, questionnaire, language=language).encode()),
            ("board-report.pdf", lambda: board_report_pdf(results, questionnaire, language=language)),
            ("workshop-pack.pdf", lambda: workshop_pack_pdf(results, questionnaire, language=language)),
            (
                "workshop-screens.pdf",
                lambda: workshop_pack_pdf(results, questionnaire, language=language, form="screen"),
            ),
        )
        for done, (name, make) in enumerate(contents, start=1):
            result_files.write(settings, job, name, make())
            with database.writing() as session:
                jobs.note_progress(session, job_id=job.id, progress=done / (len(contents) + 1))
    except DocumentFailed as failed:
        raise JobRefused(str(failed)) from failed
