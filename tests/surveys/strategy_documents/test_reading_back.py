"""Whatever the titles and explanations are: written in any structure and format, they are read back exactly."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from surveys.strategy_documents.finding import find_themes
from surveys.strategy_documents.formats import read_blocks
from tests.surveys.strategy_documents.written import FORMATS, Piece, bold, header, heading, row, text, title

WORDS = st.sampled_from(
    [
        "care",
        "home",
        "nurse",
        "waiting",
        "health",
        "people",
        "strasse",
        "größe",
        "équipe",
        "été",
        "Leeds",
        "Bradford",
        "and",
        "for",
        "with",
        "better",
        "sooner",
        "fair",
        "المرضى",
        "رعاية",
        "Ärzte",
        "C++",
        "24/7",
        "5-year",
        "GP's",
        "“quality”",
        "(new)",
        "&",
        "<",
        ">",
        "*",
        "_",
        "|",
        "#",
        "#1",
        "`",
        "~",
        "!",
        "NHS-wide",
        "https",
        "résumé",
    ]
)
LETTERS = st.sampled_from("abcdefghijklmnopqrstuvwxyzäéßœñç")


def sentence(words: list[str]) -> str:
    return unicodedata.normalize("NFC", " ".join(words))


TITLES = st.lists(WORDS, min_size=1, max_size=12).map(lambda words: sentence(["Better", *words, "care"]))
EXPLANATIONS = st.lists(WORDS, min_size=4, max_size=60).map(lambda words: sentence(["Here", "we", *words]) + " today.")
THEMES = st.lists(st.tuples(TITLES, EXPLANATIONS), min_size=2, max_size=15, unique_by=lambda theme: theme[0])

BEFORE = [title("A strategy"), text("This is what it is about, in a few words.")]


def as_numbered(themes: list[tuple[str, str]], mark: str) -> list[Piece]:
    pieces = [*BEFORE]
    for number, (name, explanation) in enumerate(themes, 1):
        pieces += [text(mark.format(number) + name), text(explanation)]
    return pieces


def as_headings(themes: list[tuple[str, str]]) -> list[Piece]:
    return [*BEFORE, *(piece for name, explanation in themes for piece in (heading(name), text(explanation)))]


def as_bold(themes: list[tuple[str, str]]) -> list[Piece]:
    return [*BEFORE, *(piece for name, explanation in themes for piece in (bold(name), text(explanation)))]


def as_table(themes: list[tuple[str, str]]) -> list[Piece]:
    return [*BEFORE, header("Theme", "Description"), *(row(name, explanation) for name, explanation in themes)]


STRUCTURES = {
    "3: ": lambda themes: as_numbered(themes, "{}: "),
    "3. ": lambda themes: as_numbered(themes, "{}. "),
    "Theme 3 – ": lambda themes: as_numbered(themes, "Theme {} – "),
    "headings": as_headings,
    "bold": as_bold,
    "table": as_table,
}


@pytest.mark.parametrize("ending", [".docx", ".odt", ".md", ".txt"])
@pytest.mark.parametrize("structure", STRUCTURES)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(themes=THEMES)
def test_what_was_written_is_read(themes: list[tuple[str, str]], structure: str, ending: str) -> None:
    if ending == ".txt" and structure in ("headings", "bold"):
        # Plain text has neither; only numbers and tables survive in it.
        structure = "3: "
    content = FORMATS[ending](STRUCTURES[structure](themes))
    found = find_themes(read_blocks(content, f"a{ending}").blocks).series[0].themes
    assert [(theme.title, "\n\n".join(theme.paragraphs)) for theme in found] == themes


@settings(max_examples=60, deadline=None)
@given(content=st.text(max_size=400), ending=st.sampled_from([".txt", ".md"]))
def test_any_text_is_read_or_refused(content: str, ending: str) -> None:
    from surveys.strategy_documents import DocumentRefused

    try:
        blocks = read_blocks(content.encode("utf-8", "ignore"), f"a{ending}").blocks
    except DocumentRefused:
        return
    for series in find_themes(blocks).series:
        for theme in series.themes:
            assert theme.title
            assert theme.title == " ".join(theme.title.split())
