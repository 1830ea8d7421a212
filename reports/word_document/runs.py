"""The words of an HTML element piece by piece, each with its weight, its direction and its language.

Word orders what stands in a run by the run's own direction. It is told that, and the isolating marks of the page, which
not every version of Word knows, are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml.etree import _Element

_BLOCKS = frozenset({"p", "div", "section", "ul", "ol", "table", "svg", "h1", "h2", "h3", "h4", "dl"})
_STRONG = frozenset({"headline", "figure", "grade", "asked"})
_ISOLATED = re.compile(r"([\u2066\u2067])([^\u2066-\u2069]*)\u2069")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that are alike in everything. ``language`` is empty where they are in the document's own."""

    text: str
    strong: bool
    rtl: bool
    language: str = ""


def runs_right_to_left(element: _Element) -> bool:
    """The direction of an element: its own, else that of what it stands in."""
    return _nearest(element, "dir") == "rtl"


def runs(element: _Element, *, strong: bool) -> Iterator[Piece]:
    """The text of an element piece by piece, runs of white space as one blank, blocks inside it set apart by one."""
    language = _nearest(element, "lang")
    start = Piece(
        "",
        strong,
        runs_right_to_left(element),
        "" if language == element.getroottree().getroot().get("lang") else language,
    )
    pieces = [part for piece in _pieces(element, start) for part in _isolated(piece) if part.text]
    last = ""
    for place, piece in enumerate(pieces):
        said = piece.text if piece.text == "\n" else " ".join(piece.text.split(" "))
        said = said.lstrip(" ") if not last or last[-1] in " \n" else said
        said = said.rstrip(" ") if place == len(pieces) - 1 else said
        if said:
            last = said
            yield replace(piece, text=said)


def _nearest(element: _Element, attribute: str) -> str:
    return next((str(value) for one in (element, *element.iterancestors()) if (value := one.get(attribute))), "")


def _pieces(element: _Element, around: Piece) -> Iterator[Piece]:
    classes = frozenset(str(element.get("class") or "").split())
    bold = (around.strong or element.tag == "strong" or bool(classes & _STRONG)) and "beneath" not in classes
    inside = replace(around, strong=bold)
    # The number of a finding is the number of its list entry.
    if "number" in classes:
        return
    yield replace(inside, text=_plain(element.text))
    for child in element:
        if child.tag == "br":
            yield replace(inside, text="\n")
        else:
            spoken = replace(
                inside,
                rtl=child.get("dir", "rtl" if inside.rtl else "ltr") == "rtl",
                language=child.get("lang", inside.language),
            )
            yield from _pieces(child, spoken)
            if child.tag in _BLOCKS:
                yield replace(inside, text=" ")
        yield replace(inside, text=_plain(child.tail))


def _isolated(piece: Piece) -> Iterator[Piece]:
    """The piece, parted where marks set a passage apart."""
    parts = _ISOLATED.split(piece.text)
    for place in range(0, len(parts), 3):
        yield replace(piece, text=parts[place])
        if place + 2 < len(parts):
            yield replace(piece, text=parts[place + 2], rtl=parts[place + 1] == "\u2067")


def _plain(text: str | None) -> str:
    return " ".join((text or "").replace("\n", " ").split(" ")) if text and text.strip() else (" " if text else "")
