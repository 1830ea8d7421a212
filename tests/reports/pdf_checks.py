"""What a tagged PDF must have, checked over its structure tree; each check is shown to fail on a planted fault.

No complete validator of PDF/UA can be installed from a package registry, so these are our own: a subset, stated.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf
import pypdfium2

_UA = re.compile(rb"<(?:\w+:)?part>1</|pdfuaid:part=\"1\"")


def faults(pdf: bytes, *, bookmarks: bool = True) -> list[str]:
    """Every fault found, empty for a good document; ``bookmarks`` says whether it is long enough to need them."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return [*_declarations(document, bookmarks), *_structure(document), *_links(document), *_fonts(document)]


def elements(document: pikepdf.Pdf) -> Iterator[Any]:
    """Every structure element in reading order."""
    root = document.Root.get("/StructTreeRoot")
    waiting = [root] if root is not None else []
    while waiting:
        element = waiting.pop(0)
        if "/S" in element:
            yield element
        children = element.get("/K", pikepdf.Array())
        found = children if isinstance(children, pikepdf.Array) else [children]
        waiting[:0] = [child for child in found if isinstance(child, pikepdf.Dictionary) and "/S" in child]


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


def _fonts(document: pikepdf.Pdf) -> Iterator[str]:
    for object_ in document.objects:
        is_font = isinstance(object_, pikepdf.Dictionary) and str(object_.get("/Type", "")) == "/FontDescriptor"
        if is_font and not {"/FontFile", "/FontFile2", "/FontFile3"} & set(object_.keys()):
            yield f"{object_.get('/FontName')} is not embedded"
