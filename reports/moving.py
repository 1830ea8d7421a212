"""How far a hidden number can go while everything that is known still holds.

Whatever changes nothing that is known may have happened instead: a move of the people. Two populations that somebody
could mistake for one another show how far each hidden number goes at least, so each that was found once is tried for
all numbers, and in the other questions. Linear programming answers where none settles it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

from reports.combinations import Vector, orthonormal
from reports.effort import Effort
from reports.worked_out import WorkedOut, WorkedOutFromNoughts

_NOISE = 1e-6
_MOST_MOVES = 300
_AT_ONCE = 100
"""Targets that are tried together: where one is found and hidden, most that come after it are safe."""

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Moves:
    """Moves that were found before, over the same atoms."""

    found: deque[Vector] = field(default_factory=lambda: deque(maxlen=_MOST_MOVES))


class Movable:
    """People by atom of whom the sums ``rows`` are known. The last ``free`` of these can never be hidden."""

    def __init__(self, people: Vector, rows: Vector, *, free: int, moves: Moves, effort: Effort) -> None:
        self._people, self._rows, self._free = people, rows.copy(), free
        self._moves, self._effort = moves, effort
        # Where nobody is in a group, nobody is in any of its atoms.
        self._possible = ~(rows[rows @ people == 0] > 0).any(axis=0)
        self._points = people[np.newaxis]
        if moves.found:
            self._go(np.array(moves.found))
        self._combine()

    def forget(self, places: NDArray[np.int64]) -> None:
        """Go on as if these sums were not known, though what follows of nobody stands."""
        self._rows[places] = 0
        self._combine()

    def _combine(self) -> None:
        self.combinations = WorkedOut(self._rows, self._people > 0, free=self._free)
        """Of the sums where somebody is: no other number can have one value alone."""
        self._certain = WorkedOutFromNoughts(self._rows, self._people, ~self._possible, free=self._free)
        self._effort.multiply(2 * len(self._rows), len(self._rows), len(self._rows) + len(self._people))

    def narrow(self, targets: Vector, width: float) -> Iterator[tuple[int, Mask]]:
        """The targets whose least and greatest number are less than ``width`` apart, by place, each with which of the
        known sums keep it there."""
        for first in range(0, len(targets), _AT_ONCE):
            places = first + np.flatnonzero(self._maybe_narrow(targets[first : first + _AT_ONCE], width))
            self._effort.multiply(4, len(places), *self._rows.shape)
            unsettled = targets[places[~self._certain.include(targets[places])]]
            if len(unsettled):
                self._go(self._towards(unsettled))
            for place in places:
                if self._effort.left <= 0:
                    return
                if self._maybe_narrow(targets[place, np.newaxis], width)[0]:
                    kept = self._kept_by(targets[place], width)
                    if kept is not None:
                        yield int(place), kept

    def _maybe_narrow(self, targets: Vector, width: float) -> Mask:
        """Whether each of these may be: where no moves are known that take it further."""
        near = self._reach(targets) < width - _NOISE
        # What has one value alone is a combination where somebody is.
        return near & self.combinations.include(targets) if width <= 1 else near

    def _kept_by(self, target: Vector, width: float) -> Mask | None:
        """Which known sums keep it, None where it is not narrow."""
        if self._certain.include(target[np.newaxis])[0]:
            added = self._certain.added(target, self._effort)
            return added if self._can_hide(added) else self._certain.needed(target, self._effort)
        kept = self._ends(target, width, only_possible=True)
        if kept is not None and not self._can_hide(kept):
            return self._ends(target, width, only_possible=False)
        return kept

    def needed(self, target: Vector) -> Mask:
        """Which of the known sums a target is the combination of, at least where somebody is; none where it is not."""
        added = self._certain.added(target, self._effort)
        return added if added.any() else self.combinations.added(target, self._effort)

    def _can_hide(self, sums: Mask) -> bool:
        return bool(sums[: len(sums) - self._free].any())

    def _reach(self, targets: Vector) -> Vector:
        """How far each is known to go at least."""
        numbers = targets @ self._points.T
        return np.asarray(numbers.max(axis=1) - numbers.min(axis=1))

    def _towards(self, targets: Vector) -> Vector:
        """For each target the move that changes it most of those that change no atom by more than it has people, in
        the sense of least squares."""
        here = self._people > 0
        weight = self._people[here]
        basis = orthonormal(self._rows[:, here] * weight)[1]
        wanted = targets[:, here] * weight
        moves = np.zeros(targets.shape)
        moves[:, here] = (wanted - (wanted @ basis.T) @ basis) * weight
        return moves

    def _go(self, moves: Vector) -> None:
        """Add where the people come to by these moves and back, of those that change nothing that is known."""
        largest = np.abs(moves).max(axis=1, initial=0)
        moves = moves[largest > _NOISE] / largest[largest > _NOISE, np.newaxis]
        moves[np.abs(moves) < 1e-9] = 0
        moves = moves[(np.abs(moves @ self._rows.T) < _NOISE).all(axis=1)]
        for sign in (1, -1):
            change = moves * sign
            with np.errstate(divide="ignore", invalid="ignore"):
                steps = np.where(change < -1e-9, self._people / -change, np.inf).min(axis=1, initial=1e6)
            self._points = np.vstack((self._points, self._people + sign * steps[:, np.newaxis] * moves))

    def _ends(self, target: Vector, width: float, *, only_possible: bool) -> Mask | None:
        """Which known sums keep it, where it cannot go as far as ``width``: all of them, or those that leave possible
        what others do."""
        atoms = np.flatnonzero(self._possible) if only_possible else np.arange(len(target))
        of, first = self._merged(target, atoms)
        known, wanted = self._rows[:, first], target[first]
        values = self._rows @ self._people
        now, went = float(target @ self._people), 0.0
        tight = np.zeros(len(self._rows), dtype=bool)
        for sign in (-1, 1):
            self._effort.solve(len(self._rows), len(first))
            solved = linprog(sign * wanted, A_eq=known, b_eq=values, method="highs")
            if solved.status != 0 or solved.fun is None or solved.x is None:
                return None
            went += abs(sign * solved.fun - now)
            move = self._spread(solved.x, of, atoms, first) - self._people
            self._moves.found.append(move)
            self._go(move[np.newaxis])
            if went >= width - _NOISE:
                return None
            tight |= np.abs(solved.eqlin.marginals) > 1e-9
        return tight

    def _merged(self, target: Vector, atoms: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Atoms between which no sum tells a difference count as one: for each of ``atoms`` which one, and for each of
        those one of its atoms."""
        columns = np.vstack((self._rows, target))[:, atoms]
        named = np.random.default_rng(0).standard_normal(len(columns)) @ columns
        _, first, of = np.unique(named.round(9), return_index=True, return_inverse=True)
        return of, atoms[first]

    def _spread(
        self, numbers: Vector, of: NDArray[np.int64], atoms: NDArray[np.int64], first: NDArray[np.int64]
    ) -> Vector:
        """The people by atom, as near as may be to those that there are."""
        before = np.bincount(of, weights=self._people[atoms])
        share = np.minimum(1, np.divide(numbers, before, out=np.zeros(len(before)), where=before > 0))
        people = np.zeros(len(self._people))
        people[atoms] = self._people[atoms] * share[of]
        people[first] += np.maximum(0, numbers - before)
        return people
