"""The jobs that make a survey's report: from new figures, or from stored ones once more when it becomes final."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from engage import clock
from engage.audit.events import ReportMadeFinal, record
from engage.insight.working_out import work_out
from engage.queue import jobs, result_files
from engage.queue.work import JobRefused
from engage.settings import Settings
from engage.unit_of_work import Database
from reports.board_report import board_report_html, board_report_pdf
from reports.commentary import Written, commentary_of_new_report, written
from reports.commentary_json import commentary_to_json
from reports.disclosure import DisclosedResults
from reports.documents import DocumentFailed
from reports.figure_references import figure_references
from reports.request import reported_questionnaire
from reports.results_csv import results_csv
from reports.results_json import to_json
from reports.results_snapshot import results_from_snapshot
from reports.spreadsheet import results_xlsx
from reports.survey_figures import SurveyFigures
from reports.word_document import board_report_docx
from reports.workshop_live import LiveSurvey, live_survey
from reports.workshop_pack import workshop_pack_pdf
from surveys.commentary.editions import Edition, NotPossible, StateChange, move_edition, newest_edition
from surveys.commentary.freezing import freeze
from surveys.commentary.readiness import what_is_missing
from surveys.commentary.references import by_name
from surveys.publishing import find_survey
from surveys.questionnaire import Questionnaire
from surveys.storage import tables

CHANGED = "The commentary was changed meanwhile, so the report is not final. Read it again, then decide."


@dataclass(frozen=True, slots=True)
class Reported:
    """What the files of a report are made from."""

    results: DisclosedResults
    questionnaire: Questionnaire
    commentary: Written | None
    live: LiveSurvey | None
    """The way in for people at a workshop, which its pack prints."""
    secret: str = field(repr=False)
    """That of the installation, which seals what carries its figures."""

    def files(self) -> tuple[tuple[str, Callable[[], bytes]], ...]:
        """Each file of a report by its name, and how it is made."""
        results, questionnaire, language = self.results, self.questionnaire, self.questionnaire.language
        live, secret = self.live, self.secret
        document = to_json(results, questionnaire)
        if self.commentary is not None:
            document["commentary"] = commentary_to_json(self.commentary)

        def board_html() -> bytes:
            return board_report_html(results, questionnaire, language=language, commentary=self.commentary).encode()

        return (
            ("results.json", lambda: json.dumps(document, ensure_ascii=False, indent=2).encode()),
            ("results.xlsx", lambda: results_xlsx(results, questionnaire, language=language)),
            ("results.csv", lambda: results_csv(results, questionnaire, language=language)),
            ("board-report.html", board_html),
            (
                "board-report.pdf",
                lambda: board_report_pdf(
                    results, questionnaire, language=language, commentary=self.commentary, secret=secret
                ),
            ),
            (
                "board-report.docx",
                lambda: board_report_docx(results, questionnaire, language=language, commentary=self.commentary),
            ),
            (
                "workshop-pack.pdf",
                lambda: workshop_pack_pdf(results, questionnaire, language=language, live=live, secret=secret),
            ),
            (
                "workshop-screens.pdf",
                lambda: workshop_pack_pdf(
                    results, questionnaire, language=language, form="screen", live=live, secret=secret
                ),
            ),
        )


def make_report(settings: Settings, database: Database, job: tables.Job) -> None:
    """Make the report of the survey that ``job.parameters`` name, from figures that are worked out anew."""
    slug, at = str(job.parameters["survey"]), clock.now()
    with database.reading() as session:
        owner = session.get_one(tables.Organisation, job.organisation_id)
        done = work_out(session, slug=slug, owner=owner, at=at)
        survey = find_survey(session, slug=slug, organisation=owner.slug)
        figures = SurveyFigures(done.results, done.questionnaire, done.questionnaire.language)
        commentary = commentary_of_new_report(session, survey=survey, figures=figures, time_zone=settings.time_zone)
        live = live_survey(session, survey=survey, base_url=settings.base_url, at=at)
    reported = Reported(done.results, done.questionnaire, commentary, live, settings.secret_key)
    for name, content in _made(database, job, reported):
        result_files.write(settings, job, name, content)
    with database.writing() as session:
        session.add_all(done.snapshots)


def make_final_report(settings: Settings, database: Database, job: tables.Job) -> None:
    """Make every file from the stored results that the officer read, and freeze them with the commentary.

    The commentary becomes final in the transaction that keeps the files: there is no final report without them.
    JobRefused where it changed since the officer decided, or is not whole.
    """
    asked = job.parameters
    with database.reading() as session:
        owner = session.get_one(tables.Organisation, job.organisation_id)
        survey = find_survey(session, slug=str(asked["survey"]), organisation=owner.slug)
        edition = newest_edition(session, survey=survey)
        if edition is None or (edition.number, edition.row_version) != (asked["edition"], asked["row_version"]):
            raise JobRefused(CHANGED)
        final = edition.after(StateChange("final", job.asked_at, job.asked_by, str(asked["name"])))
        reported = _stored(session, survey, owner, final, int(asked["snapshot"]), settings)
    files = [(name, result_files.MEDIA_TYPES[name], content) for name, content in _made(database, job, reported)]
    with database.writing() as session:
        survey = session.get_one(tables.Survey, survey.id)
        try:
            move_edition(
                session,
                survey=survey,
                number=final.number,
                seen=final.row_version,
                to="final",
                by=job.asked_by,
                name=str(asked["name"]),
                at=job.asked_at,
            )
        except NotPossible as refused:
            raise JobRefused(CHANGED) from refused
        kept = freeze(session, survey=survey, number=final.number, files=files, at=clock.now())
        event = ReportMadeFinal(survey.slug, final.number, final.texts.digest(), kept)
        record(session, event, organisation_id=survey.organisation_id, by=job.asked_by, at=clock.now())


def _stored(
    session: Session,
    survey: tables.Survey,
    owner: tables.Organisation,
    edition: Edition,
    snapshot_id: int,
    settings: Settings,
) -> Reported:
    """The stored results that the officer read, with the commentary that belongs to them."""
    snapshot = session.get_one(tables.ResultsSnapshot, snapshot_id)
    try:
        results = results_from_snapshot(snapshot.document["results"])
    except ValueError as fault:
        raise JobRefused(
            "These results were stored by an earlier version of Engage. Make a new report first."
        ) from fault
    questionnaire = reported_questionnaire(session, slug=survey.slug, organisation=owner.slug, results=results)
    figures = SurveyFigures(results, questionnaire, questionnaire.language)
    missing = what_is_missing(
        edition.texts,
        themes={theme.id: figures.plain(theme) for theme in questionnaire.themes},
        references=by_name(figure_references(figures)),
    )
    if missing:
        raise JobRefused(f"The commentary is not whole. {missing[0].says}.")
    live = live_survey(session, survey=survey, base_url=settings.base_url, at=clock.now())
    commentary = written(edition, figures, time_zone=settings.time_zone)
    return Reported(results, questionnaire, commentary, live, settings.secret_key)


def _made(database: Database, job: tables.Job, reported: Reported) -> Iterator[tuple[str, bytes]]:
    """Each file with its content, noting how much of the job is done. JobRefused where one cannot be made."""
    files = reported.files()
    for done, (name, make) in enumerate(files, start=1):
        try:
            content = make()
        except DocumentFailed as failed:
            raise JobRefused(str(failed)) from failed
        yield name, content
        with database.writing() as session:
            jobs.note_progress(session, job_id=job.id, progress=done / (len(files) + 1))
