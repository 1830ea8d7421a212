"""Rounding for print: half away from zero, as people expect, where Python rounds half to even."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal


def half_up(value: float, places: int = 0) -> float:
    """``value`` rounded to ``places`` decimals, halves away from zero: 44.5 is 45, 12.5 is 13.

    Works on the shortest decimal form of the number, so that 2.675 rounds as it reads.
    """
    return float(Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP))


def whole(value: float) -> int:
    """``value`` as a whole number, halves away from zero."""
    return int(half_up(value))
