"""Writing a survey in a real browser: saving while typing, undo, two people at once, every page for everybody."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from engage import clock
from surveys.designing import new_design
from surveys.library import library_files
from surveys.organisations import ensure_root
from surveys.questionnaire_file import read_questionnaire
from tests.browser import visitor
from tests.end_to_end.conftest import Site
from tests.end_to_end.test_accessibility import Inspector
from tests.factories import PASSWORD, an_account

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

ANNA, BEN = "designer.anna@example.org", "designer.ben@example.org"
STATUS = "[data-autosave-status]"


@pytest.fixture(scope="module")
def survey(site: Site) -> str:
    """The address of a survey that two officers write."""
    questionnaire = read_questionnaire(library_files()["every-kind"].read_bytes())
    with site.database.writing() as session:
        for email in (ANNA, BEN):
            an_account(session, email=email)
        root = ensure_root(session)
        design = new_design(session, organisation=root, questionnaire=questionnaire, at=clock.now(), by=BEN)
        return f"/staff/surveys/{design.questionnaire.slug}"


@contextmanager
def signed_in(site: Site, browser: Browser, email: str, *, width: int = 390) -> Iterator[Page]:
    with visitor(browser, base_url=site.address, width=width, device_scale_factor=1) as context:
        page = context.new_page()
        page.goto("/staff/sign-in")
        page.fill("#email", email)
        page.fill("#password", PASSWORD)
        page.locator("main button[type=submit]").click()
        page.wait_for_url("**/staff/**")
        yield page


def test_what_is_typed_is_saved_and_can_be_undone(site: Site, browser: Browser, survey: str) -> None:
    with signed_in(site, browser, ANNA) as page:
        page.goto(f"{survey}/themes/before")
        assert not page.get_by_role("button", name="Undo").is_visible()
        page.fill("#explanation", "Utilisation.")
        page.locator(STATUS, has_text="All changes saved").wait_for()
        assert page.inner_text("#explanation-long") == "Long words: utilisation."
        assert page.inner_text("#shown-explanation") == "Utilisation."
        assert page.inner_text("#last-change") == "Last change: just now."
        page.get_by_role("button", name="Undo: Theme “Before your visit” changed").click()
        page.get_by_role("button", name="Undo").wait_for(state="hidden")
        assert page.input_value("#explanation").startswith("This is about your letter")


def test_the_button_waits_for_what_is_being_saved(site: Site, browser: Browser, survey: str) -> None:
    with signed_in(site, browser, ANNA) as page:
        page.goto(f"{survey}/themes/during")

        def slowly(route: Route) -> None:
            # The button is pressed when the server has saved, and the script does not know it yet.
            reply = route.fetch()
            page.fill("#plain_title", "Third")
            page.get_by_role("button", name="Save", exact=True).click(no_wait_after=True)
            route.fulfill(response=reply)

        page.route("**/themes/during", slowly, times=1)
        page.fill("#plain_title", "Second")
        page.locator("#undoes", has_text="Third").wait_for()
        page.wait_for_load_state()
        assert not page.locator("[data-overtaken]").count()
        assert page.input_value("#plain_title") == "Third"


def test_nothing_is_replaced_before_somebody_decides(site: Site, browser: Browser, survey: str) -> None:
    with signed_in(site, browser, ANNA) as anna, signed_in(site, browser, BEN) as ben:
        for page in (anna, ben):
            page.goto(f"{survey}/themes/afterwards")
        anna.fill("#plain_title", "Hers")
        anna.locator(STATUS, has_text="All changes saved").wait_for()
        ben.fill("#plain_title", "His")
        ben.locator(STATUS, has_text=f"{ANNA} changed this part meanwhile").wait_for()
        ben.get_by_role("button", name="Save", exact=True).click()
        ben.locator("[data-overtaken]").wait_for()
        ben.fill("#plain_title", "His own")
        assert ben.inner_text(STATUS) == ""
        anna.reload()
        assert anna.input_value("#plain_title") == "Hers"
        ben.get_by_role("button", name="Save", exact=True).click()
        ben.locator("#undoes", has_text="His own").wait_for()
        anna.reload()
        assert anna.input_value("#plain_title") == "His own"
        assert f"{BEN} also works on this survey" in anna.inner_text("#last-change")


def test_themes_are_put_in_order_by_keyboard_alone(site: Site, browser: Browser, survey: str) -> None:
    with signed_in(site, browser, ANNA) as page:
        page.goto(f"{survey}/themes")
        first = page.locator("ol h2").first.inner_text()
        page.get_by_role("button", name=f"Down with {first}").focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/themes#theme-*")
        assert page.locator("ol h2").nth(1).inner_text() == first


def test_no_page_of_the_designer_has_barriers(site: Site, browser: Browser, survey: str) -> None:
    paths = (
        "themes",
        "themes/before",
        "questions",
        "questions/used",
        "questions/each.what-went-wrong",
        "questions/overall",
        "questions/best-part",
        "questions/used/when",
        "questions/which-language/when?field=used",
        "scales",
        "scales/friends-and-family",
        "history",
    )
    with signed_in(site, browser, ANNA, width=320) as page:
        inspector = Inspector(page)
        for path in paths:
            page.goto(f"{survey}/{path}")
            inspector.look()
        for path, button in (("themes", "Add theme"), ("questions", "Add question"), ("scales", "Add this scale")):
            page.goto(f"{survey}/{path}")
            page.get_by_role("button", name=button).click()
            page.locator(".nhsuk-error-summary").wait_for()
            inspector.look("with an error")
        assert inspector.findings == []
