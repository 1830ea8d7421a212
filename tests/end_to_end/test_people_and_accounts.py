"""From an invitation to a second factor in a real browser, on a narrow phone, with and without script."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from tests.browser import visitor
from tests.end_to_end.conftest import Site
from tests.end_to_end.test_accessibility import Inspector, inspecting
from tests.engage.access.authenticator import code_of
from tests.factories import PASSWORD, an_account

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NEW = "four brave yellow tins"


def press(page: Page, words: str) -> None:
    page.get_by_role("button", name=words).click()


class Unlooking:
    """Goes the same way in a browser without script, where the checker cannot run."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.findings: list[str] = []

    def look(self, _state: str = "") -> None:
        """The page is there; nothing else is asked of it."""
        from playwright.sync_api import expect

        # A press of a button returns before the next page is there, so this waits for it.
        expect(self.page.locator("h1")).to_have_count(1)


@contextmanager
def going(browser: Browser, site: Site, *, script: bool) -> Iterator[Inspector | Unlooking]:
    if script:
        with inspecting(browser, site) as inspector:
            yield inspector
    else:
        with visitor(browser, base_url=site.address, width=320, java_script_enabled=False) as context:
            yield Unlooking(context.new_page())


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_an_invited_person_sets_up_an_account_and_a_second_factor(browser: Browser, site: Site, script: bool) -> None:
    words = "with" if script else "without"
    administrator, invited = f"{words}@example.org", f"invited.{words}.script@long-hospital-name.example.nhs.uk"
    with site.database.writing() as session:
        an_account(session, "administrator", email=administrator)
    with going(browser, site, script=script) as inspector:
        page = inspector.page
        page.goto("/staff/people")
        page.fill("#email", administrator)
        page.fill("#password", "not the password at all")
        press(page, "Sign in")
        inspector.look("wrong password")
        page.fill("#password", PASSWORD)
        press(page, "Sign in")
        inspector.look()
        press(page, "Invite somebody")
        inspector.look()
        press(page, "Make the link")
        inspector.look("nothing filled in")
        page.fill("#email", invited)
        page.get_by_label("Administrator").check()
        press(page, "Make the link")
        inspector.look("the link")
        link = page.input_value("#link")
        page.get_by_role("link", name="Done: back to people").click()
        inspector.look("with an open invitation")

        with visitor(browser, base_url=site.address) as other:
            # A program that looks at links in mail comes first.
            other.new_page().goto(link)
        page.get_by_role("button", name="Sign out").click()
        page.goto(link)
        inspector.look()
        page.fill("#name", "Ann O'Neill")
        page.fill("#password", "too short")
        press(page, "Set up account")
        inspector.look("short password")
        page.fill("#password", NEW)
        press(page, "Set up account")
        page.get_by_role("link", name="My account").click()
        inspector.look()
        page.goto(link)
        inspector.look("used")

        page.goto("/staff/account/second-factor")
        inspector.look()
        key = page.inner_text(".engage-key").replace(" ", "")
        page.fill("#code", "0")
        press(page, "Switch on")
        inspector.look("wrong code")
        page.fill("#code", code_of(key))
        press(page, "Switch on")
        inspector.look("recovery codes")
        codes = page.locator(".engage-codes code").all_inner_texts()
        with page.expect_download() as download:
            page.get_by_role("link", name="Save them as a text file").click()
        assert all(code in download.value.path().read_text("utf-8") for code in codes)
        for path in ("", "/password", "/second-factor", "/second-factor/off", "/recovery-codes"):
            page.goto(f"/staff/account{path}")
            inspector.look()

        press(page, "Sign out")
        page.fill("#email", invited)
        page.fill("#password", NEW)
        press(page, "Sign in")
        page.fill("#code", "000")
        press(page, "Continue")
        inspector.look("wrong code")
        page.fill("#code", codes[0])
        press(page, "Continue")
        page.goto("/staff/people")
        page.get_by_role("link", name=administrator).click()
        inspector.look()
        press(page, "Make a link for a new password")
        page.goto(page.input_value("#link"))
        inspector.look()
    assert not inspector.findings, "\n".join(inspector.findings)
