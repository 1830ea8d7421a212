"""Suggesting codes for comments, learned from comments that people have coded. scikit-learn does it, on this machine.

Each code is learned by itself: words, pairs of words and runs of letters, weighted by how rare they are (so that every
language will do), and a logistic regression in which the rare answer weighs as much as the common one. How well it does
is measured on comments that it had not seen, and codes that it cannot tell apart well enough are not suggested.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

LEAST_COMMENTS = 40
"""Coded comments below which nothing is learned."""

LEAST_MENTIONS = 8
"""Comments with a code, and without it, below which that code is not learned."""

LEAST_PRECISION = 0.7
"""Share of suggestions that must have been right on comments that the model had not seen."""

LEAST_SUGGESTED = 5
"""Suggestions on unseen comments below which their share that was right means nothing."""

_FOLDS = 5
_SEED = 20261121
_AT_ONCE = 1_000

_Numbers = NDArray[np.float64]
_Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class CodeQuality:
    """How well a code is suggested for comments that the model had not seen; shares are 0-1.

    ``mentions`` coded comments have the code; the model suggested it for ``suggested``, of which ``right`` have it.
    ``threshold`` is the probability from which it is suggested; None: it is not, for too few suggestions were right.
    """

    mentions: int
    suggested: int
    right: int
    threshold: float | None

    @property
    def precision(self) -> float | None:
        """The share of suggestions that were right; None without a suggestion."""
        return self.right / self.suggested if self.suggested else None

    @property
    def recall(self) -> float:
        """The share of comments with the code for which it was suggested."""
        return self.right / self.mentions

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.right / (self.suggested + self.mentions)


class Suggester:
    """What was learned from coded comments. ``quality`` is by code, for codes with enough mentions alone."""

    def __init__(
        self,
        texts: Sequence[str],
        codes: Sequence[Collection[int]],
        *,
        progress: Callable[[float], None] = lambda done: None,
    ) -> None:
        """Learn from ``texts``, each of which has ``codes``; ``progress`` is told what share of it is done, 0-1.

        The same texts in the same order always give the same. Without LEAST_COMMENTS of them no code is learned.
        """
        self.quality: dict[int, CodeQuality] = {}
        self._models: dict[int, Any] = {}
        self._words = _features()
        counts = {code: sum(code in each for each in codes) for code in sorted({one for each in codes for one in each})}
        enough = [code for code, count in counts.items() if LEAST_MENTIONS <= count <= len(texts) - LEAST_MENTIONS]
        if len(texts) < LEAST_COMMENTS or not enough:
            return
        rows = self._words.fit_transform(texts)
        for done, code in enumerate(enough, start=1):
            given = np.array([code in each for each in codes])
            self.quality[code] = quality = _quality(rows, given)
            if quality.threshold is not None:
                self._models[code] = _model().fit(rows, given)
            progress(done / len(enough))

    def suggest(self, texts: Sequence[str]) -> Iterator[Mapping[int, float]]:
        """For each text the probability of every code that is suggested for it."""
        for begin in range(0, len(texts) if self._models else 0, _AT_ONCE):
            rows = self._words.transform(texts[begin : begin + _AT_ONCE])
            likely = {code: model.predict_proba(rows)[:, 1] for code, model in self._models.items()}
            for row in range(rows.shape[0]):
                yield {
                    code: float(chances[row])
                    for code, chances in likely.items()
                    if chances[row] >= (self.quality[code].threshold or 0)
                }


def overall(quality: Collection[CodeQuality]) -> CodeQuality | None:
    """All suggested codes together; None without any. It has no threshold of its own."""
    told = [one for one in quality if one.threshold is not None]
    if not told:
        return None
    return CodeQuality(
        sum(one.mentions for one in told), sum(one.suggested for one in told), sum(one.right for one in told), None
    )


def _quality(rows: Any, given: _Flags) -> CodeQuality:
    """Judged fold by fold: by a model that has not learned from these comments, with the other comments' threshold.

    Stratified: every fold holds its share of comments with the code.
    """
    from sklearn.model_selection import StratifiedKFold

    fold, likely = np.zeros(len(given), dtype=int), np.zeros(len(given))
    split = StratifiedKFold(_FOLDS, shuffle=True, random_state=_SEED).split(rows, given)
    for number, (learned, judged) in enumerate(split):
        fold[judged] = number
        likely[judged] = _model().fit(rows[learned], given[learned]).predict_proba(rows[judged])[:, 1]
    suggested = np.zeros(len(given), dtype=bool)
    for number in range(_FOLDS):
        threshold = _threshold(likely[fold != number], given[fold != number])
        if threshold is not None:
            suggested |= (fold == number) & (likely >= threshold)
    right = int((suggested & given).sum())
    often_enough = suggested.sum() >= LEAST_SUGGESTED and right >= LEAST_PRECISION * suggested.sum()
    return CodeQuality(
        int(given.sum()), int(suggested.sum()), right, _threshold(likely, given) if often_enough else None
    )


def _threshold(likely: _Numbers, given: _Flags) -> float | None:
    """The probability from which suggestions find most (by F1) while enough of them are right; None: nowhere are they.

    It lies half-way to the next comment's probability, for new comments fall on neither.
    """
    order = np.argsort(-likely, kind="stable")
    chances, right, suggested = likely[order], np.cumsum(given[order]), np.arange(1, len(order) + 1)
    sound = (right >= LEAST_PRECISION * suggested) & (suggested >= LEAST_SUGGESTED)
    # Comments of one probability are suggested together or not at all.
    sound[:-1] &= chances[:-1] > chances[1:]
    if not sound.any():
        return None
    last = int(np.argmax(np.where(sound, right / (suggested + given.sum()), 0)))
    return float(chances[last : last + 2].mean())


def _features() -> Any:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import make_union

    return make_union(
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, max_features=40_000),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, max_features=60_000),
    )


def _model() -> Any:
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(class_weight="balanced", C=10.0, max_iter=1_000)
