"""The flyer's eight themes are found in every structure and every format, with their explanations and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
import yaml

from surveys import library
from surveys.strategy_documents import Finding
from surveys.strategy_documents.finding import find_themes
from surveys.strategy_documents.formats import read_blocks
from tests.surveys.strategy_documents import flyer
from tests.surveys.strategy_documents.written import FORMATS, Piece, header, heading, item, row, text, title

STRUCTURES = {
    "number and colon": flyer.numbered(),
    "number and stop": flyer.numbered("{}. {}"),
    "number and bracket": flyer.numbered("{}) {}"),
    "theme and dash": flyer.numbered("Theme {} – {}"),
    "headings": flyer.headings(),
    "bold lines": flyer.bold_lines(),
    "table": flyer.table(),
    "table with numbers": flyer.table(with_numbers=True),
    "sub-headings": flyer.sub_headings(),
}


def found(pieces: Sequence[Piece], ending: str) -> Finding:
    return find_themes(read_blocks(FORMATS[ending](pieces), f"strategy{ending}").blocks)


def read(pieces: Sequence[Piece], ending: str) -> list[tuple[str, str]]:
    return [(theme.title, "\n\n".join(theme.paragraphs)) for theme in found(pieces, ending).series[0].themes]


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("structure", STRUCTURES)
def test_every_structure_in_every_format_gives_the_eight_themes(structure: str, ending: str) -> None:
    assert read(STRUCTURES[structure], ending) == list(flyer.THEMES)


@pytest.mark.parametrize("ending", FORMATS)
def test_the_worked_example_is_read_back_exactly(ending: str) -> None:
    file = Path(library.__file__).parent / "cancer-strategy-themes.yaml"
    themes = [(one["title"], one["explanation"]) for one in yaml.safe_load(file.read_text("utf-8"))["themes"]]
    pieces = [title("What matters most in cancer care?"), text("We are writing our plan. It has eight big themes.")]
    for number, (name, explanation) in enumerate(themes, 1):
        pieces += [text(f"{number}: {name}"), text(explanation)]
    assert read([*pieces, *flyer.AFTER], ending) == themes


def test_what_is_left_out_says_why_and_where() -> None:
    left = {one.text: (one.reason, one.where) for one in found(flyer.numbered(), ".docx").series[0].left_out}
    assert left["Our cancer strategy"] == ("Before the first theme", "paragraph 1")
    assert left["http://survey.example.org/q1jr0y"][0] == "A link"
    assert left["Scan the QR code to open the survey"][0] == "The caption of a picture"
    assert left[flyer.AFTER[2].text][0] == "After the last theme"
    in_pdf = {one.text: one.where for one in found(flyer.numbered(), ".pdf").series[0].left_out}
    assert in_pdf["Our cancer strategy"] == "page 1"


@pytest.mark.parametrize(
    ("titles", "first"),
    [
        (["Erstens: ein Ziel", "1: Kürzere Wartezeiten", "2: Mehr Fachkräfte", "3: Gleiche Chancen für alle"], 1),
        (["Avant-propos", "Axe 1 : Réduire les délais", "Axe 2 : Former les équipes", "Axe 3 : Agir ensemble"], 1),
        (["مقدمة", "١: تقليل أوقات الانتظار", "٢: المزيد من الموظفين", "٣: رعاية عادلة للجميع"], 1),
        (["Intro", "Priority one: Faster care", "Priority two: More staff", "Priority three: Fair care"], 1),
        (["Intro", "I. Faster care", "II. More staff", "III. Fair care"], 1),
        (["Intro", "(1) Faster care", "(2) More staff", "(3) Fair care"], 1),
        (["Intro", "A. Faster care", "B. More staff", "C. Fair care"], 1),
    ],
)
@pytest.mark.parametrize("ending", [".docx", ".odt", ".md", ".txt"])
def test_numbers_of_many_kinds_are_known(titles: list[str], first: int, ending: str) -> None:
    pieces = []
    for line in titles:
        pieces += [text(line), text("Das ist eine Erklärung, une explication, شرح.")]
    names = [name for name, _ in read(pieces, ending)]
    assert names == [line.split(":", 1)[-1].split(". ", 1)[-1].split(") ", 1)[-1].strip() for line in titles[first:]]


def test_of_two_numbered_lists_the_one_with_explanations_is_proposed() -> None:
    pieces = [heading("Our objectives")]
    for number in range(1, 6):
        pieces += [text(f"{number}. Objective number {number}"), text("This is why it matters to us and to you.")]
    pieces += [heading("Actions")]
    pieces += [text(f"{number}. Carry out step {number} by May") for number in range(1, 13)]
    series = found(pieces, ".docx").series
    assert [theme.title for theme in series[0].themes] == [f"Objective number {number}" for number in range(1, 6)]
    assert any(len(one.themes) == 12 for one in series)


def test_a_list_inside_a_theme_does_not_break_the_numbers_around_it() -> None:
    pieces = []
    for number in range(1, 5):
        pieces += [heading(f"{number}. Theme {number} title"), text("What it means.")]
        pieces += [text("1. First we listen."), text("2. Then we act."), text("3. Then we tell you.")]
    themes = found(pieces, ".docx").series[0].themes
    assert [theme.title for theme in themes] == [f"Theme {number} title" for number in range(1, 5)]
    assert themes[0].paragraphs == ("What it means.", "1. First we listen.", "2. Then we act.", "3. Then we tell you.")


def test_a_list_of_contents_is_not_the_themes() -> None:
    names = ["Faster care", "More staff", "Fair care", "Better buildings"]
    pieces = [title("Our strategy"), heading("Contents")]
    pieces += [text(f"{number}. {name} {number + 2}") for number, name in enumerate(names, 1)]
    pieces += [heading("Foreword"), text("Welcome to our strategy.")]
    for number, name in enumerate(names, 1):
        pieces += [heading(f"{number}. {name}"), text(f"What {name.lower()} means for you.")]
    for ending in (".docx", ".txt"):
        assert [name for name, _ in read(pieces, ending)] == names


def test_items_below_a_title_are_part_of_its_explanation() -> None:
    pieces = []
    for name in ("Faster care", "More staff", "Fair care"):
        pieces += [heading(name), text("We want:"), item("to begin soon"), item("to go on long")]
    for ending in (".docx", ".odt", ".md"):
        assert read(pieces, ending)[1] == ("More staff", "We want:\n\nto begin soon\n\nto go on long")


def test_without_structure_nothing_is_proposed_and_each_paragraph_can_be_picked() -> None:
    finding = found([text("We want to be better."), text("And soon, for everybody who lives here.")], ".docx")
    assert not finding.sure
    assert finding.series[0].themes == ()
    assert [one.text for one in finding.series[0].left_out] == [
        "We want to be better.",
        "And soon, for everybody who lives here.",
    ]


def test_forty_headings_are_not_proposed_as_forty_themes() -> None:
    pieces = []
    for number in range(40):
        pieces += [heading(f"Subject {chr(65 + number % 26)}{number}"), text("Something is said about it here.")]
    finding = found(pieces, ".docx")
    assert not finding.sure
    assert len(finding.series[0].themes) == 40


def test_a_document_of_two_hundred_pages_is_read_quickly() -> None:
    pieces = [title("A long strategy"), heading("Our themes")]
    for number in range(1, 9):
        pieces += [heading(f"Theme {number}: About subject {number}", 2)]
        pieces += [text(f"Sentence {one} of a long text about subject {number}. " * 8) for one in range(250)]
    content = FORMATS[".md"](pieces)
    assert len(content) > 600_000
    themes = find_themes(read_blocks(content, "long.md").blocks).series[0].themes
    assert [theme.title for theme in themes] == [f"About subject {number}" for number in range(1, 9)]


def test_titles_and_explanations_on_one_line_are_parted() -> None:
    lines = [
        "1. Faster care: we want you to wait less.",
        "2. More staff: we want to train people.",
        "3. Fair care: for all.",
    ]
    assert read([text("Our plan."), *map(text, lines)], ".docx") == [
        ("Faster care", "we want you to wait less."),
        ("More staff", "we want to train people."),
        ("Fair care", "for all."),
    ]


def test_of_a_wide_table_the_column_beside_the_titles_explains() -> None:
    pieces = [header("Theme", "Description", "Who does what by when")]
    for name in ("Faster care", "More staff", "Fair care"):
        pieces.append(row(name, f"{name} means that you are looked after.", "The board decides. " * 10))
    assert read(pieces, ".docx")[0] == ("Faster care", "Faster care means that you are looked after.")


def test_title_and_explanation_in_one_cell_are_parted() -> None:
    import io

    from docx import Document

    document = Document()
    table = document.add_table(rows=0, cols=2)
    for number, name in enumerate(("Faster care", "More staff", "Fair care"), 1):
        cells = table.add_row().cells
        cells[0].text, cells[1].text = str(number), name
        cells[1].add_paragraph(f"{name} means that you are looked after.")
    written = io.BytesIO()
    document.save(written)
    themes = find_themes(read_blocks(written.getvalue(), "a.docx").blocks).series[0].themes
    assert [(one.number, one.title, one.paragraphs) for one in themes][2] == (
        3,
        "Fair care",
        ("Fair care means that you are looked after.",),
    )
