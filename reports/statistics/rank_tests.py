"""Whether people who rated all themes agree on an order, and how far apart two mean ranks must be."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtrc
from scipy.stats import rankdata, studentized_range

FEWEST_PEOPLE = 10
"""Below this many people with an answer to every theme no order is given."""


@dataclass(frozen=True, slots=True)
class CommonOrder:
    """Friedman's chi-square and p value (0-1), and how much people agree: ``kendalls_w``, 0 not at all to 1 entirely.

    ``mean_ranks`` in the order of the themes, 1 the best; two that are ``critical_difference`` or more apart differ at
    the 5 % level, all pairs judged together. The first two are None where everybody ties every theme.
    """

    people: int
    statistic: float | None
    p_value: float | None
    kendalls_w: float
    mean_ranks: tuple[float, ...]
    critical_difference: float

    def apart(self, one: int, other: int) -> bool:
        """Whether these two themes (by their place) differ."""
        return abs(self.mean_ranks[one] - self.mean_ranks[other]) >= self.critical_difference


def common_order(values: NDArray[np.float64]) -> CommonOrder | None:
    """Friedman's test over people who answered for every theme; higher values are better and share ranks where equal.

    ``values`` holds themes as rows and respondents as columns, NaN where unanswered. With ranks r, N people and k
    themes: chi² = (k−1) Σ(R − N(k+1)/2)² / (Σr² − Nk(k+1)²/4), which corrects for ties; W = chi² / (N(k−1)). Friedman
    (1937), Journal of the American Statistical Association 32: 675-701; Conover (1999), section 5.8. None for fewer
    than ten such people or two themes.
    """
    themes = len(values)
    complete = values[:, ~np.isnan(values).any(axis=0)]
    people = complete.shape[1]
    if people < FEWEST_PEOPLE or themes < 2:
        return None
    ranks = rankdata(-complete, axis=0)
    middle = (themes + 1) / 2
    between = float(((ranks.sum(axis=1) - people * middle) ** 2).sum())
    within = float(((ranks - middle) ** 2).sum())
    statistic = (themes - 1) * between / within if within else None
    return CommonOrder(
        people=people,
        statistic=statistic,
        p_value=None if statistic is None else float(chdtrc(themes - 1, statistic)),
        kendalls_w=0.0 if statistic is None else statistic / (people * (themes - 1)),
        mean_ranks=tuple(float(rank) for rank in ranks.mean(axis=1)),
        critical_difference=critical_difference(themes, people),
    )


def critical_difference(themes: int, people: int) -> float:
    """Nemenyi's critical difference of two mean ranks at the 5 % level: q √(k(k+1) / 6N).

    q is the 95 % point of the studentized range of k values with infinite degrees of freedom, divided by √2. Demšar
    (2006), Journal of Machine Learning Research 7: 1-30. ValueError for fewer than two themes or nobody.
    """
    if themes < 2 or people < 1:
        raise ValueError("A difference of ranks needs two themes and somebody who ranked them.")
    return _studentized_range(themes) / math.sqrt(2) * math.sqrt(themes * (themes + 1) / (6 * people))


@lru_cache(maxsize=64)
def _studentized_range(themes: int) -> float:
    return float(studentized_range.ppf(0.95, themes, math.inf))
