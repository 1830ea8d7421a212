"""How far two people who read the same comments gave them the same codes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

Verdict = Literal["strong", "usable", "recode", "not defined", "too few"]
STRONG, USABLE = 0.8, 0.6
FEWEST_COMMENTS, FEWEST_GIVEN = 30, 5


@dataclass(frozen=True, slots=True)
class Agreement:
    """``percent`` of comments with the same code, 0-100, and Cohen's ``kappa`` (-1 to 1) with its standard error.

    ``kappa`` and ``standard_error`` are None where chance alone would make both agree on everything: kappa is not
    defined then. ``positive`` (0-1) is for one code, applied or not: None for more codes, or where neither applied it.
    """

    comments: int
    percent: float
    kappa: float | None
    standard_error: float | None
    positive: float | None


def agreement(table: Sequence[Sequence[int]]) -> Agreement | None:
    """Of comments by the code that the first (rows) and the second reader (columns) gave; None without comments.

    kappa = (po − pe) / (1 − pe), Cohen (1960), Educational and Psychological Measurement 20: 37-46; its large-sample
    standard error from Fleiss, Cohen and Everitt (1969), Psychological Bulletin 72: 323-327. Positive agreement
    2a / (2a + b + c), where the first row and column are "applied": Cicchetti and Feinstein (1990), Journal of Clinical
    Epidemiology 43. ValueError where the table is not square or holds anything but counts.
    """
    codes = range(len(table))
    if not codes or any(len(row) != len(table) or min(row) < 0 for row in table):
        raise ValueError("Agreement needs a square table of counts, a row and a column for each code.")
    comments = sum(map(sum, table))
    if comments == 0:
        return None
    same = sum(table[code][code] for code in codes)
    positive = None
    if len(codes) == 2 and comments > table[1][1]:
        positive = 2 * table[0][0] / (2 * table[0][0] + table[0][1] + table[1][0])
    # Only one code in one cell makes pe 1, and then it is exactly that cell that holds every comment.
    if same == comments == max(map(max, table)):
        return Agreement(comments, 100.0, None, None, positive)
    rows = [sum(table[code]) / comments for code in codes]
    columns = [sum(row[code] for row in table) / comments for code in codes]
    observed = same / comments
    expected = sum(row * column for row, column in zip(rows, columns, strict=True))
    kappa = (observed - expected) / (1 - expected)
    # For each cell: how much one more comment in it would move kappa.
    spread = sum(
        table[one][other] / comments * ((one == other) - (1 - kappa) * (columns[one] + rows[other])) ** 2
        for one in codes
        for other in codes
    )
    variance = spread - (kappa - expected * (1 - kappa)) ** 2
    error = math.sqrt(max(0.0, variance) / comments) / (1 - expected)
    return Agreement(comments, 100 * observed, kappa, error, positive)


def verdict(figures: Agreement, *, given: int) -> Verdict:
    """What kappa says of a code that at least one of the two gave to so many (``given``) of the comments.

    0.8 and more is strong, 0.6 and more usable, less needs the coders to be briefed again and the comments recoded. The
    figure is judged as it is printed, with two decimals. "too few": fewer than 30 comments, or the code given to fewer
    than 5 of them; there one comment more or less decides, and a standard error for large samples misleads.
    """
    if figures.kappa is None:
        return "not defined"
    if figures.comments < FEWEST_COMMENTS or given < FEWEST_GIVEN:
        return "too few"
    printed = float(two_places(figures.kappa))
    if printed >= STRONG:
        return "strong"
    return "usable" if printed >= USABLE else "recode"


def two_places(value: float) -> str:
    """The figure with two decimals, as it is printed; halves are rounded away from nought."""
    return str(Decimal(repr(value)).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP))


def whole_percent(value: float) -> str:
    """A percentage (0-100) without decimals, as it is printed."""
    return str(Decimal(repr(value)).quantize(Decimal(1), rounding=ROUND_HALF_UP))
