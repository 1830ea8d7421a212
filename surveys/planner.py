"""The activity planner: a survey's collectors as rows that say what happens where, when and for whom."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.audiences import audience_choices, find_audience, is_staff
from surveys.collecting import responses_by_collector
from surveys.collectors import checked_language, collectors_of, normalise_channel, normalise_name, normalise_place
from surveys.print_plan import harmless
from surveys.rough_counts import rough
from surveys.storage import tables

CHANNELS = (
    "poster",
    "leaflet or card",
    "screen",
    "letter",
    "text message",
    "email",
    "newsletter",
    "website",
    "social media",
    "meeting",
    "stall",
    "focus group",
    "deliberative event",
    "in person",
)
"""Ways in which people come by a code, as suggestions; any other can be typed."""

FEWEST_AIMED_AT = 50
"""A collector aimed at fewer people than this could give away who answered."""
MOST_PLANNED = 10_000_000
LONGEST_REMARK = 2000
LONGEST_ACTIVITY = 200
NEXT_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Plan:
    """What an officer fills in for one row. ``planned_reach`` and ``reached`` are numbers of people."""

    name: str
    place: str = ""
    audience: str = "patients"
    channel: str = ""
    language: str | None = None
    activity: str = ""
    planned_on: datetime.date | None = None
    planned_reach: int | None = None
    reached: int | None = None
    remark: str = ""
    done: bool = False


@dataclass(frozen=True, slots=True)
class PlannerRow:
    """A row as it is shown. ``answers`` is as rough as a part of the answers may be shown.

    ``is_small``: it is aimed at so few people that they could be recognised.
    """

    code: str
    plan: Plan
    audience: str
    is_staff: bool
    is_stopped: bool
    is_small: bool
    answers: str


@dataclass(frozen=True, slots=True)
class Planner:
    """All rows of a survey, dated ones first and in their order, and its answers altogether."""

    rows: tuple[PlannerRow, ...]
    answers: int

    def next(self) -> tuple[PlannerRow, ...]:
        """The next few dated activities that are not done; those that are overdue come first."""
        open_rows = [row for row in self.rows if row.plan.planned_on and not row.plan.done and not row.is_stopped]
        return tuple(open_rows[:NEXT_SHOWN])


def read_planner(session: Session, *, survey: tables.Survey, planned_audiences: Mapping[str, int]) -> Planner:
    """The survey's planner. ``planned_audiences``: how many people of each audience are to be heard, by its id."""
    labels = dict(audience_choices(session))
    answered = responses_by_collector(session, survey=survey)
    rows = [
        PlannerRow(
            code=one.code,
            plan=plan_of(one),
            audience=labels.get(one.audience_id, one.audience_id),
            is_staff=is_staff(one.audience_id),
            is_stopped=one.stopped_at is not None,
            is_small=_is_small(one.planned_reach, planned_audiences.get(one.audience_id)),
            answers=rough(answered.get(one.id, 0)),
        )
        for one in collectors_of(session, survey=survey)
    ]
    rows.sort(key=lambda row: row.plan.planned_on or datetime.date.max)
    return Planner(tuple(rows), sum(answered.values()))


def plan_of(collector: tables.Collector) -> Plan:
    """The row's plan as it is stored."""
    return Plan(
        name=collector.name,
        place=collector.place,
        audience=collector.audience_id,
        channel=collector.channel,
        language=collector.language,
        activity=collector.activity,
        planned_on=collector.planned_on,
        planned_reach=collector.planned_reach,
        reached=collector.reached,
        remark=collector.remark,
        done=collector.done_at is not None,
    )


def fill_in(
    session: Session, *, collector: tables.Collector, survey: tables.Survey, plan: Plan, at: datetime.datetime
) -> tuple[str, ...]:
    """Write a plan into its row; the names of the parts that changed, none where nothing did.

    The code never changes. Raises AudienceNotFound and ValueError as ``add_collector``.
    """
    before = plan_of(collector)
    collector.name = normalise_name(plan.name)
    collector.place = normalise_place(plan.place)
    collector.channel = normalise_channel(plan.channel)
    if plan.audience != before.audience:
        collector.audience_id = find_audience(session, audience_id=plan.audience).id
    if plan.language != before.language:
        collector.language = checked_language(session, survey=survey, language=plan.language)
    collector.activity = " ".join(plan.activity.split())[:LONGEST_ACTIVITY]
    collector.planned_on = plan.planned_on
    collector.planned_reach, collector.reached = plan.planned_reach, plan.reached
    collector.remark = plan.remark.strip()[:LONGEST_REMARK]
    if plan.done != before.done:
        collector.done_at = at if plan.done else None
    session.flush()
    after = plan_of(collector)
    return tuple(name for name in Plan.__slots__ if getattr(before, name) != getattr(after, name))


def twin_of(session: Session, *, collector: tables.Collector) -> str | None:
    """The code of another row of the same day that says the very same; None where there is none."""
    survey, plan = session.get_one(tables.Survey, collector.survey_id), plan_of(collector)
    others = (one for one in collectors_of(session, survey=survey) if one.id != collector.id)
    same = (one for one in others if one.created_on == collector.created_on and plan_of(one) == plan)
    return next((one.code for one in same), None)


def place_suggestions(session: Session, *, organisation_id: int) -> tuple[str, ...]:
    """Places that the organisation used before, and its own part of the tree of organisations as paths."""
    collector, organisation = tables.Collector, tables.Organisation
    used = session.scalars(select(collector.place).where(collector.organisation_id == organisation_id).distinct())
    tree = {
        row.id: (row.parent_id, row.name)
        for row in session.execute(select(organisation.id, organisation.parent_id, organisation.name))
    }
    paths = (_path(tree, id_, organisation_id) for id_ in tree)
    return tuple(sorted({*used, *(path for path in paths if path)} - {""}))


def planner_csv(planner: Planner, *, base_url: str) -> str:
    """The planner for a spreadsheet, with the columns of an activity planner and its codes."""
    written = io.StringIO()
    table = csv.writer(written)
    table.writerow(
        ("Date", "Name", "Activity", "Audience", "Place", "Channel", "Language", "Planned", "Reached", "Comments",
         "Done", "Code", "Address", "Answers so far", "Stopped")
    )  # fmt: skip
    table.writerows(_cells(row, base_url) for row in planner.rows)
    return written.getvalue()


def _cells(row: PlannerRow, base_url: str) -> Iterable[str]:
    plan = row.plan
    yield plan.planned_on.isoformat() if plan.planned_on else ""
    yield from map(harmless, (plan.name, plan.activity, row.audience, plan.place, plan.channel, plan.language or ""))
    yield from ("" if number is None else str(number) for number in (plan.planned_reach, plan.reached))
    yield harmless(plan.remark)
    yield "yes" if plan.done else "no"
    yield from (row.code, f"{base_url}/{row.code}", row.answers)
    yield "yes" if row.is_stopped else "no"


def _is_small(planned_reach: int | None, planned_audience: int | None) -> bool:
    sizes = [size for size in (planned_reach, planned_audience) if size]
    return bool(sizes) and min(sizes) < FEWEST_AIMED_AT


def _path(tree: Mapping[int, tuple[int | None, str]], id_: int, top: int) -> str:
    """The path of an organisation below ``top``; empty for one that is not below it."""
    names: list[str] = []
    below: int | None = id_
    while below is not None and len(names) <= len(tree):
        parent, name = tree[below]
        names.append(name.replace("/", "-"))
        if below == top:
            return " / ".join(reversed(names))
        below = parent
    return ""
