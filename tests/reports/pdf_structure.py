"""Further checks of a tagged PDF: which elements may stand in which, whole tables and lists, links, languages.

Numbers in brackets are clauses of ISO 14289-1 with the conditions of the Matterhorn Protocol that a machine can check.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pikepdf

from tests.reports.pdf_content import elements, kids

# The elements of PDF 1.7 that our documents may use, and no other.
_STANDARD = frozenset(
    {
        "Document",
        "Part",
        "Art",
        "Sect",
        "Div",
        "NonStruct",
        "BlockQuote",
        "P",
        "H1",
        "H2",
        "H3",
        "H4",
        "H5",
        "H6",
        "Span",
    }
    | {
        "L",
        "LI",
        "Lbl",
        "LBody",
        "Table",
        "Caption",
        "THead",
        "TBody",
        "TFoot",
        "TR",
        "TH",
        "TD",
        "Link",
        "Figure",
        "Note",
    }
)
_ROWS = frozenset({"THead", "TBody", "TFoot", "Table"})
# Which elements must stand in one of these, and which may hold only these [7.2].
_PARENTS = {
    "TR": _ROWS,
    "TH": frozenset({"TR"}),
    "TD": frozenset({"TR"}),
    "THead": frozenset({"Table"}),
    "TBody": frozenset({"Table"}),
    "TFoot": frozenset({"Table"}),
    "LI": frozenset({"L"}),
    "Lbl": frozenset({"LI", "Note"}),
    "LBody": frozenset({"LI"}),
}
_CHILDREN = {
    "Table": frozenset({"TR", "THead", "TBody", "TFoot", "Caption"}),
    "THead": frozenset({"TR"}),
    "TBody": frozenset({"TR"}),
    "TFoot": frozenset({"TR"}),
    "TR": frozenset({"TH", "TD"}),
    "L": frozenset({"L", "LI", "Caption"}),
    "LI": frozenset({"Lbl", "LBody"}),
}
_NEVER_EMPTY = frozenset(
    {"H1", "H2", "H3", "H4", "H5", "H6", "Caption", "Link", "TH", "L", "LI", "LBody", "Table", "Figure"}
)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def structure_faults(document: pikepdf.Pdf) -> Iterator[str]:
    """What is wrong with the elements themselves, wherever their content is painted."""
    yield from _declared(document)
    headings = []
    for element in elements(document):
        kind = _kind(element)
        yield from _placed(element, kind)
        if "/Lang" in element and not _LANGUAGE.fullmatch(str(element["/Lang"])):
            yield f"{kind} is in the language {element['/Lang']}, which is none"
        if kind == "Table":
            yield from _regular(element)
        if kind == "Note" and not str(element.get("/ID", "")):
            yield "a note has no name"
        if re.fullmatch(r"H[1-6]", kind):
            headings.append(kind)
    if headings and headings[0] != "H1":
        yield f"the first heading is {headings[0]}"
    yield from _annotations(document)


def _declared(document: pikepdf.Pdf) -> Iterator[str]:
    root = document.Root
    if "/Metadata" in root and not re.search(
        rb"<dc:title>.*?<rdf:li[^>]*>[^<]+</rdf:li>", root.Metadata.read_bytes(), re.DOTALL
    ):
        yield "the title is not in the metadata"
    if not _LANGUAGE.fullmatch(str(root.get("/Lang", ""))):
        yield "the language of the document is none"
    if root.get("/MarkInfo", {}).get("/Suspects", False):
        yield "its tags are called suspect"
    if document.is_encrypted:
        yield "it is encrypted"
    for kind, meant in root.get("/StructTreeRoot", {}).get("/RoleMap", {}).items():
        if kind.removeprefix("/") in _STANDARD:
            yield f"{kind} is given another meaning"
        elif str(meant).removeprefix("/") not in _STANDARD:
            yield f"{kind} has no meaning"
    for name, file in document.attachments.items():
        if not {"/F", "/UF"} <= set(file.obj.keys()):
            yield f"the file {name} inside has no name for every reader"
        if not str(file.obj.get("/Desc", "")):
            yield f"the file {name} inside has no description"


def _placed(element: Any, kind: str) -> Iterator[str]:
    if kind not in _STANDARD:
        yield f"{kind} is no element that a reader knows"
    below, above = [_kind(child) for child in _elements(element)], _kind(element.get("/P", {}))
    if above not in _PARENTS.get(kind, {above}):
        yield f"{kind} stands in {above}"
    for one in sorted(set(below) - _CHILDREN.get(kind, set(below))):
        yield f"{kind} holds {one}"
    if kind in _CHILDREN and len(below) < len(kids(element)):
        yield f"{kind} holds content of its own"
    for child in _elements(element):
        if child.get("/P") is None or child["/P"].objgen != element.objgen:
            yield f"{_kind(child)} in {kind} names another parent"
    if kind == "Table" and (below.count("Caption") > 1 or "Caption" in below[1:-1] or below.count("THead") > 1):
        yield "a table has its caption or its head in the wrong place"
    if kind == "L" and "Caption" in below[1:]:
        yield "a list has its caption in the wrong place"
    if kind in _NEVER_EMPTY and not _holds_content(element):
        yield f"{kind} is empty"
    if kind == "Figure" and "/BBox" not in element.get("/A", {}):
        yield "a figure does not say where it is"


def _regular(table: Any) -> Iterator[str]:
    """Every row as wide as the first, spans counted [7.2], and every cell of data under or beside a header [7.5]."""
    rows = [
        row
        for part in _elements(table)
        for row in ([part] if _kind(part) == "TR" else _elements(part))
        if _kind(row) == "TR"
    ]
    reaching: list[int] = []
    widths = []
    for row in rows:
        places = reaching
        reaching = [left - 1 for left in places if left > 1]
        width = len(places)
        for cell in _elements(row):
            across, down = (int(cell.get("/A", {}).get(span, 1)) for span in ("/ColSpan", "/RowSpan"))
            width += across
            reaching += [down - 1] * across if down > 1 else []
        widths.append(width)
    if len(set(widths)) > 1:
        yield f"a table has rows of {' and '.join(map(str, sorted(set(widths))))} cells"
    if reaching:
        yield "a cell reaches below its table"
    for row in rows:
        cells = [_kind(cell) for cell in _elements(row)]
        if "TD" in cells and "TH" not in cells and not any(set(map(_kind, _elements(one))) == {"TH"} for one in rows):
            yield "a cell has no header"


def _annotations(document: pikepdf.Pdf) -> Iterator[str]:
    """[7.18] Links say where they lead, in words; every annotation stands in the element for its kind."""
    owners = {}
    for element in elements(document):
        for child in kids(element):
            if isinstance(child, pikepdf.Dictionary) and str(child.get("/Type", "")) == "/OBJR":
                owners[child["/Obj"].objgen] = _kind(element)
    for number, page in enumerate(document.pages, start=1):
        for annotation in page.get("/Annots", pikepdf.Array()):
            kind = str(annotation.get("/Subtype", ""))
            wanted = {"/Link": "Link", "/Widget": "Form"}.get(kind, "Annot")
            if owners.get(annotation.objgen) != wanted:
                yield f"page {number}: an annotation {kind} does not stand in {wanted}"
            if kind == "/Link" and not str(annotation.get("/Contents", "")).strip():
                yield f"page {number}: a link does not say where it leads"


def _elements(element: Any) -> list[Any]:
    return [child for child in kids(element) if isinstance(child, pikepdf.Dictionary) and "/S" in child]


def _kind(element: Any) -> str:
    return str(element.get("/S", "")).removeprefix("/")


def _holds_content(element: Any) -> bool:
    return any(not _is_element(child) or _holds_content(child) for child in kids(element))


def _is_element(child: Any) -> bool:
    return isinstance(child, pikepdf.Dictionary) and "/S" in child
