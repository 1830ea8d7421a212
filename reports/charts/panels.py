"""Small charts, many side by side and all drawn alike: the measures of one theme, and one theme over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reports import printed_figures as printed
from reports.charts.bars import Share, percent_of
from reports.charts.drawing import (
    AXIS,
    GRID,
    PALE_INK,
    PANEL,
    SERIES_COLOURS,
    Box,
    Drawing,
    Line,
    Mark,
    Sheet,
    Word,
    name_words,
    rounded,
    series_mark,
    series_names,
)
from reports.tabulation import Figure
from reports.words import Words

_BAR = 12
_NAMES, _VALUES = 54, 96
_PLOT_HEIGHT = 96


def bar_panel(
    words: Words,
    rows: Sequence[tuple[str, Sequence[Share]]],
    *,
    series: Sequence[str],
    title: str,
    description: str,
    sheet: Sheet = PANEL,
) -> Drawing:
    """The measures of one theme, a bar per series, all from 0 to 100 % so that panels can be compared."""
    names = series_names(series, sheet, usual=_NAMES, step=_BAR + 2)
    left = names.width
    scale = (sheet.width - left - _VALUES) / 100
    marks: list[Mark] = []
    y = 0.0
    for measure, shares in rows:
        marks.append(Word(0, y + 11, measure, 10.5, PALE_INK))
        y += 15
        for place, (name, below, share) in enumerate(zip(names.lines, names.tops, shares, strict=True)):
            if any(name):
                marks += name_words(name, 0, y + below + 10, 10.5)
            marks += _bar(words, share, y + below, left, scale, SERIES_COLOURS[place % len(SERIES_COLOURS)])
        y += names.height + 5
    return Drawing(sheet.width, y, tuple(marks), title, description)


def _bar(words: Words, share: Share, y: float, left: float, scale: float, colour: str) -> list[Mark]:
    percent, said = percent_of(share), printed.share(words, share.part, share.base)
    if percent is None:
        return [Word(left + 4, y + 10, said, 10, PALE_INK, style="italic")]
    width = rounded(percent * scale)
    axis = Line(left, y - 1, left, y + _BAR + 1, AXIS)
    return [Box(left, y, width, _BAR, colour), axis, Word(left + width + 5, y + 10, said, 10)]


@dataclass(frozen=True, slots=True)
class TimePoint:
    """One point of a line: the value (None: not asked, or hidden), its words, and whether the line breaks before it."""

    value: Figure | None
    said: str
    breaks: bool = False


def time_panel(
    lines: Sequence[Sequence[TimePoint]],
    *,
    series: Sequence[str],
    times: Sequence[str],
    highest: float,
    ends: tuple[str, str],
    title: str,
    description: str,
    sheet: Sheet = PANEL,
) -> Drawing:
    """One line per series over ``times``, from 0 to ``highest``, which ``ends`` says in words. A line is not drawn over
    a break or a gap.

    At each time the highest value stands above its mark and the lowest below, so that they never meet; one that would
    stand on the lower end stands beneath it.
    """
    left, right, top = 30.0, sheet.width - 40.0, 40.0
    bottom = top + _PLOT_HEIGHT
    step = (right - left) / max(1, len(times) - 1)

    def height(value: float) -> float:
        return rounded(bottom - _PLOT_HEIGHT * min(value / highest, 1))

    marks: list[Mark] = [Line(left - 14, bottom, right + 14, bottom, AXIS), Line(left - 14, top, right + 14, top, GRID)]
    marks += [Word(right + 17, y + 3, said, 9, PALE_INK) for y, said in zip((bottom, top), ends, strict=True)]
    marks += _key(series)
    for time, said in enumerate(times):
        x = rounded(left + time * step)
        marks.append(Word(x, bottom + 26, said, 10, PALE_INK, "middle"))
        shown = [(value, points[time].said) for points in lines if (value := _value(points, time)) is not None]
        if shown:
            marks.append(Word(x, height(max(shown)[0]) - 8, max(shown)[1], 10, anchor="middle"))
        if len(shown) > 1:
            beneath = height(min(shown)[0]) + 15
            y = max(beneath, bottom + 12) if beneath > bottom - 3 else beneath
            marks.append(Word(x, y, min(shown)[1], 10, anchor="middle"))
    for place, points in enumerate(lines):
        before: tuple[float, float] | None = None
        for time, point in enumerate(points):
            value = _value(points, time)
            if value is None:
                before = None
                continue
            here = (rounded(left + time * step), height(value))
            if before is not None and not point.breaks:
                marks.append(Line(*before, *here, SERIES_COLOURS[place % len(SERIES_COLOURS)], 2))
            marks.append(series_mark(place, *here, 4))
            before = here
    return Drawing(sheet.width, bottom + 32, tuple(marks), title, description)


def _value(points: Sequence[TimePoint], time: int) -> float | None:
    return printed.number(points[time].value) if time < len(points) else None


def _key(series: Sequence[str]) -> list[Mark]:
    marks: list[Mark] = []
    x = 0.0
    for place, name in enumerate(series):
        if name:
            marks += [series_mark(place, x + 6, 8, 4), Word(x + 16, 12, name, 10.5)]
            x += 34 + 6 * len(name)
    return marks
