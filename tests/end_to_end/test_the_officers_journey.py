"""From a Word document to printed posters and the first answers, in an installation where nothing was there before.

Clicks are counted, with every choice and every chosen file; typed text is not.
"""

from __future__ import annotations

import datetime
import io
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdfium2 as pdfium
import pytest
import zxingcpp

from engage import migrations
from engage.settings import load_settings
from tests.browser import visitor
from tests.end_to_end.live_server import free_port, live_server
from tests.factories import PASSWORD

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

MOST_CLICKS = 45
EMAIL = "officer@example.org"
MILLISECONDS_FOR_PRINTING = 90_000
THEMES = (
    ("Reduce elective backlogs and achieve national standards", "We want people to have tests sooner."),
    ("Effective forecasting for sustainable services", "We plan now where nurses will be needed."),
    ("New care models to improve utilisation of the estate", "We want people to be treated nearer home."),
    ("Fair care for everyone", "Some people find our services hard to reach. We want to change this."),
)
PLACES = (
    "Breast clinic | patients | poster | 200\nDay unit | patients | poster | 120\nStaff rooms | staff | poster | 90"
)


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """A server of an installation with one officer and nothing else."""
    port = free_port()
    environment = {"ENGAGE_INSTANCE": str(tmp_path), "ENGAGE_BASE_URL": f"http://127.0.0.1:{port}"}
    settings = load_settings(environment)
    migrations.upgrade(settings.database_url, settings.drafts_url)
    command = [sys.executable, "-m", "engage", "account", "add", EMAIL, "--role", "officer"]
    subprocess.run(command, env=environment, input=PASSWORD, text=True, check=True, capture_output=True, timeout=60)
    with live_server(environment, port=port, module="engage", arguments=("serve", "--port")) as server:
        yield server.address


class Officer:
    """Somebody at a desk who reads what stands on the page and nothing else."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = 0

    def press(self, name: str) -> None:
        """A button."""
        self.clicks += 1
        self.page.locator("main").get_by_role("button", name=name).first.click()

    def follow(self, name: str) -> None:
        """A link."""
        self.clicks += 1
        self.page.get_by_role("link", name=name).first.click()

    def choose(self, label: str) -> None:
        """A radio button or a tick."""
        self.clicks += 1
        self.page.get_by_label(label).check()

    def hand_over(self, name: str, content: bytes) -> None:
        """A file."""
        self.clicks += 1
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        self.page.locator("input[type=file]").set_input_files({"name": name, "mimeType": kind, "buffer": content})

    def type(self, **texts: str) -> None:
        """Text into fields by their names."""
        for name, text in texts.items():
            self.page.locator(f"[name='{name}']").fill(text)

    def sees(self, heading: str) -> bool:
        return heading in self.page.inner_text("h1")


def strategy_document() -> bytes:
    from docx import Document

    document = Document()
    document.add_heading("Our cancer strategy", 0)
    document.add_paragraph("This document introduces the big themes. Please read them and tell us what you think.")
    for number, (title, explanation) in enumerate(THEMES, start=1):
        document.add_heading(f"{number}: {title}", 2)
        document.add_paragraph(explanation)
    document.add_paragraph("Take part at http://www.example.org/survey")
    document.add_paragraph("[image: QR code] Scan the code to open the survey")
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def take_themes(officer: Officer) -> None:
    """Sign in, begin a survey, take the themes from the document and put two of them in plain words."""
    officer.type(email=EMAIL, password=PASSWORD)
    officer.press("Sign in")
    officer.follow("Make your first survey")
    officer.choose("Themes of a strategy or plan")
    officer.type(title="What matters most in cancer care?")
    officer.press("Continue")
    officer.hand_over("strategy.docx", strategy_document())
    officer.press("Find the themes")
    assert officer.sees("We found 4 themes")
    officer.press("Use these 4 themes")
    officer.follow("Reduce elective backlogs")
    officer.type(plain_title="Shorter waits")
    officer.press("Save and go to the next theme")
    officer.type(plain_title="Planning for the years ahead")
    officer.press("Save")
    officer.follow("Back to all steps")


def say_what_it_is_about(officer: Officer, today: datetime.date) -> None:
    officer.follow("About this survey")
    officer.choose("No, what people say can still change it")
    officer.type(
        purpose="We are writing our plan for the next five years.",
        can_change="Which themes go first.",
        cannot_change="National waiting times, because they are set for all of England.",
        decision="Our board decides in June.",
    )
    officer.press("Save and continue")
    officer.follow("Dates")
    officer.type(
        closes_on=(today + datetime.timedelta(days=40)).isoformat(),
        outcome_on=(today + datetime.timedelta(days=100)).isoformat(),
    )
    officer.press("Save and continue")
    officer.follow("People and contacts")
    officer.type(contact="Call PALS on 01632 960 140.", reader_name="Anna Smith", reader_email="anna.smith@example.org")
    officer.press("Save and continue")


def publish(officer: Officer) -> None:
    """Three places, a look at the preview, and out."""
    officer.follow("Where to share")
    officer.follow("Add a list of places")
    officer.type(lines=PLACES)
    officer.press("Check the list")
    officer.press("Add these 3 rows")
    officer.follow("What matters most in cancer care?")
    officer.follow("Try it")
    officer.press("I have tried it")
    officer.follow("Back to all steps")
    officer.follow("Publish")
    officer.press("Publish now")
    assert officer.sees("Published")


def print_posters(officer: Officer, *, script: bool) -> zipfile.ZipFile:
    officer.follow("Print posters")
    officer.follow("Make posters and other prints")
    officer.press("Make the files")
    download = officer.page.get_by_role("link", name="Download everything")
    if script:
        # The page looks again by itself.
        download.wait_for(timeout=MILLISECONDS_FOR_PRINTING)
    while not download.count():
        officer.page.reload()
    with officer.page.expect_download(timeout=MILLISECONDS_FOR_PRINTING) as started:
        officer.clicks += 1
        download.click()
    return zipfile.ZipFile(started.value.path())


def scanned(prints: zipfile.ZipFile) -> set[str]:
    """What the codes on all the pages say."""
    found = set()
    for name in prints.namelist():
        if name.endswith(".pdf"):
            for page in pdfium.PdfDocument(prints.read(name)):
                found |= {code.text for code in zxingcpp.read_barcodes(page.render(scale=150 / 72).to_pil())}
    return found


def answer(phone: Any, address: str) -> None:
    page = phone.new_page()
    page.goto(address)
    page.get_by_role("button", name="Start").click()
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Send what I have answered so far").click()
    assert "sent" in page.inner_text("h1").lower()
    page.close()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_an_officer_goes_from_a_document_to_posters_and_answers(browser: Browser, address: str, script: bool) -> None:
    today = datetime.datetime.now(datetime.UTC).date()
    with visitor(browser, base_url=address, width=1200, java_script_enabled=script) as desk:
        officer = Officer(desk.new_page())
        officer.page.goto("/staff/")
        take_themes(officer)
        say_what_it_is_about(officer, today)
        publish(officer)
        codes = sorted(scanned(print_posters(officer, script=script)))
        assert len(codes) == 3
        with visitor(browser, java_script_enabled=script) as phone:
            for code in codes:
                answer(phone, code.lower())
                phone.clear_cookies()
        officer.follow("Surveys")
        officer.follow("What matters most in cancer care?")
        officer.follow("How it is going")
        assert officer.page.locator("dt:text-is('In all') + dd").inner_text() == "3"
    assert officer.clicks <= MOST_CLICKS, f"{officer.clicks} clicks"
