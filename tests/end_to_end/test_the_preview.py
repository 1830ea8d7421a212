"""Trying and translating a survey in a real browser: phones in frames, a reader's phone, a sheet out and back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from engage import clock
from surveys.designing import new_design
from surveys.editions import add_language, texts_of, with_translations
from surveys.library import library_files
from surveys.organisations import ensure_root
from surveys.preparation import Preparation
from surveys.questionnaire_file import read_questionnaire
from tests.browser import axe_findings, visitor
from tests.end_to_end.conftest import Site
from tests.end_to_end.test_accessibility import Inspector
from tests.end_to_end.test_the_designer import signed_in
from tests.factories import an_account

if TYPE_CHECKING:
    from playwright.sync_api import Browser

OFFICER = "preview.officer@example.org"


@pytest.fixture(scope="module")
def survey(site: Site) -> str:
    """The address of a survey that is partly translated into Arabic."""
    questionnaire = read_questionnaire(library_files()["every-kind"].read_bytes())
    both = add_language(questionnaire, Preparation(), "ar")
    keys = [key for key, _ in texts_of(questionnaire) if not key.endswith(".unit")]
    both = with_translations(*both, "ar", dict.fromkeys(keys[::2], "نص طويل نسبيا باللغة العربية للتجربة"))
    with site.database.writing() as session:
        an_account(session, email=OFFICER)
        design = new_design(
            session, organisation=ensure_root(session), questionnaire=both[0], preparation=both[1], at=clock.now(),
            by=OFFICER,
        )  # fmt: skip
        return f"/staff/surveys/{design.questionnaire.slug}"


def test_a_survey_is_tried_on_a_phone_in_a_frame(site: Site, browser: Browser, survey: str) -> None:
    with signed_in(site, browser, OFFICER, width=1200) as page:
        page.goto(f"{survey}/preview")
        phone = page.frame_locator("iframe").first
        phone.get_by_role("button", name="Start").click()
        phone.get_by_role("heading", name="Your last visit").wait_for()
        phone.get_by_text("Your answers will not be counted").wait_for()
        phone.get_by_role("link", name="Edit this page").click()
        page.wait_for_url(f"**{survey}/questions/**")


def test_no_page_of_previews_or_editions_keeps_anybody_out(site: Site, browser: Browser, survey: str) -> None:
    found: list[str] = []
    with signed_in(site, browser, OFFICER, width=320) as page:
        inspector = Inspector(page)
        for path in ("preview", "preview?language=ar", "readers", "editions", "editions/ar", "editions/ar/texts"):
            page.goto(f"{survey}/{path}")
            inspector.look()
        page.goto(f"{survey}/readers")
        page.get_by_role("button", name="Make the link").click()
        inspector.look("without a name")
        page.fill("#reader", "Ann Reader")
        page.get_by_role("button", name="Make the link").click()
        inspector.look("with a new link")
        link = page.locator("#new-link ~ div a").get_attribute("href")
        page.goto(f"{survey}/editions/ar")
        page.get_by_role("button", name="Sign off").click()
        inspector.look("unsigned")
        found += inspector.findings
    assert link
    with visitor(browser, width=320, device_scale_factor=1) as context:
        inspector = Inspector(context.new_page())
        for path in ("", "/ar", "/en/page/your-visit", "/ar/all", "/en/check", "/en/after/test/thank-you", "x"):
            inspector.page.goto(link + path)
            inspector.look()
        found += inspector.findings
    assert not found, "\n".join(found)


def test_a_reader_writes_and_signs_without_script(site: Site, browser: Browser, survey: str) -> None:
    with signed_in(site, browser, OFFICER) as page:
        page.goto(f"{survey}/readers")
        page.fill("#reader", "Bea Reader")
        page.get_by_role("button", name="Make the link").click()
        link: Any = page.locator("#new-link ~ div a").get_attribute("href")
    with visitor(browser, java_script_enabled=False) as context:
        phone = context.new_page()
        phone.goto(link)
        phone.get_by_role("button", name="Start").click()
        phone.fill("#note", "Which clinic do you mean?")
        phone.get_by_role("button", name="Save my note").click()
        phone.get_by_text("Which clinic do you mean?").wait_for()
        phone.goto(f"{link}/en/after/test/thank-you")
        phone.check("#clear-to-me")
        phone.get_by_role("button", name="Sign as Bea Reader").click()
        phone.get_by_text("You said that it is clear to you").wait_for()
    with signed_in(site, browser, OFFICER) as page:
        page.goto(f"{survey}/readers")
        page.get_by_role("button", name="Dealt with").click()
        page.get_by_text("All notes are dealt with").wait_for()
        assert not axe_findings(page)


def test_a_sheet_goes_out_and_comes_back(site: Site, browser: Browser, survey: str, tmp_path: Path) -> None:
    import openpyxl

    path = tmp_path / "sheet.xlsx"
    with signed_in(site, browser, OFFICER) as page:
        page.goto(f"{survey}/editions/ar")
        with page.expect_download() as download:
            page.get_by_role("link", name="Only what is missing or out of date, for Excel").click()
        download.value.save_as(path)
        book = openpyxl.load_workbook(path)
        for row in range(2, book.worksheets[0].max_row + 1):
            book.worksheets[0].cell(row, 4).value = f"ترجمة {row}"
        book.save(path)
        page.set_input_files("#file", path)
        page.get_by_role("button", name="Upload and look").click()
        assert not axe_findings(page)
        page.get_by_role("button", name="Take over").click()
        page.get_by_text("Needs sign-off").wait_for()
