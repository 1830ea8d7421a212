"""Bars of equal length split by the answers of a scale, with the answers beside the scale drawn apart from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reports import printed_figures as printed
from reports.charts.drawing import (
    BETWEEN,
    DARK_INK,
    LIGHT_INK,
    PALE_INK,
    WIDE,
    Box,
    Drawing,
    Mark,
    Sheet,
    Word,
    label,
    rounded,
)
from reports.statistics.rounding import whole
from reports.tabulation import Figure
from reports.words import Words

_HEIGHT = 20
_GAP = 1.5
_NARROWEST_WITH_WORDS = 30
# Between the bar and what stands aside, and for the number after it.
_APART, _ASIDE_NUMBER = 14, 56
_LARGEST_ASIDE = 0.35
_ASIDE_COLOUR = "#768692"
# Dark to light, each at least 4.5:1 to the ink that stands on it; a white gap parts them.
_COLOURS = (
    ("#003087", LIGHT_INK),
    ("#0067c0", LIGHT_INK),
    ("#8dc1ec", DARK_INK),
    ("#d5dde3", DARK_INK),
    ("#aeb7bd", DARK_INK),
)
_MORE_COLOURS = (
    ("#002060", LIGHT_INK),
    ("#0050a8", LIGHT_INK),
    ("#6aaae0", DARK_INK),
    ("#a9d0f2", DARK_INK),
    ("#d5dde3", DARK_INK),
    ("#aeb7bd", DARK_INK),
    ("#8b979f", DARK_INK),
)
# For a scale from 0 to 10, on which a colour that comes twice would show the worst answer as the best.
_MOST_COLOURS = (
    ("#001a4d", LIGHT_INK),
    ("#00388f", LIGHT_INK),
    ("#0058b8", LIGHT_INK),
    ("#4f9ae0", DARK_INK),
    ("#8dc1ec", DARK_INK),
    ("#c3dff7", DARK_INK),
    ("#e4eaee", DARK_INK),
    ("#cfd7dc", DARK_INK),
    ("#b9c2c8", DARK_INK),
    ("#a3aeb5", DARK_INK),
    ("#8b979f", DARK_INK),
)


@dataclass(frozen=True, slots=True)
class Stack:
    """A row: its label, a count for each part of the scale, and the counts of answers that stand beside the scale."""

    label: str
    counts: Sequence[Figure | None]
    aside: Sequence[Figure | None] = ()

    @property
    def total(self) -> float:
        """The people in the bar; 0 where a part is hidden."""
        numbers = [printed.number(figure) for figure in self.counts]
        return sum(number or 0 for number in numbers) if None not in numbers else 0

    @property
    def beside(self) -> float | None:
        """The people aside, None where one of their counts is hidden."""
        numbers = [printed.number(figure) for figure in self.aside]
        return None if None in numbers else sum(number or 0 for number in numbers)


def stacked_chart(
    words: Words,
    rows: Sequence[Stack],
    *,
    parts: Sequence[tuple[str, float]],
    aside_label: str,
    title: str,
    description: str,
    sheet: Sheet = WIDE,
) -> Drawing:
    """``parts`` are the words and the value of each answer; the highest value is the darkest, whichever comes first.

    Parts carry whole percentages from a base of 50 and counts below it. What stands aside is drawn on the scale of its
    own row, so that both can be compared. A row with a hidden count is not drawn: the rest would give it away.
    """
    colours = _by_value([value for _, value in parts])
    right = sheet.width
    if aside_label:
        room = sheet.width - sheet.label - _APART - _ASIDE_NUMBER
        right = sheet.label + room / (1 + _most_aside(rows))
    marks, y = _key(parts, colours, sheet.width, aside_label)
    for row in rows:
        lines, taken = label(row.label, y, sheet, bold=not sheet.label)
        marks += lines
        top = y if sheet.label else y + taken
        marks += _stack(words, row, top, sheet.label, right, colours)
        if aside_label:
            marks += _aside(words, row, top, right, right - sheet.label)
        y = max(y + taken, top + _HEIGHT) + BETWEEN - 2
    return Drawing(sheet.width, y, tuple(marks), title, description)


def _most_aside(rows: Sequence[Stack]) -> float:
    shares = [(row.beside or 0) / row.total for row in rows if row.total]
    return min(_LARGEST_ASIDE, max(shares, default=0))


def _stack(
    words: Words, row: Stack, y: float, left: float, right: float, colours: Sequence[tuple[str, str]]
) -> list[Mark]:
    if not row.total:
        hidden = any(printed.number(figure) is None for figure in row.counts)
        said = printed.hidden(words, *row.counts) if hidden else words("chart_nobody")
        return [Word(left + 5, y + 14, said, 11, PALE_INK, style="italic")]
    marks: list[Mark] = []
    x = left
    for figure, (colour, ink) in zip(row.counts, colours, strict=True):
        value = printed.number(figure) or 0
        width = (right - left) * value / row.total
        if width > 0:
            drawn = max(width - _GAP, 0.5)
            marks.append(Box(rounded(x), y, rounded(drawn), _HEIGHT, colour))
            if width >= _NARROWEST_WITH_WORDS:
                percent = row.total >= printed.PERCENT_FROM
                said = printed.percentage(words, 100 * value / row.total) if percent else words.number(whole(value))
                marks.append(Word(rounded(x + drawn / 2), y + 14, said, 11, ink, "middle"))
        x += width
    return marks


def _aside(words: Words, row: Stack, y: float, right: float, room: float) -> list[Mark]:
    x = right + _APART
    said = " + ".join(printed.count(words, figure) for figure in row.aside)
    width = 0.0
    marks: list[Mark] = []
    if row.beside and row.total:
        width = rounded(room * min(_LARGEST_ASIDE, row.beside / row.total))
        marks.append(Box(rounded(x), y + 3, width, _HEIGHT - 6, _ASIDE_COLOUR))
    return [*marks, Word(rounded(x + width + 5), y + 14, said, 11, PALE_INK)]


def _by_value(values: Sequence[float]) -> list[tuple[str, str]]:
    """A colour for each value, from dark to light; the ramp repeats where a scale has more than eleven points."""
    falling = sorted(range(len(values)), key=lambda place: -values[place])
    ranks = {place: rank for rank, place in enumerate(falling)}
    ramps = (_COLOURS, _MORE_COLOURS)
    colours = next((ramp for ramp in ramps if len(values) <= len(ramp)), _MOST_COLOURS)
    return [colours[ranks[place] % len(colours)] for place in range(len(values))]


def _key(
    parts: Sequence[tuple[str, float]], colours: Sequence[tuple[str, str]], room: float, aside_label: str
) -> tuple[list[Mark], float]:
    """The key above the bars, over as many lines as it needs, and where it ends."""
    entries = [(said, colour) for (said, _), (colour, _) in zip(parts, colours, strict=True)]
    if aside_label:
        entries.append((aside_label, _ASIDE_COLOUR))
    marks: list[Mark] = []
    x, y = 0.0, 2.0
    for said, colour in entries:
        width = 32 + 6.3 * len(said)
        if x and x + width - 12 > room:
            x, y = 0.0, y + 20
        marks += [Box(x, y, 13, 13, colour), Word(x + 18, y + 11, said, 11.5)]
        x += width
    return marks, y + 26
