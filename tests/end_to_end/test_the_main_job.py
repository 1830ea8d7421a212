"""The whole line as its users have it: the demonstration, its poster, a phone, an answer, a board report."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2 as pdfium
import pytest
import zxingcpp
from pypdf import PdfReader

from tests.browser import visitor
from tests.end_to_end.live_server import free_port, live_server

if TYPE_CHECKING:
    from playwright.sync_api import Browser

LONGEST_SECONDS = 300


def engage(environment: Mapping[str, str], *words: str) -> str:
    """What a command prints; the test fails where it is refused."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("ENGAGE_")}
    done = subprocess.run(
        [sys.executable, "-m", "engage", *words],
        env={**inherited, **environment},
        capture_output=True,
        text=True,
        timeout=LONGEST_SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, str], Path, int]:
    instance = tmp_path_factory.mktemp("demonstration")
    port = free_port()
    environment = {"ENGAGE_INSTANCE": str(instance), "ENGAGE_BASE_URL": f"http://127.0.0.1:{port}"}
    engage(environment, "demo", "--port", str(port), "--no-serve")
    return environment, instance / "demo", port


def pages_as_pictures(path: Path, *, dpi: int = 150) -> list:
    document = pdfium.PdfDocument(path)
    return [page.render(scale=dpi / 72).to_pil() for page in document]


def answers_so_far(environment: Mapping[str, str], code: str) -> int:
    shown = json.loads(engage(environment, "survey", "show", "cancer-strategy-themes", "--json"))
    return next(collector["answers"] for collector in shown["collectors"] if collector["code"] == code)


def test_the_code_on_the_rendered_poster_leads_a_phone_to_an_answer_that_is_counted(
    demonstration: tuple[dict[str, str], Path, int], browser: Browser
) -> None:
    environment, made, port = demonstration
    decoded = [
        code.text for picture in pages_as_pictures(made / "poster.pdf") for code in zxingcpp.read_barcodes(picture)
    ]
    assert len(decoded) == 1
    address = decoded[0]
    code = address.rsplit("/", 1)[1]
    before = answers_so_far(environment, code)

    with live_server(environment, port=port), visitor(browser, width=320) as phone:
        page = phone.new_page()
        page.goto(address)
        page.get_by_role("button", name="Start").click()
        page.get_by_role("checkbox").nth(0).check()
        page.get_by_role("checkbox").nth(2).check()
        page.get_by_role("button", name="Continue").click()
        page.get_by_label("Very important", exact=True).check()
        page.get_by_role("button", name="Send what I have answered so far").click()
        heading = page.get_by_role("heading", level=1).inner_text()

    assert "sent" in heading.lower() or "thank you" in heading.lower()
    assert answers_so_far(environment, code) == before + 1


def test_the_documents_of_the_demonstration_say_what_they_are(demonstration: tuple[dict[str, str], Path, int]) -> None:
    _, made, _ = demonstration
    for name in ("poster.pdf", "board-report.pdf", "workshop-pack.pdf"):
        for page in PdfReader(made / name).pages:
            assert "demonstration" in page.extract_text().lower(), name


def test_the_board_report_of_the_demonstration_still_follows_from_the_answers(
    demonstration: tuple[dict[str, str], Path, int], tmp_path: Path
) -> None:
    environment, _, _ = demonstration
    report = tmp_path / "report.pdf"
    engage(environment, "report", "cancer-strategy-themes", "-o", str(report))
    assert engage(environment, "report", "verify", str(report))


def test_a_second_demonstration_changes_nothing(demonstration: tuple[dict[str, str], Path, int]) -> None:
    environment, _, port = demonstration
    before = engage(environment, "survey", "show", "cancer-strategy-themes", "--json")
    engage(environment, "demo", "--port", str(port), "--no-serve")
    assert engage(environment, "survey", "show", "cancer-strategy-themes", "--json") == before
