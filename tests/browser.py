"""A real browser for tests: Debian's Chromium, headless, kept to this machine, and never without a time limit."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

NAMES = ("chromium", "chromium-browser", "google-chrome")
MILLISECONDS = 15_000
FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-dev-shm-usage",
    "--disable-domain-reliability",
    "--disable-extensions",
    "--disable-features=OptimizationHints,MediaRouter,Translate",
    "--disable-gpu",
    "--disable-sync",
    "--metrics-recording-only",
    "--no-first-run",
    "--no-pings",
)
AXE = Path(__file__).resolve().parent.parent / "node_modules" / "axe-core" / "axe.min.js"


def find_browser() -> str:
    """The path of a browser. Without one the test is skipped and says so; ENGAGE_REQUIRE_BROWSER=1 makes it fail."""
    for name in NAMES:
        path = shutil.which(name)
        if path:
            return path
    reason = "no Chromium was found; install Debian's package chromium"
    if os.environ.get("ENGAGE_REQUIRE_BROWSER") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


@contextmanager
def running_browser() -> Iterator[Browser]:
    """A headless browser until the block ends."""
    path = find_browser()
    from playwright.sync_api import sync_playwright

    # Its sandbox cannot be set up by root, which is what tests run as in a container.
    flags = [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else list(FLAGS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=flags, headless=True, timeout=60_000)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def visitor(
    browser: Browser, *, width: int = 390, height: int = 844, checked: bool = False, **options: Any
) -> Iterator[BrowserContext]:
    """Somebody's phone: a context of its own, with time limits, closed at the end. ``checked`` where most of its pages
    are looked at by the accessibility checker, which each then opens with."""
    given = {"viewport": {"width": width, "height": height}, "device_scale_factor": 2, **options}
    context = browser.new_context(**given)
    context.set_default_timeout(MILLISECONDS)
    context.set_default_navigation_timeout(MILLISECONDS)
    if checked:
        # Handing it to every page anew takes longer than most pages take to open.
        context.add_init_script(_checker())
    try:
        yield context
    finally:
        context.close()


def axe_findings(page: Any) -> list[str]:
    """What the accessibility checker finds on the page as it stands, each with the elements it means."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(_checker())
    found: list[str] = page.evaluate(_CHECK)
    return found


@cache
def _checker() -> str:
    if not AXE.is_file():
        pytest.fail(f"{AXE} is missing; run the set-up (make assets)")
    return AXE.read_text("utf-8")


# Only what is wrong leaves the page: all that is right takes longer to hand over than to find. Style sheets are not
# fetched once more beforehand, because the one rule that reads them is an experimental one, which is off.
_CHECK = """async () => {
  const { violations } = await axe.run(document, { resultTypes: ["violations"], preload: { assets: ["media"] } });
  return violations.map(({ id, help, nodes }) =>
    `${id}: ${help} ${JSON.stringify(nodes.slice(0, 3).map(({ target }) => target))}`);
}"""
