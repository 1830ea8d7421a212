"""Whoever asks why finds the page that says so."""

import re

from tests.guarantees.repository import ROOT

FOLDER = ROOT / "docs" / "decisions"
PAGES = sorted(FOLDER.glob("[0-9]*.md"))


def test_the_index_lists_every_page_by_its_own_title() -> None:
    index = (FOLDER / "README.md").read_text(encoding="utf-8")
    for page in PAGES:
        title = page.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ")
        assert f"[{title}]({page.name})" in index, f"docs/decisions/README.md does not list {page.name} as {title!r}"
    assert len(re.findall(r"\]\(\d{4}-", index)) == len(PAGES)


def test_numbers_are_used_once_and_in_order() -> None:
    assert [int(page.name[:4]) for page in PAGES] == list(range(1, len(PAGES) + 1))


def test_every_page_says_why_what_and_what_follows() -> None:
    for page in PAGES:
        headings = re.findall(r"^## (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
        assert headings == ["Context", "Decision", "Consequences"], page.name
