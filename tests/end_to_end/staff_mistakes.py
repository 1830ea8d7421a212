"""Sending every form of the staff pages with nothing in it, or with something that cannot be right."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

from tests.browser import axe_findings
from tests.end_to_end.looking import frame_faults
from tests.end_to_end.staff_pages import StaffPage, people
from tests.end_to_end.staff_site import StaffSite
from tests.end_to_end.staff_visits import NARROW, Visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SUMMARY = ".nhsuk-error-summary"
FOCUS_MILLISECONDS = 5_000

_FORMS = """() => [...document.querySelectorAll("main form[method=post]")].map((form, place) => [place, form])
  .filter(([, form]) => [...form.elements].some((field) =>
    field.matches("input:not([type=hidden]), textarea, select") && field.checkVisibility()))
  .map(([place]) => place)"""

# Answers with how the form is sent as somebody would: Enter in its first field, or its first button.
_FILL = """([place, bad]) => {
  const form = document.querySelectorAll("main form[method=post]")[place];
  form.noValidate = true;
  const typed = {};
  for (const field of form.elements) {
    if (!field.name || field.type === "hidden" || !field.matches("input, textarea")) continue;
    // Nobody can take the choice out of a group of radio buttons.
    if (field.type === "radio") continue;
    if (field.type === "checkbox") field.checked = false;
    else if (field.type === "file") continue;
    else if (field.type === "date") field.value = bad ? "1999-12-31" : "";
    else if (field.type === "number") field.value = bad ? "-7" : "";
    else field.value = bad ? "no such thing " + "x".repeat(field.matches("textarea") ? 3000 : 1100) : "";
    if (field.type !== "password" && field.type !== "checkbox") typed[field.name] = field.value;
  }
  const line = [...form.elements].find((one) =>
    one.matches("input:not([type=hidden], [type=checkbox], [type=radio], [type=file])") && one.checkVisibility());
  (line ?? [...form.elements].find((one) => one.type === "submit")).focus();
  return typed;
}"""

# A browser that draws nothing just now calls nobody back for its next picture, so that the wait is by the clock.
_LEADS = """async (place) => {
  const link = document.querySelectorAll(".nhsuk-error-summary a")[place];
  const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!target) return `${link.hash} leads nowhere`;
  link.click();
  const there = () => document.activeElement === target || target.contains(document.activeElement);
  for (let waits = 0; waits < 100 && !there(); waits++) await new Promise((done) => setTimeout(done, 10));
  return there()
    ? "" : `${link.hash} does not take the focus to ${target.outerHTML.slice(0, 80)}`;
}"""


@dataclass(slots=True)
class Mistake:
    """One form sent. ``told`` where the answer was a page that says what is wrong."""

    page: StaffPage
    form: int
    bad: bool
    told: bool = False
    status: int = 0
    faults: list[str] = field(default_factory=list)


def fields_of_forms(tab: Page) -> list[int]:
    """Which of the page's forms, by their number, have something to fill in."""
    places: list[int] = tab.evaluate(_FORMS)
    return places


def fill_and_send(tab: Page, place: int, *, bad: bool) -> tuple[dict[str, str], int]:
    """Send a form, empty or with nonsense, by Enter; what was typed by field, and the answer's status."""
    typed: dict[str, str] = tab.evaluate(_FILL, [place, bad])
    with tab.expect_navigation() as shown:
        tab.keyboard.press("Enter")
    return typed, shown.value.status


def make_mistakes(browser: Browser, site: StaffSite, visits: list[Visit]) -> list[Mistake]:
    """Each form once with nothing, and once with nonsense where nothing was no mistake; all without script."""
    mistakes = []
    with people(browser, site, width=NARROW) as everybody:
        tabs: dict[str, Page] = {}
        for page in _with_forms(visits):
            if page.person not in tabs:
                tabs[page.person] = everybody.of(page.person).new_page()
                tabs[page.person].route("**/*.js", lambda route: route.abort())
            tab = tabs[page.person]
            tab.goto(page.path)
            for place in fields_of_forms(tab):
                for bad in (False, True):
                    mistakes.append(_send(tab, page, place, bad))
                    if mistakes[-1].told:
                        break
    return mistakes


def _with_forms(visits: list[Visit]) -> list[StaffPage]:
    """Each kind of page once, a draft's before a published survey's; last what ends sessions or other links."""
    found: dict[str, StaffPage] = {}
    for state in ("draft", "live", "empty"):
        for visit in visits:
            # Readers' forms are the same on all pages of a preview.
            kind = "preview" if visit.page.is_preview else visit.page.endpoint
            if visit.forms and visit.page.state == state:
                found.setdefault(kind, visit.page)
    return list(found.values())


def _send(tab: Page, page: StaffPage, place: int, bad: bool) -> Mistake:
    mistake = Mistake(page, place, bad)
    answer = tab.goto(page.path)
    forms = tab.locator("main form[method=post]")
    if answer is None or not answer.ok or forms.count() <= place:
        # An earlier form has changed the page.
        return mistake
    typed, mistake.status = fill_and_send(tab, place, bad=bad)
    mistake.told = bool(tab.locator(SUMMARY).count())
    if mistake.told:
        mistake.faults = _faults(tab, typed)
    return mistake


def _faults(tab: Page, typed: dict[str, Any]) -> list[str]:
    faults = []
    if not tab.title().startswith("Error: "):
        faults.append(f"the title is {tab.title()!r}")
    try:
        # A browser gives the first focus with the first picture that it draws, which on a busy machine is not at once.
        expect(tab.locator(SUMMARY)).to_be_focused(timeout=FOCUS_MILLISECONDS)
    except AssertionError:
        faults.append("the summary does not have the focus")
    faults += frame_faults(tab) + axe_findings(tab)
    links = tab.locator(f"{SUMMARY} a").count()
    faults += filter(None, [tab.evaluate(_LEADS, place) for place in range(links)])
    if not links:
        faults.append("no link leads to a field")
    for name, value in typed.items():
        fields = tab.locator(f"main [name='{name}']:not([type=hidden])")
        kept = [
            field.input_value() for field in fields.all() if field.get_attribute("type") not in ("radio", "checkbox")
        ]
        if value and value not in kept:
            faults.append(f"what was typed in {name} is gone: {[one[:30] for one in kept]}")
    return faults
