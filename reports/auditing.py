"""Attacking what is about to be published, by solving for what is hidden in it.

People are counted by atom: a combination of groups, one of each field, that somebody is in. Every published number of
people is a sum of atoms. A reader knows these sums, that no atom is negative, and that no more people answered a
question than answered at all. A hidden number is exposed where all that leaves it fewer than three values.

Most of it is linear algebra, which is fast. A number is certainly fixed by the sums only if its atoms are a
combination of the published ones; if they are not, moving along what they lack shows how far the number can go. Linear
programming answers where neither settles it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

from reports.suppression import Hidden

Vector = NDArray[np.float64]

MOST_ATOMS = 1000
"""Fields are audited together as long as their combinations are no more than this."""
LEAST_WIDTH = 2.0
"""How far apart the least and the greatest value of a hidden small number must at least lie."""
_ALMOST = 1e-7
_PAIRS_AT_ONCE = 2000


@dataclass(slots=True)
class Effort:
    """What an audit may cost, in seconds of an ordinary machine, estimated from the size of what it solves: a clock
    would hide more on a busy day than on a quiet one, and the two days' results could be taken from one another."""

    left: float = 10.0

    def spend(self, rows: int, atoms: int) -> None:
        """For one linear programme."""
        self.left -= 0.004 + 2e-7 * rows * atoms


@dataclass(frozen=True, slots=True)
class Audited:
    """One line over the atoms of an audit. ``people``: by atom; ``hidden``: by field what is hidden and why;
    ``at_most``: for each group of each field how many there can be, as far as it is known. ``since``: for each time
    that results were given out before, how many people more each group has now, with everybody as the last."""

    people: Vector
    hidden: Sequence[Hidden]
    at_most: Sequence[Vector]
    since: Sequence[Vector] = ()


@dataclass(frozen=True, slots=True)
class Audit:
    """``codes[field][atom]`` is the group of the field that the atom is in, ``sizes[field]`` for none, which is never
    published; ``needed[atom]`` the minimum base of its people's audience. The first field is the audience."""

    codes: Sequence[NDArray[np.int32]]
    sizes: Sequence[int]
    needed: NDArray[np.int64]
    _member: Vector = field(init=False)
    _field: NDArray[np.int64] = field(init=False)
    _group: NDArray[np.int64] = field(init=False)

    def __post_init__(self) -> None:
        named = [(place, group) for place, size in enumerate(self.sizes) for group in range(size)]
        member = np.array([self.codes[place] == group for place, group in named], dtype=np.float64)
        object.__setattr__(self, "_member", member.reshape(len(named), len(self.needed)))
        object.__setattr__(self, "_field", np.array([place for place, _ in named], dtype=np.int64))
        object.__setattr__(self, "_group", np.array([group for _, group in named], dtype=np.int64))

    def exposed(self, line: Audited, *, fixed: frozenset[int], effort: Effort) -> list[tuple[int, int]]:
        """Groups as (field, group) to hide next, because something hidden could be worked out; empty where all is safe.

        The cheapest group that the working out needs is named, of a field that is not in ``fixed``. Where the effort
        is used up, all groups of the most detailed field that it needs are named.
        """
        if not line.people.any():
            return []
        attack = _Attack(self, line, effort)
        more: list[tuple[int, int]] = []
        for target in attack.exposed():
            used = [place for place in attack.used(target) if int(self._field[place]) not in fixed]
            named = [(int(self._field[place]), int(self._group[place])) for place in used]
            if not named or set(named) & set(more):
                continue
            if effort.left <= 0:
                detailed = max(named, key=lambda one: (one[0] > 0, self.sizes[one[0]], one[0]))[0]
                more += [(detailed, group) for group in range(self.sizes[detailed])]
            else:
                size = attack.sizes
                more.append(
                    min(
                        zip(named, used, strict=True),
                        key=lambda one: (one[0][0] == 0, size[one[1]], -self.sizes[one[0][0]], one[0]),
                    )[0]
                )
        return more

    def small_cells(
        self,
        line: Audited,
        cells: Vector,
        *,
        minimum: int,
        sensitive: Sequence[bool],
        fixed: frozenset[int],
        effort: Effort,
    ) -> list[tuple[int, int]]:
        """As ``exposed``, for few people who gave an answer. ``cells`` are people by atom and answer, ``hidden`` the
        groups whose answers are hidden. Small ones count where a ``sensitive`` field tells about them, unless the
        others, which show opinions however few hold them, tell as much without it."""
        if not line.people.any():
            return []
        attack = _Attack(self, line, effort)
        wanted = [place for place, one in enumerate(sensitive) if one]
        more: list[tuple[int, int]] = []
        for target in attack.with_small_cells(cells, minimum, wanted):
            free = [place for place in wanted if place not in fixed]
            used = [place for place in attack.used(target) if int(self._field[place]) in free]
            named = [(int(self._field[place]), int(self._group[place])) for place in used]
            if named and not set(named) & set(more):
                size = attack.sizes
                more.append(
                    min(
                        zip(named, used, strict=True),
                        key=lambda one: (size[one[1]], -self.sizes[one[0][0]], one[0]),
                    )[0]
                )
        return more


class _Attack:
    """One line attacked. Rows are published sums, the last of them everybody; columns are atoms."""

    def __init__(self, audit: Audit, line: Audited, effort: Effort) -> None:
        self._audit, self._line, self._effort = audit, line, effort
        self._member, self._there = audit._member, line.people > 0
        self.sizes = self._member @ line.people
        reasons = [line.hidden[place].get(int(group)) for place, group in zip(audit._field, audit._group, strict=True)]
        self._hidden = np.array([reason is not None for reason in reasons], dtype=bool)
        # Few people are few whatever hid them first.
        self._small = self._hidden & (self.sizes > 0) & (self.sizes < self._needed(self._member))
        self._alike = np.array([reason == "everyone alike" for reason in reasons], dtype=bool) & (self.sizes > 0)
        self._tight: dict[bytes, list[int]] = {}
        self._rows = np.flatnonzero(~self._hidden & (self.sizes > 0))
        known = np.vstack((self._member[self._rows], np.ones(len(line.people))))
        self._known = known[:, self._there]
        self._made_of, self._basis = _basis(self._known)

    def exposed(self) -> list[Vector]:
        """The people, as rows over atoms, whose number can be worked out and must not be."""
        found = []
        for place in np.flatnonzero(self._small | self._alike):
            if self._gives_away(self._member[place], width=LEAST_WIDTH if self._small[place] else 0.0):
                found.append(self._member[place])
        return found + self._exposed_pairs() + self._exposed_since()

    def used(self, target: Vector) -> list[int]:
        """The shown groups that working it out needs: those of a combination with the smallest coefficients."""
        if (tight := self._tight.get(target.tobytes())) is not None:
            return tight
        known = self._known.T
        count = known.shape[1]
        self._effort.spend(count, known.shape[0])
        # Everybody can never be hidden, so it costs nothing to use.
        cost = np.ones(count)
        cost[-1] = 0.01
        solved = linprog(
            np.concatenate((cost, cost)),
            A_eq=np.hstack((known, -known)),
            b_eq=target[self._there],
            method="highs",
        )
        if solved.x is None:
            return []
        weight = solved.x[:count] - solved.x[count:]
        return [int(place) for place, one in zip(self._rows, weight[:-1], strict=True) if abs(one) > 1e-6]

    def _gives_away(self, target: Vector, *, width: float) -> bool:
        here = target[self._there]
        lacking = here - (here @ self._basis.T) @ self._basis
        reach = float(lacking @ lacking)
        if reach < _ALMOST:
            return bool(self._there.all()) or self._width(target) < max(width, 1.0)
        if width == 0:
            return False
        return self._along(lacking) * reach < width and self._width(target) < width

    def _along(self, move: Vector) -> float:
        """How far the people can be moved along ``move`` and back while everything that is known still holds."""
        matrix, high = self._bounds()
        matrix = matrix[:, self._there]
        now = self._line.people[self._there]
        values = np.concatenate((now, matrix @ now))
        changes = np.concatenate((move, matrix @ move))
        least = np.concatenate((np.zeros(len(now)), np.full(len(high), -np.inf)))
        most = np.concatenate((np.full(len(now), np.inf), high))
        moving = np.abs(changes) > 1e-9
        values, changes, least, most = values[moving], changes[moving], least[moving], most[moving]
        up = np.where(changes > 0, most - values, values - least) / np.abs(changes)
        down = np.where(changes > 0, values - least, most - values) / np.abs(changes)
        return float(up.min(initial=np.inf) + down.min(initial=np.inf))

    def _bounds(self) -> tuple[Vector, Vector]:
        """Hidden groups of which it is known how many people there can be: rows over atoms, and that number."""
        at_most = np.concatenate([np.asarray(one, dtype=np.float64) for one in self._line.at_most])
        bounded = self._hidden & np.isfinite(at_most) & (self.sizes > 0)
        return self._member[bounded], at_most[bounded]

    def _width(self, target: Vector) -> float:
        """How far the least and the greatest number of these people are apart, as far as it matters."""
        shown = np.flatnonzero(~self._hidden)
        known = np.vstack((self._member[shown], np.ones(len(target))))
        values = known @ self._line.people
        matrix, high = self._bounds()
        now = float(target @ self._line.people)
        width, tight = 0.0, np.zeros(len(shown), dtype=bool)
        for sign in (-1, 1):
            self._effort.spend(known.shape[0] + len(high), known.shape[1])
            solved = linprog(sign * target, A_eq=known, b_eq=values, A_ub=matrix, b_ub=high, method="highs")
            if solved.status != 0 or solved.fun is None:
                return np.inf
            width += abs(sign * solved.fun - now)
            if width >= LEAST_WIDTH:
                return width
            tight |= np.abs(solved.eqlin.marginals[:-1]) > 1e-9
        self._tight[target.tobytes()] = [int(place) for place in shown[tight] if self.sizes[place]]
        return width

    def _exposed_pairs(self) -> list[Vector]:
        """Few people in one group of a field and one of another, or in one and not in the other."""
        people, audit = self._line.people, self._audit
        classes, of = self._classes(range(len(audit.sizes)))
        both = (classes * people) @ classes.T
        only = both.diagonal()[:, np.newaxis] - both
        other = of[:, np.newaxis] != of[np.newaxis, :]
        few_both = np.argwhere(np.triu((both > 0) & (both < audit.needed.max()) & other))
        few_only = np.argwhere((only > 0) & (only < audit.needed.max()) & other)
        found: list[Vector] = []
        for pairs, inside in ((few_both, True), (few_only, False)):
            for begin in range(0, len(pairs), _PAIRS_AT_ONCE):
                first, second = pairs[begin : begin + _PAIRS_AT_ONCE].T
                targets = classes[first] * (classes[second] if inside else 1 - classes[second])
                few = targets @ people < self._needed(targets)
                for target in targets[(self._lacking(targets) < _ALMOST) & few]:
                    if self._there.all() or self._width(target) < 1:
                        found.append(target)
        unique = {target.tobytes(): target for target in found}
        return sorted(unique.values(), key=lambda target: (float(target @ people), target.tobytes()))

    def _exposed_since(self) -> list[Vector]:
        """People in one group and another, or in one and not in the other, of whom few came since earlier results."""
        if not self._line.since:
            return []
        rows = np.append(self._rows, len(self._member))
        classes, of = self._classes(range(len(self._audit.sizes)))
        pairs = np.argwhere(of[:, np.newaxis] != of[np.newaxis, :])
        found: dict[bytes, Vector] = {}
        for begin in range(0, len(pairs), _PAIRS_AT_ONCE):
            first, second = pairs[begin : begin + _PAIRS_AT_ONCE].T
            for targets in (classes[first] * classes[second], classes[first] * (1 - classes[second])):
                known = targets[self._lacking(targets) < _ALMOST]
                combined = known[:, self._there] @ self._basis.T @ self._made_of
                for since in self._line.since:
                    more = np.abs(np.rint(combined @ since[rows]))
                    for target in known[(more > 0) & (more < self._needed(known))]:
                        found[target.tobytes()] = target
        return sorted(found.values(), key=lambda target: (float(target @ self._line.people), target.tobytes()))

    def _classes(self, fields: Sequence[int]) -> tuple[Vector, NDArray[np.int64]]:
        """The shown groups of these fields, and what each field hides altogether; and the field of each."""
        field = self._audit._field
        shown = self._rows[np.isin(field[self._rows], fields)]
        rests = [1 - self._member[(field == one) & ~self._hidden].sum(axis=0) for one in fields]
        classes = np.vstack((self._member[shown], np.array(rests).reshape(len(fields), len(self._line.people))))
        return classes, np.concatenate((field[shown], np.array(fields, dtype=np.int64)))

    def with_small_cells(self, cells: Vector, minimum: int, fields: Sequence[int]) -> list[Vector]:
        """The people, as rows over atoms, of whom it can be worked out how few gave an answer."""
        hidden = self._member[self._hidden & (self.sizes > 0) & np.isin(self._audit._field, fields)]
        classes, of = self._classes(fields)
        first, second = np.argwhere(np.triu(of[:, np.newaxis] != of[np.newaxis, :])).T
        # Rows, with everybody last, that show all answers.
        others = np.append(~np.isin(self._audit._field[self._rows], fields), True)
        _, otherwise = _basis(self._known[others])
        found: dict[bytes, Vector] = {}
        for begin in range(-_PAIRS_AT_ONCE, len(first), _PAIRS_AT_ONCE):
            pairs = slice(begin, begin + _PAIRS_AT_ONCE)
            targets = hidden if begin < 0 else classes[first[pairs]] * classes[second[pairs]]
            counts = targets @ cells
            targets = targets[((counts > 0) & (counts < minimum)).any(axis=1)]
            targets = targets[self._lacking(targets) < _ALMOST]
            for target in targets[self._lacking(targets, otherwise) >= _ALMOST]:
                found[target.tobytes()] = target
        return sorted(found.values(), key=lambda target: (float(target @ self._line.people), target.tobytes()))

    def _lacking(self, targets: Vector, basis: Vector | None = None) -> Vector:
        """How much of each row is not a combination of published sums, squared."""
        here = targets[:, self._there]
        basis = self._basis if basis is None else basis
        return np.asarray((here**2).sum(axis=1) - ((here @ basis.T) ** 2).sum(axis=1))

    def _needed(self, targets: Vector) -> NDArray[np.int64]:
        """The minimum base of each row's people: the largest of their audiences'."""
        there = (targets > 0) & self._there
        return np.asarray(np.where(there, self._audit.needed, 0).max(axis=1, initial=1))


def _basis(rows: Vector) -> tuple[Vector, Vector]:
    """Rows of length 1, at right angles to one another, of which the given rows are all combinations; and before them
    how each is made of the given ones."""
    values, vectors = np.linalg.eigh(rows @ rows.T)
    kept = values > _ALMOST * max(1.0, values.max(initial=0))
    made_of = np.asarray((vectors[:, kept] / np.sqrt(values[kept])).T)
    return made_of, np.asarray(made_of @ rows)
