"""The whole way through a survey, as a program that follows forms goes it."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import text

from engage.unit_of_work import Database
from surveys.library import library_files
from surveys.question_bank import BANK_VERSION, topics
from surveys.questionnaire_file import read_questionnaire
from tests.engage.respond.conftest import MakeSurvey
from tests.engage.respond.forms import Follower, Page, fill_in


def test_whole_journey_stores_one_response_with_what_was_answered(
    follower: Follower, survey: MakeSurvey, database: Database
) -> None:
    page = follower.submit(follower.get(f"/{survey()}"))
    pages = []
    while page.forms:
        pages.append(page)
        page = follower.submit(page, fill_in(page.form))
    assert "Thank you" in page.heading
    with database.reading() as session:
        (document,) = session.execute(text("SELECT answers FROM response_document")).scalars()
        (about,) = session.execute(text("SELECT answers FROM equality_answer")).scalars()
        comments = dict(session.execute(text("SELECT item_key, text FROM comment")).all())
    answers = json.loads(document)["answers"]
    assert answers["most_important"] == ["waiting"]
    assert answers["digital.importance"] == "not"
    assert answers["visits"] == 3
    assert answers["order"] == ["home"]
    assert comments["missing"] == "Shorter waits, please."
    assert set(json.loads(about)) == {"age", "sex"}
    assert [page.heading for page in pages][:5] == [
        "Which matter most to you? Choose up to 2.",
        "Waiting less",
        "Better technology",
        "More staff",
        "What is your connection to the service?",
    ]


def test_questions_about_the_person_are_asked_in_the_readers_language(
    follower: Follower, survey: MakeSurvey, database: Database
) -> None:
    """A translation changes the words alone: the answer and the version of the bank are stored as in English."""
    arabic = read_questionnaire((Path(__file__).resolve().parents[2] / "surveys/data/arabic.yaml").read_bytes())
    page = follower.submit(follower.get(f"/{survey(dataclasses.replace(arabic, equality=('age',)))}"))
    headings = []
    while page.forms:
        headings.append(page.heading)
        page = follower.submit(page, fill_in(page.form))
    assert "كم عمرك؟" in headings
    assert not any("How old" in seen.text for seen in follower.visited)
    with database.reading() as session:
        ((about, version),) = session.execute(text("SELECT answers, bank_version FROM equality_answer")).all()
    assert json.loads(about)["age"] in {option.id for option in topics()["age"].questions[0].options}
    assert version == BANK_VERSION


def test_every_page_has_one_form_with_one_main_button_and_a_label_for_every_control(
    follower: Follower, survey: MakeSurvey
) -> None:
    code = survey(read_questionnaire(library_files()["every-kind"].read_bytes()))
    page = follower.submit(follower.get(f"/{code}"))
    while page.forms:
        page = follower.submit(page, fill_in(page.form))
    follower.get(f"/{code}/all")
    follower.get("/")
    for seen in follower.visited:
        _is_sound(seen)


def _is_sound(page: Page) -> None:
    assert page.status == 200, page.html
    assert page.language
    assert page.direction in ("ltr", "rtl")
    assert len(page.ids) == len(set(page.ids)), f"{page.address} has an id twice"
    assert len(page.forms) <= 1, page.address
    for form in page.forms:
        assert form.method == "post"
        assert form.main_button is form.buttons[0], "the first button is the one that Enter presses"
        for control in form.controls.values():
            assert control.kind == "hidden" or set(control.ids) <= page.labelled, (page.address, control.name)
    for forbidden in (" required", 'type="range"', " checked", "<table", "style=", "<style", "onclick"):
        assert forbidden not in page.html or (forbidden == " checked" and "/page/" not in page.address), forbidden


def test_nobody_has_to_answer_anything(follower: Follower, survey: MakeSurvey, stored: Callable[[str], int]) -> None:
    page = follower.submit(follower.get(f"/{survey()}"))
    while page.forms:
        page = follower.submit(page)
    assert "Thank you" in page.heading
    assert stored("response") == 1
