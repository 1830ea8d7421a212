"""Further checks of a tagged PDF: what is painted on its pages, its fonts, and how the structure tree leads to both.

Numbers in brackets are clauses of ISO 14289-1 with the conditions of the Matterhorn Protocol that a machine can check.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pikepdf

_PAINTS = frozenset(
    {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do", "Tj", "TJ", "'", '"', "BI", "INLINE IMAGE"}
)
_FILES = {"/FontFile", "/FontFile2", "/FontFile3"}
_CHARACTERS = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
# These stand for no character [7.21.7].
_NO_CHARACTER = re.compile(rb"<[0-9a-fA-F]+>\s*<(?:0000|(?i:feff|fffe)|)>")


def content_faults(document: pikepdf.Pdf) -> Iterator[str]:
    """What is painted without being tagged or marked as decoration, and marks that do not agree with the tree."""
    marked = _marked_in_tree(document)
    for number, page in enumerate(document.pages, start=1):
        for fault in _painted(page):
            yield f"page {number}: {fault}"
        on_page = Counter(_marks(page))
        for mark, times in on_page.items():
            if times > 1:
                yield f"page {number}: the mark {mark} stands for two passages"
        for mark in on_page.keys() - marked.get(page.obj.objgen, set()):
            yield f"page {number}: the passage marked {mark} is not in the structure"
        for mark in marked.get(page.obj.objgen, set()) - on_page.keys():
            yield f"page {number}: the structure names the passage {mark}, which is not there"
    yield from _parent_tree(document, marked)


def font_faults(document: pikepdf.Pdf) -> Iterator[str]:
    """Fonts that are not embedded, are not a subset, or whose text cannot be copied or read aloud [7.21]."""
    for font in document.objects:
        if not isinstance(font, pikepdf.Dictionary) or str(font.get("/Type", "")) != "/Font":
            continue
        name, kind = str(font.get("/BaseFont", "")), str(font.get("/Subtype", ""))
        if kind not in ("/Type0", "/Type3") and not _FILES & set(font.get("/FontDescriptor", {}).keys()):
            yield f"{name} is not embedded"
        if kind in ("/CIDFontType0", "/CIDFontType2"):
            if not re.match(r"/[A-Z]{6}\+", name):
                yield f"{name} is embedded whole"
            if kind == "/CIDFontType2" and "/CIDToGIDMap" not in font:
                yield f"{name} does not say which shape is which character"
            continue
        if "/ToUnicode" not in font:
            yield f"the text in {name} cannot be copied"
        elif any(map(_NO_CHARACTER.search, _CHARACTERS.findall(font["/ToUnicode"].read_bytes()))):
            yield f"a sign in {name} stands for no character"


def _painted(page: pikepdf.Page) -> Iterator[str]:
    """[7.1] Everything is either real content with a mark, or decoration, and neither inside the other."""
    open_marks: list[str] = []
    for instruction in pikepdf.parse_content_stream(page):
        operator = str(instruction.operator)
        if operator in ("BMC", "BDC"):
            kind = _kind(page, instruction)
            if kind == "decoration" and "content" in open_marks:
                yield "decoration stands inside content"
            if kind == "content" and "decoration" in open_marks:
                yield "content stands inside decoration"
            open_marks.append(kind)
        elif operator == "EMC":
            if not open_marks:
                yield "a mark ends that never began"
            else:
                open_marks.pop()
        elif operator in _PAINTS and not {"content", "decoration"} & set(open_marks):
            yield f"something is painted ({operator}) that is neither tagged nor decoration"
    if open_marks:
        yield "a mark never ends"


def _kind(page: pikepdf.Page, instruction: Any) -> str:
    if str(instruction.operands[0]) == "/Artifact":
        return "decoration"
    return "other" if _mark(page, instruction) is None else "content"


def _mark(page: pikepdf.Page, instruction: Any) -> int | None:
    """The number by which the structure names a passage, if it has one."""
    if str(instruction.operator) != "BDC":
        return None
    said = instruction.operands[1]
    if isinstance(said, pikepdf.Name):
        said = page.obj["/Resources"]["/Properties"][str(said)]
    return int(said["/MCID"]) if "/MCID" in said else None


def _marks(page: pikepdf.Page) -> Iterator[int]:
    for instruction in pikepdf.parse_content_stream(page, "BDC"):
        mark = _mark(page, instruction) if str(instruction.operator) == "BDC" else None
        if mark is not None:
            yield mark


def _marked_in_tree(document: pikepdf.Pdf) -> dict[tuple[int, int], set[int]]:
    """By page the passages that the structure names."""
    found: dict[tuple[int, int], set[int]] = {}
    for element in elements(document):
        for child in kids(element):
            if isinstance(child, int):
                found.setdefault(element["/Pg"].objgen, set()).add(child)
            elif isinstance(child, pikepdf.Dictionary) and str(child.get("/Type", "")) == "/MCR":
                page = child.get("/Pg", element.get("/Pg"))
                found.setdefault(page.objgen, set()).add(int(child["/MCID"]))
    return found


def _parent_tree(document: pikepdf.Pdf, marked: dict[tuple[int, int], set[int]]) -> Iterator[str]:
    """Whether a reader that starts from the page finds the same elements as one that starts from the tree."""
    numbers = dict(_numbers(document.Root["/StructTreeRoot"].get("/ParentTree")))
    for number, page in enumerate(document.pages, start=1):
        marks = marked.get(page.obj.objgen, set())
        if not marks:
            continue
        owners = numbers.get(int(page.get("/StructParents", -1)))
        if not isinstance(owners, pikepdf.Array) or len(owners) <= max(marks):
            yield f"page {number}: its passages have no element"
            continue
        for mark in sorted(marks):
            if not any(child == mark or _is_reference(child, mark) for child in kids(owners[mark])):
                yield f"page {number}: the passage {mark} belongs to another element than the structure says"
    for number, page in enumerate(document.pages, start=1):
        for annotation in page.get("/Annots", pikepdf.Array()):
            owner = numbers.get(int(annotation.get("/StructParent", -1)))
            there = isinstance(owner, pikepdf.Dictionary) and any(
                isinstance(child, pikepdf.Dictionary) and "/Obj" in child and child["/Obj"].objgen == annotation.objgen
                for child in kids(owner)
            )
            if not there:
                yield f"page {number}: a link does not lead back to its element"


def _is_reference(child: Any, mark: int) -> bool:
    return isinstance(child, pikepdf.Dictionary) and "/MCID" in child and int(child["/MCID"]) == mark


def _numbers(tree: Any) -> Iterator[tuple[int, Any]]:
    if tree is None:
        return
    for below in tree.get("/Kids", pikepdf.Array()):
        yield from _numbers(below)
    pairs = list(tree.get("/Nums", pikepdf.Array()))
    yield from ((int(key), value) for key, value in zip(pairs[::2], pairs[1::2], strict=True))


def elements(document: pikepdf.Pdf) -> Iterator[Any]:
    """Every structure element in reading order."""
    root = document.Root.get("/StructTreeRoot")
    waiting = [root] if root is not None else []
    while waiting:
        element = waiting.pop(0)
        if "/S" in element:
            yield element
        waiting[:0] = [child for child in kids(element) if isinstance(child, pikepdf.Dictionary) and "/S" in child]


def kids(element: Any) -> list[Any]:
    """What hangs from an element: elements, numbers of passages, references."""
    children = element.get("/K", pikepdf.Array())
    return list(children) if isinstance(children, pikepdf.Array) else [children]
