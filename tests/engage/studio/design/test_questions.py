"""The pages on which questions are chosen, written, put in order and asked only of some, without a script."""

import html
import re
from collections.abc import Mapping

import pytest

from surveys.designing.finding import each_found, find_question
from surveys.designing.presets import switched_on
from surveys.questionnaire import ChoiceQuestion, Comparison, Not, RatingQuestion
from tests.engage.conftest import SignedInAs
from tests.engage.staff_browser import StaffBrowser
from tests.engage.studio.design.conftest import SURVEY, NowOf

QUESTIONS = f"{SURVEY}/questions"
NEW = {
    "revision": "1",
    "text": "Where do you live?",
    "kind": "choice",
    "options": "In town\r\nFar away",
    "where": "after_themes",
}


def keys(now: NowOf) -> list[str]:
    return [found.key for found in each_found(now())]


def post(browser: StaffBrowser, path: str, fields: Mapping[str, object]) -> tuple[int, str, str]:
    """Send a form, whose fields may hold several values; status, where it leads, and the page."""
    sent = {"csrf_token": browser.token(QUESTIONS), **fields}
    reply = browser.client.post(path, data=sent, environ_base=browser.environment)
    return reply.status_code, reply.location, html.unescape(reply.text)


def test_ready_questions_are_switched_on_and_off_in_one_form(officer: StaffBrowser, now: NowOf) -> None:
    page = officer.get(QUESTIONS).text
    assert len(re.findall(r'name="ready"[^>]* checked', page)) == 5
    wanted = ["importance", "anything-missing", "quote-words"]
    assert post(officer, f"{QUESTIONS}/ready", {"revision": "1", "ready": wanted})[:2] == (303, QUESTIONS)
    assert switched_on(now()) == frozenset(wanted)
    assert "each.comment" not in keys(now)


def test_a_ready_question_that_somebody_rewrote_is_not_switched_off_blindly(
    officer: StaffBrowser, signed_in_as: SignedInAs, now: NowOf
) -> None:
    editor = signed_in_as("editor")
    post(editor, f"{QUESTIONS}/each.comment", {"revision": "1", "text": "Their words?"})
    status, _, page = post(officer, f"{QUESTIONS}/ready", {"revision": "1", "ready": ["importance"]})
    assert status == 409
    assert "editor@example.org changed the questions" in page
    assert "each.comment" in keys(now)
    assert post(officer, f"{QUESTIONS}/ready", {"revision": "2", "ready": ["importance"]})[0] == 303


@pytest.mark.parametrize("kind", ["choice", "choices", "rating", "text", "long_text"])
def test_a_question_is_added_and_its_page_opens(officer: StaffBrowser, now: NowOf, kind: str) -> None:
    status, then, _ = post(officer, f"{QUESTIONS}/add", {**NEW, "kind": kind, "where": "each_theme"})
    assert (status, then) == (303, f"{QUESTIONS}/each.where-do-you-live")
    assert find_question(now(), "each.where-do-you-live").question.kind == kind
    assert "Where do you live?" in officer.get(then).text


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("text", "Write the question"),
        ("kind", "Choose how people answer"),
        ("where", "Choose when it is asked"),
        ("options", "Write at least 2 here, one on each line"),
    ],
)
def test_a_question_that_is_not_complete_is_kept_on_the_page(
    officer: StaffBrowser, now: NowOf, name: str, said: str
) -> None:
    fields = {other: value for other, value in NEW.items() if other != name}
    status, _, page = post(officer, f"{QUESTIONS}/add", {**fields})
    assert status == 422
    assert f'<a href="#{name}">{said}</a>' in page
    assert name == "text" or 'value="Where do you live?"' in page
    assert len(keys(now)) == 8


def test_answers_are_written_one_per_line_and_the_page_shows_how_people_see_them(
    officer: StaffBrowser, now: NowOf
) -> None:
    post(officer, f"{QUESTIONS}/add", {**NEW})
    where = f"{QUESTIONS}/where-do-you-live"
    fields = {"revision": "2", "text": "Where do you live?", "options": "In town\r\n\r\nNot far away ", "not_sure": "y"}
    assert post(officer, where, fields)[:2] == (303, where)
    asked = find_question(now(), "where-do-you-live").question
    assert isinstance(asked, ChoiceQuestion)
    assert [option.id for option in asked.options] == ["in-town", "far-away"]
    assert [beside.id for beside in asked.not_scored] == ["not_sure"]
    assert "<li>Not far away</li>" in officer.get(where).text


@pytest.mark.parametrize(
    ("key", "fields", "said"),
    [
        ("connection", {"options": "Patient\npatient"}, "“patient” stands there twice"),
        ("connection", {"options": "\n".join(map(str, range(201)))}, "There are 201 lines here. Use at most 200"),
        ("connection", {"options": "x\n" + "x" * 501}, "to at most 500 characters"),
        ("connection", {"options": "Patient"}, "Write at least 2 here"),
        ("most_important", {"most": "none"}, "Enter a number, for example 3, or nothing"),
        ("most_important", {"most": "0"}, "Enter a number from 1 to 200"),
        ("quote", {"options": "Yes\nNo\nPerhaps"}, "Keep two answers here"),
        ("each.importance", {"scale": "no-such-scale"}, "Choose one of the answers in the list"),
        ("missing", {"text": ""}, "Write the question"),
    ],
)
def test_what_cannot_be_saved_stays_on_the_page(
    officer: StaffBrowser, now: NowOf, key: str, fields: dict[str, str], said: str
) -> None:
    before = now()
    options = {"options": "Yes\nNo"} if key in ("connection", "quote") else {}
    status, _, page = post(
        officer, f"{QUESTIONS}/{key}", {"revision": "1", "text": "Typed words?", **options, **fields}
    )
    assert status == 422
    assert said in page
    assert fields.get("text") == "" or "Typed words?</textarea>" in page
    assert now() == before


def test_a_scale_of_the_bank_comes_into_the_survey_with_the_question(officer: StaffBrowser, now: NowOf) -> None:
    post(officer, f"{QUESTIONS}/each.importance", {"revision": "1", "text": "How easy?", "scale": "ease"})
    asked = find_question(now(), "each.importance").question
    assert isinstance(asked, RatingQuestion)
    assert (asked.scale, asked.composite) == ("ease", True)
    assert now().scale("ease").points[0].label.in_language("en") == "Very easy"


def test_other_kinds_from_a_file_can_be_reworded_and_keep_the_rest(officer: StaffBrowser, now: NowOf) -> None:
    before = find_question(now(), "visits").question
    assert post(officer, f"{QUESTIONS}/visits", {"revision": "1", "text": "How often?", "hint": "About"})[0] == 303
    after = find_question(now(), "visits").question
    assert after.text.in_language("en") == "How often?"
    assert (after.kind, getattr(after, "maximum", 0)) == (before.kind, 99)


def test_questions_move_and_go(officer: StaffBrowser, now: NowOf) -> None:
    assert post(officer, QUESTIONS, {"revision": "1", "act": "down missing"})[:2] == (
        303,
        f"{QUESTIONS}#question-missing",
    )
    assert keys(now)[-2:] == ["quote", "missing"]
    assert post(officer, QUESTIONS, {"revision": "2", "act": "remove each.comment"})[:2] == (303, QUESTIONS)
    assert "each.comment" not in keys(now)
    assert "Question “Would you like to say more?” removed</span></button>" in officer.get(QUESTIONS).text


def test_a_question_is_put_before_the_themes_or_asked_about_each(officer: StaffBrowser, now: NowOf) -> None:
    where = f"{QUESTIONS}/missing/place"
    assert post(officer, where, {"revision": "1", "where": "before_themes"})[1] == f"{QUESTIONS}/missing"
    assert keys(now)[1] == "missing"
    assert post(officer, where, {"revision": "2", "where": "each_theme"})[1] == f"{QUESTIONS}/each.missing"
    status, _, page = post(officer, f"{QUESTIONS}/each.missing/place", {"revision": "3"})
    assert (status, "Choose when it is asked" in page) == (422, True)


def test_asking_only_some_people_takes_two_steps_without_script(officer: StaffBrowser, now: NowOf) -> None:
    where = f"{QUESTIONS}/missing/when"
    first = officer.get(where).text
    assert '<option value="connection">' in first
    assert 'name="test"' not in first
    assert "Member of staff" in officer.get(f"{where}?field=connection").text
    fields = {"revision": "1", "field": "connection", "test": "is_not", "options": ["patient", "staff"]}
    assert post(officer, where, fields)[:2] == (303, f"{QUESTIONS}/missing")
    condition = Not(Comparison("connection", "one_of", ("patient", "staff")))
    assert find_question(now(), "missing").condition == condition
    page = html.unescape(officer.get(where).text)
    assert len(re.findall(r'name="options"[^>]* checked', page)) == 2
    listed = html.unescape(officer.get(QUESTIONS).text)
    assert "Asked only if it is not so that the answer to “What is your connection" in listed
    assert "Without it, everybody is asked: Is anything missing?" in listed
    assert post(officer, f"{QUESTIONS}/missing/always", {"revision": "2"})[0] == 303
    assert find_question(now(), "missing").condition is None


def test_a_condition_without_an_answer_says_what_to_do(officer: StaffBrowser, now: NowOf) -> None:
    fields = {"revision": "1", "field": "connection", "test": "is"}
    status, _, page = post(officer, f"{QUESTIONS}/missing/when", {**fields})
    assert (status, '<a href="#options">Tick at least one answer</a>' in page) == (422, True)


@pytest.mark.parametrize("field", ["missing", "quote", "made-up", "each.comment"])
def test_a_later_or_open_question_cannot_decide(officer: StaffBrowser, now: NowOf, field: str) -> None:
    fields = {"revision": "1", "field": field, "test": "answered"}
    assert post(officer, f"{QUESTIONS}/missing/when", {**fields})[0] == 404
    assert find_question(now(), "missing").condition is None


def test_a_question_that_others_wait_for_does_not_move_behind_them(officer: StaffBrowser, now: NowOf) -> None:
    fields = {"revision": "1", "field": "connection", "test": "answered"}
    post(officer, f"{QUESTIONS}/order/when", {**fields})
    before = keys(now)
    status, _, page = post(officer, QUESTIONS, {"revision": "2", "act": "down connection"})
    assert status == 422
    assert "was not moved. It cannot go there" in page
    status, _, page = post(officer, f"{QUESTIONS}/order/place", {"revision": "2", "where": "before_themes"})
    assert (status, "It cannot go there" in page) == (422, True)
    assert keys(now) == before


def test_two_people_on_the_same_question_are_told(officer: StaffBrowser, signed_in_as: SignedInAs, now: NowOf) -> None:
    editor = signed_in_as("editor")
    condition = {"revision": "1", "field": "connection", "test": "is", "options": "patient"}
    post(editor, f"{QUESTIONS}/missing/when", condition)
    post(editor, f"{QUESTIONS}/missing", {"revision": "2", "text": "Theirs?"})
    post(editor, f"{QUESTIONS}/visits", {"revision": "3", "text": "Theirs?"})
    for path, fields in (
        ("missing", {"text": "Mine?"}),
        ("visits/place", {"where": "before_themes"}),
        ("missing/when", {"field": "connection", "test": "answered"}),
        ("missing/always", {}),
    ):
        status, _, page = post(officer, f"{QUESTIONS}/{path}", {"revision": "1", **fields})
        assert status == 409
        assert "editor@example.org" in page
    assert (
        "<strong>Question:</strong> Theirs?" in post(officer, f"{QUESTIONS}/missing", {"revision": "1", "text": "M"})[2]
    )
    assert find_question(now(), "missing").question.text.in_language("en") == "Theirs?"


@pytest.mark.parametrize("path", ["made-up", "each.quote", "made-up/when"])
def test_a_question_that_is_not_there_is_not_found(officer: StaffBrowser, path: str) -> None:
    assert officer.get(f"{QUESTIONS}/{path}").status_code == 404
