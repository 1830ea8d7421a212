"""The activity planner: what it says of each row, what comes next, and which places it suggests."""

import datetime

import pytest
from sqlalchemy.orm import Session

from surveys.planner import Plan, fill_in, place_suggestions, plan_of, read_planner
from surveys.storage import tables
from tests.factories import NOW, a_collector, a_survey


def test_filling_in_says_which_parts_changed_and_never_changes_the_code(session: Session) -> None:
    survey = a_survey(session)
    row = a_collector(session, survey)
    code = row.code
    plan = Plan(name=" Ward  7 ", place="A/B", audience="carers", activity="Tea\nround", planned_reach=80, done=True)
    changed = fill_in(session, collector=row, survey=survey, plan=plan, at=NOW)
    assert changed == ("name", "place", "audience", "activity", "planned_reach", "done")
    assert plan_of(row) == Plan(
        name="Ward 7", place="A / B", audience="carers", activity="Tea round", planned_reach=80, done=True
    )
    assert (row.code, row.done_at) == (code, NOW)
    assert fill_in(session, collector=row, survey=survey, plan=plan_of(row), at=NOW) == ()
    with pytest.raises(ValueError, match="it is in en"):
        fill_in(session, collector=row, survey=survey, plan=Plan(name="x", language="cy"), at=NOW)


def test_what_comes_next_is_dated_open_and_in_order(session: Session) -> None:
    survey = a_survey(session)
    days = {"late": 9, "soon": 2, "done": 1, "stopped": 1, "overdue": -3, "later": 30, "undated": None}
    for name, day in days.items():
        row = a_collector(session, survey, name=name)
        row.planned_on = NOW.date() + datetime.timedelta(days=day) if day is not None else None
        row.done_at = NOW if name == "done" else None
        row.stopped_at = NOW if name == "stopped" else None
    session.flush()
    planner = read_planner(session, survey=survey, planned_audiences={})
    assert [row.plan.name for row in planner.next()] == ["overdue", "soon", "late"]
    assert planner.rows[-1].plan.name == "undated"


@pytest.mark.parametrize(
    ("reach", "audience", "is_small"),
    [(49, None, True), (50, None, False), (None, 49, True), (None, 50, False), (None, None, False), (200, 49, True)],
)
def test_a_row_is_small_by_its_own_number_or_that_of_its_audience(
    session: Session, reach: int | None, audience: int | None, is_small: bool
) -> None:
    survey = a_survey(session)
    a_collector(session, survey).planned_reach = reach
    planned = {"patients": audience} if audience else {}
    (row,) = read_planner(session, survey=survey, planned_audiences=planned).rows
    assert row.is_small is is_small


def test_places_are_suggested_from_the_organisations_part_of_the_tree_and_from_before(session: Session) -> None:
    survey = a_survey(session)
    root = session.get_one(tables.Organisation, survey.organisation_id)
    trust = tables.Organisation(slug="t", name="Trust", kind="provider", parent_id=root.id)
    session.add(trust)
    session.flush()
    session.add(tables.Organisation(slug="s", name="Site A", kind="site", parent_id=trust.id))
    a_collector(session, survey, place="Old / Place")
    session.flush()
    top = root.name
    assert set(place_suggestions(session, organisation_id=root.id)) == {
        top, f"{top} / Trust", f"{top} / Trust / Site A", "Old / Place",
    }  # fmt: skip
    assert place_suggestions(session, organisation_id=trust.id) == ("Trust", "Trust / Site A")
