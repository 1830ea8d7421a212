"""How often 95 % intervals hold the truth, and how often reports about people who do not differ say that they do.

Intervals are not tried on samples but on everything that could happen, each with its chance, so chance has no part in
the figures. Reports are simulated.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.fft import irfft2, next_fast_len, rfft2
from scipy.stats import binom

from benchmarks import whole_reports
from reports.statistics.expected_range import expected_ranges
from reports.statistics.means import mean_with_interval, t_interval_holds
from reports.statistics.proportions import FARTHEST_APART, newcombe, wilson

Floats = NDArray[np.float64]

SEED = 2_026
PEOPLE = (10, 15, 20, 30, 50, 75, 100, 150, 200, 300, 500, 750, 1000)
PERCENTS = tuple(range(2, 99))
EVEN_PERCENTS = tuple(range(2, 99, 2))
BASES = [(one, other) for one in range(10, 81) for other in range(one, 81)]
BASES += [(one, other) for one in PEOPLE for other in PEOPLE if one <= other > 80]
COMPARED_FROM = 50
"""Engage gives the interval of a difference only where both sides have so many people."""
DRAWN_FROM = 50
"""Print draws the line of a score only where so many people gave one."""
RATINGS = {
    "even": (0.20, 0.20, 0.20, 0.20, 0.20),
    "in the middle": (0.05, 0.20, 0.50, 0.20, 0.05),
    "at both ends": (0.35, 0.10, 0.10, 0.10, 0.35),
    "towards the top": (0.05, 0.10, 0.20, 0.40, 0.25),
    "near the top": (0.02, 0.08, 0.20, 0.35, 0.35),
    "near the bottom": (0.45, 0.25, 0.15, 0.10, 0.05),
}
"""How people rate on five points. Skewed as real ratings are, but with some people at more than one or two points."""
ALIKE = (0.6, 0.7, 0.8, 0.9, 0.95, 0.98)
"""Parts of all people who give the highest rating, the others mostly the one below it."""
POINTS = np.arange(1, 6)
LEAST_CHANCE = 1e-9
"""Samples rarer than this are left out."""
DRAWN = 4_000


def figures() -> Iterator[tuple[str, float, float | None]]:
    """(what is measured, the value found, the value to reach), in percentage points and percent."""
    yield from _wilson_figures()
    yield from _newcombe_figures()
    yield from _mean_figures()
    for places in (5, 10, 30):
        yield (
            f"Places alike, of {places} with 60 people each, that are called out of range, %",
            out_of_range(places, 60),
            None,
        )
    yield from whole_reports.figures()


def _wilson_figures() -> Iterator[tuple[str, float, float | None]]:
    table = np.array([[wilson_coverage(n, percent / 100) for percent in PERCENTS] for n in range(10, 1001)])
    yield from _cells("Wilson", table, every_cell=None)
    some = table[np.array(PEOPLE) - 10]
    yield f"Wilson, {len(PEOPLE)} numbers of people from 10 to 1,000: lowest, points under 95", 95 - some.min(), 4.0
    yield "Wilson from 30 people on: lowest coverage of a cell, points under 95", 95 - table[20:].min(), 4.0


def _newcombe_figures() -> Iterator[tuple[str, float, float | None]]:
    shares = np.array(EVEN_PERCENTS) / 100
    tables = {bases: newcombe_coverages(*bases, shares) for bases in BASES}
    near = near_enough(np.subtract.outer(shares, shares))
    compared = [both for bases, both in tables.items() if min(bases) >= COMPARED_FROM]
    points = round(100 * FARTHEST_APART)
    for name, table in (
        ("Newcombe", np.array([held for held, _ in tables.values()])),
        (f"Newcombe from {COMPARED_FROM} people on", np.array([held for held, _ in compared])),
    ):
        yield from _cells(name, table, every_cell=None)
        yield f"{name}, up to {points} points apart: lowest, points under 95", 95 - table[:, near].min(), 4.0
    missed = max(float(missed.max()) for _, missed in compared)
    cells = len(compared) * near.size
    yield f"Intervals of differences in print that miss the truth, most of {cells:,} cells, %", missed, 9.0


def _mean_figures() -> Iterator[tuple[str, float, float | None]]:
    usual = [mean_coverage(n, shares)[0] for n in PEOPLE for shares in RATINGS.values()]
    yield from _cells("Means of ratings that are not all alike", np.array(usual), every_cell=4.0)
    alike = {(n, top): mean_coverage(n, _alike(top)) for n in PEOPLE for top in ALIKE}
    for n in (10, 30, 100, 300):
        yield f"Means where nine in ten give the highest rating: coverage of {n} people, %", alike[n, 0.9][0], None
    answered = [mean_coverage(n, (1 - top, 0, 0, 0, top)) for n in PEOPLE if n >= DRAWN_FROM for top in ALIKE]
    drawn = [missed for (n, _), (_, missed) in alike.items() if n >= DRAWN_FROM] + [missed for _, missed in answered]
    yield f"Lines of scores in print that miss the mean, most of {len(drawn)} cells of people alike, %", max(drawn), 9.0


def _cells(name: str, coverage: Floats, *, every_cell: float | None) -> Iterator[tuple[str, float, float | None]]:
    """``every_cell``: how many points under 95 the lowest may be; None where the formula itself has lower ones."""
    lowest = float(coverage.min())
    yield f"{name}: coverage in {coverage.size:,} cells on average, %", float(coverage.mean()), None
    yield f"{name}: average coverage, points away from 95", abs(float(coverage.mean()) - 95), 1.0
    yield f"{name}: lowest coverage of a cell, points under 95", 95 - lowest, every_cell
    yield f"{name}: cells under 91 %", float((coverage < 91).sum()), None


def wilson_coverage(people: int, share: float) -> float:
    """Percent of samples whose interval holds the share."""
    low, high = _wilsons(people)
    chances = binom.pmf(np.arange(people + 1), people, share)
    return 100 * float(chances[(low <= share) & (share <= high)].sum())


@cache
def _wilsons(people: int) -> tuple[Floats, Floats]:
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


def newcombe_coverages(first: int, second: int, shares: Floats) -> tuple[Floats, Floats]:
    """The same for each of ``shares`` in the first group with each in the second; a test compares the two.

    Beside it the percent of pairs of samples whose interval is printed and misses the difference.
    ``shares`` are equally far apart. Made from Wilson's intervals, for all samples at once.
    """
    (low, high), (other_low, other_high) = _wilsons(first), _wilsons(second)
    one, other = np.arange(first + 1) / first, np.arange(second + 1) / second
    chances = binom.pmf(np.arange(first + 1), first, shares[:, np.newaxis])
    other_chances = binom.pmf(np.arange(second + 1), second, shares[:, np.newaxis])
    gap = np.subtract.outer(one, other)
    lower = gap - np.hypot.outer(one - low, other_high - other)
    upper = gap + np.hypot.outer(high - one, other - other_low)
    printed = near_enough(gap)
    held, missed = np.empty((2, len(shares), len(shares)))
    for apart in range(1 - len(shares), len(shares)):
        # All pairs of shares that are so far apart ask for the same difference.
        place = np.arange(max(0, apart), min(len(shares), len(shares) + apart))
        truth = shares[place[0]] - shares[place[0] - apart]
        holds = (lower <= truth + 1e-12) & (truth - 1e-12 <= upper)
        of_one, of_other = chances[place], other_chances[place - apart]
        held[place, place - apart] = ((of_one @ holds) * of_other).sum(axis=1)
        missed[place, place - apart] = ((of_one @ (printed & ~holds)) * of_other).sum(axis=1)
    return 100 * held, 100 * missed


def near_enough(differences: Floats) -> NDArray[np.bool_]:
    """Which differences of shares are printed with their interval; ``newcombe_holds`` for all at once."""
    return np.abs(differences) <= FARTHEST_APART + 1e-9


def _likely(people: int, share: float) -> Iterator[tuple[int, float]]:
    numbers = np.arange(people + 1)
    chances = binom.pmf(numbers, people, share)
    kept = chances > 1e-7
    return zip(numbers[kept].tolist(), chances[kept].tolist(), strict=True)


def mean_coverage(people: int, shares: Sequence[float]) -> tuple[float, float]:
    """Of all samples of ratings 1 to 5: percent whose interval holds the mean, and percent whose line misses it.

    A line is drawn where ``t_interval_holds``.
    """
    truth = float(POINTS @ np.array(shares))
    covered = missed = 0.0
    for total, squares, chance in _samples(people, shares):
        mean = mean_with_interval(base=people, total=total, squares=squares, lowest=1, highest=5)
        assert mean is not None
        assert mean.low is not None
        assert mean.high is not None
        # An interval that ends where the mean lies holds it, whatever the last digit says.
        if mean.low <= truth + 1e-12 and truth - 1e-12 <= mean.high:
            covered += chance
        elif t_interval_holds(mean.value, people, lowest=1, highest=5):
            missed += chance
    return 100 * covered, 100 * missed


def _samples(people: int, shares: Sequence[float]) -> Iterator[tuple[int, int, float]]:
    """Each sum and sum of squares that samples of ratings can have, with its chance: one rating's, convolved."""
    above = POINTS - 1
    pairs = above * (above - 1) // 2
    one = np.zeros((above[-1] + 1, pairs[-1] + 1))
    one[above, pairs] = shares
    size = tuple(next_fast_len(people * (length - 1) + 1, real=True) for length in one.shape)
    chances = irfft2(rfft2(one, s=size) ** people, s=size)
    sums, halves = np.nonzero(chances > LEAST_CHANCE)
    squares = 2 * halves + 3 * sums + people
    return zip((sums + people).tolist(), squares.tolist(), chances[sums, halves].tolist(), strict=True)


def _alike(top: float) -> tuple[float, ...]:
    """Ratings of people of whom ``top`` give the highest."""
    return (*((1 - top) * part for part in (0.1, 0.1, 0.2, 0.6)), top)


def out_of_range(places: int, people: int) -> float:
    """Percent of places alike, each with so many people, that are called higher or lower than expected."""
    positives = np.random.default_rng(SEED).binomial(people, 0.6, size=(DRAWN, places))
    bands = [
        one.band
        for row in positives.tolist()
        for one in expected_ranges(row, [people] * places, target=sum(row) / (places * people))
    ]
    return 100 * sum(band in ("higher than expected", "lower than expected") for band in bands) / len(bands)
