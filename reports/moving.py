"""How far a hidden number can go while everything that is known still holds.

Whatever changes nothing that is known may have happened instead: a move of the people. Two populations that somebody
could mistake for one another show how far each hidden number goes at least, so each that was found once is tried for
all numbers, and in the other questions. Linear programming answers where none settles it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

from reports.combinations import Combinations, Vector, orthonormal

_NOISE = 1e-6
_MOST_MOVES = 300


@dataclass(slots=True)
class Effort:
    """What an audit may cost, in seconds of an ordinary machine, estimated from the size of what it solves: a clock
    would hide more on a busy day than on a quiet one, and the two days' results could be taken from one another."""

    left: float = 10.0

    def spend(self, rows: int, atoms: int) -> None:
        """For one linear programme."""
        self.left -= 0.004 + 2e-7 * rows * atoms


@dataclass(frozen=True, slots=True)
class Moves:
    """Moves that were found before, over the same atoms."""

    found: deque[Vector] = field(default_factory=lambda: deque(maxlen=_MOST_MOVES))


class Movable:
    """People by atom of whom the sums ``rows`` are known, and of other sums how many they are ``at_most``."""

    def __init__(
        self,
        people: Vector,
        rows: Vector,
        at_most: tuple[Vector, Vector] | None = None,
        *,
        moves: Moves,
        effort: Effort,
    ) -> None:
        bounded, self._most = at_most or (np.empty((0, len(people))), np.empty(0))
        self._people, self._rows, self._bounded = people, rows, bounded
        self._moves, self._effort = moves, effort
        # Where nobody is in a group, nobody is in any of its atoms.
        self._possible = ~(rows[rows @ people == 0] > 0).any(axis=0)
        self._points = people[np.newaxis]
        if moves.found:
            self._go(np.array(moves.found))

    def narrow(self, targets: Vector, width: float) -> Iterator[tuple[int, NDArray[np.bool_] | None]]:
        """The targets whose least and greatest number are less than ``width`` apart, by place, each with which of the
        known sums keep it there; None where it is a combination of them, of which ``fewest`` tells."""
        certain = self._certain.include(targets)
        unsettled = ~certain & (self._reach(targets) < width - _NOISE)
        if unsettled.any():
            self._go(self._towards(targets[unsettled]))
        reach = self._reach(targets)
        for place, target in enumerate(targets):
            if certain[place]:
                yield place, None
            elif reach[place] < width - _NOISE and self._reach(target[np.newaxis])[0] < width - _NOISE:
                kept = self._ends(target, width, only_possible=True)
                if kept is not None:
                    all_kept = self._ends(target, width, only_possible=False)
                    yield place, kept if all_kept is None else all_kept

    def fewest(self, target: Vector) -> NDArray[np.bool_]:
        """The known sums of which a target is the combination with the smallest coefficients, with those that say of
        some of its atoms that nobody is there; where it needs that nobody is where nobody is known to be, without."""
        count, nobody = len(self._rows), self._rows @ self._people == 0
        of, first = self._merged(target, np.arange(len(target)))
        known, empty, wanted = self._rows[:, first].T, self._rows[nobody][:, first].T, target[first]
        # Everybody, the last sum, can never be hidden, so it costs nothing to use.
        cost = np.append(np.ones(count - 1), 0.01)
        cost = np.concatenate((cost, cost, np.ones(empty.shape[1])))
        either = np.hstack((known, -known, 0 * empty))
        found = np.zeros(count, dtype=bool)
        possible, there = self._possible[first], np.bincount(of, weights=self._people) > 0
        for here, beyond in ((possible, ~possible), (there, np.zeros(len(first), dtype=bool))):
            self._effort.spend(count, len(first))
            solved = linprog(
                cost,
                A_eq=either[here],
                b_eq=wanted[here],
                A_ub=np.vstack([np.hstack((sign * known, -sign * known, -empty))[beyond] for sign in (1, -1)]),
                b_ub=np.concatenate((wanted[beyond], -wanted[beyond])),
                method="highs",
            )
            if solved.x is not None:
                found |= np.abs(solved.x[:count] - solved.x[count : 2 * count]) > _NOISE
                found[nobody] |= solved.x[2 * count :] > _NOISE
                break
        return found

    @cached_property
    def _certain(self) -> Combinations:
        return Combinations(self._rows, self._possible)

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
        room = np.concatenate((self._people, self._most - self._bounded @ self._people))
        for sign in (1, -1):
            change = np.hstack((moves, -moves @ self._bounded.T)) * sign
            with np.errstate(divide="ignore", invalid="ignore"):
                steps = np.where(change < -1e-9, room / -change, np.inf).min(axis=1, initial=1e6)
            self._points = np.vstack((self._points, self._people + sign * steps[:, np.newaxis] * moves))

    def _ends(self, target: Vector, width: float, *, only_possible: bool) -> NDArray[np.bool_] | None:
        """Which known sums keep it, where it cannot go as far as ``width``: all of them, or those that leave possible
        what others do."""
        atoms = np.flatnonzero(self._possible) if only_possible else np.arange(len(target))
        of, first = self._merged(target, atoms)
        known, bounded, wanted = self._rows[:, first], self._bounded[:, first], target[first]
        values = self._rows @ self._people
        now, went = float(target @ self._people), 0.0
        tight = np.zeros(len(self._rows), dtype=bool)
        for sign in (-1, 1):
            self._effort.spend(len(self._rows) + len(self._most), len(first))
            solved = linprog(sign * wanted, A_eq=known, b_eq=values, A_ub=bounded, b_ub=self._most, method="highs")
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
        columns = np.vstack((self._rows, self._bounded, target))[:, atoms]
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
