"""What real Word documents hold beside paragraphs: automatic numbers, tracked changes, boxes, contents."""

from __future__ import annotations

import io
from typing import Any

from docx import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from surveys.strategy_documents import Series
from surveys.strategy_documents.finding import find_themes
from surveys.strategy_documents.formats import read_blocks

NAMES = ("Faster care", "More staff", "Fair care")


def read(document: Any) -> Series:
    written = io.BytesIO()
    document.save(written)
    return find_themes(read_blocks(written.getvalue(), "a.docx").blocks).series[0]


def titles(series: Series) -> list[str]:
    return [theme.title for theme in series.themes]


def a_marked_run(kind: str, text: str) -> Any:
    tag = "delText" if kind == "del" else "t"
    return parse_xml(
        f'<w:{kind} {nsdecls("w")} w:id="9" w:author="A" w:date="2026-01-01T00:00:00Z">'
        f'<w:r><w:{tag} xml:space="preserve">{text}</w:{tag}></w:r></w:{kind}>'
    )


def test_numbers_that_word_counts_itself_are_seen() -> None:
    document = Document()
    document.add_paragraph("What we want to do.")
    for name in NAMES:
        document.add_paragraph(name, style="List Number")
        document.add_paragraph(f"Why {name.lower()} matters to everybody.")
    series = read(document)
    assert series.how == "numbered titles"
    assert [(one.number, one.title) for one in series.themes] == list(enumerate(NAMES, 1))


def test_what_was_deleted_stays_deleted_and_what_was_inserted_is_read() -> None:
    document = Document()
    for number, name in enumerate(NAMES, 1):
        paragraph = document.add_paragraph(f"{number}: ")
        paragraph._p.append(a_marked_run("del", "An older title "))
        paragraph._p.append(a_marked_run("ins", name))
        document.add_paragraph(f"Why {name.lower()} matters.")
    assert titles(read(document)) == list(NAMES)


def test_headers_footers_and_footnote_marks_are_no_text() -> None:
    document = Document()
    section = document.sections[0]
    section.header.paragraphs[0].text = "1: A header"
    section.footer.paragraphs[0].text = "Page 1 of 9"
    for number, name in enumerate(NAMES, 1):
        paragraph = document.add_paragraph(f"{number}: {name}")
        mark = OxmlElement("w:footnoteReference")
        mark.set(qn("w:id"), "2")
        paragraph.add_run()._r.append(mark)
        document.add_paragraph("Why it matters.")
    series = read(document)
    assert titles(series) == list(NAMES)
    assert series.left_out == ()


def test_text_in_boxes_is_read_once() -> None:
    document = Document()
    for number, name in enumerate(NAMES, 1):
        run = document.add_paragraph().add_run()
        box = (
            f"<w:txbxContent {nsdecls('w')}><w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{number}: {name}</w:t></w:r></w:p>"
            f"<w:p><w:r><w:t>Why {name.lower()} matters.</w:t></w:r></w:p></w:txbxContent>"
        )
        alternatives = "http://schemas.openxmlformats.org/markup-compatibility/2006"
        run._r.append(
            parse_xml(
                f'<mc:AlternateContent xmlns:mc="{alternatives}"><mc:Choice Requires="wps">{box}</mc:Choice>'
                f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
            )
        )
    series = read(document)
    assert [(one.title, one.paragraphs) for one in series.themes] == [
        (name, (f"Why {name.lower()} matters.",)) for name in NAMES
    ]


def test_a_title_and_its_text_in_one_paragraph_are_told_apart() -> None:
    document = Document()
    for number, name in enumerate(NAMES, 1):
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{number}. {name}").bold = True
        paragraph.add_run().add_break()
        paragraph.add_run("Why it matters to us.")
    series = read(document)
    assert [(one.title, one.paragraphs) for one in series.themes] == [
        (one, ("Why it matters to us.",)) for one in NAMES
    ]


def test_bold_words_at_the_start_of_a_paragraph_are_titles() -> None:
    document = Document()
    document.add_paragraph("Our plan has three parts.")
    for name in NAMES:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{name}: ").bold = True
        paragraph.add_run("it matters to us, and to the people whom we look after.")
    series = read(document)
    assert titles(series) == list(NAMES)
    assert series.themes[0].paragraphs == ("it matters to us, and to the people whom we look after.",)


def test_a_generated_list_of_contents_is_left_out() -> None:
    document = Document()
    contents = document.styles.add_style("toc 1", 1)
    for number, name in enumerate(NAMES, 1):
        document.add_paragraph(f"{number}. {name}\t{number + 3}", style=contents)
    for number, name in enumerate(NAMES, 1):
        document.add_heading(f"{number}. {name}", 1)
        document.add_paragraph("Why it matters to us.")
    series = read(document)
    assert titles(series) == list(NAMES)
    assert all(theme.paragraphs for theme in series.themes)
    assert {one.reason for one in series.left_out} == {"A line of the contents list"}


def test_a_table_that_only_arranges_cards_is_read_card_by_card() -> None:
    document = Document()
    table = document.add_table(rows=2, cols=2)
    for place, name in enumerate([*NAMES, "Better buildings"]):
        cell = table.cell(place // 2, place % 2)
        cell.paragraphs[0].add_run(name).bold = True
        cell.add_paragraph(f"Why {name.lower()} matters.")
    assert titles(read(document)) == [*NAMES, "Better buildings"]


def test_a_style_of_ones_own_may_be_a_heading() -> None:
    document = Document()
    own = document.styles.add_style("Trust theme", 1)
    own.base_style = document.styles["Heading 2"]
    for name in NAMES:
        document.add_paragraph(name, style=own)
        document.add_paragraph("Why it matters to us.")
    series = read(document)
    assert (series.how, titles(series)) == ("headings", list(NAMES))
