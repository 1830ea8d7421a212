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


class WorkedOut(Combinations):
    """``rows`` are the known sums over atoms, of which the last ``free`` cannot be hidden; nobody is where it is not
    ``there``."""

    def __init__(self, rows: Vector, there: NDArray[np.bool_], *, free: int) -> None:
        super().__init__(rows, there)
        self._rows, self._free = rows, free

    def needed(self, target: Vector, effort: Effort) -> NDArray[np.bool_]:
        """Which of the known sums a target, which is a combination of them, needs: those of the combination with the
        smallest coefficients. What cannot be hidden costs nothing to use."""
        named, cost, columns = self._independent
        effort.spend(len(named), len(columns))
        known = self._rows[np.ix_(named, columns)].T
        solved = linprog(np.tile(cost, 2), A_eq=np.hstack((known, -known)), b_eq=target[columns], method="highs")
        needed = np.zeros(len(self._rows), dtype=bool)
        if solved.x is not None:
            needed[named] = np.abs(solved.x[: len(named)] - solved.x[len(named) :]) > _NOISE
        return needed

    @cached_property
    def _independent(self) -> tuple[NDArray[np.int64], Vector, NDArray[np.int64]]:
        """The sums that are no others' like, what each costs, and as many atoms as tell all combinations."""
        here = np.flatnonzero(self._there)
        # Of those alike the last is taken, as that is what cannot be hidden.
        _, last = np.unique(self._rows[::-1, here], axis=0, return_index=True)
        named = len(self._rows) - 1 - last
        _, triangle, order = qr(self._rows[np.ix_(named, here)], mode="economic", pivoting=True)
        rank = int((np.abs(triangle.diagonal()) > _NOISE).sum())
        return named, np.where(named < len(self._rows) - self._free, 1.0, 0.01), here[order[:rank]]
