"""The accessibility checker finds nothing on any page that respondents see, in any state."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser import axe_findings, visitor
from tests.end_to_end.conftest import Site
from tests.end_to_end.test_respondents import MAIN_BUTTON, answer, start

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


MOST_PAGES = 60


class Inspector:
    """Looks at each page once in each state; ``findings`` is to stay empty."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.findings: list[str] = []
        self.looked_at = 0

    def look(self, state: str = "") -> None:
        self.looked_at += 1
        where = f"{self.page.url} {state}".strip()
        self.findings += [f"{where}: {found}" for found in axe_findings(self.page)]
        if self.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            self.findings.append(f"{where}: scrolls sideways")


@contextmanager
def inspecting(browser: Browser, site: Site, *, without_script: bool = False, **options: Any) -> Iterator[Inspector]:
    with visitor(browser, base_url=site.address, width=320, device_scale_factor=1, checked=True, **options) as context:
        if without_script:
            # The checker needs script itself, so the policy forbids the page's own instead.
            def forbid(route: Any) -> None:
                if route.request.method != "GET":
                    route.continue_()
                    return
                response = route.fetch()
                policy = response.headers.get("content-security-policy", "")
                headers = {
                    **response.headers,
                    "content-security-policy": policy.replace("script-src 'self'", "script-src 'none'"),
                }
                route.fulfill(response=response, headers=headers)

            context.route("**/*", forbid)
        yield Inspector(context.new_page())


def _journey(inspector: Inspector, code: str) -> None:
    page = inspector.page
    page.goto(f"/{code}")
    for _ in range(MOST_PAGES):
        # What a redirect leads to is out of the policy's reach, so each page is fetched once more by its address.
        page.goto(page.url)
        inspector.look()
        if not page.query_selector(MAIN_BUTTON):
            return
        answer(page)
        page.click(MAIN_BUTTON)
    raise AssertionError("the journey does not end")


@pytest.mark.parametrize("name", ["themes", "every_kind", "arabic"])
@pytest.mark.parametrize("without_script", [False, True], ids=["with script", "without script"])
def test_every_page_of_a_journey(browser: Browser, site: Site, name: str, without_script: bool) -> None:
    with inspecting(browser, site, without_script=without_script) as inspector:
        _journey(inspector, getattr(site, name))
        assert inspector.looked_at > 8
        assert not inspector.findings


def test_every_page_outside_the_journey(browser: Browser, site: Site) -> None:
    with inspecting(browser, site) as inspector:
        for path in (
            "/",
            "/ar",
            "/privacy",
            "/privacy/ar",
            "/accessibility",
            "/help",
            "/222223",
            f"/{site.closed}",
            f"/{site.themes}/leaflet",
            f"/{site.themes}/all",
            f"/{site.arabic}/all",
            f"/{site.themes}/return",
            f"/{site.themes}/en/sign-up",
            f"/{site.themes}/en/page/no-such-page",
            "/outcomes/cancer-strategy-themes",
        ):
            inspector.page.goto(path)
            inspector.look()
        assert not inspector.findings


def test_pages_with_errors(browser: Browser, site: Site) -> None:
    with inspecting(browser, site) as inspector:
        page = inspector.page
        page.goto("/")
        page.fill("input[name=code]", "O0O0O0")
        page.click(MAIN_BUTTON)
        inspector.look("with an error")
        for path in (f"/{site.themes}/return", f"/{site.themes}/en/sign-up"):
            page.goto(path)
            page.click(MAIN_BUTTON)
            inspector.look("with an error")
        for code in (site.themes, site.arabic):
            start(page, code)
            for choice in page.query_selector_all("input[type=checkbox]")[:5]:
                choice.check()
            page.click(MAIN_BUTTON)
            assert page.query_selector(".nhsuk-error-summary")
            inspector.look("with too many chosen")
            page.goto(f"/{code}/all")
            for choice in page.query_selector_all("input[type=checkbox]")[:5]:
                choice.check()
            page.locator("textarea").first.fill("a" * 2100)
            page.click(MAIN_BUTTON)
            assert page.query_selector(".nhsuk-error-summary")
            inspector.look("on one page with errors")
        assert not inspector.findings


def test_pages_for_finishing_later(browser: Browser, site: Site) -> None:
    with inspecting(browser, site) as inspector:
        page = inspector.page
        start(page, site.themes)
        page.check("input[value='research']")
        page.click("text=Finish this later")
        inspector.look()
        page.click("text=Give me a code")
        inspector.look("with the code")
        page.goto(f"/{site.themes}")
        assert page.inner_text(MAIN_BUTTON) == "Carry on"
        inspector.look("part-way")
        assert not inspector.findings


def test_the_checker_itself_finds_a_planted_fault(browser: Browser, site: Site) -> None:
    with inspecting(browser, site) as inspector:
        inspector.page.goto(f"/{site.themes}")
        inspector.page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<input id=unnamed>')")
        inspector.look()
        assert any("label" in found for found in inspector.findings)
