"""Reading OpenDocument texts (.odt), as LibreOffice writes them."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from surveys.strategy_documents.blocks import Block, DocumentRefused, Kind, Run, blocks_of_paragraph
from surveys.strategy_documents.open_document_styles import OpenStyles, draw, svg, table, text
from surveys.strategy_documents.packages import DAMAGED, PASSWORD, Package
from surveys.strategy_documents.tables import table_blocks

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_MOST_SPACES = 100
_MOST_REPEATED = 200
_SKIPPED = {
    text("note"),
    text("tracked-changes"),
    _OFFICE + "annotation",
    text("sequence-decls"),
    text("soft-page-break"),
}
_AROUND = {text("section"), text("index-body"), text("list-header"), draw("frame"), draw("g"), text("index-title")}
_INDEXES = {text("table-of-content"), text("illustration-index"), text("table-index"), text("alphabetical-index")}


def read_open_document(package: Package) -> list[Block]:
    """The blocks of the document's body. Headers, footers, notes and comments are not read."""
    if "META-INF/manifest.xml" in package.names and b"encryption-data" in package.text("META-INF/manifest.xml"):
        raise DocumentRefused(PASSWORD)
    if "content.xml" not in package.names:
        raise DocumentRefused(DAMAGED)
    content = package.xml("content.xml")
    styles = OpenStyles([content, *([package.xml("styles.xml")] if "styles.xml" in package.names else [])])
    body = content.find(f"{_OFFICE}body/{_OFFICE}text")
    return list(_Reader(styles).blocks(body)) if body is not None else []


class _Reader:
    def __init__(self, styles: OpenStyles) -> None:
        self._styles, self._tables = styles, 0

    def blocks(self, parent: Element, *, contents: bool = False) -> Iterator[Block]:
        for child in parent:
            if child.tag in (text("p"), text("h")):
                yield from self._paragraph(child, contents=contents)
            elif child.tag == text("list"):
                yield from self._list(child, "", 1, contents=contents)
            elif child.tag == table("table"):
                yield from self._table(child)
            elif child.tag in _INDEXES:
                yield from self.blocks(child, contents=True)
            elif child.tag in _AROUND or child.tag == draw("text-box"):
                yield from self.blocks(child, contents=contents)

    def _paragraph(
        self, paragraph: Element, *, contents: bool, label: str = "", list_level: int = 0
    ) -> Iterator[Block]:
        style = self._styles.named(paragraph.get(text("style-name"), ""))
        runs, boxes, pictures = self._runs(paragraph, style.bold)
        words = "".join(run.text for run in runs)
        if contents:
            yield from blocks_of_paragraph([Run(words)], kind="contents")
        elif paragraph.tag == text("h"):
            written = paragraph.get(text("outline-level"), "1")
            level = int(written) if written.isdecimal() else 1
            if paragraph.get(text("is-list-header")) != "true":
                label = label or self._styles.next_heading_label(level)
            yield from blocks_of_paragraph(runs, kind="heading", level=level, label=label)
        elif style.is_title:
            yield from blocks_of_paragraph(runs, kind="heading", level=0)
        elif style.is_caption and words.strip():
            yield Block("picture", " ".join(words.split()))
        else:
            kind: Kind = "item" if list_level else "paragraph"
            yield from blocks_of_paragraph(runs, kind=kind, level=list_level, label=label)
        if not words.strip():
            for description in pictures:
                yield Block("picture", description)
        for box in boxes:
            yield from self.blocks(box)

    def _runs(self, paragraph: Element, bold: bool) -> tuple[list[Run], list[Element], list[str]]:
        runs: list[Run] = []
        boxes: list[Element] = []
        pictures: list[str] = []

        def walk(element: Element, bold: bool) -> None:
            runs.append(Run(element.text or "", bold))
            for child in element:
                if child.tag == text("line-break"):
                    runs.append(Run("\n", bold))
                elif child.tag == text("tab"):
                    runs.append(Run("\t", bold))
                elif child.tag == text("s"):
                    written = child.get(text("c"), "1")
                    runs.append(Run(" " * min(int(written) if written.isdecimal() else 1, _MOST_SPACES), bold))
                elif child.tag == text("span"):
                    named = child.get(text("style-name"), "")
                    walk(child, self._styles.is_bold(named, bold))
                elif child.tag in (draw("frame"), draw("custom-shape"), draw("rect")):
                    box = child.find(draw("text-box"))
                    if box is not None or child.tag != draw("frame"):
                        boxes.append(box if box is not None else child)
                    else:
                        told = child.find(svg("desc"))
                        told = told if told is not None else child.find(svg("title"))
                        pictures.append(f"[image: {(told.text or '') if told is not None else ''}]")
                elif child.tag not in _SKIPPED:
                    walk(child, bold)
                runs.append(Run(child.tail or "", bold))

        walk(paragraph, bold)
        # White space in the file is one space, however it was written.
        return (
            [Run(run.text if run.text == "\n" else run.text.replace("\n", " "), run.bold) for run in runs],
            boxes,
            pictures,
        )

    def _list(self, listed: Element, inherited: str, level: int, *, contents: bool) -> Iterator[Block]:
        name = listed.get(text("style-name"), "") or inherited
        counting = self._styles.counting(name, level, go_on=listed.get(text("continue-numbering")) == "true"
                                         or listed.get(text("continue-list")) is not None)  # fmt: skip
        for item in listed:
            is_first = item.tag == text("list-item")
            begins = item.get(text("start-value"), "")
            for child in item:
                if child.tag in (text("p"), text("h")):
                    own = self._styles.list_of(child.get(text("style-name"), "")) if not name else ""
                    if own:
                        counting = self._styles.counting(own, level, go_on=True)
                        name = own
                    label = counting.next(int(begins) if begins.isdecimal() else None) if is_first else ""
                    # Only the first paragraph of an item is the item; the others are text below it.
                    yield from self._paragraph(
                        child, contents=contents, label=label, list_level=level if is_first else 0
                    )
                    is_first = False
                elif child.tag == text("list"):
                    yield from self._list(child, name, level + 1, contents=contents)

    def _table(self, found: Element) -> Iterator[Block]:
        cells: list[list[list[Block]]] = []
        marked: list[bool] = []
        for row, is_header in _rows(found, is_header=False):
            cells.append([list(self.blocks(cell)) for cell in row if cell.tag == table("table-cell")])
            marked.append(is_header)
        self._tables += 1
        yield from table_blocks(cells, marked, self._tables)


def _rows(found: Element, *, is_header: bool) -> Iterator[tuple[Element, bool]]:
    for child in found:
        if child.tag == table("table-row"):
            yield child, is_header
        elif child.tag in (table("table-header-rows"), table("table-rows"), table("table-row-group")):
            yield from _rows(child, is_header=child.tag == table("table-header-rows"))
