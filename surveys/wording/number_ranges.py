"""Answers that are ranges of numbers, such as ages: whether every number has one of them, and only one."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from surveys.wording.finding import Severity

_NUMBER = r"[£$€]?\s*(\d[\d,]*(?:\.\d+)?)\s*%?"
_UNIT = r"\s*((?:[a-z]+(?:\s+[a-z]+){0,2})?)"
_BEFORE = r"(?:aged?\s+|about\s+|from\s+)?"
_BETWEEN = re.compile(
    rf"{_BEFORE}(?:between\s+)?{_NUMBER}\s*(?:[a-z]+\s+)??(?:-|–|—|−|to|and|until)\s*{_NUMBER}{_UNIT}", re.IGNORECASE
)
_BELOW = re.compile(
    rf"{_BEFORE}(?:under|below|less\s+than|fewer\s+than|younger\s+than)\s+{_NUMBER}{_UNIT}", re.IGNORECASE
)
_UP_TO = re.compile(
    rf"{_BEFORE}up\s+to\s+{_NUMBER}{_UNIT}|{_BEFORE}{_NUMBER}{_UNIT}\s+(?:or|and)\s+(?:under|less|fewer|younger|below)",
    re.IGNORECASE,
)
_FROM = re.compile(
    rf"{_BEFORE}{_NUMBER}\s*\+{_UNIT}|{_BEFORE}{_NUMBER}{_UNIT}\s+(?:or|and)\s+(?:over|more|older|above)"
    rf"|at\s+least\s+{_NUMBER}{_UNIT}",
    re.IGNORECASE,
)
_ABOVE = re.compile(rf"{_BEFORE}(?:over|above|more\s+than|older\s+than)\s+{_NUMBER}{_UNIT}", re.IGNORECASE)
_EXACTLY = re.compile(rf"{_BEFORE}{_NUMBER}{_UNIT}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Range:
    """From ``low`` to ``high``, both of them in it; ``step`` is the smallest difference that the numbers show."""

    label: str
    low: float
    high: float
    unit: str
    step: float

    @property
    def is_single(self) -> bool:
        return self.low == self.high


def faults_of_ranges(labels: list[str]) -> Iterator[tuple[Severity, str, str]]:
    """Severity, message and advice for each overlap and gap between neighbouring ranges of one unit."""
    ranges = [found for label in labels if (found := range_of(label)) is not None]
    named = {found.unit for found in ranges if found.unit}
    # Some answers of a list leave the unit out; where there are two units, nothing can be compared.
    if len(named) > 1 or sum(not found.is_single for found in ranges) < 2:
        return
    ordered = sorted(ranges, key=lambda found: (found.low, found.high))
    for one, other in pairwise(ordered):
        if other.low <= one.high:
            message = f"“{one.label}” and “{other.label}” overlap."
            yield "must", message, "Let each begin just after the one before, such as 18 to 24, 25 to 34."
        elif other.low - one.high > max(one.step, other.step) * 1.001:
            yield "should", f"nothing is offered between “{one.label}” and “{other.label}”.", "Close the gap."


def range_of(label: str) -> Range | None:
    """The range that an answer names; None where it names none."""
    text = " ".join(label.split()).strip(" .;:")
    for pattern, bounds in (
        (_BETWEEN, lambda first, second, step: (first, second)),
        (_BELOW, lambda first, _, step: (-math.inf, first - step)),
        (_UP_TO, lambda first, _, step: (-math.inf, first)),
        (_FROM, lambda first, _, step: (first, math.inf)),
        (_ABOVE, lambda first, _, step: (first + step, math.inf)),
        (_EXACTLY, lambda first, _, step: (first, first)),
    ):
        match = pattern.fullmatch(text)
        if match is None:
            continue
        groups = [group.strip() for group in match.groups() if group]
        numbers = [group for group in groups if group[0].isdigit()]
        units = [group.lower().removesuffix("s") for group in groups if not group[0].isdigit()]
        values = [float(number.replace(",", "")) for number in numbers]
        decimals = max(len(number.partition(".")[2]) for number in numbers)
        low, high = bounds(values[0], values[-1], 10.0**-decimals)
        return Range(label, low, high, units[0] if units else "", 10.0**-decimals) if low <= high else None
    return None
