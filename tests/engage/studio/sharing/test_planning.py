"""Where to share: one code in one click, rows of the planner, and codes that are stopped but never given again."""

import csv
import io
import re
from typing import Any

import pytest
from sqlalchemy import event, select

from engage.unit_of_work import Database
from surveys.designing import new_design
from surveys.organisations import ensure_root
from surveys.storage import tables
from tests.engage.conftest import SignedInAs
from tests.engage.staff_browser import StaffBrowser
from tests.engage.studio.sharing.conftest import SHARE
from tests.factories import NOW, a_collector, a_questionnaire, a_response, some_answers


def rows(database: Database) -> list[tables.Collector]:
    with database.reading() as session:
        found = list(session.scalars(select(tables.Collector).order_by(tables.Collector.id)))
        session.expunge_all()
    return found


def events(database: Database) -> list[tuple[str, str, dict[str, object]]]:
    with database.reading() as session:
        found = session.scalars(select(tables.AuditEvent).order_by(tables.AuditEvent.id))
        return [(one.action, one.subject, one.detail) for one in found if one.action.startswith("collector")]


def a_row(database: Database, **changes: object) -> str:
    with database.writing() as session:
        survey = session.scalars(select(tables.Survey)).one()
        return a_collector(session, survey, **changes).code


def test_one_click_makes_one_code_with_its_address_drawing_and_prints(
    officer: StaffBrowser, database: Database
) -> None:
    assert "Make one code" in officer.get(SHARE).text
    answer = officer.post(SHARE)
    (made,) = rows(database)
    assert answer.headers["Location"].endswith(f"{SHARE}/{made.code}")
    page = officer.get(answer.headers["Location"]).text
    assert f"http://localhost/{made.code}" in page
    assert f"QR code of http://localhost/{made.code}" in page
    assert f"{SHARE}/print?row={made.code}" in page
    assert events(database) == [("collector added", made.code, {"survey": "small-survey"})]
    officer.post(SHARE, form_at="/staff/surveys/small-survey/share/add")
    assert len(rows(database)) == 1


def test_the_one_code_is_for_the_audience_that_was_planned_first(signed_in_as: SignedInAs, database: Database) -> None:
    from surveys.preparation import Preparation

    with database.writing() as session:
        plan = Preparation(planned_audiences=(("staff_nursing", 400), ("patients", 900)))
        new_design(
            session, organisation=ensure_root(session), questionnaire=a_questionnaire(), preparation=plan, at=NOW,
            by="o@example.org",
        )  # fmt: skip
    signed_in_as("officer").post(SHARE)
    assert [row.audience_id for row in rows(database)] == ["staff_nursing"]


def test_a_row_is_added_with_everything_the_planner_knows(officer: StaffBrowser, database: Database) -> None:
    filled = {
        "name": "Stall at the open day", "audience": "public", "place": "Trust/ Site ", "channel": "stall",
        "planned_on": "2027-02-03", "activity": "Open day", "planned_reach": "1,200", "remark": "Bring a tablet",
    }  # fmt: skip
    answer = officer.post(f"{SHARE}/add", filled)
    assert answer.status_code == 303
    (made,) = rows(database)
    assert (made.name, made.place, made.channel, made.activity, made.planned_reach, made.remark) == (
        "Stall at the open day", "Trust / Site", "stall", "Open day", 1200, "Bring a tablet",
    )  # fmt: skip
    page = officer.get(SHARE).text
    assert "3 February 2027" in page
    assert "Bring a tablet" in page
    assert "What is next" in page


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"name": " "}, "Give the row a name"),
        ({"planned_reach": "many"}, "write a whole number such as 200"),
        ({"planned_reach": "-4"}, "write a whole number such as 200"),
        ({"reached": "9" * 30}, "write a whole number such as 200"),
        ({"planned_on": "soon"}, "Write the date as day, month and year"),
        ({"place": "x" * 501}, "Shorten the place to 500 characters"),
        ({"audience": "aliens"}, "Choose one of the answers in the list"),
        ({"language": "xx"}, "Choose one of the answers in the list"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    officer: StaffBrowser, database: Database, wrong: dict[str, str], message: str
) -> None:
    fields = {"name": "Ward 7", "audience": "patients", "activity": "Tea round", **wrong}
    answer = officer.post(f"{SHARE}/add", fields)
    assert answer.status_code == 422
    assert message in answer.text
    assert "<title>Error: " in answer.text
    assert 'value="Tea round"' in answer.text
    for name, typed in wrong.items():
        if name not in ("audience", "language", "name"):
            assert f'value="{typed}"' in answer.text
    assert rows(database) == []


def test_a_row_is_changed_and_the_trail_names_the_parts_but_not_the_words(
    officer: StaffBrowser, database: Database
) -> None:
    code = a_row(database)
    answer = officer.post(
        f"{SHARE}/{code}",
        {"name": "Waiting room", "audience": "carers", "place": "", "remark": "A secret", "reached": "80", "done": "y"},
    )
    assert answer.headers["Location"].endswith(SHARE)
    (row,) = rows(database)
    assert (row.code, row.audience_id, row.place, row.reached, row.done_at is not None) == (
        code,
        "carers",
        "",
        80,
        True,
    )
    assert events(database)[-1] == (
        "collector changed",
        code,
        {"survey": "small-survey", "parts": ["place", "audience", "reached", "remark", "done"]},
    )
    again = {"name": "Waiting room", "audience": "carers", "reached": "80", "remark": "A secret", "done": "y"}
    officer.post(f"{SHARE}/{code}", again)
    assert len(events(database)) == 1


def test_a_code_is_stopped_after_a_second_press_and_started_again(officer: StaffBrowser, database: Database) -> None:
    code = a_row(database)
    page = officer.get(f"{SHARE}/{code}/stop").text
    assert "never given to anything else" in page
    assert rows(database)[0].stopped_at is None
    officer.post(f"{SHARE}/{code}/stop", {"stop": "yes"})
    assert rows(database)[0].stopped_at is not None
    assert "Stopped" in officer.get(SHARE).text
    officer.post(f"{SHARE}/{code}/stop", {"stop": "yes"})
    officer.post(f"{SHARE}/{code}/stop", {"stop": "no"})
    assert rows(database)[0].stopped_at is None
    assert [name for name, _, _ in events(database)] == ["collector stopped", "collector restarted"]


def test_the_answers_of_a_row_are_not_exact_below_ten_and_the_total_is(
    officer: StaffBrowser, database: Database
) -> None:
    a_row(database)
    with database.writing() as session:
        survey = session.scalars(select(tables.Survey)).one()
        few, many = a_collector(session, survey, name="Few"), a_collector(session, survey, name="Many")
        for collector, number in ((few, 3), (many, 10)):
            for _ in range(number):
                a_response(session, collector, some_answers())
    page = officer.get(SHARE).text
    assert "<strong>13</strong> answers so far" in page
    shown = re.findall(r'engage-number">(0|fewer than 10|\d+)</td>\n<td class="nhsuk-table__cell">(?:None|<a)', page)
    assert shown == ["0", "fewer than 10", "10"]


def test_a_row_aimed_at_fewer_than_fifty_people_is_warned_of(officer: StaffBrowser, database: Database) -> None:
    code = a_row(database)
    fields = {"name": "Night team", "audience": "staff_nursing", "planned_reach": "50"}
    officer.post(f"{SHARE}/{code}", fields)
    assert "Fewer than 50 people" not in officer.get(SHARE).text
    officer.post(f"{SHARE}/{code}", {**fields, "planned_reach": "49"})
    assert "Fewer than 50 people" in officer.get(SHARE).text
    row = officer.get(f"{SHARE}/{code}").text
    assert "people could be recognised" in row
    assert "This address is for staff" in row


def test_the_planner_is_downloaded_with_harmless_cells(officer: StaffBrowser, database: Database) -> None:
    code = a_row(database, name="=cmd()", place="", channel="+44")
    answer = officer.get(f"{SHARE}/planner.csv")
    assert answer.data.startswith(b"\xef\xbb\xbf")
    (row,) = csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig")))
    assert (row["Name"], row["Channel"], row["Code"], row["Answers so far"]) == ("'=cmd()", "'+44", code, "0")
    assert row["Address"] == f"http://localhost/{code}"


def test_a_survey_that_is_not_published_can_be_planned_but_not_printed(
    signed_in_as: SignedInAs, database: Database
) -> None:
    with database.writing() as session:
        new_design(
            session, organisation=ensure_root(session), questionnaire=a_questionnaire(), at=NOW, by="o@example.org"
        )
    officer = signed_in_as("officer")
    officer.post(SHARE)
    page = officer.get(SHARE).text
    assert "not published yet" in page
    printing = officer.get(f"{SHARE}/print").text
    assert "nothing can be printed" in printing
    assert "Make the files" not in printing
    assert "This survey is not open yet" in officer.get(f"/{rows(database)[0].code}").text


def test_the_former_address_of_a_collector_leads_to_its_row(officer: StaffBrowser, database: Database) -> None:
    code = a_row(database)
    assert officer.get(f"/staff/collectors/{code}").headers["Location"].endswith(f"{SHARE}/{code}")


@pytest.mark.parametrize("path", ["", "/add", "/planner.csv", "/places", "/print", "/words", "/{code}", "/{code}/stop"])
def test_another_organisations_survey_is_not_there(officer: StaffBrowser, database: Database, path: str) -> None:
    with database.writing() as session:
        other = tables.Organisation(slug="other", name="Other", kind="trust", parent_id=ensure_root(session).id)
        session.add(other)
        session.flush()
        design = new_design(
            session, organisation=other, questionnaire=a_questionnaire(slug="theirs"), at=NOW, by="x@example.org"
        )
        code = a_collector(session, session.get_one(tables.Survey, design.survey_id)).code
    assert officer.get("/staff/surveys/theirs/share" + path.format(code=code)).status_code == 404
    if "{code}" in path:
        assert officer.get(SHARE + path.format(code=code)).status_code == 404


@pytest.mark.parametrize("role", ["viewer", "analyst", "triage", "patient_partner"])
def test_only_those_who_share_reach_the_planner(signed_in_as: SignedInAs, officer: StaffBrowser, role: str) -> None:
    assert signed_in_as(role).get(SHARE).status_code == 403


def test_the_planner_asks_the_database_as_often_for_forty_rows_as_for_two(
    officer: StaffBrowser, database: Database
) -> None:
    asked: list[str] = []
    counts = []

    def note(*given: Any) -> None:
        asked.append(given[2])

    event.listen(officer.client.application.extensions["engage"].database.engine, "before_cursor_execute", note)
    for number in (2, 38):
        for at in range(number):
            a_row(database, name=f"Row {number} {at}")
        asked.clear()
        officer.get(SHARE)
        counts.append(len(asked))
    # The first page also reads the published version, which is then kept in memory.
    assert counts[1] <= counts[0] <= 30
