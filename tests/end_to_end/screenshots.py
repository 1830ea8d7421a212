"""``make screenshots``: the pictures of the README, and of every page, taken from the running product.

The README's go to docs/pictures; all others to instance/screenshots, to be looked at: index.html in staff/ shows those
of the staff pages beside each other.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
from PIL import Image

from tests.browser import running_browser, visitor
from tests.end_to_end.live_server import free_port, live_server
from tests.end_to_end.staff_screenshots import take_staff_screenshots

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "docs" / "pictures"
LOOKED_AT = ROOT / "instance" / "screenshots"
LARGEST_EDGE = 900
STAFF_PICTURES = {"live-design-themes-theme-desktop": "designer", "live-live-live-desktop": "live"}
"""Which pictures of staff pages the README shows, and what they are called there."""
REPORT_PAGE = 2
"""The page of the board report that the README shows, counted from 1: what matters most."""


def main() -> None:
    """Take every picture anew."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    LOOKED_AT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as instance:
        port = free_port()
        environment = {"ENGAGE_INSTANCE": instance, "ENGAGE_BASE_URL": f"http://127.0.0.1:{port}"}
        command = [sys.executable, "-m", "engage", "demo", "--port", str(port), "--no-serve"]
        shown = subprocess.run(
            command, env={**os.environ, **environment}, check=True, capture_output=True, text=True
        ).stdout
        address = next(word for word in shown.split() if word.startswith(f"http://127.0.0.1:{port}/"))
        made = Path(instance) / "demo"
        _page_of(made / "poster.pdf", 1, PICTURES / "poster.png")
        _page_of(made / "board-report.pdf", REPORT_PAGE, PICTURES / "report.png")
        with live_server(environment, port=port), running_browser() as browser:
            for width in (320, 390):
                with visitor(browser, width=width, device_scale_factor=1) as phone:
                    _journey(phone.new_page(), address, width)
    with running_browser() as browser:
        take_staff_screenshots(browser, LOOKED_AT / "staff")
    for name, picture in STAFF_PICTURES.items():
        _top_of(LOOKED_AT / "staff" / f"{name}.png", PICTURES / f"{picture}.png")


def _page_of(document: Path, number: int, picture: Path) -> None:
    page = pdfium.PdfDocument(document)[number - 1]
    image = page.render(scale=2).to_pil()
    image.thumbnail((LARGEST_EDGE, LARGEST_EDGE))
    image.convert("P", colors=64).save(picture, optimize=True)


def _top_of(screenshot: Path, picture: Path) -> None:
    """The beginning of a page, as high as it is wide."""
    image = Image.open(screenshot).convert("RGB")
    image = image.crop((0, 0, image.width, min(image.height, image.width)))
    image.thumbnail((LARGEST_EDGE, LARGEST_EDGE))
    # Its own colours and none between them: a page is plain areas and letters.
    image.quantize(64, dither=Image.Dither.NONE).save(picture, optimize=True)


def _journey(page: Any, address: str, width: int) -> None:
    """Answer the survey as somebody in a hurry would, with a picture of each page on the way."""
    page.goto(address)
    _take(page, f"{width}-01-start")
    page.get_by_role("button", name="Start").click()
    _take(page, f"{width}-02-choose")
    page.get_by_role("checkbox").nth(0).check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Very important", exact=True).check()
    _take(page, f"{width}-03-theme")
    if width > 320:
        page.screenshot(path=PICTURES / "phone-theme.png")
    number = 4
    while not page.get_by_role("button", name="Send my answers").count():
        page.get_by_role("button", name="Continue").click()
        _take(page, f"{width}-{number:02}-page")
        number += 1
    page.get_by_role("button", name="Send my answers").click()
    _take(page, f"{width}-{number:02}-sent")
    page.goto(f"{address}/all")
    _take(page, f"{width}-{number + 1:02}-all-on-one-page")
    page.goto(f"{address}/leaflet")
    _take(page, f"{width}-{number + 2:02}-leaflet")


def _take(page: Any, name: str) -> None:
    page.screenshot(path=LOOKED_AT / f"{name}.png", full_page=True)


if __name__ == "__main__":
    main()
