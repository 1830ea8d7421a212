"""Scores from 0 (worst) to 10 (best) and composites of several questions."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from reports.statistics.means import Mean, mean_with_interval


def score_of_points(values: Sequence[float], *, reverse: bool = False) -> tuple[float, ...]:
    """The 0-10 score of each scale point by where its value lies between the lowest and the highest value.

    10 (value − lowest) / (highest − lowest); reversed, 10 (highest − value) / (highest − lowest). ValueError where all
    points have one value: then there is no scale.
    """
    lowest, highest = min(values), max(values)
    if lowest == highest:
        raise ValueError("A scale needs at least two different values.")
    if reverse:
        return tuple((highest - value) / (highest - lowest) * 10 for value in values)
    return tuple((value - lowest) / (highest - lowest) * 10 for value in values)


def composite(scores: NDArray[np.float64], *, min_items: int) -> NDArray[np.float64]:
    """Each respondent's mean over the questions they answered; NaN where fewer than ``min_items``.

    ``scores`` holds respondents as rows and questions as columns, 0-10, NaN where unanswered. The mean over
    respondents of this is a theme's score; a mean of question means is not, because gaps differ between questions.
    """
    if scores.shape[1] == 1 and min_items <= 1:
        return scores[:, 0]
    answered = ~np.isnan(scores)
    count = answered.sum(axis=1)
    total = np.where(answered, scores, 0.0).sum(axis=1)
    return np.where(count >= max(1, min_items), total / np.maximum(count, 1), np.nan)


def element(
    parts: Sequence[NDArray[np.float64]], *, min_items: Sequence[int], min_parts: int | None = None
) -> NDArray[np.float64]:
    """Each respondent's score of an element that has several parts, such as staff engagement, 0-10; NaN where none.

    ``parts`` are arrays as for ``composite``, one for each part, reversed questions turned round already. A
    respondent's sub-score is the mean of the part's questions, if they answered at least ``min_items`` of it; the
    element is the mean of the sub-scores, if there are at least ``min_parts`` (all of them unless said otherwise).
    Parts count alike, however many questions each has. ValueError where ``min_items`` is not one number per part.
    """
    subscores = [composite(scores, min_items=least) for scores, least in zip(parts, min_items, strict=True)]
    return composite(np.stack(subscores, axis=1), min_items=len(parts) if min_parts is None else min_parts)


def mean_score(people: NDArray[np.float64]) -> Mean | None:
    """The mean over respondents of their scores 0-10 with its 95 % interval; NaN are those without a score."""
    known = people[~np.isnan(people)]
    return mean_with_interval(
        base=len(known), total=float(known.sum()), squares=float(known @ known), lowest=0, highest=10
    )
