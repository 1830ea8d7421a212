"""The page on which officers watch a survey, and its files."""

import datetime
import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.insight.live.alarms import silent_collectors
from engage.insight.live.counting import Arrived, Counts
from engage.insight.live.tables import as_csv, collectors, funnel, weeks
from engage.respond.page_counts import Counted, add_counts
from engage.unit_of_work import Database
from surveys.rough_counts import rough, rough_number
from surveys.storage import tables
from tests.engage.conftest import SignedInAs
from tests.factories import NOW, a_collector, a_questionnaire, a_response, a_survey

DAY = datetime.date(2026, 11, 16)
LIVE = "/staff/surveys/small-survey/live"


def counts(*arrived: tuple[int, datetime.date, int]) -> Counts:
    """(collector, day, answers) each."""
    return Counts(tuple(Arrived(one, on, "en", "web", number) for one, on, number in arrived), (), 0)


def collector(number: int, **facts: object) -> tables.Collector:
    given_facts = {"name": f"Place {number}", "code": "7C3QX8", "created_on": DAY, "audience_id": "patients"}
    return tables.Collector(id=number, place="", **{**given_facts, **facts})


def test_three_answers_are_seen_to_arrive(database: Database, signed_in_as: SignedInAs) -> None:
    with database.writing() as session:
        code = a_collector(session, a_survey(session))
        for _ in range(3):
            a_response(session, code, at=datetime.date.today())  # noqa: DTZ011 The page itself asks for today.
    page = signed_in_as("officer").get(LIVE)
    assert page.status_code == 200
    told = dict(re.findall(r"<dt>([^<]+)</dt><dd[^>]*>([^<]+)</dd>", page.text))
    assert told == {"Answers today": "3", "This week": "3", "In all": "3"}


def test_a_part_of_the_answers_below_ten_is_never_told(database: Database, signed_in_as: SignedInAs) -> None:
    with database.writing() as session:
        survey = a_survey(session)
        many, few = a_collector(session, survey, name="Many"), a_collector(session, survey, name="Few")
        for number, one in ((12, many), (3, few)):
            for _ in range(number):
                a_response(session, one)
    browser = signed_in_as("officer")
    rows = re.findall(r'scope="row">(Many|Few)<(.*?)</tr>', browser.get(LIVE).text, re.DOTALL)
    cells = {name: re.findall(r"<td[^>]*>([^<]*)</td>", row) for name, row in rows}
    assert cells["Many"][6] == "10"
    assert cells["Few"][6] == "fewer than 10"
    file = browser.get(f"{LIVE}/collectors.csv")
    assert file.headers["Content-Type"].startswith("text/csv")
    assert "fewer than 10" in file.text
    assert not re.search(r"\b(3|12)\b", file.text)


@given(st.integers(0, 10_000))
def test_a_rough_count_is_near_and_never_a_small_number(count: int) -> None:
    shown = rough_number(count)
    if shown is None:
        assert 0 < count < 10
        assert rough(count) == "fewer than 10"
    else:
        assert abs(shown - count) <= 2
        assert shown == 0 or shown >= 10


def test_a_collector_that_falls_silent_is_named() -> None:
    answers = counts((1, DAY, 4), (2, DAY + datetime.timedelta(days=4), 2))
    found = silent_collectors(
        [collector(1), collector(2), collector(3), collector(4, stopped_at=NOW)],
        answers,
        opened_on=DAY,
        today=DAY + datetime.timedelta(days=5),
    )
    assert [(one.name, one.since) for one in found] == [("Place 1", DAY), ("Place 3", None)]


def test_an_activity_that_is_still_to_come_is_not_silent() -> None:
    later = collector(1, planned_on=DAY + datetime.timedelta(days=20))
    assert not silent_collectors([later], counts(), opened_on=DAY, today=DAY + datetime.timedelta(days=10))


def test_weeks_without_answers_stand_between_the_others() -> None:
    table = weeks(counts((1, DAY, 20), (1, DAY + datetime.timedelta(days=15), 30)))
    assert [row[1] for row in table.rows] == ["20", "0", "30"]
    assert table.bars == (66, 0, 100)


def test_the_funnel_goes_from_opened_to_sent(database: Database) -> None:
    table = funnel(Counts((), (), 0), a_questionnaire())
    steps = [row[0] for row in table.rows]
    assert steps[:3] == ["Opened", "Started", "Which matter most to you? Choose up to 2."]
    assert "Theme 1: Waiting less" in steps
    assert steps[-2:] == ["Sent", "Went on to questions about themselves"]


def test_a_name_that_a_spreadsheet_would_run_is_made_harmless() -> None:
    table = collectors(counts((1, DAY, 20)), [collector(1, name="=HYPERLINK(1)")], {})
    assert "\n'=HYPERLINK(1)" in as_csv(table)


def test_counts_of_two_processes_add_up(database: Database) -> None:
    with database.writing() as session:
        code = a_collector(session, a_survey(session))
        counted = Counted(code.survey_id, code.id, DAY, "opened", "en")
        add_counts(session, Counter({counted: 3}))
        add_counts(session, Counter({counted: 4}))
    with database.reading() as session:
        assert session.query(tables.PageCount).one().count == 7


@pytest.mark.parametrize(("role", "sees"), [("editor", False), ("publisher", True), ("analyst", True)])
def test_who_recruits_people_does_not_see_what_they_say(
    database: Database, signed_in_as: SignedInAs, role: str, sees: bool
) -> None:
    section = {"title": "What matters most", "tables": [
        {"caption": "Themes by people who chose them", "columns": ["", "Chosen by"],
         "rows": [["Waiting less", None, ["21 of 30"]]], "notes": []},
    ]}  # fmt: skip
    with database.writing() as session:
        survey = a_survey(session)
        session.add(
            tables.ResultsSnapshot(
                survey_id=survey.id,
                organisation_id=survey.organisation_id,
                filters={},
                document={"page": {"sections": [section]}},
                made_at=NOW,
            )
        )
    browser = signed_in_as(role)
    assert ("21 of 30" in browser.get(LIVE).text) is sees
    assert (browser.get(f"{LIVE}/themes.csv").status_code == 200) is sees


def test_a_survey_that_is_not_published_has_no_live_page(signed_in_as: SignedInAs) -> None:
    assert signed_in_as("officer").get("/staff/surveys/no-such-survey/live").status_code == 404
