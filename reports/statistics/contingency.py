"""Tables of counts: whether the answers depend on the group, and how strongly."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import chdtrc, gammaln

from reports.statistics.comparisons import compare_shares, is_sparse

SEED = 20_000
SIMULATED_TABLES = 9_999


@dataclass(frozen=True, slots=True)
class Independence:
    """What was tested and found. ``statistic`` is Pearson's chi-square, whichever test gave the ``p_value`` (0-1)."""

    test: Literal["chi-square", "Fisher", "Fisher, simulated"]
    statistic: float
    degrees: int
    p_value: float
    cramers_v: float


def independence(table: ArrayLike) -> Independence | None:
    """Whether groups (rows) answer (columns) alike; None where fewer than two rows or two columns hold anybody.

    Empty rows and columns are dropped. Chi-square, Σ (n − e)² / e with e = row × column / all and
    (rows − 1)(columns − 1) degrees of freedom, without Yates' correction: Pearson (1900), Philosophical Magazine 50:
    157-175. Where ``is_sparse`` says that it is too rough, Fisher's exact test for two by two (as ``compare_shares``)
    and, for larger tables, the same test over 9,999 tables with these margins drawn with a fixed seed.
    ValueError for anything but a table of whole numbers of people.
    """
    counts = _without_empty(table)
    if min(counts.shape) < 2:
        return None
    expected = _expected(counts)
    statistic = float(((counts - expected) ** 2 / expected).sum())
    degrees = (counts.shape[0] - 1) * (counts.shape[1] - 1)
    test: Literal["chi-square", "Fisher", "Fisher, simulated"] = "chi-square"
    p_value = float(chdtrc(degrees, statistic))
    if is_sparse(expected.ravel().tolist()):
        if counts.shape == (2, 2):
            test, found = "Fisher", _two_by_two(counts)
        else:
            test, found = "Fisher, simulated", _simulated(counts)
        p_value = found
    return Independence(test, statistic, degrees, p_value, _v(statistic, counts))


def cramers_v(table: ArrayLike) -> float | None:
    """How strongly columns depend on rows, 0-1: √(chi² / (N (m − 1))), m the smaller number of rows and columns.

    Cramér (1946), Mathematical Methods of Statistics, 21.9; empty rows and columns are dropped, no correction for small
    numbers. None and ValueError as for ``independence``.
    """
    counts = _without_empty(table)
    if min(counts.shape) < 2:
        return None
    expected = _expected(counts)
    return _v(float(((counts - expected) ** 2 / expected).sum()), counts)


def _v(statistic: float, counts: NDArray[np.int64]) -> float:
    return min(1.0, math.sqrt(statistic / (int(counts.sum()) * (min(counts.shape) - 1))))


def _expected(counts: NDArray[np.int64]) -> NDArray[np.float64]:
    """What would be in each cell if the answers did not depend on the group."""
    return np.asarray(np.outer(counts.sum(axis=1), counts.sum(axis=0)) / counts.sum())


def _without_empty(table: ArrayLike) -> NDArray[np.int64]:
    counts = np.asarray(table)
    if counts.ndim != 2 or not np.issubdtype(counts.dtype, np.integer) or (counts < 0).any():
        raise ValueError("A table of counts has rows and columns of whole numbers from 0 up.")
    return np.asarray(counts[counts.any(axis=1)][:, counts.any(axis=0)], dtype=np.int64)


def _two_by_two(counts: NDArray[np.int64]) -> float:
    (a, b), (c, d) = counts.tolist()
    p_value = compare_shares(a, a + b, c, c + d)
    # No row and no column is empty here, and only then is there no p value.
    return 1.0 if p_value is None else p_value


def _simulated(counts: NDArray[np.int64]) -> float:
    """The share of drawn tables that are no likelier than the one seen, which is counted among them."""
    # A second to import, and hardly ever needed.
    from scipy.stats import random_table

    drawn = random_table(counts.sum(axis=1), counts.sum(axis=0)).rvs(
        size=SIMULATED_TABLES, random_state=np.random.default_rng(SEED)
    )
    # With the margins given, all that tells tables apart in how likely they are is the product of 1/n! over the cells.
    likely = -gammaln(drawn + 1.0).sum(axis=(1, 2))
    seen = float(-gammaln(counts + 1.0).sum())
    # Rounding must not shut out tables that are exactly as likely as the one seen.
    return (1 + int((likely <= seen + 1e-7).sum())) / (1 + SIMULATED_TABLES)
