"""Horizontal bars from zero: shares side by side, and who answered beside the population they come from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reports import printed_figures as printed
from reports.charts.drawing import (
    AXIS,
    BETWEEN,
    DARK_INK,
    LIGHT_INK,
    PALE_INK,
    SERIES_COLOURS,
    WIDE,
    Box,
    Drawing,
    Line,
    Mark,
    Sheet,
    Word,
    label,
    name_words,
    rounded,
    series_names,
)
from reports.tabulation import Estimate, Figure, ReferenceGroup
from reports.words import Words

_SERIES_WIDTH = 62
_VALUE_WIDTH = 116
_BAR = 15
_REFERENCE_HEIGHT = 9
_LETTER, _BOLD_LETTER = 6.3, 6.7
"""How wide a letter is at most on average in the type of figures, and in bold type."""
_APART, _BEFORE_MISSING = 6, 14


@dataclass(frozen=True, slots=True)
class Share:
    """A share to draw: the people it counts, the people it counts them among, and the interval of the share (0-100)."""

    part: Figure | None
    base: Figure | None
    interval: Estimate[Figure] | None = None


def bar_chart(
    words: Words,
    rows: Sequence[tuple[str, Sequence[Share]]],
    *,
    series: Sequence[str],
    title: str,
    description: str,
    sheet: Sheet = WIDE,
) -> Drawing:
    """Bars of shares: ``rows`` are labels with a share per series, from the top; ``series`` their names.

    The axis starts at zero and ends at the next ten per cent above the longest bar or line.
    """
    names = series_names(series, sheet, usual=_SERIES_WIDTH, step=_BAR + 2)
    left = sheet.label + names.width
    scale = (sheet.width - left - _VALUE_WIDTH) / _axis_end(share for _, shares in rows for share in shares)
    marks: list[Mark] = []
    y = 2.0
    for text, shares in rows:
        lines, taken = label(text, y, sheet, bold=not sheet.label)
        marks += lines
        top = y if sheet.label else y + taken
        for place, (name, below, share) in enumerate(zip(names.lines, names.tops, shares, strict=True)):
            at = top + below
            if any(name):
                marks += name_words(name, sheet.label, at + 12, 11, PALE_INK)
            marks += _bar(words, share, scale, left, at, SERIES_COLOURS[place % len(SERIES_COLOURS)])
        bottom = max(y + taken, top + names.height)
        marks.append(_axis(left, top, bottom, sheet))
        y = bottom + BETWEEN
    return Drawing(sheet.width, y, tuple(marks), title, description)


def _axis(x: float, top: float, bottom: float, sheet: Sheet) -> Line:
    """Zero beside the bars of one row: the rows' lines join where labels stand beside bars, else labels stay clear."""
    return Line(x, top - 2, x, bottom + (BETWEEN if sheet.label else 0), AXIS)


def _axis_end(shares: Iterable[Share]) -> float:
    ends = [10.0]
    for share in shares:
        percent = percent_of(share)
        if percent is not None:
            high = printed.number(share.interval.high) if share.interval and printed.has_percent(share.base) else None
            ends.append(max(percent, high or 0.0))
    return min(100.0, -(-max(ends) // 10) * 10)


def percent_of(share: Share) -> float | None:
    """The share from 0 to 100; None where a side is hidden or nobody was asked."""
    part, base = printed.number(share.part), printed.number(share.base)
    return None if part is None or not base else 100 * part / base


def _bar(words: Words, share: Share, scale: float, left: float, y: float, colour: str) -> list[Mark]:
    percent = percent_of(share)
    value = printed.share(words, share.part, share.base)
    if percent is None:
        return [Word(left + 5, y + 12, value, 11, PALE_INK, style="italic")]
    marks: list[Mark] = [Box(left, y, rounded(percent * scale), _BAR, colour)]
    end = left + percent * scale
    if share.interval is not None and printed.has_percent(share.base):
        low, high = printed.number(share.interval.low), printed.number(share.interval.high)
        if low is not None and high is not None:
            marks += whisker(rounded(left + low * scale), rounded(left + high * scale), y + _BAR / 2)
            end = max(end, left + high * scale)
    marks.append(Word(rounded(end + 6), y + 12, value, 11.5))
    return marks


def whisker(low: float, high: float, y: float) -> list[Mark]:
    """The line of what chance alone could do, with a light edge so that it shows on any colour."""
    return [Line(low, y, high, y, LIGHT_INK, 4), Line(low, y, high, y, DARK_INK, 1.4)]


def upright_whisker(x: float, low: float, high: float) -> list[Mark]:
    """The same line upright, for values whose axis is; none where there is no interval."""
    return [Line(x, low, x, high, DARK_INK, 1.4)] if low != high else []


def _said_of(words: Words, shares: Iterable[Share]) -> list[str]:
    return [printed.share(words, share.part, share.base) for share in shares]


def reach_chart(
    words: Words,
    groups: Sequence[tuple[str, ReferenceGroup[Figure]]],
    base: Figure,
    *,
    missing: Sequence[str],
    population: str,
    title: str,
    description: str,
    sheet: Sheet = WIDE,
) -> Drawing:
    """Per group, given with its name, a bar of those who answered and, outlined, its share of the population.

    ``missing`` says of each group in words how many people are missing, empty where none; ``population`` names the
    outlined bar.
    """
    shares = [Share(group.count, base) for _, group in groups]
    ends = [percent or 0.0 for percent in map(percent_of, shares)] + [one.reference_percent for _, one in groups]
    named = [f"{printed.percentage(words, group.reference_percent)} {population}" for _, group in groups]
    # Room on the right for the figures, and on paper for who is missing: as much as the longest words need.
    figures = max([_VALUE_WIDTH, *(_APART + _LETTER * len(text) for text in (*_said_of(words, shares), *named))])
    longest = max(map(len, missing), default=0) if sheet.label else 0
    aside = _BEFORE_MISSING + _BOLD_LETTER * longest if longest else 0.0
    scale = (sheet.width - sheet.label - figures - aside) / max(10.0, -(-max(ends) // 10) * 10)
    marks: list[Mark] = []
    y = 2.0
    for (name, group), share, outside, said in zip(groups, shares, named, missing, strict=True):
        lines, taken = label(name, y, sheet, bold=not sheet.label)
        marks += lines
        top = y if sheet.label else y + taken
        marks += _bar(words, share, scale, sheet.label, top, SERIES_COLOURS[0])
        below = top + _BAR + 1
        width = rounded(group.reference_percent * scale)
        marks.append(Box(sheet.label, below, width, _REFERENCE_HEIGHT, LIGHT_INK, PALE_INK))
        marks.append(Word(sheet.label + width + 6, below + 8.5, outside, 10, PALE_INK))
        bottom = below + _REFERENCE_HEIGHT
        if said and sheet.label:
            end = max(mark.x + _LETTER * len(mark.text) for mark in marks[-3:] if isinstance(mark, Word))
            marks.append(Word(rounded(end + _BEFORE_MISSING), top + 12, said, 11, style="bold"))
        elif said:
            bottom += 15
            marks.append(Word(0, bottom - 2, said, 11, style="bold"))
        bottom = max(y + taken, bottom)
        marks.append(_axis(sheet.label, top, bottom, sheet))
        y = bottom + BETWEEN
    return Drawing(sheet.width, y, tuple(marks), title, description)
