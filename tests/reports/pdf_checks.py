"""What a tagged PDF must have, checked over its structure tree; each check is shown to fail on a planted fault.

No complete validator of PDF/UA can be installed from a package registry, so these are our own: of the conditions that a
machine can check, those that our kinds of documents can meet. ``pdf_content`` and ``pdf_structure`` hold the most. Not
checked: widths and missing shapes inside fonts, what forms, sound, film or layers need (we make none), and whether
words, order and alternative texts are good, which only people can tell.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf
import pypdfium2

from tests.reports.pdf_content import content_faults, elements, font_faults
from tests.reports.pdf_structure import structure_faults

_UA = re.compile(rb"<(?:\w+:)?part>1</|pdfuaid:part=\"1\"")


def faults(pdf: bytes, *, bookmarks: bool = True, captions: bool = False) -> list[str]:
    """Every fault found, empty for a good document.

    ``bookmarks``: whether it is long enough to need them. ``captions``: whether its tables need one each, because no
    heading of their own stands above them.
    """
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return [
            *_declarations(document, bookmarks),
            *_structure(document),
            *_tables(document, captions),
            *_links(document),
            *content_faults(document),
            *font_faults(document),
            *structure_faults(document),
        ]


def contents_faults(pdf: bytes) -> list[str]:
    """What is wrong with the contents of a report: a line without a link, a number that is not its chapter's page."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        lines = [leading for leading in _bookmarks(document) if re.match(r"(\d+|Annex [A-Z])\. ", leading[0])]
        targets = {str(name): number for name, number in _destinations(document)}
        linked = {
            targets.get(str(annotation["/Dest"]))
            for page in document.pages
            for annotation in page.get("/Annots", pikepdf.Array())
            if "/Dest" in annotation
        }
    texts = page_texts(pdf)
    contents = next((text for text in texts if all(title in text for title, _ in lines)), "")
    found = [] if lines else ["no chapters"]
    for title, number in lines:
        if f"{title} {number}" not in contents:
            found.append(f"the contents do not give page {number} for {title!r}")
        if number not in linked:
            found.append(f"no line of the contents leads to {title!r}")
    return found


def page_texts(pdf: bytes) -> list[str]:
    """The text of each page as a reader would copy it."""
    document = pypdfium2.PdfDocument(pdf)
    return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def _declarations(document: pikepdf.Pdf, bookmarks: bool) -> Iterator[str]:
    root = document.Root
    if "/Metadata" not in root or not _UA.search(root.Metadata.read_bytes()):
        yield "PDF/UA-1 is not declared"
    if not str(root.get("/Lang", "")):
        yield "no language"
    if not str(document.docinfo.get("/Title", "")):
        yield "no title"
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False):
        yield "the title is not displayed"
    if not root.get("/MarkInfo", {}).get("/Marked", False) or "/StructTreeRoot" not in root:
        yield "not tagged"
    if bookmarks and ("/Outlines" not in root or not int(root.Outlines.get("/Count", 0))):
        yield "no bookmarks"
    for number, page in enumerate(document.pages, start=1):
        if page.get("/Tabs") != pikepdf.Name("/S"):
            yield f"page {number}: reading order does not follow the structure"


def _structure(document: pikepdf.Pdf) -> Iterator[str]:
    headings = 0
    for element in elements(document):
        kind = str(element["/S"])
        if kind == "/Figure" and not str(element.get("/Alt", "")).strip():
            yield "a figure has no alternative text"
        if kind == "/TH" and str(element.get("/A", {}).get("/Scope", "")) not in ("/Column", "/Row"):
            yield "a table header has no scope"
        if kind == "/Table" and not _has(element, "/TH"):
            yield "a table has no headers"
        if re.fullmatch(r"/H[1-6]", kind):
            level = int(kind[2])
            if level > headings + 1:
                yield f"a heading of level {level} follows one of level {headings}"
            headings = level


def _bookmarks(document: pikepdf.Pdf) -> Iterator[tuple[str, int]]:
    """The title of every bookmark and the number of the page that it leads to."""
    numbers = {page.objgen: number for number, page in enumerate(document.pages, start=1)}
    with document.open_outline() as outline:
        waiting = list(outline.root)
        while waiting:
            item = waiting.pop(0)
            waiting[:0] = list(item.children)
            if isinstance(item.destination, pikepdf.Array):
                yield str(item.title), numbers[item.destination[0].objgen]


def _destinations(document: pikepdf.Pdf) -> Iterator[tuple[str, int]]:
    """Every named destination and the number of its page."""
    numbers = {page.objgen: number for number, page in enumerate(document.pages, start=1)}
    names = list(document.Root.get("/Names", {}).get("/Dests", {}).get("/Names", pikepdf.Array()))
    for name, target in zip(names[::2], names[1::2], strict=True):
        yield str(name), numbers[target[0].objgen]


def _tables(document: pikepdf.Pdf, captions: bool) -> Iterator[str]:
    """A table without a caption that does not go on from the page before."""
    before: set[int] = set()
    for table in elements(document):
        if str(table["/S"]) != "/Table":
            continue
        widths = {len(_children(row, ("/TH", "/TD"))) for row in _inside(table, "/TR")}
        if captions and not _inside(table, "/Caption") and widths != before:
            yield "a table has no caption"
        before = widths


def _inside(element: Any, kind: str) -> list[Any]:
    found = []
    for child in _children(element, None):
        found += [child] if str(child["/S"]) == kind else _inside(child, kind)
    return found


def _children(element: Any, kinds: tuple[str, ...] | None) -> list[Any]:
    children = element.get("/K", pikepdf.Array())
    listed = children if isinstance(children, pikepdf.Array) else [children]
    there = [child for child in listed if isinstance(child, pikepdf.Dictionary) and "/S" in child]
    return [child for child in there if kinds is None or str(child["/S"]) in kinds]


def _has(element: Any, kind: str) -> bool:
    children = element.get("/K", pikepdf.Array())
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary) and (str(child.get("/S", "")) == kind or _has(child, kind)):
            return True
    return False


def _links(document: pikepdf.Pdf) -> Iterator[str]:
    tagged = set()
    for element in elements(document):
        if str(element["/S"]) == "/Link":
            for child in element.get("/K", pikepdf.Array()):
                if isinstance(child, pikepdf.Dictionary) and str(child.get("/Type", "")) == "/OBJR":
                    tagged.add(child["/Obj"].objgen)
    names = _named_destinations(document)
    for number, page in enumerate(document.pages, start=1):
        for annotation in page.get("/Annots", pikepdf.Array()):
            if str(annotation.get("/Subtype", "")) != "/Link":
                continue
            if annotation.objgen not in tagged:
                yield f"page {number}: a link is not in the structure"
            if "/Dest" in annotation and str(annotation["/Dest"]) not in names:
                yield f"page {number}: a link leads nowhere"


def _named_destinations(document: pikepdf.Pdf) -> set[str]:
    tree = document.Root.get("/Names", {}).get("/Dests", {}).get("/Names", pikepdf.Array())
    return {str(name) for name in list(tree)[::2]}
