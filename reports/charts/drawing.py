"""What charts are made of: boxes, lines, dots and words at places on a sheet, and the same turned round."""

from __future__ import annotations

import dataclasses
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

Anchor = Literal["start", "middle", "end"]

DARK_INK, PALE_INK, LIGHT_INK = "#212b32", "#425563", "#ffffff"
AXIS, GRID = "#768692", "#d8dde0"
# The same audience has the same colour in every chart. Each is 3:1 to the page, and neighbours differ in grey.
SERIES_COLOURS = ("#003087", "#00a499", "#7c2855", "#768692", "#330072", "#425563")

LINE = 14
BETWEEN = 9
_CHARACTER = 6.05
_NAME_CHARACTER, _NAME_LINE = 5.6, 12
_OF_A_WIDE_SHEET, _OF_A_NARROW_SHEET = 0.25, 0.36
"""How much of a sheet names beside bars may take: more where no labels stand beside them."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """How wide a chart is and how much of that its labels take; 0 where labels stand above what they name."""

    width: float
    label: float

    @property
    def room_for_label(self) -> float:
        """The width in which a label wraps."""
        return self.label or self.width


WIDE = Sheet(660, 216)
NARROW = Sheet(320, 0)
"""For a phone: drawn at almost its own size there, so that the type stays as large as the page's."""
PANEL = Sheet(318, 0)
"""One of many small charts, two of which stand side by side on paper."""


@dataclass(frozen=True, slots=True)
class Box:
    x: float
    y: float
    width: float
    height: float
    fill: str
    stroke: str = ""
    kind: Literal["box"] = "box"


@dataclass(frozen=True, slots=True)
class Line:
    x1: float
    y1: float
    x2: float
    y2: float
    stroke: str
    width: float = 1
    kind: Literal["line"] = "line"


@dataclass(frozen=True, slots=True)
class Dot:
    x: float
    y: float
    radius: float
    fill: str
    stroke: str = ""
    kind: Literal["dot"] = "dot"


@dataclass(frozen=True, slots=True)
class Word:
    """Text whose baseline is at ``y``."""

    x: float
    y: float
    text: str
    size: float = 12
    fill: str = DARK_INK
    anchor: Anchor = "start"
    style: Literal["", "bold", "italic"] = ""
    kind: Literal["word"] = "word"


Mark = Box | Line | Dot | Word


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart: its marks from back to front, its title (the finding) and the sentence that says what it shows."""

    width: float
    height: float
    marks: tuple[Mark, ...]
    title: str
    description: str

    def of(self, kind: type[Mark]) -> tuple[Mark, ...]:
        """The marks of one kind."""
        return tuple(mark for mark in self.marks if isinstance(mark, kind))


def label(text: str, y: float, sheet: Sheet, *, bold: bool = False) -> tuple[tuple[Word, ...], float]:
    """A row's label in lines from ``y`` down, and the height that it takes."""
    width = sheet.room_for_label - (8 if sheet.label else 0)
    lines = textwrap.wrap(text, max(8, int(width / _CHARACTER))) or [text]
    style: Literal["bold", ""] = "bold" if bold else ""
    words = tuple(Word(0, y + LINE * place + 12, line, style=style) for place, line in enumerate(lines))
    return words, LINE * len(lines) + (4 if not sheet.label else 0)


@dataclass(frozen=True, slots=True)
class Names:
    """The names of series beside their bars, in one column: each in lines, how wide the column is, how far below the
    first bar each bar stands so that no name meets another, and how high they are together."""

    lines: tuple[tuple[str, ...], ...]
    width: float
    tops: tuple[float, ...]
    height: float


def series_names(series: Sequence[str], sheet: Sheet, *, usual: float, step: float) -> Names:
    """The names of series in a column as wide as the longest needs, and in lines where that is too much of a sheet.

    ``usual`` is how wide the column is at least and ``step`` how far bars stand from each other at least.
    """
    most = max(usual, sheet.width * (_OF_A_WIDE_SHEET if sheet.label else _OF_A_NARROW_SHEET))
    lines = tuple(tuple(textwrap.wrap(name, int(most / _NAME_CHARACTER)) or [name]) for name in series)
    longest = max(len(line) for name in lines for line in name)
    ends = [0.0, *accumulate(max(step, _NAME_LINE * len(name) + 2) for name in lines)]
    width = max(usual, rounded(longest * _NAME_CHARACTER + 4)) if len(series) > 1 else 0
    return Names(lines, width, tuple(ends[:-1]), ends[-1])


def name_words(lines: Sequence[str], x: float, y: float, size: float, fill: str = DARK_INK) -> list[Word]:
    """The lines of a name, the baseline of the first at ``y``."""
    return [Word(x, y + _NAME_LINE * place, line, size, fill) for place, line in enumerate(lines)]


def series_mark(place: int, x: float, y: float, size: float = 4.5) -> Mark:
    """What stands for a series in a chart of dots: another shape for each, so that no colour is needed to tell them."""
    colour = SERIES_COLOURS[place % len(SERIES_COLOURS)]
    match place % 3:
        case 0:
            return Dot(x, y, size, colour)
        case 1:
            return Box(x - size + 0.4, y - size + 0.4, 2 * size - 0.8, 2 * size - 0.8, colour)
        case _:
            return Dot(x, y, size - 0.8, LIGHT_INK, colour)


def rounded(value: float) -> float:
    """A length as short as a page needs it."""
    return round(value, 1)


def mirrored(drawing: Drawing) -> Drawing:
    """The same for a page that runs from right to left, its texts isolated so that each keeps its own direction."""
    width = drawing.width

    def turned(mark: Mark) -> Mark:
        match mark:
            case Box():
                return dataclasses.replace(mark, x=rounded(width - mark.x - mark.width))
            case Line():
                return dataclasses.replace(mark, x1=rounded(width - mark.x1), x2=rounded(width - mark.x2))
            case Dot():
                return dataclasses.replace(mark, x=rounded(width - mark.x))
            case Word():
                anchor: dict[Anchor, Anchor] = {"start": "end", "end": "start", "middle": "middle"}
                text = f"\u2067{mark.text}\u2069"
                return dataclasses.replace(mark, x=rounded(width - mark.x), anchor=anchor[mark.anchor], text=text)

    return dataclasses.replace(drawing, marks=tuple(turned(mark) for mark in drawing.marks))
