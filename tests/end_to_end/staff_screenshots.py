"""Pictures of every staff page, for looking at: phone and desktop, with much on it, empty, and with mistakes."""

from __future__ import annotations

import tempfile
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from tests.end_to_end.staff_mistakes import fields_of_forms, fill_and_send
from tests.end_to_end.staff_pages import People, StaffPage, addresses, people
from tests.end_to_end.staff_site import running_staff_site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WIDTHS = (("phone", 390), ("desktop", 1200))


def take_staff_screenshots(browser: Browser, folder: Path) -> None:
    """Every page in every state, and an ``index.html`` that shows them beside each other."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.png"):
        old.unlink()
    with tempfile.TemporaryDirectory() as instance, running_staff_site(Path(instance)) as site:
        pages = [page for page in addresses(site) if not _is_file(page)]
        names: list[str] = []
        for device, width in WIDTHS:
            with people(browser, site, width=width) as everybody:
                names += _normal(everybody, pages, folder, device)
        # Mistakes come last, because some of what is sent is no mistake and changes a survey.
        for device, width in WIDTHS:
            with people(browser, site, width=width) as everybody:
                names += _mistaken(everybody, pages, folder, device)
    (folder / "index.html").write_text(_index(names), "utf-8")


def _is_file(page: StaffPage) -> bool:
    return page.path.endswith((".csv", ".xlsx", ".yaml", ".pdf", ".zip")) or "/import/documents/" in page.path


def _tab(everybody: People, page: StaffPage) -> Page:
    context = everybody.of(page.person)
    return context.pages[0] if context.pages else context.new_page()


def _opened(everybody: People, page: StaffPage) -> Page | None:
    tab = _tab(everybody, page)
    answer = tab.goto(page.path)
    return tab if answer is not None and answer.ok and tab.url.split("?")[0].endswith(page.path) else None


def _take(tab: Page, folder: Path, name: str) -> str:
    tab.screenshot(path=folder / f"{name}.png", full_page=True)
    return name


def _normal(everybody: People, pages: list[StaffPage], folder: Path, device: str) -> list[str]:
    return [
        _take(tab, folder, f"{page.name}-{device}") for page in pages if (tab := _opened(everybody, page)) is not None
    ]


def _mistaken(everybody: People, pages: list[StaffPage], folder: Path, device: str) -> list[str]:
    """The first form of each page that answers with what is wrong."""
    names, seen = [], set()
    for page in sorted(pages, key=lambda page: page.state != "draft"):
        if page.endpoint in seen or page.is_preview:
            continue
        tab = _opened(everybody, page)
        for place in fields_of_forms(tab) if tab else ():
            for bad in (False, True):
                if page.endpoint in seen or _opened(everybody, page) is None or place not in fields_of_forms(tab):
                    continue
                fill_and_send(tab, place, bad=bad)
                if tab.title().startswith("Error: "):
                    seen.add(page.endpoint)
                    names.append(_take(tab, folder, f"{page.name}-mistake-{device}"))
    return names


def _index(names: list[str]) -> str:
    sections = []
    for kind in sorted({name.rpartition("-")[0] for name in names}):
        there = [(f"{kind}-{device}.png", width) for device, width in WIDTHS if f"{kind}-{device}" in names]
        pictures = "".join(
            f'<a href="{name}"><img src="{name}" alt="{name}" loading="lazy" width="{width // 2}"></a>'
            for name, width in there
        )
        sections.append(f"<section><h2>{escape(kind)}</h2>{pictures}</section>\n")
    head = '<!DOCTYPE html>\n<html lang="en-GB">\n<meta charset="utf-8">\n<title>Staff pages</title>\n'
    return f"{head}{''.join(sections)}</html>\n"
