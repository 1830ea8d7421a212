"""The job that learns from coded comments and suggests codes for those that nobody has coded yet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from engage import clock
from engage.insight.suggestions.installed import HOW_TO_INSTALL, is_installed
from engage.queue import jobs
from engage.queue.work import JobRefused
from engage.settings import Settings
from engage.studio.overview import own_survey
from engage.unit_of_work import Database
from reports.suggesting import LEAST_COMMENTS, CodeQuality, Suggester, overall
from surveys.coding.frames import find_frame
from surveys.coding.suggestions_kept import FrameChanged, LearnedFrom, keep_suggestions, learn_from
from surveys.storage import tables

CHANGED = "The codes were changed while suggestions were worked out. Ask again."


def make_suggestions(settings: Settings, database: Database, job: tables.Job) -> None:
    """Suggest codes with the frame that ``job.parameters`` name, in place of what was suggested with it before."""
    if not is_installed():
        raise JobRefused(HOW_TO_INSTALL)
    with database.reading() as session:
        learned = learn_from(session, frame=_frame(session, job))
    if len(learned.coded) < LEAST_COMMENTS:
        raise JobRefused(
            f"Only {len(learned.coded)} comments are coded, and {LEAST_COMMENTS} are needed to learn from."
        )

    def progress(done: float) -> None:
        with database.writing() as session:
            if jobs.is_over(session, job_id=job.id):
                raise JobRefused(jobs.STOPPED)
            jobs.note_progress(session, job_id=job.id, progress=done)

    suggester = Suggester(learned.coded_words, learned.coded, progress=lambda done: progress(done * 0.9))
    found = zip(learned.uncoded, suggester.suggest(learned.uncoded_words), strict=False)
    suggested = [(ref, codes) for ref, codes in found if codes]
    progress(0.95)
    try:
        with database.writing() as session:
            keep_suggestions(
                session,
                frame=_frame(session, job),
                frame_version=learned.frame_version,
                quality=quality_to_keep(learned, suggester, suggested=len(suggested)),
                suggested=suggested,
                at=clock.now(),
                by=job.asked_by,
            )
    except FrameChanged as changed:
        raise JobRefused(CHANGED) from changed


def quality_to_keep(learned: LearnedFrom, suggester: Suggester, *, suggested: int) -> dict[str, Any]:
    """What is known of the model as it is stored: by the codes' ids and, for codes that are suggested, together.

    ``suggested`` of the ``uncoded`` comments got a suggestion.
    """
    together = overall(suggester.quality.values())
    return {
        "comments": len(learned.coded),
        "uncoded": len(learned.uncoded),
        "suggested": suggested,
        "codes": {str(code): _written(quality) for code, quality in suggester.quality.items()},
        "overall": _written(together) if together else None,
    }


def _written(quality: CodeQuality) -> Mapping[str, int | float | None]:
    return {
        "mentions": quality.mentions,
        "suggested": quality.suggested,
        "right": quality.right,
        "precision": quality.precision,
        "recall": quality.recall,
        "f1": quality.f1,
        "threshold": quality.threshold,
    }


def _frame(session: Session, job: tables.Job) -> tables.CodeFrame:
    asked = job.parameters
    survey = own_survey(session, organisation_id=job.organisation_id, slug=str(asked["survey"]))
    frame = find_frame(session, survey_id=survey.id, frame_id=int(asked["frame"])) if survey else None
    if frame is None:
        raise JobRefused("These codes do not exist any more.")
    return frame
