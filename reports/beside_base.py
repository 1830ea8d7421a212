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
    numbers = np.concatenate((people.base, people.beside, people.skipped))
    fixed = np.vstack([_rows(np.ones((1, len(people.base))), kind) for kind in ("base", "beside", "skipped")])
    bases, named = [np.empty((0, len(numbers)))], []
    for place, table in enumerate(tables):
        if table.open and table.sensitive:
            groups = np.flatnonzero(table.base)
            bases.append(_rows(table.member[groups], "base"))
            named += [(place, int(group)) for group in groups]
        fixed = np.vstack((fixed, _told(table, bases_too=not (table.open and table.sensitive))))
    hideable = np.vstack(bases)
    there = np.tile(_there(people), 3) & ~_nobody(np.vstack((hideable, fixed)), numbers)
    known = WorkedOut(np.vstack((hideable, fixed)), there, free=len(fixed))
    opinions = [_told(table, bases_too=True) for table in tables if not table.sensitive]
    told = Combinations(np.vstack((fixed[:3], *opinions)), there)
    targets = _rows(few, "beside")
    found = known.include(targets) & ~told.include(targets)
    nobody_skipped = ~(few[:, there[2 * len(people.base) :]] > 0).any(axis=1)
    # A group of which nobody skipped the question is told of by its own base.
    alone = {one.tobytes() for one in few[found & nobody_skipped]}
    own = [one for one, base in zip(named, hideable, strict=True) if base[: len(people.base)].tobytes() in alone]
    if own:
        return own
    for target in targets[found]:
        used = np.flatnonzero(known.needed(target, effort)[: len(hideable)])
        if len(used):
            sizes = hideable[used] @ numbers
            return [named[used[int(np.argmin(sizes))]]]
    return []


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


def _told(table: TableShown, *, bases_too: bool) -> Vector:
    """The sums that are shown of a table, and of whom it shows nothing, but for bases if not ``bases_too``."""
    of_all = _rows(table.member[table.responses], "base", "beside", "skipped")
    parts = [of_all, _rows(table.member[table.base], "base")] if bases_too else [of_all]
    return np.vstack((*parts, *(_rows(_answers(table), kind) for kind in ("beside", "skipped"))))


def _rows(member: Vector, *kinds: str) -> Vector:
    return np.hstack([member if kind in kinds else np.zeros(member.shape) for kind in ("base", "beside", "skipped")])


def _nobody(rows: Vector, numbers: Vector) -> Mask:
    """Where sums say that nobody is."""
    return np.asarray((rows[rows @ numbers == 0] > 0).any(axis=0))
