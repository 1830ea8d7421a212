"""Geometry of the charts in documents: horizontal bars and stacked bars, as numbers that the templates draw as SVG.

Lengths are units of the view box, one unit being one CSS pixel at full width. A hidden figure has no length: its place
says in words why nothing is drawn, and a share of nobody is never drawn as 0 %. Every colour stands beside a word.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reports import printed_figures as printed
from reports.statistics.rounding import whole
from reports.tabulation import Estimate, Figure
from reports.words import Words

WIDTH = 660
_LABEL_WIDTH = 206
_CHARACTER = 6.05
_SERIES_WIDTH = 66
_VALUE_WIDTH = 118
_LINE = 14
_BAR = 16
_BETWEEN = 10
_GAP = 1.5

DARK_INK, LIGHT_INK = "#212b32", "#ffffff"
SERIES_COLOURS = ("#005eb8", "#768692", "#003087", "#007f3b", "#330072", "#425563")
# Dark to light, each at least 4.5:1 to the ink that stands on it; a white gap parts them.
_STACK_COLOURS = (
    ("#003087", LIGHT_INK),
    ("#0067c0", LIGHT_INK),
    ("#8dc1ec", DARK_INK),
    ("#d5dde3", DARK_INK),
    ("#aeb7bd", DARK_INK),
)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar. ``width`` is 0 for a share of 0 and None where nothing may be drawn; ``low`` and ``high`` end a line."""

    y: float
    height: float
    width: float | None
    colour: str
    series: str
    value: str
    value_x: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One theme: its label in lines, with the y of each line's baseline, and its bars."""

    lines: tuple[tuple[float, str], ...]
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class BarChart:
    """Horizontal bars from zero. ``left`` is where bars begin, ``series_x`` where the series' name stands."""

    width: float
    height: float
    left: float
    series_x: float
    rows: tuple[Row, ...]
    title: str
    description: str
    has_ranges: bool


@dataclass(frozen=True, slots=True)
class Segment:
    """One part of a stacked bar; ``label`` is empty where the part is too narrow to hold it."""

    x: float
    width: float
    colour: str
    ink: str
    label: str


@dataclass(frozen=True, slots=True)
class StackedRow:
    lines: tuple[tuple[float, str], ...]
    y: float
    segments: tuple[Segment, ...]
    instead: str
    aside: str


@dataclass(frozen=True, slots=True)
class StackedChart:
    """Stacked bars of equal length. ``key`` is place, colour and label per part."""

    width: float
    height: float
    left: float
    right: float
    bar_height: float
    rows: tuple[StackedRow, ...]
    key: tuple[tuple[float, float, str, str], ...]
    aside_x: float
    aside_label: str
    title: str
    description: str


@dataclass(frozen=True, slots=True)
class Share:
    """A share to draw: the people it counts, the people it counts them among, and the interval of the share (0-100)."""

    part: Figure | None
    base: Figure | None
    interval: Estimate[Figure] | None = None


def _wrapped(label: str, top: float, width: float = _LABEL_WIDTH) -> tuple[tuple[float, str], ...]:
    lines = textwrap.wrap(label, max(8, int(width / _CHARACTER))) or [label]
    return tuple((top + _LINE * index + 11, line) for index, line in enumerate(lines))


def bar_chart(
    words: Words, rows: Sequence[tuple[str, Sequence[Share]]], *, series: Sequence[str], title: str, description: str
) -> BarChart:
    """Bars of shares: ``rows`` are labels with a share per series, from the top; ``series`` their names.

    The axis starts at zero and ends at the next ten per cent above the longest bar or line.
    """
    several = len(series) > 1
    left = _LABEL_WIDTH + (_SERIES_WIDTH if several else 0)
    room = WIDTH - left - _VALUE_WIDTH
    scale = room / _axis_end(share for _, shares in rows for share in shares)
    drawn, y, has_ranges = [], 4.0, False
    for label, shares in rows:
        lines = _wrapped(label, y)
        bars = []
        for index, (name, share) in enumerate(zip(series, shares, strict=True)):
            bar = _bar(
                words, share, name, scale, left, y + index * (_BAR + 2), SERIES_COLOURS[index % len(SERIES_COLOURS)]
            )
            has_ranges = has_ranges or bar.low is not None
            bars.append(bar)
        drawn.append(Row(lines, tuple(bars)))
        y += max(len(lines) * _LINE, len(bars) * (_BAR + 2)) + _BETWEEN
    return BarChart(WIDTH, y, left, _LABEL_WIDTH, tuple(drawn), title, description, has_ranges)


def _axis_end(shares: Iterable[Share]) -> float:
    ends = [10.0]
    for share in shares:
        percent = _percent(share)
        if percent is not None:
            high = printed.number(share.interval.high) if share.interval and printed.has_percent(share.base) else None
            ends.append(max(percent, high or 0.0))
    return min(100.0, -(-max(ends) // 10) * 10)


def _percent(share: Share) -> float | None:
    part, base = printed.number(share.part), printed.number(share.base)
    return None if part is None or not base else 100 * part / base


def _bar(words: Words, share: Share, name: str, scale: float, left: float, y: float, colour: str) -> Bar:
    percent = _percent(share)
    value = printed.share(words, share.part, share.base)
    if percent is None:
        return Bar(y, _BAR, None, colour, name, value, left + 4)
    low = high = None
    if share.interval is not None and printed.has_percent(share.base):
        low, high = printed.number(share.interval.low), printed.number(share.interval.high)
    end = left + max(percent, high or 0) * scale
    return Bar(
        y,
        _BAR,
        round(percent * scale, 2),
        colour,
        name,
        value,
        round(end + 6, 2),
        None if low is None else round(left + low * scale, 2),
        None if high is None else round(left + high * scale, 2),
    )


def stacked_chart(
    words: Words,
    rows: Sequence[tuple[str, Sequence[Figure | None], str]],
    *,
    parts: Sequence[tuple[str, float]],
    aside_label: str,
    title: str,
    description: str,
    width: float = WIDTH,
    label_width: float = _LABEL_WIDTH,
) -> StackedChart:
    """Bars of equal length split by the answers of a scale: ``rows`` are labels, counts per part and the text aside.

    ``parts`` are the words and the value of each answer; the highest value is the darkest, whichever comes first.

    Parts carry whole percentages from a base of 50 and counts below it. A row with a hidden count is not drawn: the
    rest would give it away.
    """
    aside_width = 92 if aside_label else 0
    left, right = label_width, width - aside_width
    colours = _stack_colours([value for _, value in parts])
    key, key_bottom = _key([said for said, _ in parts], colours, width)
    drawn, y = [], key_bottom + 6
    for label, counts, aside in rows:
        lines = _wrapped(label, y, label_width)
        numbers = [printed.number(figure) for figure in counts]
        known = [value for value in numbers if value is not None]
        total = sum(known)
        if len(known) < len(numbers) or total == 0:
            instead = printed.hidden(words, *counts) if len(known) < len(numbers) else "nobody answered"
            drawn.append(StackedRow(lines, y, (), instead, aside))
        else:
            drawn.append(StackedRow(lines, y, _segments(words, known, total, left, right, colours), "", aside))
        y += max(len(lines) * _LINE, 22) + _BETWEEN
    return StackedChart(width, y, left, right, 22, tuple(drawn), key, right + 8, aside_label, title, description)


def _segments(
    words: Words, counts: Sequence[float], total: float, left: float, right: float, colours: Sequence[tuple[str, str]]
) -> tuple[Segment, ...]:
    segments, x = [], left
    for value, (colour, ink) in zip(counts, colours, strict=True):
        width = (right - left) * value / total
        percent = total >= printed.PERCENT_FROM
        said = printed.percentage(words, 100 * value / total) if percent else words.number(whole(value))
        if width > 0:
            drawn = max(width - _GAP, 0.5)
            segments.append(Segment(round(x, 2), round(drawn, 2), colour, ink, said if width >= 30 else ""))
        x += width
    return tuple(segments)


def _stack_colours(values: Sequence[float]) -> list[tuple[str, str]]:
    """A colour for each value, from dark to light; the ramp repeats where a scale has more points than colours."""
    falling = sorted(range(len(values)), key=lambda place: -values[place])
    ranks = {place: rank for rank, place in enumerate(falling)}
    return [_STACK_COLOURS[ranks[place] % len(_STACK_COLOURS)] for place in range(len(values))]


def _key(
    parts: Sequence[str], colours: Sequence[tuple[str, str]], room: float
) -> tuple[tuple[tuple[float, float, str, str], ...], float]:
    """The key above the bars: x, y, colour and words of each part, and where it ends. Wraps to further lines."""
    entries, x, y = [], 0.0, 2.0
    for words, (colour, _) in zip(parts, colours, strict=True):
        width = 24 + 6.6 * len(words)
        if x and x + width > room:
            x, y = 0.0, y + 20
        entries.append((x, y, colour, words))
        x += width
    return tuple(entries), y + 20
