"""What follows from several known sums by adding and taking away, and which of them it needs."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import qr
from scipy.optimize import linprog

from reports.combinations import Combinations, Vector
from reports.moving import Effort

_NOISE = 1e-6
_FREE = 0.01
"""What it costs to use a sum that cannot be hidden, where another costs 1."""

Mask = NDArray[np.bool_]


class WorkedOut(Combinations):
    """``rows`` are the known sums over atoms, of which the last ``free`` cannot be hidden; nobody is where it is not
    ``there``."""

    def __init__(self, rows: Vector, there: Mask, *, free: int) -> None:
        super().__init__(rows, there)
        self._rows, self._free = rows, free

    def needed(self, target: Vector, effort: Effort) -> Mask:
        """Which of the known sums a target, which is a combination of them, needs: those of the combination with the
        smallest coefficients. What cannot be hidden costs nothing to use."""
        return np.abs(self._coefficients(target, effort)) > _NOISE

    def _coefficients(self, target: Vector, effort: Effort) -> Vector:
        """Of each sum in that combination; noughts where none could be found."""
        named, columns = self._independent
        effort.spend(len(named), len(columns))
        known = self._rows[np.ix_(named, columns)].T
        cost = np.tile(self._cost(named), 2)
        solved = linprog(cost, A_eq=np.hstack((known, -known)), b_eq=target[columns], method="highs")
        return self._of_each(named, solved.x)

    def _cost(self, named: NDArray[np.int64]) -> Vector:
        return np.where(named < len(self._rows) - self._free, 1.0, _FREE)

    def _of_each(self, named: NDArray[np.int64], added_and_taken_away: Vector | None) -> Vector:
        coefficients = np.zeros(len(self._rows))
        if added_and_taken_away is not None:
            coefficients[named] = added_and_taken_away[: len(named)] - added_and_taken_away[len(named) :]
        return coefficients

    @cached_property
    def _independent(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The sums that are no others' like, and as many atoms as tell all combinations."""
        here = np.flatnonzero(self._there)
        named = self._unlike(here)
        _, triangle, order = qr(self._rows[np.ix_(named, here)], mode="economic", pivoting=True)
        rank = int((np.abs(triangle.diagonal()) > _NOISE).sum())
        return named, here[order[:rank]]

    def _unlike(self, atoms: NDArray[np.int64]) -> NDArray[np.int64]:
        """The sums that are no others' like over these atoms."""
        # Of those alike the last is taken, as that is what cannot be hidden.
        _, last = np.unique(self._rows[::-1, atoms], axis=0, return_index=True)
        return len(self._rows) - 1 - last


class WorkedOutFromNoughts(WorkedOut):
    """As ``WorkedOut``, where that nobody is somewhere is known from the sums of ``numbers`` alone.

    No number is negative, so where a combination of sums is nought, nobody is in any atom that it counts.
    """

    def __init__(self, rows: Vector, numbers: Vector, *, free: int, effort: Effort) -> None:
        super().__init__(rows, ~_nobody(rows, numbers, effort), free=free)
        self._numbers = numbers

    def needed(self, target: Vector, effort: Effort) -> Mask:
        """As before, with those that say that nobody is where the combination counts somebody else than the target."""
        coefficients = self._coefficients(target, effort)
        unlike = ~self._there & (np.abs(coefficients @ self._rows - target) > _NOISE)
        needed = np.abs(coefficients) > _NOISE
        return needed | (np.abs(self._telling_that_nobody_is_in(unlike, effort)) > _NOISE) if unlike.any() else needed

    def _telling_that_nobody_is_in(self, atoms: Mask, effort: Effort) -> Vector:
        """The coefficients of each sum in a combination that is nought, counts these atoms and takes none away."""
        named, somebody = self._unlike(np.arange(len(atoms))), self._numbers > 0
        known = self._rows[named].T
        effort.spend(len(named), len(atoms))
        solved = linprog(
            np.tile(self._cost(named), 2),
            A_eq=np.hstack((known[somebody], -known[somebody])),
            b_eq=np.zeros(int(somebody.sum())),
            A_ub=np.hstack((-known[~somebody], known[~somebody])),
            b_ub=-atoms[~somebody].astype(np.float64),
            method="highs",
        )
        return self._of_each(named, solved.x)


def _nobody(rows: Vector, numbers: Vector, effort: Effort) -> Mask:
    """By atom whether some combination of the sums is nought, counts it and takes no atom away."""
    # Atoms that no sum tells apart are solved for together.
    named = np.random.default_rng(0).standard_normal(len(rows)) @ rows
    _, first, of = np.unique(named.round(9), return_index=True, return_inverse=True)
    somebody = np.bincount(of, weights=numbers) > 0
    known, empty = rows[:, first].T, int((~somebody).sum())
    effort.spend(len(rows), len(first))
    # The coefficients of the combination, and as much of each empty atom as it counts, up to one.
    solved = linprog(
        np.concatenate((np.zeros(len(rows)), -np.ones(empty))),
        A_eq=np.hstack((known[somebody], np.zeros((len(first) - empty, empty)))),
        b_eq=np.zeros(len(first) - empty),
        A_ub=np.hstack((-known[~somebody], np.eye(empty))),
        b_ub=np.zeros(empty),
        bounds=[(None, None)] * len(rows) + [(0, 1)] * empty,
        method="highs",
    )
    nobody = ~somebody
    # Where it cannot be solved, all that might be known counts as known.
    nobody[~somebody] = solved.x is None or solved.x[len(rows) :] > 0.5
    return np.asarray(nobody[of])
