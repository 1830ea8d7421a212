"""Dots on a scale: with a line for what chance alone could do, or on the band in which chance would leave them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reports import printed_figures as printed
from reports.charts.bars import whisker
from reports.charts.drawing import (
    BETWEEN,
    GRID,
    PALE_INK,
    WIDE,
    Box,
    Drawing,
    Line,
    Mark,
    Sheet,
    Word,
    label,
    rounded,
    series_mark,
)
from reports.tabulation import Estimate, Figure
from reports.words import Words

_STEP = 14
_BAND = "#c8d4dc"


@dataclass(frozen=True, slots=True)
class Spot:
    """A value to draw with the words beside it; ``expected`` are the ends of the band, in the unit of the value."""

    estimate: Estimate[Figure] | None
    aside: str
    expected: tuple[Figure | None, Figure | None] | None = None


def spot_chart(
    words: Words,
    rows: Sequence[tuple[str, Sequence[Spot]]],
    *,
    series: Sequence[str],
    ticks: Sequence[tuple[float, str]],
    aside_width: float,
    title: str,
    description: str,
    sheet: Sheet = WIDE,
) -> Drawing:
    """``rows`` are labels with a spot per series; ``ticks`` the values and words of the axis, its ends first and last.

    A line ends where the interval ends. What is hidden has no dot; the words aside say why.
    """
    left, right = sheet.label + 6, sheet.width - aside_width - 12
    first, last = ticks[0][0], ticks[-1][0]
    scale = (right - left) / (last - first)

    def at(value: float) -> float:
        return rounded(left + (min(max(value, first), last) - first) * scale)

    key, y = _key(series, sheet)
    body: list[Mark] = []
    top_of_rows = y + 16
    y = top_of_rows + 4
    for text, spots in rows:
        lines, taken = label(text, y, sheet, bold=not sheet.label)
        body += lines
        top = y if sheet.label else y + taken
        for place, spot in enumerate(spots):
            middle = top + place * _STEP + 8
            body += _spot(spot, place, middle, at)
            body.append(Word(right + 12, middle + 4, spot.aside, 11, PALE_INK))
        y = max(y + taken, top + len(spots) * _STEP) + BETWEEN - 2
    grid: list[Mark] = []
    for value, said in ticks:
        grid.append(Line(at(value), top_of_rows, at(value), y - 4, GRID))
        grid.append(Word(at(value), top_of_rows - 5, said, 10, PALE_INK, "middle"))
    return Drawing(sheet.width, y, (*key, *grid, *body), title, description)


def _spot(spot: Spot, place: int, y: float, at: Callable[[float], float]) -> list[Mark]:
    marks: list[Mark] = []
    if spot.expected is not None:
        low, high = printed.number(spot.expected[0]), printed.number(spot.expected[1])
        if low is not None and high is not None:
            marks.append(Box(at(low), y - 7, rounded(at(high) - at(low)), 14, _BAND))
    value = printed.number(spot.estimate.value) if spot.estimate else None
    if spot.estimate is None or value is None:
        return marks
    low, high = printed.number(spot.estimate.low), printed.number(spot.estimate.high)
    if spot.expected is None and low is not None and high is not None:
        marks += whisker(at(low), at(high), y)
    return [*marks, series_mark(place, at(value), y)]


def _key(series: Sequence[str], sheet: Sheet) -> tuple[list[Mark], float]:
    marks: list[Mark] = []
    x = sheet.label
    for place, name in enumerate(series):
        if name:
            marks += [series_mark(place, x + 6, 8), Word(x + 16, 12, name, 11.5)]
            x += 34 + 6.3 * len(name)
    return marks, 18.0 if marks else 0.0
