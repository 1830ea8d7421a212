"""Going once to every staff page in every state, and noting all that there is to be found."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.browser import axe_findings
from tests.end_to_end.looking import fetched, frame_faults, keyboard_faults
from tests.end_to_end.staff_pages import People, StaffPage, addresses, people
from tests.end_to_end.staff_site import StaffSite

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NARROW = 320
"""A window of 1280 at a zoom of 400 %."""


@dataclass(slots=True)
class Visit:
    """What was found. ``status`` is the answer's; ``is_page`` False for a file, of which nothing else is asked."""

    page: StaffPage
    status: int
    is_page: bool = False
    title: str = ""
    axe: list[str] = field(default_factory=list)
    frame: list[str] = field(default_factory=list)
    keyboard: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)
    fetched: list[tuple[str, int]] = field(default_factory=list)
    forms: int = 0
    frames: int = 1


def visit_everything(browser: Browser, site: StaffSite) -> list[Visit]:
    """One visit to each address in each state."""
    visits = []
    with (
        people(browser, site, width=NARROW, checked=True) as everybody,
        people(browser, site, width=NARROW) as again,
    ):
        for page in addresses(site):
            visit = _visit(everybody, page)
            # The checker that comes with every page is kept out of a page within it, and the console says so.
            visits.append(visit if visit.frames == 1 else _visit(again, page))
    return visits


def _visit(everybody: People, page: StaffPage) -> Visit:
    context = everybody.of(page.person)
    answer = context.request.get(page.path)
    visit = Visit(page, answer.status)
    # What answers with another page of the list is looked at there.
    here = answer.url.split("?")[0].endswith(page.path)
    visit.is_page = answer.ok and here and answer.headers["content-type"].startswith("text/html")
    if not visit.is_page:
        return visit
    tab = context.pages[0] if context.pages else context.new_page()
    said = []

    def listen(message: object) -> None:
        said.append(str(getattr(message, "text", message)))

    tab.on("console", listen)
    tab.on("pageerror", listen)
    tab.goto(page.path)
    visit.frames = len(tab.frames)
    visit.title = tab.title()
    visit.frame = frame_faults(tab)
    visit.fetched = fetched(tab)
    visit.axe = axe_findings(tab)
    visit.keyboard = keyboard_faults(tab)
    visit.forms = tab.locator("main form[method=post]").count()
    visit.console = said
    tab.remove_listener("console", listen)
    tab.remove_listener("pageerror", listen)
    return visit
