"""The checks page: three groups, a way to each place, and letting a finding stand with a reason."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest
from sqlalchemy import select

from engage.studio.going_live.editing_places import editing_address
from engage.unit_of_work import Database
from surveys.designing import find_design
from surveys.storage import tables
from tests.engage.conftest import SignedInAs
from tests.engage.staff_browser import StaffBrowser
from tests.engage.studio.going_live.designs import a_design, a_ready_preparation, a_ready_questionnaire, edit
from tests.factories import words

CHECKS = "/staff/surveys/small-survey/checks"
FINDING = re.compile(r'name="finding" value="([^"]+)"')
REVISION = re.compile(r'name="revision" value="(\d+)"')


@pytest.fixture
def editor(signed_in_as: SignedInAs) -> StaffBrowser:
    return signed_in_as("editor")


@pytest.fixture
def joined(database: Database) -> tables.Survey:
    """A survey whose first theme has a title that joins two things, and nothing else to look at."""
    theme = replace(a_ready_questionnaire().themes[0], plain_title=words("Tests and results"))
    with database.writing() as session:
        return a_design(session, a_ready_questionnaire(themes=(theme, *a_ready_questionnaire().themes[1:])))


def send(editor: StaffBrowser, act: str, reason: str = "", finding: str | None = None):  # type: ignore[no-untyped-def]  # A test response.
    page = editor.get(CHECKS).text
    key, revision = FINDING.search(page), REVISION.search(page)
    assert revision
    fields = {"act": act, "finding": finding or unescape(key[1] if key else ""), "reason": reason}
    return editor.post(CHECKS, {"revision": revision[1], **fields})


def accepted(database: Database) -> list[tuple[int, str, str]]:
    with database.reading() as session:
        design = find_design(session, survey=session.scalars(select(tables.Survey)).one())
    assert design
    return [(one.check, one.reason, one.by) for one in design.preparation.accepted]


def test_findings_stand_in_three_groups_with_reason_advice_and_a_way(editor: StaffBrowser, database: Database) -> None:
    theme = replace(a_ready_questionnaire().themes[0], plain_title=words("Reduce elective backlogs"))
    with database.writing() as session:
        a_design(
            session,
            a_ready_questionnaire(themes=(theme, *a_ready_questionnaire().themes[1:])),
            a_ready_preparation(outcome_on=None),
        )
    page = editor.get(CHECKS).text
    titles = re.findall(r'<h2 class="nhsuk-heading-m">([^<]+)</h2>', page)
    assert [title.split(" (")[0] for title in titles] == ["Must fix", "Should look at", "Good to know"]
    assert "Instead of “elective” try: planned." in page
    assert 'href="/staff/surveys/small-survey/themes/waiting"' in page
    assert 'href="/staff/surveys/small-survey/dates#outcome_on"' in page
    assert "Words from inside the service mean little" in page


def test_a_finding_stands_with_a_reason_and_is_noted(
    editor: StaffBrowser, database: Database, joined: tables.Survey
) -> None:
    done = send(editor, "accept", "One of our clinics has this name.")
    assert done.status_code == 303
    assert accepted(database) == [(6, "One of our clinics has this name.", "editor@example.org")]
    page = editor.get(CHECKS).text
    assert "Left as it is" in page
    assert "editor@example.org" in page
    with database.reading() as session:
        event = session.scalars(select(tables.AuditEvent).order_by(tables.AuditEvent.id.desc())).first()
    assert event
    assert event.action == "warning accepted"
    assert event.detail["reason"] == "One of our clinics has this name."
    assert send(editor, "take back").status_code == 303
    assert accepted(database) == []


def test_without_a_reason_it_does_not_stand_and_the_page_says_so(
    editor: StaffBrowser, database: Database, joined: tables.Survey
) -> None:
    refused = send(editor, "accept", "  ")
    assert refused.status_code == 422
    assert "Say in a few words why" in refused.text
    link = re.search(r'href="#(reason-\d+)"', refused.text)
    assert link
    assert f'id="{link[1]}"' in refused.text
    long = send(editor, "accept", "x" * 301)
    assert long.status_code == 422
    assert "x" * 301 in long.text
    assert accepted(database) == []


def test_an_acceptance_falls_away_when_the_words_change(
    editor: StaffBrowser, database: Database, joined: tables.Survey
) -> None:
    send(editor, "accept", "It is one thing.")
    with database.writing() as session:
        survey = session.scalars(select(tables.Survey)).one()
        theme = replace(a_ready_questionnaire().themes[0], plain_title=words("Tests and scans"))
        edit(session, survey, {"themes": (theme, *a_ready_questionnaire().themes[1:])})
    page = editor.get(CHECKS).text
    assert "Left as it is" not in page
    assert "Leave it as it is" in page


@pytest.mark.parametrize("finding", ["6 themes.waiting.plain_title 0000000000000000", "1 privacy 0000000000000000"])
def test_what_is_not_found_any_more_is_not_accepted(
    editor: StaffBrowser, database: Database, joined: tables.Survey, finding: str
) -> None:
    assert send(editor, "accept", "A good reason.", finding).status_code == 303
    assert accepted(database) == []


@pytest.mark.parametrize("finding", ["", "x", "99999 a b"])
def test_a_finding_that_cannot_be_one_is_refused(editor: StaffBrowser, joined: tables.Survey, finding: str) -> None:
    assert send(editor, "accept", "A good reason.", finding or " ").status_code == 400


@pytest.mark.parametrize(
    ("place", "address"),
    [
        ("themes.a-b.explanation", "themes/a-b"), ("questions.q1.options", "questions/q1"),
        ("ask_about_each_theme.q.text", "questions/each.q"), ("about.can_change", "about#can_change"),
        ("about.contact", "people#contact"), ("editions.ur", "editions/ur"), ("scales.s.p", "scales/s"),
        ("preparation.closes_on", "dates#closes_on"), ("other_ways.paper", "people"), ("length", "questions"),
        ("anything else", "questions"),
    ],
)  # fmt: skip
def test_each_place_has_a_page(place: str, address: str) -> None:
    assert editing_address("s", place) == f"/staff/surveys/s/{address}"


def test_the_gate_lets_an_accepted_video_pass(signed_in_as: SignedInAs, database: Database) -> None:
    theme = replace(a_ready_questionnaire().themes[0], video="https://example.org/video")
    with database.writing() as session:
        a_design(session, a_ready_questionnaire(themes=(theme, *a_ready_questionnaire().themes[1:])))
    officer = signed_in_as("officer")
    gate = "/staff/surveys/small-survey/publish"
    assert "captions" in officer.get(gate).text
    assert send(officer, "accept", "Sam watched it: there are captions.").status_code == 303
    assert "still missing" not in officer.get(gate).text
