"""Small charts, many side by side and all drawn alike: the measures of one theme, and one theme over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from reports import printed_figures as printed
from reports.charts.bars import Share, percent_of, upright_whisker
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
from reports.tabulation import Estimate, Figure
from reports.words import Words

_BAR = 12
_NAMES, _VALUES = 54, 96
_PLOT_HEIGHT = 96
_BESIDE = 10
"""How far apart the marks of one time stand."""


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
    """One point of a line: the value and its interval (None: not asked, or hidden), its words, and whether the line
    breaks before it."""

    estimate: Estimate[Figure] | None
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
    """One line per series over ``times``, from 0 to ``highest``, which ``ends`` says in words, and an upright line from
    end to end of each interval. A line is not drawn over a break or a gap.

    The marks of one time stand side by side. The highest value is written above all of them and the lowest below, so
    that they never meet; one that would stand on the lower end stands beneath it.
    """
    left, right, top = 34.0, sheet.width - 46.0, 40.0
    bottom = top + _PLOT_HEIGHT
    step = (right - left) / max(1, len(times) - 1)

    def height(value: float) -> float:
        return rounded(bottom - _PLOT_HEIGHT * min(value / highest, 1))

    def placed(point: TimePoint, place: int, time: int) -> _Placed | None:
        value = printed.number(point.estimate.value) if point.estimate else None
        if point.estimate is None or value is None:
            return None
        low, high = printed.number(point.estimate.low), printed.number(point.estimate.high)
        if low is None or high is None:
            low = high = value
        x = rounded(left + time * step + _BESIDE * (place - (len(lines) - 1) / 2))
        return _Placed(x, height(value), height(low), height(high), point)

    drawn = [[placed(point, place, time) for time, point in enumerate(points)] for place, points in enumerate(lines)]
    marks: list[Mark] = [Line(left - 18, bottom, right + 18, bottom, AXIS), Line(left - 18, top, right + 18, top, GRID)]
    marks += [Word(right + 23, y + 3, said, 9, PALE_INK) for y, said in zip((bottom, top), ends, strict=True)]
    marks += _key(series)
    for time, said in enumerate(times):
        marks.append(Word(rounded(left + time * step), bottom + 26, said, 10, PALE_INK, "middle"))
        marks += _values([one for points in drawn for one in points[time : time + 1] if one is not None], bottom)
    for place, points in enumerate(drawn):
        marks += _line(points, place)
    return Drawing(sheet.width, bottom + 32, tuple(marks), title, description)


@dataclass(frozen=True, slots=True)
class _Placed:
    """Where a value is drawn, and the lower and upper end of its interval: all on the page, from the top."""

    x: float
    y: float
    low: float
    high: float
    of: TimePoint


def _values(points: Sequence[_Placed], bottom: float) -> list[Mark]:
    """The highest and the lowest value of one time in words."""
    if not points:
        return []
    highest, lowest = min(points, key=lambda one: one.y), max(points, key=lambda one: one.y)
    marks: list[Mark] = [Word(highest.x, min(one.high for one in points) - 8, highest.of.said, 10, anchor="middle")]
    if len(points) > 1:
        beneath = max(one.low for one in points) + 15
        y = max(beneath, bottom + 12) if beneath > bottom - 3 else beneath
        marks.append(Word(lowest.x, y, lowest.of.said, 10, anchor="middle"))
    return marks


def _line(points: Sequence[_Placed | None], place: int) -> list[Mark]:
    """The line of a series under its marks and intervals."""
    marks: list[Mark] = []
    for before, here in pairwise(points):
        if before and here and not here.of.breaks:
            marks.append(Line(before.x, before.y, here.x, here.y, SERIES_COLOURS[place % len(SERIES_COLOURS)], 2))
    for one in points:
        if one:
            marks += [*upright_whisker(one.x, one.low, one.high), series_mark(place, one.x, one.y, 4)]
    return marks


def _key(series: Sequence[str]) -> list[Mark]:
    marks: list[Mark] = []
    x = 0.0
    for place, name in enumerate(series):
        if name:
            marks += [series_mark(place, x + 6, 8, 4), Word(x + 16, 12, name, 10.5)]
            x += 34 + 6 * len(name)
    return marks
