"""A survey's own page: the steps to publish it, how it stands, and the way to everything about it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engage import clock
from engage.access.guards import requires
from engage.access.signed_in import staff
from engage.access.staff_pages import staff_page
from engage.services import services
from engage.studio.going_live.standing import standing_of, today
from engage.studio.overview import CollectorLine, SurveyLine, collector_lines, own_survey, survey_line
from engage.studio.tasks import Facts, Task, next_task, tasks_of
from surveys.closing import first_and_last_day
from surveys.designing import Content, Design, Preparation, find_design
from surveys.editions import edition_status, further_languages
from surveys.publishing import current_version, load_version
from surveys.storage import tables
from surveys.wording import findings, is_accepted


@dataclass(frozen=True, slots=True)
class Step:
    """The one thing to do next: a page below the survey's own, and what its button says."""

    address: str
    title: str
    says: str


@requires("see_surveys")
def hub(slug: str) -> str:
    """The task list for those who design, and the survey's state for everybody who may see it."""
    who, at = staff(), clock.now()
    with services().database.reading() as session:
        survey = own_survey(session, organisation_id=who.organisation_id, slug=slug) or abort(404)
        line = survey_line(session, survey=survey, at=at)
        collectors = collector_lines(session, survey=survey)
        tasks: tuple[Task, ...] = ()
        if "read_designs" in who.permissions:
            tasks = _tasks(session, survey, _design(session, survey), collectors)
    return staff_page(
        "studio/survey.html",
        survey=line,
        tasks=tasks,
        step=_next_step(line, tasks, who.permissions),
        collectors=collectors,
        base_url=services().settings.base_url,
        may=who.permissions,
    )


def _tasks(
    session: Session, survey: tables.Survey, design: Design, collectors: list[CollectorLine]
) -> tuple[Task, ...]:
    standing = standing_of(session, survey=survey, design=design)
    questionnaire, preparation = design.questionnaire, design.preparation
    advice = (one for one in findings(questionnaire, preparation, today=today()) if one.severity == "should")
    facts = Facts(
        today=today(),
        open_places=sum(not collector.stopped for collector in collectors),
        documents=_documents(session, survey),
        languages_behind=sum(
            not edition_status(questionnaire, preparation.edition(code)).is_whole
            for code in further_languages(questionnaire)
        ),
        must=len(standing.missing),
        should=sum(not is_accepted(one, preparation.accepted) for one in advice),
        was_tried=standing.was_tried,
        published=standing.version is not None,
        changed=bool(standing.differences) or standing.new_dates,
    )
    return tasks_of(questionnaire, preparation, facts)


def _design(session: Session, survey: tables.Survey) -> Design:
    """The survey's design; what was published from a file and never opened in the studio is one all the same."""
    design = find_design(session, survey=survey)
    if design is not None:
        return design
    questionnaire = load_version(session, current_version(session, survey=survey).id)
    days = first_and_last_day(survey, time_zone=services().settings.time_zone)
    preparation = Preparation(opens_on=days[0], closes_on=days[1])
    return Design(survey.id, 0, None, Content(questionnaire, preparation), "", survey.created_at, "")


def _documents(session: Session, survey: tables.Survey) -> int:
    file = tables.SurveyFile
    shown = file.purpose.in_(("summary", "easy_read"))
    query = select(func.count()).where(file.survey_id == survey.id, shown, file.removed_at.is_(None))
    return session.scalar(query) or 0


_DOES = {
    "themes": "Add the themes",
    "questions": "Choose the questions",
    "about": "Say why you ask",
    "dates": "Set the dates",
    "people": "Name the people",
    "share": "Choose where to share",
    "preview": "Try it",
    "checks": "See what to put right",
    "publish": "Publish",
}


def _next_step(line: SurveyLine, tasks: tuple[Task, ...], may: frozenset[str]) -> Step | None:
    if "design_surveys" in may:
        waiting = next_task(tasks) if line.status == "draft" else _unpublished_changes(tasks)
        if waiting:
            return Step(waiting.address, _DOES[waiting.address], waiting.says)
    if line.status == "open" and "watch_surveys" in may:
        return Step("live", "See how it is going", "People can answer now")
    if line.status == "not_yet_open" and "share_surveys" in may:
        return Step("share", "Print posters and share", "Everything is ready for the opening day")
    if line.status == "closed" and "see_results" in may:
        return Step("results", "See the results", "The survey is closed")
    return None


def _unpublished_changes(tasks: tuple[Task, ...]) -> Task | None:
    return next((task for task in tasks if task.address == "publish" and task.status == "needs_attention"), None)
