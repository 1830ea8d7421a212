"""Coding comments in a real browser with nothing but keys: at most four for each comment, and all stored as meant."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle, islice
from typing import TYPE_CHECKING

import pytest

from surveys.coding.coding import Sentiment, coding_of
from surveys.coding.frames import make_frame
from surveys.coding.starting import starting_frames
from surveys.storage import tables
from tests.browser import axe_findings, visitor
from tests.coding import CODER, had
from tests.commented import a_comment, a_commented_survey
from tests.end_to_end.conftest import Site
from tests.factories import NOW, PASSWORD, an_account

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

COMMENTS, MOST_KEYS = 60, 4
EMAIL = "keyboard.coder@example.org"
FIRST_KEYS = "123456789abcde"
SENTIMENT_KEYS: dict[Sentiment, str] = {"positive": "+", "negative": "-", "mixed": "=", "neutral": "0"}
STATUS, DEFINITION = "[data-coding-status]", "[data-coding-definition]"

# What a coder would make of short comments: places of codes in the starting frame, each with how it is said.
MEANT: dict[str, dict[int, Sentiment]] = {
    "Good idea.": {0: "positive"},
    "Nothing": {0: "neutral"},
    "Six weeks for a scan is far too long": {1: "negative"},
    "Could I have my scan on a Saturday?": {2: "neutral"},
    "Lovely nurses but never enough of them": {5: "positive", 4: "negative"},
    "Parking costs too much and the bus does not come": {3: "negative"},
    "Seen within a week, and everything explained": {1: "positive", 6: "positive"},
    "The app is good when it works": {8: "mixed"},
    "My GP never got the letter and I had to tell it all again": {7: "negative", 6: "negative"},
    "Deaf people cannot ring you": {9: "negative"},
    "Do more screening at work": {10: "neutral"},
    "zzz": {},
    "After treatment I was alone with it": {11: "negative"},
    "Stop reorganising": {12: "negative"},
    "I do not know what a care model is": {13: "negative"},
}


@contextmanager
def signed_in(site: Site, browser: Browser, **options: bool) -> Iterator[Page]:
    with visitor(browser, base_url=site.address, width=1200, device_scale_factor=1, **options) as context:
        page = context.new_page()
        page.goto("/staff/sign-in")
        page.fill("#email", EMAIL)
        page.fill("#password", PASSWORD)
        page.locator("main button[type=submit]").click()
        page.wait_for_url("**/staff/**")
        yield page


@pytest.fixture(scope="module")
def frames(site: Site) -> dict[str, int]:
    """Ids of two frames with the same codes: one to code everything with, one to try keys."""
    texts = [f"{text} ({number})" for number, text in enumerate(islice(cycle(MEANT), COMMENTS))]
    start = starting_frames()["strategy"]
    made = {}
    with site.database.writing() as session:
        an_account(session, "analyst", email=EMAIL)
        at = a_commented_survey(session)
        for text in texts:
            a_comment(session, at, text)
        for name in ("coded", "tried"):
            made[name] = make_frame(
                session, survey=at.survey, name=name, questions=["comment"], codes=start.codes, at=NOW, by=CODER
            ).id
    return made


def address(frame_id: int) -> str:
    return f"/staff/surveys/small-survey/coding/{frame_id}/next"


def meant_of(page: Page) -> dict[int, Sentiment]:
    return MEANT[page.inner_text(".engage-comment p").rpartition(" (")[0]]


def keys_for(meant: dict[int, Sentiment]) -> list[str]:
    """What a coder presses: codes of one sentiment together, so that it is told once."""
    pressed, current = [], "neutral"
    for place, sentiment in sorted(meant.items(), key=lambda one: one[1] != "neutral"):
        pressed.append(FIRST_KEYS[place])
        if sentiment != current:
            pressed.append(SENTIMENT_KEYS[sentiment])
            current = sentiment
    return [*pressed, "Enter"] if meant else ["x"]


def test_sixty_short_comments_are_coded_with_at_most_four_keys_each(
    site: Site, browser: Browser, frames: dict[str, int]
) -> None:
    names = [code.name for code in starting_frames()["strategy"].codes]
    expected, presses = {}, 0
    with signed_in(site, browser) as page:
        page.goto(address(frames["coded"]))
        while "/next" not in page.url:
            meant = meant_of(page)
            expected[page.url.rpartition("/")[2]] = {names[place]: said for place, said in meant.items()}
            *keys, last = keys_for(meant)
            for key in keys:
                page.keyboard.press(key)
            with page.expect_navigation():
                page.keyboard.press(last)
            presses += len(keys) + 1
        assert "60 of 60 comments are coded" in page.inner_text("main")
    assert len(expected) == COMMENTS
    assert presses / COMMENTS <= MOST_KEYS
    with site.database.reading() as session:
        frame = session.get_one(tables.CodeFrame, frames["coded"])
        for ref, codes in expected.items():
            comment = session.get_one(tables.ScreenedComment, bytes.fromhex(ref))
            assert coding_of(session, frame_id=frame.id, ref=comment.ref) is not None
            assert had(session, frame, comment) == codes


def test_keys_toggle_tell_and_explain(site: Site, browser: Browser, frames: dict[str, int]) -> None:
    with signed_in(site, browser) as page:
        page.goto(address(frames["tried"]))
        page.keyboard.press("Enter")
        assert "press x if no code fits" in page.inner_text(STATUS)
        page.keyboard.press("2")
        assert page.inner_text(STATUS) == "Waiting and speed: neutral"
        assert page.inner_text(DEFINITION).startswith("Waiting and speed: How long something takes")
        page.keyboard.press("-")
        page.keyboard.press("6")
        assert page.inner_text(STATUS) == "Waiting and speed: negative, Kindness and respect: negative"
        page.keyboard.press("2")
        page.keyboard.press("+")
        assert page.inner_text(STATUS) == "Kindness and respect: positive"
        assert axe_findings(page) == []


def test_a_code_is_found_by_its_name(site: Site, browser: Browser, frames: dict[str, int]) -> None:
    with signed_in(site, browser) as page:
        page.goto(address(frames["tried"]))
        page.keyboard.press("/")
        page.keyboard.type("fair")
        assert page.locator("[data-code]:visible").count() == 1
        page.keyboard.press("Enter")
        assert page.inner_text(STATUS) == "Fairness: neutral"
        assert page.locator("[data-code]:visible").count() == len(FIRST_KEYS)


def test_skipping_and_going_back(site: Site, browser: Browser, frames: dict[str, int]) -> None:
    with signed_in(site, browser) as page:
        page.goto(address(frames["tried"]))
        skipped = page.url
        with page.expect_navigation():
            page.keyboard.press("s")
        first = page.url
        assert first != skipped
        page.keyboard.press("1")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        with page.expect_navigation():
            page.keyboard.press("u")
        assert page.url == first
        assert page.inner_text(".engage-desk__comment .nhsuk-caption-m") == "1 of 60 coded – this one is coded"


def test_single_keys_can_be_turned_off(site: Site, browser: Browser, frames: dict[str, int]) -> None:
    with signed_in(site, browser) as page:
        page.goto(address(frames["tried"]))
        page.keyboard.press("?")
        page.get_by_role("button", name="Turn single keys off").click()
        page.reload()
        page.keyboard.press("2")
        assert page.locator("[data-code] input:checked").count() == 0
        page.locator("[data-coding-help] summary").click()
        page.get_by_role("button", name="Turn single keys on").click()
        page.keyboard.press("2")
        assert page.locator("[data-code] input:checked").count() == 1


def test_without_script_the_form_does_the_same(site: Site, browser: Browser, frames: dict[str, int]) -> None:
    with signed_in(site, browser, java_script_enabled=False) as page:
        page.goto(address(frames["tried"]))
        ref = page.url.rpartition("/")[2]
        assert not page.get_by_label("How “Fairness” is said").is_visible()
        page.get_by_role("checkbox", name="Fairness").check()
        page.get_by_label("How “Fairness” is said").select_option("Mixed")
        page.get_by_role("button", name="Save and go on").click()
        assert page.url.rpartition("/")[2] != ref
    with site.database.reading() as session:
        frame = session.get_one(tables.CodeFrame, frames["tried"])
        assert had(session, frame, session.get_one(tables.ScreenedComment, bytes.fromhex(ref))) == {"Fairness": "mixed"}
