"""Which sums over atoms are combinations of published ones, and so can be worked out by adding and taking away."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
ALMOST = 1e-7
"""Squared distances below this are none."""


class Combinations:
    """All combinations of some sums, as they are over the atoms ``there``; nobody is in the others.

    ``rows`` are the sums over all atoms.
    """

    def __init__(self, rows: Vector, there: NDArray[np.bool_]) -> None:
        self._there = there
        # Groups lie inside one another, so many sums are the same: each is needed once.
        named = np.random.default_rng(0).standard_normal(int(there.sum()))
        _, once = np.unique((rows[:, there] @ named).round(9), return_index=True)
        made_of, self._basis = orthonormal(rows[np.ix_(once, there)])
        self._made_of = np.zeros((len(made_of), len(rows)))
        self._made_of[:, once] = made_of
        # At right angles to every published sum, and by chance to no other.
        chance = np.random.default_rng(0).standard_normal(self._basis.shape[1])
        self._away = np.zeros(len(there))
        self._away[there] = chance - (chance @ self._basis.T) @ self._basis

    def lacking(self, targets: Vector) -> Vector:
        """How much of each row is no combination, squared."""
        here = targets[:, self._there]
        return np.asarray((here**2).sum(axis=1) - ((here @ self._basis.T) ** 2).sum(axis=1))

    def include(self, targets: Vector) -> NDArray[np.bool_]:
        """Whether each row is a combination."""
        return np.asarray(self.lacking(targets) < ALMOST)

    def values(self, of_rows: Vector) -> Vector:
        """A number for each atom, so that their sum over a combination of the given sums, which are ``of_rows``, is the
        combination's own."""
        found = np.zeros(len(self._there))
        found[self._there] = self._basis.T @ (self._made_of @ of_rows)
        return found

    def maybe_between(self, classes: Vector) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """For each two classes whether the people in both may be a combination, and those in the first and not in the
        second. No combination is missed, and hardly anything else is named; it costs as much as counting the people."""
        both, only = between(classes, self._away)
        return np.abs(both) < 1e-5, np.abs(only) < 1e-5


def between(classes: Vector, people: Vector) -> tuple[Vector, Vector]:
    """How many people each two classes share, and how many of the first are not in the second."""
    both = (classes * people) @ classes.T
    return both, both.diagonal()[:, np.newaxis] - both


def orthonormal(rows: Vector) -> tuple[Vector, Vector]:
    """Rows of length 1, at right angles to one another, of which the given rows are all combinations; and before them
    how each is made of the given ones."""
    values, vectors = np.linalg.eigh(rows @ rows.T)
    kept = values > ALMOST * max(1.0, values.max(initial=0))
    made_of = np.asarray((vectors[:, kept] / np.sqrt(values[kept])).T)
    return made_of, np.asarray(made_of @ rows)
