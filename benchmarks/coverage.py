"""How often 95 % intervals hold the truth, and how often reports about people who do not differ say that they do.

Shares of people are not simulated but added up over everything that could happen, so chance has no part in the figure.
Means are simulated, because their data can take too many forms, and so are reports.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binom

from benchmarks import whole_reports
from reports.statistics.expected_range import expected_ranges
from reports.statistics.means import mean_with_interval
from reports.statistics.proportions import newcombe, wilson

SEED = 2_026
PEOPLE = (10, 15, 20, 30, 50, 75, 100, 150, 200, 300, 500, 750, 1000)
SHARES = (0.02, 0.05, *(place / 10 for place in range(1, 10)), 0.95, 0.98)
GROUPS = ((10, 10), (10, 50), (20, 20), (30, 100), (50, 50), (50, 1000), (100, 100), (300, 300), (1000, 1000))
PAIRS = ((0.02, 0.02), (0.02, 0.2), (0.1, 0.1), (0.2, 0.5), (0.3, 0.4), (0.5, 0.5), (0.5, 0.9), (0.7, 0.8), (0.98, 0.9))
FURTHEST_APART = 0.9
RATINGS = {
    "even": (0.20, 0.20, 0.20, 0.20, 0.20),
    "in the middle": (0.05, 0.20, 0.50, 0.20, 0.05),
    "at both ends": (0.35, 0.10, 0.10, 0.10, 0.35),
    "towards the top": (0.05, 0.10, 0.20, 0.40, 0.25),
    "near the top": (0.02, 0.08, 0.20, 0.35, 0.35),
    "near the bottom": (0.45, 0.25, 0.15, 0.10, 0.05),
}
"""How people rate on five points. Skewed as real ratings are, but with some people at more than one or two points."""
NEARLY_ALL_AT_THE_TOP = (0.01, 0.01, 0.02, 0.06, 0.90)
"""No t interval is right for few such people: three in ten samples of ten give all the same answer."""
DRAWS = 20_000
DRAWN = 4_000


def figures() -> Iterator[tuple[str, float, float | None]]:
    """(what is measured, the value found, the value to reach), in percentage points and percent."""
    yield from _cells("Wilson", (wilson_coverage(n, p) for n in PEOPLE for p in SHARES))
    everywhere = [(wilson_coverage(n, k / 100), n, k) for n in range(10, 1001, 3) for k in range(2, 51)]
    lowest, people, percent = min(everywhere)
    yield f"Wilson: lowest of all other cells ({people} people, {percent} %), %", lowest, None
    cells = {(n, p, q): newcombe_at_once(*n, p, q) for n in GROUPS for p in SHARES for q in SHARES}
    # Nobody looks for a difference of nine tenths in an interval, and there Newcombe's is not to be trusted.
    far = {cell: covered for cell, covered in cells.items() if abs(cell[1] - cell[2]) > FURTHEST_APART}
    yield from _cells("Newcombe", (covered for cell, covered in cells.items() if cell not in far))
    lowest, (people, p, q) = min((covered, cell) for cell, covered in far.items())
    where = f"{people[0]} and {people[1]} people, {p:.0%} and {q:.0%}"
    yield f"Newcombe: lowest of {len(far)} cells further apart ({where}), %", lowest, None
    yield from _cells("Means", (mean_coverage(n, shares) for n in PEOPLE for shares in RATINGS.values()))
    for people in (10, 30, 100, 300):
        covered = mean_coverage(people, NEARLY_ALL_AT_THE_TOP)
        yield f"Means where nine in ten give the highest rating: coverage of {people} people, %", covered, None
    for places in (5, 10, 30):
        yield (
            f"Places alike, of {places} with 60 people each, that are called out of range, %",
            out_of_range(places, 60),
            None,
        )
    yield from whole_reports.figures()


def _cells(name: str, coverage: Iterable[float]) -> Iterator[tuple[str, float, float | None]]:
    cells = list(coverage)
    average, lowest = sum(cells) / len(cells), min(cells)
    yield f"{name}: coverage in {len(cells)} cells on average, %", average, None
    yield f"{name}: average coverage, points away from 95", abs(average - 95), 1.0
    yield f"{name}: lowest coverage of a cell, points under 95", 95 - lowest, 4.0


def wilson_coverage(people: int, share: float) -> float:
    """Percent of samples whose interval holds the share."""
    low, high = _wilsons(people)
    chances = binom.pmf(np.arange(people + 1), people, share)
    return 100 * float(chances[(low <= share) & (share <= high)].sum())


@cache
def _wilsons(people: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    intervals = np.array([wilson(positive, people) for positive in range(people + 1)], dtype=float)
    return intervals[:, 0], intervals[:, 1]


def newcombe_coverage(first: int, second: int, first_share: float, second_share: float) -> float:
    """Percent of pairs of samples whose interval holds the difference of shares. Leaves out one pair in a million."""
    truth = first_share - second_share
    covered = 0.0
    seconds = list(_likely(second, second_share))
    for one, chance in _likely(first, first_share):
        for other, other_chance in seconds:
            interval = newcombe(one, first, other, second)
            if interval is not None and interval[0] <= truth <= interval[1]:
                covered += chance * other_chance
    return 100 * covered


def newcombe_at_once(first: int, second: int, first_share: float, second_share: float) -> float:
    """The same for all pairs of samples together, from Wilson's intervals; a test compares the two."""
    (low, high), (other_low, other_high) = _wilsons(first), _wilsons(second)
    one, other = np.arange(first + 1) / first, np.arange(second + 1) / second
    chances = np.outer(
        binom.pmf(np.arange(first + 1), first, first_share), binom.pmf(np.arange(second + 1), second, second_share)
    )
    below = np.hypot((one - low)[:, np.newaxis], (other_high - other)[np.newaxis])
    above = np.hypot((high - one)[:, np.newaxis], (other - other_low)[np.newaxis])
    gap = one[:, np.newaxis] - other[np.newaxis] - (first_share - second_share)
    return 100 * float(chances[(gap - below <= 1e-12) & (gap + above >= -1e-12)].sum())


def _likely(people: int, share: float) -> Iterator[tuple[int, float]]:
    numbers = np.arange(people + 1)
    chances = binom.pmf(numbers, people, share)
    kept = chances > 1e-7
    return zip(numbers[kept].tolist(), chances[kept].tolist(), strict=True)


def mean_coverage(people: int, shares: Sequence[float]) -> float:
    """Percent of samples of ratings 1 to 5 whose interval holds the mean."""
    values = np.arange(1, 6)
    truth = float(values @ np.array(shares))
    counts = np.random.default_rng(SEED).multinomial(people, shares, size=DRAWS)
    sums = np.stack((counts @ values, counts @ values**2), axis=1)
    different, times = np.unique(sums, axis=0, return_counts=True)
    covered = 0
    for (total, squares), number in zip(different.tolist(), times.tolist(), strict=True):
        mean = mean_with_interval(base=people, total=total, squares=squares, lowest=1, highest=5)
        if mean is not None and mean.low is not None and mean.high is not None:
            # An interval that ends where the mean lies holds it, whatever the last digit says.
            covered += number * (mean.low <= truth + 1e-12 and truth - 1e-12 <= mean.high)
    return 100 * covered / DRAWS


def out_of_range(places: int, people: int) -> float:
    """Percent of places alike, each with so many people, that are called higher or lower than expected."""
    positives = np.random.default_rng(SEED).binomial(people, 0.6, size=(DRAWN, places))
    bands = [
        one.band
        for row in positives.tolist()
        for one in expected_ranges(row, [people] * places, target=sum(row) / (places * people))
    ]
    return 100 * sum(band in ("higher than expected", "lower than expected") for band in bands) / len(bands)
