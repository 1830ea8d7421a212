"""Every page of staff and of readers of previews: the accessibility checker, keys alone, a narrow window, mistakes.

The pages come from the application's own list of addresses, so a new one is visited without being named here.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

import pytest

from tests.browser import visitor
from tests.end_to_end.looking import frame_faults, keyboard_faults
from tests.end_to_end.staff_mistakes import Mistake, make_mistakes
from tests.end_to_end.staff_pages import rules
from tests.end_to_end.staff_site import StaffSite
from tests.end_to_end.staff_visits import Visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser

LEAST_PAGES, LEAST_MISTAKES = 130, 30


@pytest.fixture(scope="module")
def mistakes(browser: Browser, staff_site: StaffSite, staff_visits: list[Visit]) -> list[Mistake]:
    return make_mistakes(browser, staff_site, staff_visits)


def listed(faults: Iterable[tuple[Visit, list[str]]]) -> str:
    """The faults, each with where it is."""
    return "\n".join(f"{visit.page.path} ({visit.page.state}): {fault}" for visit, found in faults for fault in found)


def test_every_address_is_visited(staff_site: StaffSite, staff_visits: list[Visit]) -> None:
    answers = defaultdict(set)
    for visit in staff_visits:
        answers[visit.page.endpoint].add(visit.status)
    lost = [rule.rule for rule in rules(staff_site.settings) if 200 not in answers[rule.endpoint]]
    assert not lost, f"no visit to {lost}: say in staff_pages.py what to put in, and have something behind it"
    assert sum(visit.is_page for visit in staff_visits) > LEAST_PAGES


def test_no_page_fails(staff_visits: list[Visit]) -> None:
    failed = [(visit, [f"gave {visit.status}"]) for visit in staff_visits if visit.status not in (200, 404)]
    assert not failed, listed(failed)


def test_the_checker_finds_nothing(staff_visits: list[Visit]) -> None:
    found = listed((visit, visit.axe) for visit in staff_visits)
    assert not found, found


def test_every_page_has_one_heading_and_fits_a_narrow_window(staff_visits: list[Visit]) -> None:
    found = listed((visit, visit.frame) for visit in staff_visits)
    assert not found, found


def test_every_page_has_a_title_of_its_own(staff_visits: list[Visit]) -> None:
    """Pages of a preview are respondents' pages, which officers, partners and readers see alike."""
    pages = [visit for visit in staff_visits if visit.is_page and not visit.page.is_preview]
    titles = Counter((visit.page.state, visit.title) for visit in pages)
    shared = [(visit, [visit.title]) for visit in pages if titles[visit.page.state, visit.title] > 1]
    assert not shared, listed(shared)


def test_keys_alone_are_enough(staff_visits: list[Visit]) -> None:
    found = listed((visit, visit.keyboard) for visit in staff_visits)
    assert not found, found


def test_every_mistake_is_told_where_it_is_and_keeps_what_was_typed(mistakes: list[Mistake]) -> None:
    found = [
        f"{mistake.page.path}, form {mistake.form + 1}, {'nonsense' if mistake.bad else 'empty'}: {fault}"
        for mistake in mistakes
        for fault in mistake.faults
    ]
    assert not found, "\n".join(found)
    assert sum(mistake.told for mistake in mistakes) > LEAST_MISTAKES


def test_no_form_ends_in_a_bare_refusal(mistakes: list[Mistake]) -> None:
    """What somebody typed would be gone."""
    refused = [
        f"{mistake.page.path}, form {mistake.form + 1} gave {mistake.status}"
        for mistake in mistakes
        if mistake.status not in (200, 404, 422) and not mistake.told
    ]
    assert not refused, "\n".join(refused)


PLANTED = """() => document.querySelector("main").insertAdjacentHTML("beforeend", `
  <h1>Another</h1><p><a href="#a" style="display: inline-block; width: 2000px">Wide</a></p>
  <button tabindex="3">First of all</button><button class="planted">Hidden focus</button>
  <form><input aria-label="Line"><button>Remove it</button></form>`)"""
HIDDEN = ".planted:focus { outline: none !important; box-shadow: none !important; color: inherit !important; }"


@pytest.mark.parametrize(
    "fault",
    ["2 main headings", "sideways", "in the order", "no visible focus on .*planted", "Enter in a field presses"],
)
def test_a_planted_fault_is_found(browser: Browser, staff_site: StaffSite, fault: str) -> None:
    with visitor(browser, base_url=staff_site.address, width=320, bypass_csp=True) as context:
        page = context.new_page()
        page.goto("/staff/sign-in")
        page.evaluate(PLANTED)
        page.add_style_tag(content=HIDDEN + ".planted, .planted:focus { all: unset; }")
        found = frame_faults(page) + keyboard_faults(page)
    assert any(re.search(fault, one, re.DOTALL) for one in found), found
