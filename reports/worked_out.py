"""What follows from several known sums by adding and taking away, and which of them it needs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import qr
from scipy.optimize import linprog
from scipy.sparse import csc_array

from reports.combinations import Combinations, Vector
from reports.effort import Effort

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

    def added(self, target: Vector, effort: Effort) -> Mask:
        """Which of the known sums a target, which is a combination of them, adds and takes away: those of the
        combination with the smallest coefficients. What cannot be hidden costs nothing to use."""
        return np.abs(self._coefficients(target, effort)) > _NOISE

    def _coefficients(self, target: Vector, effort: Effort) -> Vector:
        """Of each sum in that combination; noughts where none could be found."""
        named, columns = self._independent
        effort.solve(len(named), len(columns))
        known = self._rows[np.ix_(named, columns)].T
        cost = np.tile(self._cost(named), 2)
        return self._of_each(named, _solved(cost, equal=(np.hstack((known, -known)), target[columns])))

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
        return named, here[_enough(self._rows[np.ix_(named, here)])]

    def _unlike(self, atoms: NDArray[np.int64]) -> NDArray[np.int64]:
        """The sums that are no others' like over these atoms."""
        # Of those alike the last is taken, as that is what cannot be hidden. In this form bytes sort as numbers do.
        last = {row.tobytes(): place for place, row in enumerate(self._rows[:, atoms].astype(">f8"))}
        return np.array([last[row] for row in sorted(last)], dtype=np.int64)


class WorkedOutFromNoughts(WorkedOut):
    """As ``WorkedOut``, where that nobody is somewhere is known from the sums of ``numbers`` alone.

    No number is negative, so where a combination of sums is nought, nobody is in any atom that it counts.
    """

    def __init__(self, rows: Vector, numbers: Vector, nobody: Mask, *, free: int) -> None:
        super().__init__(rows, ~nobody, free=free)
        self._numbers = numbers

    @classmethod
    def of(cls, rows: Vector, numbers: Vector, *, free: int, effort: Effort) -> WorkedOutFromNoughts:
        """All that follows from these sums."""
        return cls(rows, numbers, _nobody(rows, numbers, effort), free=free)

    def without(self, places: Sequence[int]) -> WorkedOutFromNoughts:
        """The same without these sums, though they may be what tells that nobody is somewhere."""
        rows = self._rows.copy()
        rows[places] = 0
        return WorkedOutFromNoughts(rows, self._numbers, ~self._there, free=self._free)

    def needed(self, target: Vector, effort: Effort) -> Mask:
        """As ``added``, with those that say that nobody is where the combination counts others than the target."""
        coefficients = self._coefficients(target, effort)
        unlike = ~self._there & (np.abs(coefficients @ self._rows - target) > _NOISE)
        needed = np.abs(coefficients) > _NOISE
        return needed | (np.abs(self._telling_that_nobody_is_in(unlike, effort)) > _NOISE) if unlike.any() else needed

    def _telling_that_nobody_is_in(self, atoms: Mask, effort: Effort) -> Vector:
        """The coefficients of each sum in a combination that is nought, counts these atoms and takes none away."""
        named, somebody = self._unlike(np.arange(len(atoms))), self._numbers > 0
        known = self._rows[named].T
        effort.solve(len(named), len(atoms))
        solved = _solved(
            np.tile(self._cost(named), 2),
            equal=(np.hstack((known[somebody], -known[somebody])), np.zeros(int(somebody.sum()))),
            most=(np.hstack((-known[~somebody], known[~somebody])), -atoms[~somebody].astype(np.float64)),
        )
        return self._of_each(named, solved)


def _nobody(rows: Vector, numbers: Vector, effort: Effort) -> Mask:
    """By atom whether some combination of the sums is nought, counts it and takes no atom away."""
    # A sum that is nought says so of all its atoms at once, and with enough of it whatever else is taken away there is
    # made up for. So these atoms need not be solved for, which leaves many sums alike.
    nobody = np.asarray((rows[rows @ numbers == 0] > 0).any(axis=0))
    rows, numbers = rows[:, ~nobody], numbers[~nobody]
    first, of = _once(rows.T)
    somebody = np.bincount(of, weights=numbers, minlength=len(first)) > 0
    # Atoms that no sum tells apart are solved for together.
    known = rows[np.ix_(_once(rows)[0], first)].T
    there, empty = known[somebody], known[~somebody]
    there = there[_enough(there.T)]
    effort.solve(known.shape[1], len(there) + len(empty))
    # The coefficients of the combination, and as much of each empty atom as it counts, up to one.
    solved = _solved(
        np.concatenate((np.zeros(known.shape[1]), -np.ones(len(empty)))),
        equal=(np.hstack((there, np.zeros((len(there), len(empty))))), np.zeros(len(there))),
        most=(np.hstack((-empty, np.eye(len(empty)))), np.zeros(len(empty))),
        bounds=np.array([(-np.inf, np.inf)] * known.shape[1] + [(0.0, 1.0)] * len(empty)),
    )
    also = ~somebody
    # Where it cannot be solved, all that might be known counts as known.
    also[~somebody] = solved is None or solved[known.shape[1] :] > 0.5
    nobody[~nobody] = also[of]
    return nobody


def _solved(
    cost: Vector,
    *,
    equal: tuple[Vector, Vector],
    most: tuple[Vector, Vector] | None = None,
    bounds: Vector | tuple[int, None] = (0, None),
) -> Vector | None:
    """The cheapest solution of a linear programme, None where none was found. Its tables are noughts mostly."""
    solved = linprog(  # type: ignore[call-overload]  # The stubs do not know that tables may be sparse.
        cost,
        A_eq=csc_array(equal[0]),
        b_eq=equal[1],
        A_ub=csc_array(most[0]) if most else None,
        b_ub=most[1] if most else None,
        bounds=bounds,
        method="highs",
    )
    found: Vector | None = solved.x
    return found


def _enough(rows: Vector) -> NDArray[np.int64]:
    """As many atoms as tell all combinations of the sums."""
    _, triangle, order = qr(rows, mode="economic", pivoting=True)
    return np.asarray(order[: int((np.abs(triangle.diagonal()) > _NOISE).sum())])


def _once(rows: Vector) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The places of rows that are no others' like, and which of these each row is like."""
    named = rows @ np.random.default_rng(0).standard_normal(rows.shape[1])
    _, first, of = np.unique(named.round(9), return_index=True, return_inverse=True)
    return first, of
