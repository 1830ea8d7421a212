"""Ranks of themes and how far they could move by chance."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

DRAWS = 2000
SEED = 20_000
RESAMPLE_AT_MOST = 20_000
"""People up to whom whole respondents are resampled; above, the normal limit of the same bootstrap is drawn from."""

_DECIMALS = 9


def ranks(values: NDArray[np.float64]) -> NDArray[np.int64]:
    """The rank of each value along the last axis: 1 plus the number of values that are higher, so equals share a rank.

    Values equal to nine decimals are equal: sums in another order must not part them.
    """
    rounded = np.round(values, _DECIMALS)
    higher = rounded[..., np.newaxis, :] > rounded[..., :, np.newaxis]
    return np.asarray(1 + higher.sum(axis=-1), dtype=np.int64)


def rank_ranges(values: NDArray[np.float64], people: NDArray[np.intp] | None = None) -> NDArray[np.int64]:
    """The 95 % range of each theme's rank, as rows (low, high) in the order of the themes.

    From the 2.5 % to the 97.5 % point of the theme's rank in 2,000 draws of as many whole respondents, with
    replacement: Efron (1979), Annals of Statistics 7: 1-26 (the percentile interval of the bootstrap).

    ``values`` holds themes as rows and respondents as columns, NaN where a respondent has no value for a theme; every
    theme needs at least one value. With ``people`` each column stands for so many respondents who say the same. The
    same values give the same ranges whatever the order of the themes.
    """
    order = sorted(range(len(values)), key=lambda theme: values[theme].tobytes())
    values = values[order]
    if people is None:
        people = np.ones(values.shape[1], dtype=np.intp)
    means = _resampled(values, people) if people.sum() <= RESAMPLE_AT_MOST else _normal_limit(values, people)
    low, high = np.quantile(ranks(means), (0.025, 0.975), axis=0, method="inverted_cdf")
    ranges = np.empty((len(values), 2), dtype=np.int64)
    ranges[order] = np.stack((low, high), axis=1)
    return ranges


def mean_of_each(values: NDArray[np.float64], people: NDArray[np.intp]) -> NDArray[np.float64]:
    """The mean of each theme over the respondents that have a value; arguments as for ``rank_ranges``."""
    answered = ~np.isnan(values)
    return np.asarray((np.where(answered, values, 0.0) @ people) / (answered @ people))


def _resampled(values: NDArray[np.float64], people: NDArray[np.intp]) -> NDArray[np.float64]:
    """Means of themes (columns) in each draw (rows). Respondents with equal answers are drawn together."""
    patterns, counts = _together(values, people)
    number = int(counts.sum())
    answered = ~np.isnan(patterns.T)
    scores = np.where(answered, patterns.T, 0.0)
    generator = np.random.default_rng(SEED)
    means = np.empty((DRAWS, len(values)))
    centre = mean_of_each(patterns, counts)
    # Draws are made a few at a time so that many different patterns do not need memory for all draws at once.
    step = max(1, min(DRAWS, 2_000_000 // max(1, len(counts))))
    for start in range(0, DRAWS, step):
        size = min(step, DRAWS - start)
        weights = generator.multinomial(number, counts / number, size=size).astype(np.float64)
        base = weights @ answered
        # A draw in which nobody answered a theme says nothing about it: it stays where it is.
        means[start : start + size] = np.where(base > 0, (weights @ scores) / np.maximum(base, 1), centre)
    return means


def _together(values: NDArray[np.float64], people: NDArray[np.intp]) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    """Each different set of answers once, and how many respondents gave it."""
    code = np.zeros(values.shape[1], dtype=np.int64)
    for row in values:
        different, place = np.unique(row, return_inverse=True)
        # Renumbering after each theme keeps the numbers below the number of respondents.
        code = np.unique(code * len(different) + place, return_inverse=True)[1]
    first = np.unique(code, return_index=True)[1]
    return values[:, first], np.bincount(code, weights=people).astype(np.intp)


def _normal_limit(values: NDArray[np.float64], people: NDArray[np.intp]) -> NDArray[np.float64]:
    """Draws of the means from the normal distribution that the bootstrap tends to, gaps in the answers included."""
    answered = ~np.isnan(values)
    means = mean_of_each(values, people)
    influence = np.where(answered, values - means[:, np.newaxis], 0.0) / (answered @ people)[:, np.newaxis]
    spread, directions = np.linalg.eigh((influence * people) @ influence.T)
    generator = np.random.default_rng(SEED)
    steps = generator.standard_normal((DRAWS, len(means))) * np.sqrt(np.maximum(spread, 0.0))
    return np.asarray(means + steps @ directions.T)


def overlapping(ranges: NDArray[np.int64], theme: int) -> list[int]:
    """The other themes whose rank ranges share a rank with this one's: directly, never through a third theme."""
    low, high = ranges[theme]
    return [other for other, (start, end) in enumerate(ranges) if other != theme and start <= high and low <= end]
