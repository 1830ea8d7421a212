"""The live page of a survey, in the order of an officer's daily questions, and its tables as files."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, abort, make_response
from sqlalchemy.orm import Session

from engage import clock
from engage.access.guards import requires
from engage.access.signed_in import staff
from engage.access.staff_pages import staff_page
from engage.insight.live import tables as live_tables
from engage.insight.live.alarms import Silence, silent_collectors
from engage.insight.live.counting import Counts, audience_labels, count_survey
from engage.insight.live.tables import LiveTable, as_csv
from engage.insight.snapshots import newest_snapshot
from engage.services import services
from engage.studio.going_live.standing import today as the_day
from engage.studio.overview import own_survey
from surveys.collectors import collectors_of
from surveys.comments.counting import QueueCounts, count_queue
from surveys.designing import find_design
from surveys.preparation import Preparation
from surveys.publishing import current_version, is_published, load_version, survey_status
from surveys.questionnaire import Questionnaire
from surveys.storage import tables

blueprint = Blueprint("live", __name__, url_prefix="/staff")

NEXT_ACTIVITIES = 3


@dataclass(frozen=True, slots=True)
class Watched:
    """A survey with everything that its live page tells, as it was read in one transaction."""

    survey: tables.Survey
    questionnaire: Questionnaire
    preparation: Preparation
    collectors: list[tables.Collector]
    audiences: dict[str, str]
    counts: Counts
    queue: QueueCounts
    themes: LiveTable | None
    sees_themes: bool


@blueprint.get("/surveys/<slug>/live")
@requires("watch_surveys")
def live(slug: str) -> Response:
    watched, at = _watched(slug), clock.now()
    zone = ZoneInfo(services().settings.time_zone)
    today = at.astimezone(zone).date()
    survey, counts = watched.survey, watched.counts
    status = survey_status(survey, at)
    page = staff_page(
        "insight/live.html",
        survey=survey,
        title=watched.questionnaire.title.in_language(watched.questionnaire.language),
        demonstration=watched.questionnaire.demonstration,
        status=status,
        counts=counts,
        queue=watched.queue,
        reads_comments="read_comments" in staff().permissions,
        today=counts.answers_since(today),
        week=counts.answers_since(today - datetime.timedelta(days=today.weekday())),
        last_day=counts.last_day(),
        days_left=_days_left(survey, today, zone) if status == "open" else None,
        silences=_silences(watched, today, zone) if status == "open" else [],
        reader=watched.preparation.reader_name,
        tables=_tables(watched),
        themes=watched.themes,
        sees_themes=watched.sees_themes,
        roughly=live_tables.ROUGHLY,
        activities=_next_activities(watched.collectors, today),
        now=today,
    )
    return make_response(page)


@blueprint.get("/surveys/<slug>/live/<name>.csv")
@requires("watch_surveys")
def live_file(slug: str, name: str) -> Response:
    watched = _watched(slug)
    found = {table.name: table for table in (*_tables(watched), *([watched.themes] if watched.themes else []))}
    content = as_csv(found.get(name) or abort(404))
    response = Response(content, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}-{name}.csv"'
    return response


def _watched(slug: str) -> Watched:
    who = staff()
    with services().database.reading() as session:
        survey = own_survey(session, organisation_id=who.organisation_id, slug=slug) or abort(404)
        if not is_published(session, survey=survey):
            abort(404)
        questionnaire = load_version(session, current_version(session, survey=survey).id)
        design = find_design(session, survey=survey)
        preparation = design.preparation if design else Preparation()
        sees_themes = "see_themes_so_far" in who.permissions or (
            preparation.editors_see_themes and "design_surveys" in who.permissions
        )
        watched = Watched(
            survey,
            questionnaire,
            preparation,
            collectors_of(session, survey=survey),
            audience_labels(session),
            count_survey(session, survey=survey),
            count_queue(session, survey=survey, today=the_day()),
            _themes_so_far(session, survey) if sees_themes else None,
            sees_themes,
        )
        session.expunge_all()
    return watched


def _tables(watched: Watched) -> tuple[LiveTable, ...]:
    counts, collectors, labels = watched.counts, watched.collectors, watched.audiences
    return (
        live_tables.weeks(counts),
        live_tables.collectors(counts, collectors, labels),
        live_tables.audiences(counts, collectors, labels, watched.preparation),
        live_tables.languages(counts, watched.questionnaire),
        live_tables.ways(counts),
        live_tables.funnel(counts, watched.questionnaire),
    )


def _themes_so_far(session: Session, survey: tables.Survey) -> LiveTable | None:
    """The first table of the newest stored results, which have passed the disclosure rules; None before the first."""
    snapshot = newest_snapshot(session, survey=survey)
    sections = snapshot.document["page"]["sections"] if snapshot else []
    if snapshot is None or not sections or not sections[0]["tables"]:
        return None
    table = sections[0]["tables"][0]
    zone = ZoneInfo(services().settings.time_zone)
    made = snapshot.made_at.astimezone(zone)
    return LiveTable(
        "themes",
        table["caption"],
        tuple(column or "Theme" for column in table["columns"]),
        tuple((heading, *cells) for heading, _beneath, cells in table["rows"]),
        (f"So far, and may change. Worked out on {made:%d/%m/%Y at %H:%M}.",),
    )


def _silences(watched: Watched, today: datetime.date, zone: ZoneInfo) -> list[Silence]:
    opens = watched.survey.opens_at
    opened_on = opens.astimezone(zone).date() if opens else None
    return silent_collectors(watched.collectors, watched.counts, opened_on=opened_on, today=today)


def _days_left(survey: tables.Survey, today: datetime.date, zone: ZoneInfo) -> int | None:
    """Whole days on which people can still answer, today among them."""
    return (survey.closes_at.astimezone(zone).date() - today).days if survey.closes_at else None


def _next_activities(collectors: list[tables.Collector], today: datetime.date) -> list[tables.Collector]:
    """What is planned and not done, earliest first: overdue activities, then the next ones."""
    planned = sorted(
        (one for one in collectors if one.planned_on is not None and one.done_at is None and one.stopped_at is None),
        key=lambda one: (one.planned_on, one.id),
    )
    overdue = [one for one in planned if one.planned_on is not None and one.planned_on < today]
    return overdue + [one for one in planned if one not in overdue][:NEXT_ACTIVITIES]
