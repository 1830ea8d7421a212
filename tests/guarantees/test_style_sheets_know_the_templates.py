"""Each class that a page uses has rules in the style sheet that it links to; a phone gets no more than it needs."""

import gzip
import json
import re
from functools import cache
from pathlib import Path

import pytest

from tests.guarantees.repository import ROOT, place

BUILT = ROOT / "engage" / "static" / "built"
# Where the pages that link to a sheet begin; their frames and macros follow.
FOLDERS = {"respond.css": ("respond",), "staff.css": ("access", "studio", "insight")}
USES = re.compile(r"\{%-?\s*(?:extends|include|import|from)\s+[\"']([^\"']+\.html)[\"']")
# In bytes, compressed: with its HTML and a logo the first page stays under 14 KB.
BUDGET = 6656

# A whole name, or one that a macro puts together: "nhsuk-{{ kind }}__item".
CLASS = re.compile(r"(?<![\w-])((?:nhsuk|engage)-[\w-]*(?:\{\{[^}]*\}\}[\w-]*)*)")
DESIGN_SYSTEM = ROOT / "node_modules" / "nhsuk-frontend" / "dist" / "nhsuk"

# Tables carry these for variants that are not in use here.
FOR_VARIANTS = {f"nhsuk-table__{part}" for part in ("head", "body", "row", "header", "cell")}


def names_in(text: str) -> set[str]:
    return set(re.findall(r"(?<![\w-])(?:nhsuk|engage)-[\w-]*\w", text))


@cache
def hooks() -> set[str]:
    """Names that the design system's own markup carries without any rule, for scripts and tests."""
    markup = "\n".join(path.read_text(encoding="utf-8") for path in DESIGN_SYSTEM.rglob("*.njk"))
    return names_in(markup) - names_in((DESIGN_SYSTEM / "nhsuk-frontend.css").read_text(encoding="utf-8"))


@cache
def sheet(name: str) -> bytes:
    manifest = json.loads((BUILT / "manifest.json").read_text(encoding="utf-8"))
    return (BUILT / manifest[name]).read_bytes()


def pages(name: str) -> list[Path]:
    """The templates of the pages that link to a sheet, with every frame and macro that they use."""
    templates = ROOT / "templates"
    found = [path for folder in FOLDERS[name] for path in sorted((templates / folder).glob("*.html"))]
    for path in found:
        used = [templates / other for other in USES.findall(path.read_text(encoding="utf-8"))]
        # The loop goes on to what is added here.
        found.extend(other for other in dict.fromkeys(used) if other not in found)
    return found


@pytest.mark.parametrize("name", FOLDERS)
def test_every_class_in_a_template_has_rules(name: str) -> None:
    known = names_in(sheet(name).decode()) | hooks() | FOR_VARIANTS
    faults = []
    for path in pages(name):
        for used in sorted(set(CLASS.findall(path.read_text(encoding="utf-8")))):
            form = re.compile(re.sub(r"\{\{.*?\}\}", "[a-z0-9]+", used))
            if not any(form.fullmatch(rule) for rule in known):
                faults.append(f"{place(path)}: {used} has no rules in {name}")
    assert not faults, "\n".join(faults)


def test_what_stands_around_a_preview_has_rules() -> None:
    known = names_in((sheet("respond.css") + sheet("preview.css")).decode()) | hooks()
    used = {
        name
        for path in (ROOT / "templates" / "preview").glob("*.html")
        for name in CLASS.findall(path.read_text(encoding="utf-8"))
    }
    assert used
    assert used <= known


@pytest.mark.parametrize("name", ["respond.css", "respond.rtl.css"])
def test_a_phone_gets_a_small_style_sheet(name: str) -> None:
    assert len(gzip.compress(sheet(name), 9)) <= BUDGET


@pytest.mark.parametrize("name", ["respond.css", "respond.rtl.css"])
def test_nothing_moves_on_a_page_for_answering(name: str) -> None:
    assert not re.search(rb"@keyframes|transition:|animation:", sheet(name))


@pytest.mark.parametrize("name", ["respond.css", "respond.rtl.css", "staff.css", "staff.rtl.css"])
def test_a_style_sheet_fetches_nothing_from_elsewhere(name: str) -> None:
    assert not re.search(rb"url\([\"']?(https?:)?//|@import|@font-face", sheet(name))


def test_the_right_to_left_sheet_is_mirrored() -> None:
    assert sheet("respond.rtl.css") != sheet("respond.css")


@pytest.mark.parametrize("name", FOLDERS)
def test_every_function_of_the_design_system_was_known_to_the_style_sheet_that_calls_it(name: str) -> None:
    """Sass leaves the call of a function that a partial did not import as it stands, and browsers ignore the rule."""
    assert re.findall(r"nhsuk-[\w-]+\([^)]*\)", sheet(name).decode()) == []
