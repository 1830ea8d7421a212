"""What the styles and lists of an OpenDocument text say of a paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

_NAMES = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}%s"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_DEEPEST = 30


def text(name: str) -> str:
    """A name of the text vocabulary as ElementTree writes it."""
    return _NAMES % ("text", name)


def table(name: str) -> str:
    """A name of the table vocabulary."""
    return _NAMES % ("table", name)


def draw(name: str) -> str:
    """A name of the drawing vocabulary."""
    return _NAMES % ("drawing", name)


def svg(name: str) -> str:
    """A name of the vocabulary for pictures' titles and descriptions."""
    return _NAMES % ("svg-compatible", name)


def _style(name: str) -> str:
    return _NAMES % ("style", name)


@dataclass(frozen=True, slots=True)
class OpenStyle:
    """``weight``: None where neither the style nor what it inherits says anything about boldness."""

    names: tuple[str, ...] = ()
    weight: bool | None = None
    list: str = ""

    @property
    def bold(self) -> bool:
        """Whether text in this style is bold."""
        return bool(self.weight)

    @property
    def is_title(self) -> bool:
        """Whether it is the document's title."""
        return "title" in self.names

    @property
    def is_caption(self) -> bool:
        """Whether it says what a picture shows."""
        return bool({"caption", "illustration", "figure", "beschriftung"} & set(self.names))


@dataclass(slots=True)
class Counting:
    """The numbers of one list at one level."""

    prefix: str
    suffix: str
    form: str
    count: int

    def next(self, begin: int | None) -> str:
        """The label of the next item; it counts anew from ``begin`` where that is given."""
        self.count = self.count + 1 if begin is None else begin
        if not self.form:
            return "•"
        shown = chr(ord(self.form) + self.count - 1) if self.form in "aA" and self.count <= 26 else str(self.count)
        return f"{self.prefix}{shown}{self.suffix}"


class OpenStyles:
    """The styles of a document, each with what it inherits, and the lists as far as they have counted."""

    def __init__(self, roots: Sequence[Element]) -> None:
        self._elements: dict[str, Element] = {}
        self._lists: dict[str, Element] = {}
        self._known: dict[str, OpenStyle] = {}
        self._counts: dict[tuple[str, int], Counting] = {}
        self._outline: Element | None = None
        self._headings: dict[int, int] = {}
        for root in reversed(roots):
            self._elements.update({one.get(_style("name"), ""): one for one in root.iter(_style("style"))})
            self._lists.update({one.get(_style("name"), ""): one for one in root.iter(text("list-style"))})
            found = next(root.iter(text("outline-style")), None)
            self._outline = found if found is not None else self._outline

    def named(self, name: str, depth: int = 0) -> OpenStyle:
        """The style with this name; an empty one where there is none."""
        if name in self._known:
            return self._known[name]
        element = self._elements.get(name)
        if element is None or depth > _DEEPEST:
            return OpenStyle((_plain(name),))
        parent = element.get(_style("parent-style-name"), "")
        base = self.named(parent, depth + 1) if parent else OpenStyle()
        properties = element.find(_style("text-properties"))
        weight = properties.get(f"{_FO}font-weight") if properties is not None else None
        style = replace(
            base,
            names=(_plain(name), *base.names),
            weight=base.weight if weight is None else _is_heavy(weight),
            list=element.get(_style("list-style-name"), base.list),
        )
        self._known[name] = style
        return style

    def is_bold(self, name: str, around: bool) -> bool:
        """Whether a span in this style is bold, given whether the text around it is."""
        weight = self.named(name).weight
        return around if weight is None else weight

    def list_of(self, paragraph_style: str) -> str:
        """The list style that a paragraph style brings along; "" for none."""
        return self.named(paragraph_style).list

    def counting(self, name: str, level: int, *, go_on: bool) -> Counting:
        """The numbers of a list with this style at this level, from the start unless the list goes on."""
        known = self._counts.get((name, level))
        if known is None or not go_on:
            known = _counting(self._lists.get(name), level)
            self._counts[name, level] = known
        return known

    def next_heading_label(self, level: int) -> str:
        """The number that the outline gives the next heading of this level; "" where headings are not numbered."""
        pattern = _level(self._outline, level)
        form = pattern.get(_style("num-format"), "") if pattern is not None else ""
        if pattern is None or not form:
            return ""
        self._headings[level] = self._headings.get(level, 0) + 1
        for deeper in [one for one in self._headings if one > level]:
            del self._headings[deeper]
        shown = pattern.get(text("display-levels"), "1")
        first = level - int(shown) + 1 if shown.isdecimal() else level
        numbers = ".".join(str(self._headings.get(one, 1)) for one in range(max(1, first), level + 1))
        return f"{pattern.get(_style('num-prefix'), '')}{numbers}{pattern.get(_style('num-suffix'), '')}"


def _counting(style: Element | None, level: int) -> Counting:
    pattern = _level(style, level)
    if pattern is None:
        return Counting("", "", "", 0)
    start = pattern.get(text("start-value"), "1")
    return Counting(
        pattern.get(_style("num-prefix"), ""),
        pattern.get(_style("num-suffix"), ""),
        pattern.get(_style("num-format"), ""),
        (int(start) if start.isdecimal() else 1) - 1,
    )


def _level(style: Element | None, level: int) -> Element | None:
    if style is None:
        return None
    return next((one for one in style if one.get(text("level")) == str(level)), None)


def _plain(name: str) -> str:
    return re.sub(r"_([0-9a-f]{2})_", lambda match: chr(int(match[1], 16)), name).lower()


def _is_heavy(weight: str) -> bool:
    return weight == "bold" or (weight.isdecimal() and int(weight) >= 600)
