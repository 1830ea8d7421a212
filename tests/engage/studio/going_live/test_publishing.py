"""The gate: what it lists, who may pass it, what publishing then does, and what an edit does to results."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace

import pytest
from sqlalchemy import select

from engage.unit_of_work import Database
from surveys.publishing import current_version, is_published, load_version
from surveys.storage import tables
from tests.engage.conftest import SignedInAs
from tests.engage.staff_browser import StaffBrowser
from tests.engage.studio.going_live.designs import a_design, a_ready_preparation, a_ready_questionnaire, edit
from tests.factories import a_collector, a_questionnaire, a_survey, words

GATE = "/staff/surveys/small-survey/publish"
REVISION = re.compile(r'name="revision" value="(\d+)"')


@pytest.fixture
def publisher(signed_in_as: SignedInAs) -> StaffBrowser:
    return signed_in_as("publisher")


def press(browser: StaffBrowser, fields: dict[str, str] | None = None, at: str = GATE):  # type: ignore[no-untyped-def]  # A test response.
    revision = REVISION.search(browser.get(GATE).text)
    assert revision
    return browser.post(at, {"revision": revision[1], **(fields or {})}, form_at=GATE)


def number(database: Database) -> str | None:
    with database.reading() as session:
        survey = session.scalars(select(tables.Survey)).one()
        return current_version(session, survey=survey).number if is_published(session, survey=survey) else None


def test_a_ready_survey_is_published_with_one_press(publisher: StaffBrowser, database: Database) -> None:
    with database.writing() as session:
        survey = a_design(session)
        a_collector(session, survey)
    page = publisher.get(GATE).text
    assert "in English through 1 code." in page
    assert "still missing" not in page
    done = press(publisher)
    assert done.status_code == 303
    told = publisher.get(done.headers["Location"]).text
    assert "Version 1.0" in told
    assert "/staff/surveys/small-survey/share" in told
    with database.reading() as session:
        survey = session.scalars(select(tables.Survey)).one()
        events = [event.action for event in session.scalars(select(tables.AuditEvent))]
    assert survey.closes_at is not None
    assert survey.closes_at.date() == a_ready_preparation().closes_on + datetime.timedelta(days=1)
    assert {"survey published", "dates changed"} <= set(events)


@pytest.mark.parametrize(
    ("prepared", "asked", "says", "leads"),
    [
        ({"reader_name": ""}, {}, "Nobody is named who reads the comments", "/people#reader_name"),
        ({"closes_on": None}, {}, "No closing date is set", "/dates#closes_on"),
        ({"closes_on": datetime.date(2020, 1, 1)}, {}, "last day for answers is past", "/dates#closes_on"),
        ({"opens_on": datetime.date(2099, 1, 1)}, {}, "would close before it opens", "/dates#closes_on"),
        ({"outcome_on": None}, {}, "No date is set for publishing the outcome", "/dates#outcome_on"),
        ({"decision_made": None}, {}, "whether the decision is already made", "/about#decision_made"),
        ({"decision_made": True}, {}, "The decision is already made", "/about#decision_made"),
        ({}, {"privacy": words("")}, "This text is still blank", "/about#privacy"),
        ({}, {"title": words("")}, "This text is still blank", "/about#title"),
        ({"poster_promises": "Come to our workshop."}, {}, "This promises a workshop", "/share/words"),
    ],
)  # fmt: skip
def test_what_is_missing_is_listed_with_a_link_and_keeps_the_survey_back(
    publisher: StaffBrowser, database: Database, prepared: dict, asked: dict, says: str, leads: str
) -> None:  # type: ignore[type-arg]  # Fields of two records.
    with database.writing() as session:
        a_design(session, a_ready_questionnaire(**asked), a_ready_preparation(**prepared))
    page = publisher.get(GATE).text
    assert says in page
    assert f'href="/staff/surveys/small-survey{leads}"' in page
    assert "Publish now" not in page
    assert press(publisher).status_code == 422
    assert number(database) is None


def test_without_comments_nobody_needs_to_read_them(publisher: StaffBrowser, database: Database) -> None:
    with database.writing() as session:
        plain = a_ready_questionnaire(
            pages=a_questionnaire().pages[:2], ask_about_each_theme=a_questionnaire().ask_about_each_theme[:1]
        )
        a_design(session, plain, a_ready_preparation(reader_name="", reader_email=""))
    assert press(publisher).status_code == 303


def test_a_survey_that_nobody_tried_needs_a_tick(publisher: StaffBrowser, database: Database) -> None:
    with database.writing() as session:
        a_design(session, preparation=a_ready_preparation(previewed=None))
    refused = press(publisher)
    assert refused.status_code == 422
    assert "Try it, then tick the box" in refused.text
    assert press(publisher, {"tried": "y"}).status_code == 303


def test_other_dates_need_no_new_trial_and_other_words_do(publisher: StaffBrowser, database: Database) -> None:
    with database.writing() as session:
        survey = a_design(session)
        edit(session, survey, short_time_reason="None", previewed=1)
    assert "I have tried" not in publisher.get(GATE).text
    with database.writing() as session:
        survey = session.scalars(select(tables.Survey)).one()
        edit(session, survey, {"audience": words("Everybody")}, previewed=1)
    assert "I have tried" in publisher.get(GATE).text


def test_an_editor_sees_the_gate_and_whom_to_ask(signed_in_as: SignedInAs, database: Database) -> None:
    signed_in_as("publisher")
    editor = signed_in_as("editor")
    with database.writing() as session:
        a_design(session)
    page = editor.get(GATE).text
    assert "mailto:publisher@example.org" in page
    assert "Publish now" not in page
    assert press(editor).status_code == 403
    assert number(database) is None


def test_a_change_meanwhile_is_looked_at_before_it_goes_out(publisher: StaffBrowser, database: Database) -> None:
    with database.writing() as session:
        survey = a_design(session)
    seen = REVISION.search(publisher.get(GATE).text)
    with database.writing() as session:
        edit(session, session.merge(survey), {"audience": words("Everybody")})
    assert seen
    answer = publisher.post(GATE, {"revision": seen[1]})
    assert answer.status_code == 409
    assert "Somebody changed the survey meanwhile" in answer.text
    assert number(database) is None


def published(publisher: StaffBrowser, database: Database) -> None:
    with database.writing() as session:
        a_design(session)
    assert press(publisher).status_code == 303


def change(database: Database, **asked: object) -> None:
    with database.writing() as session:
        edit(session, session.scalars(select(tables.Survey)).one(), dict(asked))


def test_a_safe_edit_becomes_a_minor_version(publisher: StaffBrowser, database: Database) -> None:
    published(publisher, database)
    change(database, about=replace(a_ready_questionnaire().about, contact=words("Call 01632 960 999.")))
    page = publisher.get(GATE).text
    assert "results stay together" in page
    assert "Call 01632 960 999." in page
    assert "Write to team@example.org." in page
    assert press(publisher).status_code == 303
    assert number(database) == "1.1"


@pytest.mark.parametrize(("meaning", "expected"), [("same", "1.1"), ("changed", "2.0")])
def test_of_other_words_the_officer_says_what_they_mean(
    publisher: StaffBrowser, database: Database, meaning: str, expected: str
) -> None:
    published(publisher, database)
    theme = replace(a_ready_questionnaire().themes[0], plain_title=words("Shorter waits"))
    change(database, themes=(theme, *a_ready_questionnaire().themes[1:]))
    assert press(publisher).status_code == 422
    assert press(publisher, {"meaning": meaning}).status_code == 303
    assert number(database) == expected


def test_a_structural_edit_is_named_and_splits_results(publisher: StaffBrowser, database: Database) -> None:
    published(publisher, database)
    change(database, themes=a_ready_questionnaire().themes[:2])
    page = publisher.get(GATE).text
    assert "This changes what people were asked" in page
    assert "Results will be shown in two parts" in page
    assert press(publisher, {"meaning": "same"}).status_code == 303
    assert number(database) == "2.0"


def test_nothing_new_is_not_published_again(publisher: StaffBrowser, database: Database) -> None:
    published(publisher, database)
    page = publisher.get(GATE).text
    assert "Nothing to publish" in page
    assert "Publish changes" not in page


def test_dates_change_without_a_version_and_only_when_asked(publisher: StaffBrowser, database: Database) -> None:
    published(publisher, database)
    with database.writing() as session:
        survey = session.scalars(select(tables.Survey)).one()
        edit(session, survey, closes_on=datetime.date(2027, 6, 30))
        before = survey.closes_at
    assert "Change the dates now" in publisher.get(GATE).text
    with database.reading() as session:
        assert session.scalars(select(tables.Survey)).one().closes_at == before
    assert press(publisher, at=f"{GATE}/dates").status_code == 303
    with database.reading() as session:
        assert session.scalars(select(tables.Survey)).one().closes_at == datetime.datetime(
            2027, 6, 30, 23, tzinfo=datetime.UTC
        )
    assert number(database) == "1.0"
    assert "Change the dates now" not in publisher.get(GATE).text


def test_a_translation_that_is_not_signed_stays_back_and_english_goes_live(
    publisher: StaffBrowser, database: Database
) -> None:
    with database.writing() as session:
        a_design(session, a_ready_questionnaire(languages=("en", "ur")))
    assert press(publisher).status_code == 303
    with database.reading() as session:
        survey = session.scalars(select(tables.Survey)).one()
        assert load_version(session, current_version(session, survey=survey).id).languages == ("en",)


def test_a_survey_from_a_file_keeps_its_dates(publisher: StaffBrowser, database: Database) -> None:
    with database.writing() as session:
        a_survey(session, a_ready_questionnaire(), closes=datetime.date(2027, 1, 31))
    page = publisher.get(GATE).text
    assert "to 31 January 2027" in page
    assert "Change the dates" not in page


def test_two_versions_stand_side_by_side(publisher: StaffBrowser, database: Database) -> None:
    published(publisher, database)
    change(database, themes=a_ready_questionnaire().themes[:2])
    press(publisher)
    page = publisher.get("/staff/surveys/small-survey/versions?earlier=1.0&later=2.0").text
    assert "publisher@example.org" in page
    assert "More staff" in page
    assert "A theme removed" in page
    assert publisher.get("/staff/surveys/small-survey/versions?earlier=9.9&later=x").status_code == 200


@pytest.mark.parametrize("page", ["publish", "checks", "versions", "close", "reopen", "withdraw", "published"])
def test_a_survey_that_does_not_exist_is_not_found(publisher: StaffBrowser, page: str) -> None:
    assert publisher.get(f"/staff/surveys/another/{page}").status_code == 404
