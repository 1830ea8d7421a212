"""What python-docx has no words for: styles of our own, right to left, alternative texts, page numbers, contents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shape import InlineShape
from docx.shared import Cm, Emu, Pt, RGBColor
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from reports.words import Words

_INK, _BLUE, _GREY = RGBColor(0x21, 0x2B, 0x32), RGBColor(0x00, 0x30, 0x87), RGBColor(0x42, 0x55, 0x63)
_LINE = "D8DDE0"


def give_styles(document: Document, *, rtl: bool, language: str) -> None:
    """The report's face in Word's own styles, so that whoever edits it changes a style and not every paragraph."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(2)
    styles: Any = document.styles
    styles.add_style("Table title", WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
    styles.add_style("After table", WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
    styles.add_style("Cell", WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
    styles.add_style("Cell of many", WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Cell"]
    styles.add_style("Writer of a quote", WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
    styles.add_style("Contents", WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
    styles.add_style("Figures", WD_STYLE_TYPE.TABLE).base_style = styles["Table Grid"]
    styles.add_style("To fill in", WD_STYLE_TYPE.TABLE).base_style = styles["Table Grid"]
    for name, size, colour, before, after in (
        ("Normal", 10.5, _INK, 0, 6),
        ("Title", 26, _BLUE, 0, 6),
        ("Heading 1", 18, _BLUE, 18, 6),
        ("Heading 2", 13, _BLUE, 12, 4),
        ("Heading 3", 11, _BLUE, 8, 3),
        ("Caption", 9, _GREY, 0, 4),
        ("Table title", 9.5, _INK, 10, 3),
        ("After table", 4, _INK, 0, 4),
        ("Cell", 9, _INK, 1, 1),
        ("Cell of many", 8, _INK, 1, 1),
        ("Quote", 10.5, _INK, 6, 0),
        ("Writer of a quote", 9, _GREY, 0, 4),
        ("Contents", 10.5, _INK, 0, 2),
    ):
        style = styles[name]
        style.font.name, style.font.size, style.font.color.rgb = "Arial", Pt(size), colour
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(script), "Arial")
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
            fonts.attrib.pop(qn(theme), None)
        properties = style.element.get_or_add_rPr()
        properties.append(_element("w:szCs", val=str(int(size * 2))))
        if rtl:
            style.element.get_or_add_pPr().append(_element("w:bidi"))
    styles["Normal"].paragraph_format.line_spacing = styles["Cell"].paragraph_format.line_spacing = 1.1
    styles["Caption"].font.bold = styles["Caption"].font.cs_bold = styles["Caption"].font.italic = False
    styles["Table title"].font.bold = styles["Table title"].font.cs_bold = True
    styles["Table title"].paragraph_format.keep_with_next = True
    styles["Quote"].font.italic = styles["Quote"].font.cs_italic = False
    for name in ("Quote", "Writer of a quote"):
        styles[name].paragraph_format.left_indent = Cm(0.6)
    _draw_lines(styles["Figures"].element, across="nil")
    _draw_lines(styles["To fill in"].element, across="single")
    spoken = styles["Normal"].element.get_or_add_rPr()
    spoken.append(_element("w:lang", val=language, bidi=language))


def _draw_lines(style: Any, *, across: str) -> None:
    """Lines between rows, and of the kind ``across`` between columns. The order of sides is that of the schema."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        if side in ("top", "bottom", "insideH") or across == "single":
            borders.append(_element(f"w:{side}", val="single", sz="4", space="0", color=_LINE))
        else:
            borders.append(_element(f"w:{side}", val=across))
    properties = style.find(qn("w:tblPr"))
    if properties is None:
        properties = OxmlElement("w:tblPr")
        style.append(properties)
    properties.append(borders)


def furnish(document: Document, words: Words, *, title: str, organisation: str, marks: str) -> None:
    """Title and author of the file, and on every page its title, its marks and its number."""
    document.core_properties.title, document.core_properties.author = title, organisation
    document.core_properties.language, document.core_properties.comments = words.tag, ""
    for section in document.sections:
        header, footer = section.header.paragraphs[0], section.footer.paragraphs[0]
        header.style = footer.style = document.styles["Caption"]
        header.add_run(" · ".join(filter(None, (title, marks))))
        footer.add_run(f"{words('board_page')} ")
        _add_field(footer, "PAGE")
        footer.add_run(f" {words('board_of')} ")
        _add_field(footer, "NUMPAGES")
        for paragraph in (header, footer):
            if words.direction == "rtl":
                run_right_to_left(paragraph)
        # The sections after the first show what the first one does.
        break


def _add_field(paragraph: Paragraph, instruction: str) -> None:
    run = paragraph.add_run()
    element: Any = run._r
    # Word works a dirty field out as soon as the file is opened.
    element.append(_element("w:fldChar", fldCharType="begin", dirty="true"))
    text = OxmlElement("w:instrText")
    text.set(qn("xml:space"), "preserve")
    text.text = f" {instruction} "
    element.append(text)
    element.append(_element("w:fldChar", fldCharType="separate"))
    shown = OxmlElement("w:t")
    shown.text = "1"
    element.append(shown)
    element.append(_element("w:fldChar", fldCharType="end"))


def add_contents(document: Document, entries: Sequence[tuple[str, str]], *, room: int, rtl: bool) -> None:
    """A list of contents: each entry's title and the id of its chapter, with a link and the number of its page.

    ``room`` is the width of a line in English metric units. Word brings it up to date as soon as the file is opened.
    """
    for title, chapter in entries:
        paragraph = document.add_paragraph(style="Contents")
        paragraph.paragraph_format.tab_stops.add_tab_stop(Emu(room), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
        paragraph.paragraph_format.keep_with_next = (title, chapter) != entries[-1]
        link = _element("w:hyperlink", anchor=_bookmark_name(chapter), history="1")
        paragraph._p.append(link)
        runs = [paragraph.add_run(title), paragraph.add_run("\t")]
        for run in runs:
            link.append(run._r)
        _add_field(paragraph, f"PAGEREF {_bookmark_name(chapter)} \\h")
        if rtl:
            run_right_to_left(paragraph)
            for run in paragraph.runs + runs:
                is_right_to_left(run)


def bookmark(heading: Paragraph, chapter: str) -> None:
    """Name the heading, so that the list of contents can say on which page it stands."""
    if not chapter:
        return
    element: Any = heading._p
    number = str(len(element.getroottree().findall(f".//{qn('w:bookmarkStart')}")) + 1)
    element.append(_element("w:bookmarkStart", id=number, name=_bookmark_name(chapter)))
    element.append(_element("w:bookmarkEnd", id=number))


def _bookmark_name(chapter: str) -> str:
    # Word knows letters, digits and underscores in such names, at most 40 of them.
    return f"chapter_{chapter.replace('-', '_')}"[:40]


def new_numbers(document: Document) -> int:
    """The id of a numbering that starts at 1, so that one list does not go on where the last one ended."""
    numbering: Any = document.part.numbering_part.element
    style: Any = document.styles["List Number"].element
    used = style.pPr.numPr.numId.val
    kind = next(one.abstractNumId.val for one in numbering.num_lst if one.numId == used)
    number = numbering.add_num(kind)
    number.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(number.numId)


def number_by(paragraph: Paragraph, numbers: int) -> None:
    """Count the paragraph in this numbering."""
    element: Any = paragraph._p
    properties = element.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = numbers


def describe_table(table: Table, caption: str, *, rtl: bool) -> None:
    """The table's alternative text, and its columns from right to left where the language is."""
    table.autofit = False
    properties: Any = table._tbl.tblPr
    if rtl:
        properties.append(_element("w:bidiVisual"))
    properties.append(_element("w:tblCaption", val=caption[:250]))


def hold_together(row: _Row, *, is_head: bool) -> None:
    """Keep the row on one page; a head stands above the table on every page that it reaches."""
    element: Any = row._tr
    properties = element.get_or_add_trPr()
    properties.append(_element("w:cantSplit"))
    if is_head:
        properties.append(_element("w:tblHeader"))


def describe_picture(shape: InlineShape, text: str) -> None:
    """What a reader who cannot see the picture is told."""
    element: Any = shape._inline
    element.docPr.set("descr", text)


def run_right_to_left(paragraph: Paragraph) -> None:
    """Begin the paragraph at the right."""
    element: Any = paragraph._p
    element.get_or_add_pPr().append(_element("w:bidi"))


def run_left_to_right(paragraph: Paragraph) -> None:
    """Begin the paragraph at the left, in a document whose styles begin at the right."""
    element: Any = paragraph._p
    element.get_or_add_pPr().append(_element("w:bidi", val="0"))


def is_right_to_left(run: Run) -> None:
    """Shape and order the run's letters as those of a language from right to left."""
    run.font.rtl = True


def is_in_language(run: Run, language: str) -> None:
    """Check the spelling of the run, and read it aloud, in this language."""
    element: Any = run._r
    element.get_or_add_rPr().append(_element("w:lang", val=language, bidi=language))


def _element(tag: str, /, **attributes: str) -> Any:
    element = OxmlElement(tag)
    for attribute, value in attributes.items():
        element.set(qn(f"w:{attribute}"), value)
    return element
