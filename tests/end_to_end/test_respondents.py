"""People answering on real pages in a real browser: small phones, no script, no cookies, a keyboard, a cut line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser import visitor
from tests.end_to_end.conftest import Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

MOST_PAGES = 60
MAIN_BUTTON = "form button.nhsuk-button:not(.nhsuk-button--secondary)"


@contextmanager
def phone(browser: Browser, site: Site, **options: Any) -> Iterator[Page]:
    with visitor(browser, base_url=site.address, device_scale_factor=1, **options) as context:
        yield context.new_page()


def start(page: Page, code: str) -> None:
    page.goto(f"/{code}")
    page.click(MAIN_BUTTON)


def answer(page: Page) -> None:
    """The first choice of the first question, and a comment where there is a box."""
    choice = page.query_selector("main input[type=radio], main input[type=checkbox]")
    if choice:
        choice.check()
    box = page.query_selector("main textarea")
    if box:
        box.fill("Somebody to phone, please.")


def go_through(page: Page) -> list[str]:
    """Answer page after page until there is no form any more; the headings on the way."""
    headings: list[str] = []
    while len(headings) < MOST_PAGES:
        headings.append(page.inner_text("h1"))
        assert _sideways(page) <= 0, f"{page.url} scrolls sideways"
        if not page.query_selector(MAIN_BUTTON):
            return headings
        answer(page)
        page.click(MAIN_BUTTON)
    raise AssertionError("the journey does not end")


def _sideways(page: Page) -> int:
    # Pages without script are measured as well: this runs in the tool's own world.
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.mark.parametrize("width", [320, 390])
@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_survey_is_answered_on_a_phone(browser: Browser, site: Site, width: int, script: bool) -> None:
    before = site.responses(site.themes)
    with phone(browser, site, width=width, height=640, java_script_enabled=script) as page:
        start(page, site.themes)
        headings = go_through(page)
    assert headings[-1] == "Thank you"
    assert "Check your answers before you send them" in headings
    assert site.responses(site.themes) == before + 1


@pytest.mark.parametrize("width", [320, 390])
def test_every_kind_of_question_is_answered_on_a_phone(browser: Browser, site: Site, width: int) -> None:
    before = site.responses(site.every_kind)
    with phone(browser, site, width=width, height=640) as page:
        start(page, site.every_kind)
        assert go_through(page)[-1] == "Thank you"
    assert site.responses(site.every_kind) == before + 1


def test_an_arabic_survey_reads_from_right_to_left_on_a_small_phone(browser: Browser, site: Site) -> None:
    before = site.responses(site.arabic)
    with phone(browser, site, width=320, height=640) as page:
        start(page, site.arabic)
        assert page.get_attribute("html", "dir") == "rtl"
        assert page.get_attribute("html", "lang") == "ar"
        back, heading = page.locator(".nhsuk-back-link").bounding_box(), page.locator("h1").bounding_box()
        assert back is not None
        assert heading is not None
        assert back["x"] + back["width"] > 280, "the way back stands at the right edge"
        go_through(page)
    assert site.responses(site.arabic) == before + 1


# Where the first and the last group of a telephone number are shown, for each place that shows it.
GROUPS = """() => {
  const found = [], texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    for (const number of node.data.matchAll(/01632.960.140/g)) {
      const shown = ["01632", "140"].map((group) => {
        const range = document.createRange(), begin = number.index + number[0].indexOf(group);
        range.setStart(node, begin);
        range.setEnd(node, begin + group.length);
        return range.getBoundingClientRect();
      });
      if (shown[0].width) found.push(shown.map((box) => [box.left, box.top]));
    }
  }
  return found;
}"""


def test_a_telephone_number_on_an_arabic_page_is_shown_in_its_own_order(browser: Browser, site: Site) -> None:
    with phone(browser, site, width=320, height=640) as page:
        page.goto(f"{site.address}/{site.arabic}")
        assert page.get_attribute("html", "dir") == "rtl"
        shown = page.evaluate(GROUPS)
    assert shown
    for (first, above), (last, below) in shown:
        assert (first < last, above) == (True, below)


def test_without_cookies_the_answers_go_on_to_one_page(browser: Browser, site: Site) -> None:
    before = site.responses(site.themes)
    with visitor(browser, base_url=site.address, device_scale_factor=1) as context:
        # A browser that refuses cookies drops them whenever they come.
        context.route("**/*", lambda route: (context.clear_cookies(), route.continue_()))
        page = context.new_page()
        start(page, site.themes)
        page.check("input[value='fair-care']")
        page.click(MAIN_BUTTON)
        assert "does not keep cookies" in page.inner_text("main")
        assert page.is_checked("input[name='matters-most'][value='fair-care']")
        page.click(MAIN_BUTTON)
        assert page.inner_text("h1") == "Your answers have been sent"
    assert site.responses(site.themes) == before + 1


def test_a_survey_is_answered_with_a_keyboard_alone(browser: Browser, site: Site) -> None:
    with phone(browser, site, width=390, height=800) as page:
        page.goto(f"/{site.themes}")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "nhsuk-skip-link"
        _tab_to(page, "button", "Start")
        page.keyboard.press("Enter")
        page.wait_for_url("**/page/matters-most")
        _tab_to(page, "input", "faster-care")
        page.keyboard.press("Space")
        _tab_to(page, "button", "Continue")
        page.keyboard.press("Enter")
        page.wait_for_url("**/page/theme.*")
        _tab_to(page, "input", "very")
        page.keyboard.press("Space")
        page.keyboard.press("ArrowDown")
        # Enter on a choice presses the main button, never the one that clears it.
        page.keyboard.press("Enter")
        page.wait_for_url("**/page/theme.planning-ahead")
        page.go_back()
        assert page.is_checked("input[value='fairly']")


def _tab_to(page: Page, kind: str, said: str) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        found = page.evaluate(
            "() => { const e = document.activeElement;"
            " return [e.tagName.toLowerCase(), e.value || '', e.textContent.trim()] }"
        )
        if found[0] == kind and said in found[1:]:
            return
    raise AssertionError(f"no {said!r} within 60 steps")


def test_a_cut_line_between_two_pages_loses_no_word(browser: Browser, site: Site) -> None:
    before = site.responses(site.themes)
    with visitor(browser, base_url=site.address, device_scale_factor=1) as context:
        page = context.new_page()
        start(page, site.themes)
        page.check("input[value='fair-care']")
        page.click(MAIN_BUTTON)
        page.fill("textarea", "I had to phone four times.")
        context.set_offline(True)
        page.click(MAIN_BUTTON)
        assert page.locator("[data-offline-message]").is_visible()
        assert page.input_value("textarea") == "I had to phone four times."
        context.set_offline(False)
        page.click("text=Send what I have answered so far")
        page.wait_for_url("**/after/**")
    assert site.responses(site.themes) == before + 1


def test_a_word_beside_the_box_says_when_somebody_could_be_identified_and_stops_nobody(
    browser: Browser, site: Site
) -> None:
    with phone(browser, site, width=390, height=640) as page:
        sent: list[str] = []
        start(page, site.themes)
        while not page.query_selector("main textarea"):
            answer(page)
            page.click(MAIN_BUTTON)
        heading, warning = page.inner_text("h1"), page.locator("[data-details-message]")
        page.on("request", lambda request: sent.append(request.url))
        for words, is_warned in {
            "I waited 3 hours on 12/11/2026.": False,
            "Write to jo@example.org": True,
            "They rang twice, at 9.15 and 10.30.": False,
            "943 476 5919": True,
            "٩٤٣ ٤٧٦ ٥٩١٩": True,
            "": False,
        }.items():
            page.fill("main textarea", words)
            assert warning.is_visible() is is_warned, words
        assert sent == []
        page.fill("main textarea", "Write to jo@example.org")
        page.click(MAIN_BUTTON)
        assert page.inner_text("h1") != heading


def test_back_and_sending_twice_store_one_response(browser: Browser, site: Site) -> None:
    before = site.responses(site.themes)
    with phone(browser, site) as page:
        start(page, site.themes)
        page.check("input[value='research']")
        page.click("text=Send what I have answered so far")
        page.wait_for_url("**/after/**")
        page.go_back()
        page.go_forward()
        assert page.inner_text("h1") == "Your answers have been sent"
    assert site.responses(site.themes) == before + 1


def test_the_page_after_an_error_starts_with_what_is_wrong_in_focus(browser: Browser, site: Site) -> None:
    with phone(browser, site, java_script_enabled=True) as page:
        start(page, site.themes)
        for choice in page.query_selector_all("input[type=checkbox]")[:5]:
            choice.check()
        page.click(MAIN_BUTTON)
        assert page.title().startswith("Error: ")
        assert page.evaluate("document.activeElement.className") == "nhsuk-error-summary"
        page.click("text=Select up to 3 themes. You have selected 5 >> nth=0")
        assert page.evaluate("document.activeElement.id") == "matters-most"


def test_rows_of_choices_are_large_and_answer_to_a_touch_anywhere(browser: Browser, site: Site) -> None:
    with phone(browser, site, width=320) as page:
        start(page, site.themes)
        page.click(MAIN_BUTTON)
        for row in page.query_selector_all(".nhsuk-radios__item"):
            box = row.bounding_box()
            assert box is not None
            assert box["height"] >= 48
        label = page.locator(".nhsuk-radios__label").first
        size = label.bounding_box()
        assert size is not None
        label.click(position={"x": size["width"] - 5, "y": size["height"] - 5})
        assert page.is_checked("input[value='very']")


def test_large_text_and_wide_spacing_fit_a_small_phone(browser: Browser, site: Site) -> None:
    with phone(browser, site, width=320) as page:
        start(page, site.themes)
        page.click(MAIN_BUTTON)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        page.evaluate("document.body.style.cssText = 'letter-spacing:.12em;word-spacing:.16em;line-height:1.5'")
        assert _sideways(page) <= 0
