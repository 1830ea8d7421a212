"""Looking through the themes that were found: every button keeps what was typed, and the result is the survey's."""

from __future__ import annotations

import re

import pytest

from engage.unit_of_work import Database
from tests.engage.conftest import SignedInAs
from tests.engage.staff_browser import StaffBrowser
from tests.engage.studio.strategy_import.importing import (
    IMPORT,
    REVIEW,
    THEMES,
    a_design,
    fields,
    press,
    the_design,
    themes_on,
    upload,
)
from tests.surveys.strategy_documents import flyer, written


@pytest.fixture
def browser(database: Database, signed_in_as: SignedInAs) -> StaffBrowser:
    """An officer who has chosen the flyer for a survey that has no themes yet."""
    a_design(database, themes=())
    browser = signed_in_as("editor")
    assert upload(browser, written.as_docx(flyer.numbered()), "flyer.docx").status_code == 303
    return browser


def now(browser: StaffBrowser) -> list[tuple[str, str]]:
    return themes_on(browser.get(REVIEW).text)


def test_the_flyer_is_its_eight_themes_and_nothing_else(browser: StaffBrowser) -> None:
    page = browser.get(REVIEW)
    assert "We found 8 themes" in page.text
    assert themes_on(page.text) == list(flyer.THEMES)
    left_out = page.text[page.text.index("What was left out") :]
    assert "Eight themes came out of our first talks" in left_out
    assert "http://survey.example.org/q1jr0y" in left_out


def test_what_is_used_is_what_the_survey_has(browser: StaffBrowser, database: Database) -> None:
    reply = press(browser, "use")
    assert (reply.status_code, reply.location) == (303, THEMES)
    themes = the_design(database).questionnaire.themes
    assert [(one.title.in_language("en"), one.explanation.in_language("en")) for one in themes] == list(flyer.THEMES)


def test_only_what_is_kept_is_used_in_the_order_and_words_of_the_officer(
    browser: StaffBrowser, database: Database
) -> None:
    press(browser, "down 0", title_1="Planning ahead")
    page = browser.get(REVIEW).text
    values = fields(page)
    assert values["title-0"] == "Planning ahead"
    assert values["title-1"] == flyer.TITLES[0]
    kept = {name: value for name, value in values.items() if name != "keep-7"}
    browser.client.post(REVIEW, data={**kept, "act": "use"}, environ_base=browser.environment)
    titles = [one.title.in_language("en") for one in the_design(database).questionnaire.themes]
    assert titles == ["Planning ahead", flyer.TITLES[0], *flyer.TITLES[2:7]]


@pytest.mark.parametrize("act", ["save", "up 3", "down 3", "merge 3", "remove 3", "back 0", "blank", "pieces 0", "use"])
def test_every_button_keeps_what_was_typed(browser: StaffBrowser, act: str) -> None:
    press(browser, act, explanation_6="My own words here.", title_0="A new name")
    text = browser.get(REVIEW).text
    assert "My own words here." in text
    assert "A new name" in text


def test_merging_and_splitting_lose_no_word(browser: StaffBrowser) -> None:
    press(browser, "merge 1")
    merged = now(browser)
    assert len(merged) == 7
    assert merged[0] == (
        flyer.THEMES[0][0],
        "\n\n".join([flyer.THEMES[0][1], flyer.THEMES[1][0], flyer.THEMES[1][1]]),
    )
    press(browser, "split 0 1")
    assert now(browser) == list(flyer.THEMES)


def test_what_was_taken_out_and_what_was_left_out_come_back_where_they_stood(browser: StaffBrowser) -> None:
    press(browser, "remove 4")
    assert len(now(browser)) == 7
    press(browser, "back 0")
    assert now(browser) == list(flyer.THEMES)
    page = browser.get(REVIEW).text
    at = re.search(r'Eight themes came out.*?value="back (\d+)"', page, re.DOTALL)
    assert at is not None
    press(browser, f"back {at[1]}")
    brought = now(browser)
    assert brought[0] == ("", flyer.BEFORE[2].text)
    assert brought[1:] == list(flyer.THEMES)


def test_a_theme_without_a_title_is_asked_for_and_nothing_is_lost(browser: StaffBrowser, database: Database) -> None:
    reply = press(browser, "use", title_2="", explanation_5="Typed just now.")
    assert reply.status_code == 422
    assert '<a href="#title-2">Write a title for theme 3, or untick it</a>' in reply.text
    assert themes_on(reply.text)[5][1] == "Typed just now."
    assert the_design(database).questionnaire.themes == ()


def test_nothing_kept_is_nothing_used(browser: StaffBrowser) -> None:
    values = {name: value for name, value in fields(browser.get(REVIEW).text).items() if not name.startswith("keep-")}
    reply = browser.client.post(REVIEW, data={**values, "act": "use"}, environ_base=browser.environment)
    assert reply.status_code == 422
    assert "Keep at least one theme" in reply.text


def test_a_second_window_is_told_and_keeps_its_words(browser: StaffBrowser) -> None:
    stale = browser.get(REVIEW).text
    press(browser, "remove 7")
    reply = press(browser, "save", stale, title_0="From the second window")
    assert reply.status_code == 409
    assert "changed in another window" in reply.text
    assert themes_on(reply.text)[0][0] == "From the second window"
    assert len(now(browser)) == 7
    press(browser, "save", reply.text)
    assert now(browser)[0][0] == "From the second window"
    assert len(now(browser)) == 8


def test_themes_that_are_there_are_replaced_or_kept_as_the_officer_says(
    browser: StaffBrowser, database: Database
) -> None:
    press(browser, "use")
    upload(browser, b"1: Green\n\nText.\n\n2: Blue\n\nText.\n", "more.txt")
    asked = press(browser, "use")
    assert asked.status_code == 422
    assert "what shall happen" in asked.text
    press(browser, "use", existing="add")
    assert [one.title.in_language("en") for one in the_design(database).questionnaire.themes] == [
        *flyer.TITLES,
        "Green",
        "Blue",
    ]
    press(browser, "use", existing="replace")
    assert [one.title.in_language("en") for one in the_design(database).questionnaire.themes] == ["Green", "Blue"]


def test_saving_by_itself_answers_with_the_next_number(browser: StaffBrowser) -> None:
    values = {**fields(browser.get(REVIEW).text), "title-0": "Typed"}
    reply = browser.client.post(REVIEW, data=values, headers={"X-Autosave": "1"}, environ_base=browser.environment)
    assert reply.json["revision"] == int(values["revision"]) + 1
    assert reply.json["hints"] == {"kept": "8"}
    assert now(browser)[0][0] == "Typed"


def test_forty_headings_are_offered_and_not_taken(database: Database, signed_in_as: SignedInAs) -> None:
    a_design(database, themes=())
    browser = signed_in_as("editor")
    pieces = [written.title("A long strategy")]
    for number in range(40):
        pieces += [written.heading(f"Subject number {number}"), written.text("Something is said about it. " * 4)]
    upload(browser, written.as_docx(pieces), "long.docx")
    page = browser.get(REVIEW)
    assert "Which are the themes?" in page.text
    assert "40 headings" in page.text
    assert themes_on(page.text) == []
    press(browser, "way 0")
    assert len(now(browser)) == 40


def test_a_document_without_structure_offers_its_paragraphs(database: Database, signed_in_as: SignedInAs) -> None:
    a_design(database, themes=())
    browser = signed_in_as("editor")
    upload(browser, b"We want to be better at this.\n\nAnd we want it soon, for everybody.\n", "plain.txt")
    page = browser.get(REVIEW)
    assert "We found no themes" in page.text
    press(browser, "back 1")
    assert now(browser) == [("", "And we want it soon, for everybody.")]


def test_words_of_a_document_are_never_markup(database: Database, signed_in_as: SignedInAs) -> None:
    a_design(database, themes=())
    browser = signed_in_as("editor")
    hostile = "<script>alert(1)</script></textarea><img src=x onerror=alert(1)>"
    upload(browser, f"Before {hostile}\n\n1: {hostile}\n\n{hostile}.\n\n2: Two\n\nText.\n".encode(), "a.txt")
    page = browser.get(REVIEW).text
    assert "<script>alert" not in page
    assert "<img" not in page


def test_without_a_document_the_review_leads_to_choosing_one(database: Database, signed_in_as: SignedInAs) -> None:
    a_design(database)
    reply = signed_in_as("editor").get(REVIEW)
    assert (reply.status_code, reply.location) == (303, IMPORT)
