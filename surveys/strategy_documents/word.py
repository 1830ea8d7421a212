"""Reading Word documents (.docx): styles, automatic numbers, tables, text boxes; what was deleted stays deleted."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from surveys.strategy_documents.blocks import Block, DocumentRefused, Run, blocks_of_paragraph
from surveys.strategy_documents.packages import DAMAGED, MACROS, Package
from surveys.strategy_documents.tables import table_blocks
from surveys.strategy_documents.word_styles import Numbers, Style, Styles, is_on, tag, value

_SKIPPED = {
    tag(name)
    for name in (
        "del", "moveFrom", "footnoteReference", "endnoteReference", "commentReference", "instrText", "delText",
        "footnoteRef", "endnoteRef", "annotationRef", "pPr", "rPr", "rPrChange",
    )
}  # fmt: skip
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BOX = tag("txbxContent")
_PICTURES = (tag("drawing"), tag("pict"), tag("object"))
_DESCRIPTION = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"


def read_word(package: Package) -> list[Block]:
    """The blocks of the document's body. Headers, footers, footnotes and comments are not read."""
    if "word/document.xml" not in package.names:
        raise DocumentRefused(DAMAGED)
    types = package.text("[Content_Types].xml") if "[Content_Types].xml" in package.names else b""
    if b"macroenabled" in types.lower():
        raise DocumentRefused(MACROS)
    root = package.xml("word/document.xml")
    styles = Styles(package.xml("word/styles.xml") if "word/styles.xml" in package.names else None)
    numbers = Numbers(package.xml("word/numbering.xml") if "word/numbering.xml" in package.names else None)
    body = root.find(tag("body"))
    return list(_Reader(styles, numbers).blocks(body)) if body is not None else []


class _Reader:
    def __init__(self, styles: Styles, numbers: Numbers) -> None:
        self._styles, self._numbers, self._tables = styles, numbers, 0

    def blocks(self, parent: Element, *, contents: bool = False) -> Iterator[Block]:
        for child in parent:
            if child.tag == tag("p"):
                yield from self._paragraph(child, contents=contents)
            elif child.tag == tag("tbl"):
                yield from self._table(child)
            elif child.tag in (
                tag("sdt"),
                tag("sdtContent"),
                tag("ins"),
                tag("moveTo"),
                tag("smartTag"),
                tag("customXml"),
            ):
                gallery = child.find(f"{tag('sdtPr')}/{tag('docPartObj')}/{tag('docPartGallery')}")
                is_contents = gallery is not None and value(gallery) == "Table of Contents"
                yield from self.blocks(child, contents=contents or is_contents)

    def _paragraph(self, paragraph: Element, *, contents: bool) -> Iterator[Block]:
        properties = paragraph.find(tag("pPr"))
        style = self._styles.of(properties)
        mark = properties.find(tag("rPr")) if properties is not None else None
        if mark is not None and mark.find(tag("del")) is not None and not list(paragraph.iter(tag("t"))):
            return
        runs, boxes, pictures = self._runs(paragraph, style)
        label, is_list, list_level = self._numbers.next_label(properties, style)
        text = "".join(run.text for run in runs)
        if contents or style.is_contents:
            yield from blocks_of_paragraph([Run(text)], kind="contents")
        elif style.is_caption and text.strip():
            yield Block("picture", " ".join(text.split()))
        elif style.heading is not None:
            yield from blocks_of_paragraph(runs, kind="heading", level=style.heading, label=label)
        else:
            kind = "item" if is_list else "paragraph"
            yield from blocks_of_paragraph(runs, kind=kind, level=list_level, label=label)  # type: ignore[arg-type]  # One of two kinds.
        if not text.strip():
            for description in pictures:
                yield Block("picture", description)
        for box in boxes:
            yield from self.blocks(box)

    def _runs(self, paragraph: Element, style: Style) -> tuple[list[Run], list[Element], list[str]]:
        runs: list[Run] = []
        boxes: list[Element] = []
        pictures: list[str] = []

        def walk(element: Element, bold: bool) -> None:
            for child in element:
                if child.tag in _SKIPPED or child.tag == _FALLBACK:
                    continue
                if child.tag == tag("r"):
                    walk(child, self._is_bold(child, style))
                elif child.tag == tag("t"):
                    runs.append(Run(child.text or "", bold))
                elif child.tag in (tag("br"), tag("cr")):
                    runs.append(Run("\n" if value(child, "type") in (None, "textWrapping") else " ", bold))
                elif child.tag == tag("tab"):
                    runs.append(Run("\t", bold))
                elif child.tag == tag("noBreakHyphen"):
                    runs.append(Run("-", bold))
                elif child.tag == _BOX:
                    boxes.append(child)
                elif child.tag in _PICTURES:
                    found = child.find(f".//{_DESCRIPTION}")
                    if found is not None and child.find(f".//{_BOX}") is None:
                        pictures.append(f"[image: {found.get('descr', '')}]")
                    walk(child, bold)
                else:
                    walk(child, bold)

        walk(paragraph, style.bold)
        return runs, boxes, pictures

    def _is_bold(self, run: Element, style: Style) -> bool:
        properties = run.find(tag("rPr"))
        if properties is None:
            return style.bold
        own = properties.find(tag("b"))
        if own is not None:
            return is_on(own)
        named = properties.find(tag("rStyle"))
        return style.bold or (named is not None and self._styles.named(value(named) or "").bold)

    def _table(self, table: Element) -> Iterator[Block]:
        rows = [row for row in _through(table, "tr") if row.find(f"{tag('trPr')}/{tag('del')}") is None]
        cells = [[self._cell(cell) for cell in _through(row, "tc")] for row in rows]
        marked = [row.find(f"{tag('trPr')}/{tag('tblHeader')}") is not None for row in rows]
        self._tables += 1
        yield from table_blocks(cells, marked, self._tables)

    def _cell(self, cell: Element) -> list[Block]:
        return list(self.blocks(cell))


def _through(parent: Element, name: str) -> Iterator[Element]:
    """The children of this name, also inside content controls."""
    for child in parent:
        if child.tag == tag(name):
            yield child
        elif child.tag in (tag("sdt"), tag("sdtContent"), tag("customXml"), tag("ins")):
            yield from _through(child, name)
