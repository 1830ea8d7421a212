"""How far two people who read the same comments gave them the same codes."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike


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


def agreement(table: ArrayLike) -> Agreement | None:
    """Of comments by the code that the first (rows) and the second reader (columns) gave; None without comments.

    kappa = (po − pe) / (1 − pe), Cohen (1960), Educational and Psychological Measurement 20: 37-46; its large-sample
    standard error from Fleiss, Cohen and Everitt (1969), Psychological Bulletin 72: 323-327. Positive agreement
    2a / (2a + b + c), where the first row and column are "applied": Cicchetti and Feinstein (1990), Journal of Clinical
    Epidemiology 43. ValueError where the table is not square or holds anything but counts.
    """
    counts = np.asarray(table)
    if counts.ndim != 2 or counts.shape[0] != counts.shape[1] or not len(counts) or (counts < 0).any():
        raise ValueError("Agreement needs a square table of counts, a row and a column for each code.")
    comments = int(counts.sum())
    if comments == 0:
        return None
    shares = counts / comments
    rows, columns = shares.sum(axis=1), shares.sum(axis=0)
    observed = float(np.trace(shares))
    expected = float(rows @ columns)
    positive = None
    if counts.shape == (2, 2) and (2 * counts[0, 0] + counts[0, 1] + counts[1, 0]):
        positive = float(2 * counts[0, 0] / (2 * counts[0, 0] + counts[0, 1] + counts[1, 0]))
    # Only one code in one cell makes pe 1, and then it is exactly that cell that holds every comment.
    if int(counts.max()) == comments and observed == 1:
        return Agreement(comments, 100.0, None, None, positive)
    kappa = (observed - expected) / (1 - expected)
    # For each cell: how much one more comment in it would move kappa.
    weight = (1 - kappa) * (columns[:, np.newaxis] + rows[np.newaxis, :])
    moved = np.eye(len(counts)) - weight
    variance = float((shares * moved**2).sum()) - (kappa - expected * (1 - kappa)) ** 2
    error = math.sqrt(max(0.0, variance) / comments) / (1 - expected)
    return Agreement(comments, 100 * observed, kappa, error, positive)
