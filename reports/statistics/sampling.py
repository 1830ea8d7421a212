"""How many people to ask, and how much surer one is where most of all people answered."""

from __future__ import annotations

import math

from reports.statistics.proportions import Z_95


def standard_error_of_mean(deviation: float, people: int, *, population: int | None = None) -> float:
    """s/√n, and with ``population`` (N) s/√n √(1 − n/N), the correction for a finite population.

    Cochran (1977), Sampling Techniques, 2.6. Only for a true sample, or where everybody on a complete list was asked
    and those who did not answer are like the others: so never for an open link, which is why it is off unless asked
    for. ``deviation`` is the sample's standard deviation (n − 1), in the unit of what was measured, and so is the
    result. ValueError where nobody answered, or more people than there are.
    """
    if people < 1 or (population is not None and people > population):
        raise ValueError(f"{people} people of {population} is no sample.")
    return deviation / math.sqrt(people) * (1.0 if population is None else math.sqrt(1 - people / population))


def required_responses(half_width: float, *, share: float = 0.5, population: int | None = None) -> float:
    """People needed for a 95 % interval of ``half_width`` (0-1) on either side of ``share`` (0-1), not rounded up.

    B = z² p(1−p)/c², and with ``population`` M = B / (1 + (B−1)/N). Cochran (1977), Sampling Techniques, 4.4. A share
    of one half needs the most people. ValueError where nothing could be that narrow.
    """
    if not 0 < half_width < 1 or not 0 <= share <= 1 or (population is not None and population < 1):
        raise ValueError("Give a half width and a share between 0 and 1, of at least one person.")
    needed = Z_95**2 * share * (1 - share) / half_width**2
    return needed if population is None else needed / (1 + (needed - 1) / population)
