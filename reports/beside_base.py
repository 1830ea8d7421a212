"""How many people gave an answer beside the base of a question, such as "not sure", worked out from other numbers.

Who answered the survey and is not in a base has given such an answer or skipped the question. Where nobody skipped it,
as an audience may show, the base alone tells how many of a group were not sure, though its answers are hidden.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reports.combinations import Combinations, Vector
from reports.moving import Effort
from reports.worked_out import WorkedOut

Mask = NDArray[np.bool_]
KINDS = ("base", "beside", "skipped")


@dataclass(frozen=True, slots=True)
class People:
    """By atom: in the base, beside it, and who skipped the question."""

    base: Vector
    beside: Vector
    skipped: Vector


@dataclass(frozen=True, slots=True)
class TableShown:
    """One way of dividing people. ``member``: rows over atoms, 1 for those in the group; by group, whether its number
    of ``responses``, its ``base`` and its ``answers`` are shown. ``sensitive``: small cells count; ``open``: bases can
    be hidden still."""

    member: Vector
    responses: Mask
    base: Mask
    answers: Mask
    sensitive: bool
    open: bool


def exposed(tables: Sequence[TableShown], people: People, *, minimum: int, effort: Effort) -> list[tuple[int, int]]:
    """Bases to hide next, as (table, group), because they tell of a group that fewer than ``minimum``, but some, gave
    an answer beside it; empty where all is safe."""
    few = _may_follow(tables, people, _few(tables, people, minimum))
    if not len(few):
        return []
    fixed = [_rows(np.ones((1, len(people.base))), kind) for kind in KINDS]
    bases, named = [np.empty((0, len(KINDS) * len(people.base)))], []
    for place, table in enumerate(tables):
        if table.open and table.sensitive:
            # With its base a group's answers are hidden.
            for shown, kinds in ((table.base, KINDS[:1]), (table.answers, KINDS[1:])):
                for kind in kinds:
                    groups = np.flatnonzero(shown)
                    bases.append(_rows(table.member[groups], kind))
                    named += [(place, int(group)) for group in groups]
        fixed.append(_told(table, all_of_it=not (table.open and table.sensitive)))
    opinions = [_told(table, all_of_it=True) for table in tables if not table.sensitive]
    groups_of_all = np.vstack([np.vstack((table.member, _answers(table))) for table in tables])
    known = _Solved(np.vstack(bases), np.vstack(fixed), people, groups_of_all, effort)
    told = _Solved(np.empty((0, bases[0].shape[1])), np.vstack((*fixed[:3], *opinions)), people, groups_of_all, effort)
    targets = _rows(few, "beside")
    found = known.include(targets) & ~told.include(targets)
    # A group of which nobody skipped the question is told of by its own base.
    alone = {one.tobytes() for one in few[found & known.nobody_skipped(few)]}
    own = [one for one, base in zip(named, known.hideable, strict=True) if base[: few.shape[1]].tobytes() in alone]
    if own:
        return own
    for target in targets[found]:
        used = known.used(target)
        if len(used):
            sizes = known.hideable[used] @ known.numbers
            return [named[used[int(np.argmin(sizes))]]]
    return []


class _Solved:
    """What follows from sums over people in the base, beside it and who skipped: ``hideable`` ones, and ``fixed``.

    Where a sum that follows is nought nobody is, for any of the people in it, and more follows from that.
    """

    def __init__(self, hideable: Vector, fixed: Vector, people: People, groups: Vector, effort: Effort) -> None:
        self.hideable, self._effort = hideable, effort
        self.numbers = np.concatenate((people.base, people.beside, people.skipped))
        self._rows = rows = np.vstack((hideable, fixed))
        self._there = np.tile(_there(people), len(KINDS)) & ~_nobody(rows, self.numbers)
        # Which hideable sum tells that nobody is where.
        nought = np.flatnonzero(hideable @ self.numbers == 0)
        self._because = [(int(one), hideable[one] > 0) for one in nought]
        sums = np.vstack([_rows(groups, kind) for kind in ("beside", "skipped")])
        sums = sums[sums @ self.numbers == 0]
        while True:
            self._known = WorkedOut(rows, self._there, free=len(fixed))
            empty = sums[(sums[:, self._there] > 0).any(axis=1)]
            empty = empty[self._known.include(empty)]
            if not len(empty):
                return
            for one in empty:
                self._because += [(used, one > 0) for used in self.used(one)]
            self._there = self._there & ~(empty > 0).any(axis=0)

    def include(self, targets: Vector) -> Mask:
        """Whether each row follows."""
        return self._known.include(targets)

    def nobody_skipped(self, groups: Vector) -> Mask:
        """Whether it is known of each group that nobody of it skipped the question."""
        skipped = self._there[2 * groups.shape[1] :]
        return np.asarray(~(groups[:, skipped] > 0).any(axis=1))

    def used(self, target: Vector) -> list[int]:
        """The hideable sums that a row needs; where it needs none, those that tell that nobody is in a part of it."""
        needed = self._known.needed(target, self._effort)
        hideable = np.flatnonzero(needed[: len(self.hideable)])
        if len(hideable):
            return [int(one) for one in hideable]
        nobody = ((self._rows[needed] > 0).any(axis=0) | (target > 0)) & ~self._there
        return sorted({one for one, where in self._because if (where & nobody).any()})


def _few(tables: Sequence[TableShown], people: People, minimum: int) -> Vector:
    """The groups, as rows, of which few are beside the base, the fewest first."""
    members = [table.member for table in tables if table.sensitive]
    rows = np.vstack((np.empty((0, len(people.beside))), *members))
    numbers = rows @ people.beside
    return np.asarray(rows[[place for place in np.argsort(numbers, kind="stable") if 0 < numbers[place] < minimum]])


def _may_follow(tables: Sequence[TableShown], people: People, few: Vector) -> Vector:
    """Those of the groups that bases may tell of, which costs little to see.

    Who is beside a base is told from who skipped the question by the answers that are shown alone, but for the people
    of whom nobody skipped it, or nobody is beside the base: so they have to be made of those answers elsewhere.
    """
    told = np.vstack([_answers(table) for table in tables])
    both = [table.member[table.responses & table.base] for table in tables]
    nobody = _nobody(told, people.beside) | _nobody(told, people.skipped)
    nobody |= _nobody(np.vstack(both), people.beside + people.skipped)
    elsewhere = Combinations(told, _there(people) & ~nobody)
    return np.asarray(few[(few[:, nobody] > 0).any(axis=1) & elsewhere.include(few)])


def _there(people: People) -> Mask:
    return np.asarray(people.base + people.beside + people.skipped > 0)


def _answers(table: TableShown) -> Vector:
    """The people of groups whose answers are shown, and all others together."""
    answers = table.member[table.answers]
    return np.vstack((answers, 1 - answers.sum(axis=0)))


def _told(table: TableShown, *, all_of_it: bool) -> Vector:
    """The sums that are shown of a table, but for those that can be hidden if not ``all_of_it``."""
    of_all = _rows(table.member[table.responses], *KINDS)
    if not all_of_it:
        return of_all
    return np.vstack(
        (of_all, _rows(table.member[table.base], "base"), *(_rows(_answers(table), kind) for kind in KINDS[1:]))
    )


def _rows(member: Vector, *kinds: str) -> Vector:
    return np.hstack([member if kind in kinds else np.zeros(member.shape) for kind in KINDS])


def _nobody(rows: Vector, numbers: Vector) -> Mask:
    """Where sums say that nobody is."""
    return np.asarray((rows[rows @ numbers == 0] > 0).any(axis=0))
