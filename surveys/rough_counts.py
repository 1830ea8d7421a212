"""Counts of answers in parts of a survey, made rough enough that nobody can be found by comparing them.

The number of all answers is exact, because it says nothing about anybody. A part of them is told to the nearest five,
and not at all below ten: then no sum, difference or second look a day later leads to a handful of people.
"""

from __future__ import annotations

SMALLEST = 10
STEP = 5


def rough(count: int) -> str:
    """A part's count as it may be shown: "0", "fewer than 10", else to the nearest five."""
    shown = rough_number(count)
    return f"fewer than {SMALLEST}" if shown is None else f"{shown:,}"


def rough_number(count: int) -> int | None:
    """The same as a number; None where it is below ten and not nought."""
    if 0 < count < SMALLEST:
        return None
    return (count + STEP // 2) // STEP * STEP


def rough_share(count: int, whole: int) -> str:
    """A count as a whole percentage of what was planned, told only where the count itself is."""
    shown = rough_number(count)
    return "" if shown is None or whole <= 0 else f"{(100 * shown + whole // 2) // whole}%"
