"""One line of published numbers, attacked: what is hidden in it and can be worked out all the same.

Most of it is linear algebra, which is fast. A number is certainly fixed by the sums only if its atoms are a
combination of the published ones (reports/combinations.py); if they are not, moving along what they lack shows how far
the number can go (reports/moving.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from reports.came_since import CameSince
from reports.combinations import Combinations, Vector, between
from reports.effort import Effort
from reports.known_sums import KnownSums, Others
from reports.moving import Movable, Moves
from reports.suppression import Hidden

LEAST_WIDTH = 2.0
"""How far apart the least and the greatest value of a hidden small number must at least lie."""


@dataclass(frozen=True, slots=True)
class Audited:
    """One line over the atoms of an audit. ``people``: by atom, and ``answered`` those who gave any answer, so that
    nobody among few of them is told from nobody at all; ``hidden``: by field what is hidden and why. ``others``: who
    else answered the survey, None where that is not shown. ``since``: for each time that results were given out before,
    how many people more each group has now, with everybody as the last; NaN where it was not among them."""

    people: Vector
    answered: Vector
    hidden: Sequence[Hidden]
    others: Others | None = None
    since: Sequence[Vector] = ()

    def known(self, fixed: frozenset[int]) -> tuple[object, ...]:
        """Whatever is found depends on this alone, if the groups of the ``fixed`` fields cannot be hidden."""
        hidden = [
            (field, group, reason == "everyone alike")
            for field, reasons in enumerate(self.hidden)
            for group, reason in reasons.items()
        ]
        others = self.others and (self.others.people.tobytes(), *(tuple(sorted(one)) for one in self.others.hidden))
        numbers = (self.people.tobytes(), self.answered.tobytes(), others)
        return (*numbers, tuple(sorted(hidden)), *(one.tobytes() for one in self.since), fixed)


@dataclass(frozen=True, slots=True)
class Groups:
    """All groups of all fields of an audit. ``member``: rows over atoms, 1 for those in the group; ``of_field`` and
    ``place``: the field of each and its place in it; ``needed``: by atom the minimum base of its people's audience.
    """

    member: Vector
    of_field: NDArray[np.int64]
    place: NDArray[np.int64]
    needed: NDArray[np.int64]
    moves: Moves = field(default_factory=Moves)
    moves_with_others: Moves = field(default_factory=Moves)

    def are_in(self, hidden: Sequence[Hidden]) -> NDArray[np.bool_]:
        """By group whether it is among these, which are given by field."""
        return np.array(
            [int(group) in hidden[of] for of, group in zip(self.of_field, self.place, strict=True)], dtype=bool
        )


class Attack:
    """Looks for what follows from one line as it is shown. ``fixed``: the fields of which no group can be hidden."""

    def __init__(self, groups: Groups, line: Audited, effort: Effort, *, fixed: frozenset[int]) -> None:
        self._groups, self._line, self._effort = groups, line, effort
        self._member, self._there = groups.member, line.people > 0
        self.sizes = self._member @ line.people
        self._answered = self._member @ line.answered
        named = zip(groups.of_field, groups.place, strict=True)
        reasons = [line.hidden[place].get(int(group)) for place, group in named]
        self._hidden = np.array([reason is not None for reason in reasons], dtype=bool)
        # Few people are few whatever hid them first, and also where none of those who answered are in the base.
        few = self._hidden & (self._answered > 0)
        few &= np.where(self.sizes > 0, self.sizes, self._answered) < self._needed(self._member)
        self._small, self._none = few & (self.sizes > 0), few & (self.sizes == 0)
        self._alike = np.array([reason == "everyone alike" for reason in reasons], dtype=bool) & (self.sizes > 0)
        self._needs: dict[bytes, NDArray[np.bool_]] = {}
        self._known = KnownSums(
            self._member,
            line.people,
            line.others.people if line.others else None,
            shown=~self._hidden,
            can=~np.isin(groups.of_field, list(fixed)) & (self.sizes > 0),
            counted=~groups.are_in(line.others.hidden) if line.others else self._hidden,
        )

    def exposed(self) -> Iterator[Vector]:
        """The people, as rows over atoms, whose number can be worked out and must not be."""
        yield from self._narrow(self._member[self._small], LEAST_WIDTH)
        yield from self._narrow(self._member[self._none], 1.0)
        yield from self._narrow(self._maybe_known(self._member[self._alike & ~self._small]), 1.0)
        yield from self._exposed_pairs()
        yield from self._exposed_since()

    def used(self, target: Vector) -> list[int]:
        """The groups that can be hidden and that working it out needs."""
        needed = self._needs.get(target.tobytes())
        if needed is None:
            needed = self._movable.needed(self._known.wide(target[np.newaxis])[0])
        named = self._known.named[: len(needed)]
        return sorted({int(group) for group in named[needed[: len(named)]]})

    def hide(self, group: int) -> None:
        """Go on as if this group were not shown."""
        self._movable.forget(np.flatnonzero(self._known.named == group))

    @cached_property
    def _movable(self) -> Movable:
        known, groups = self._known, self._groups
        moves = groups.moves if self._line.others is None else groups.moves_with_others
        return Movable(known.people, known.rows, free=known.free, moves=moves, effort=self._effort)

    def _narrow(self, targets: Vector, width: float) -> Iterator[Vector]:
        """Those whose least and greatest number are less than ``width`` apart."""
        if len(targets):
            for place, needed in self._movable.narrow(self._known.wide(targets), width):
                self._needs[targets[place].tobytes()] = needed
                yield targets[place]

    def _maybe_known(self, targets: Vector) -> Vector:
        """Those that may have one value alone: no other can."""
        return targets[self._movable.combinations.include(self._known.wide(targets))]

    def _exposed_pairs(self) -> Iterator[Vector]:
        """Few people in one group of a field and one of another, or in one and not in the other."""
        classes, other = self._classes(range(len(self._line.hidden)), hidden=True)
        both, only = self._movable.combinations.maybe_between(self._known.wide(classes))
        few_both, few_only = self._few_between(classes)
        targets = _between(classes, np.triu(both & few_both & other), only & few_only & other)
        yield from self._narrow(self._in_order(self._maybe_known(targets)), 1.0)

    def _few_between(self, classes: Vector) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """For each two classes whether those in both are fewer than may be published, and those in the first alone."""
        answered, needed = self._line.answered, self._groups.needed
        in_base, at_all = between(classes, self._line.people), between(classes, answered)
        few = tuple(np.zeros(number.shape, dtype=bool) for number in in_base)
        for least in np.unique(needed[answered > 0]):
            concerned = between(classes, np.where(needed >= least, answered, 0))
            for found, number, others, there in zip(few, in_base, at_all, concerned, strict=True):
                found |= (there > 0) & (np.where(number > 0, number, others) < least)
        return few[0], few[1]

    def _exposed_since(self) -> Iterator[Vector]:
        """People in a group, or in one and another, or in one and not in the other, of whom few came since earlier
        results."""
        everything = np.vstack((self._member, np.ones(len(self._line.people))))
        # Most may be found of those who came last.
        for since in reversed(self._line.since):
            given = ~np.isnan(since)
            # Whatever is hidden now may have been shown then.
            known = self._known.of_people
            came = CameSince(
                known, everything[given], since[given], self._line.people, free=len(known) - len(self._known.hideable)
            )
            classes, other = self._classes(range(len(self._line.hidden)), hidden=True)
            both, only = came.maybe_few(classes, int(self._groups.needed.max()))
            one = classes[np.diagonal(both)]
            targets = self._in_order(np.vstack((one, _between(classes, np.triu(both & other), only & other))))
            more = came.numbers(targets)
            for target in targets[(more > 0) & (more < self._needed(targets))]:
                self._needs[target.tobytes()] = came.needed(target, self._effort)[: len(self._known.hideable)]
                yield target

    def _classes(self, fields: Sequence[int], *, hidden: bool) -> tuple[Vector, NDArray[np.bool_]]:
        """The groups of these fields that somebody is in, ``hidden`` ones too or shown ones alone, and what each field
        hides altogether; and for each two of them whether they are of different fields."""
        of_field = self._groups.of_field
        named = np.flatnonzero(np.isin(of_field, fields) & (self._answered > 0) & (hidden | ~self._hidden))
        rests = [1 - self._member[(of_field == one) & ~self._hidden].sum(axis=0) for one in fields]
        classes = np.vstack((self._member[named], np.array(rests).reshape(len(fields), len(self._line.people))))
        of = np.concatenate((of_field[named], np.array(fields, dtype=np.int64)))
        return classes, of[:, np.newaxis] != of[np.newaxis, :]

    def with_small_cells(self, cells: Vector, minimum: int, fields: Sequence[int]) -> Iterator[Vector]:
        """The people, as rows over atoms, of whom it can be worked out how few gave an answer."""
        sensitive = np.isin(self._groups.of_field, fields)
        hidden = self._member[self._hidden & (self.sizes > 0) & sensitive]
        classes, other = self._classes(fields, hidden=False)
        suspects = []
        for cell in cells.T:
            few = hidden[_small(hidden @ cell, minimum)]
            pairs = _small(between(classes, cell)[0], minimum) & np.triu(other)
            if len(few) or pairs.any():
                suspects.append((cell, few, pairs))
        if not suspects:
            return
        # Those that show all answers.
        opinions = np.vstack((self._member[~self._hidden & ~sensitive], np.ones(len(self._line.people))))
        told = Combinations(opinions, self._there)
        for cell, few, pairs in suspects:
            # Where nobody gave the answer, it is no part of any sum.
            everywhere = bool(((cell > 0) == self._there).all())
            combinations = self._movable.combinations if everywhere else Combinations(self._known.rows, cell > 0)
            targets = np.vstack((few, _between(classes, pairs & combinations.maybe_between(classes)[0])))
            targets = self._in_order(targets[combinations.include(targets)])
            known = self._movable.combinations.include(targets) & ~told.include(targets)
            yield from targets[known]
            yield from self._known_by_cell(cell, targets[~known], opinions)

    def _known_by_cell(self, cell: Vector, targets: Vector, opinions: Vector) -> Iterator[Vector]:
        """Those of which the number who gave an answer can be worked out, and not by ``opinions`` alone."""
        if not len(targets) or (cell > 0).all():
            return
        by_all, by_opinions = (
            Movable(cell, rows, free=free, moves=self._groups.moves, effort=self._effort)
            for rows, free in ((self._known.rows, self._known.free), (opinions, len(opinions)))
        )
        for place, needed in by_all.narrow(targets, 1.0):
            if not any(by_opinions.narrow(targets[place : place + 1], 1.0)):
                self._needs[targets[place].tobytes()] = needed
                yield targets[place]

    def _in_order(self, targets: Vector) -> Vector:
        """Each once, the fewest people first."""
        unique = {target.tobytes(): place for place, target in enumerate(targets)}
        targets = targets[[unique[name] for name in sorted(unique)]]
        return targets[np.argsort(targets @ self._line.people, kind="stable")]

    def _needed(self, targets: Vector) -> NDArray[np.int64]:
        """The minimum base of each row's people: the largest of their audiences'."""
        there = (targets > 0) & (self._line.answered > 0)
        return np.asarray(np.where(there, self._groups.needed, 0).max(axis=1, initial=1))


def _between(classes: Vector, both: NDArray[np.bool_], only: NDArray[np.bool_] | None = None) -> Vector:
    """The people, as rows over atoms, in both of two classes and in the first alone, of those that are marked."""
    named = between(classes, np.asarray(np.random.default_rng(0).standard_normal(classes.shape[1])))
    found = []
    for marked, name, inside in ((both, named[0], True), (only, named[1], False)):
        if marked is not None:
            # Where groups lie inside one another, most pairs are the same people.
            _, places = np.unique(name[marked].round(6), return_index=True)
            first, second = (places_of[places] for places_of in np.nonzero(marked))
            found.append(classes[first] * (classes[second] if inside else 1 - classes[second]))
    return np.vstack(found)


def _small(counts: Vector, minimum: int) -> NDArray[np.bool_]:
    return np.asarray((counts > 0) & (counts < minimum))
