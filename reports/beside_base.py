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
    """A base to hide next, as (table, group), because it tells of a group that fewer than ``minimum``, but some, gave
    an answer beside it; empty where all is safe."""
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
    nobody = _nobody(np.vstack((hideable, fixed)), numbers)
    if not nobody[-len(people.skipped) :].any():
        return []
    there = np.tile(people.base + people.beside + people.skipped > 0, 3) & ~nobody
    known = WorkedOut(np.vstack((hideable, fixed)), there, free=len(fixed))
    opinions = [_told(table, bases_too=True) for table in tables if not table.sensitive]
    told = Combinations(np.vstack((fixed[:3], *opinions)), there)
    for target in _few(tables, people, minimum):
        if known.include(target)[0] and not told.include(target)[0]:
            used = np.flatnonzero(known.needed(target[0], effort)[: len(hideable)])
            if len(used):
                sizes = hideable[used] @ numbers
                return [named[used[int(np.argmin(sizes))]]]
    return []


def _few(tables: Sequence[TableShown], people: People, minimum: int) -> list[Vector]:
    """The groups of which few are beside the base, as single rows, the fewest first."""
    members = [table.member for table in tables if table.sensitive]
    rows = np.vstack(members) if members else np.empty((0, len(people.beside)))
    numbers = rows @ people.beside
    few = [place for place in np.argsort(numbers, kind="stable") if 0 < numbers[place] < minimum]
    return [_rows(rows[[place]], "beside") for place in few]


def _told(table: TableShown, *, bases_too: bool) -> Vector:
    """The sums that are shown of a table, and of whom it shows nothing, but for bases if not ``bases_too``."""
    of_all = _rows(table.member[table.responses], "base", "beside", "skipped")
    parts = [of_all, _rows(table.member[table.base], "base")] if bases_too else [of_all]
    answers = table.member[table.answers]
    rest = 1 - answers.sum(axis=0, keepdims=True)
    parts += [_rows(np.vstack((answers, rest)), kind) for kind in ("beside", "skipped")]
    return np.vstack(parts)


def _rows(member: Vector, *kinds: str) -> Vector:
    return np.hstack([member if kind in kinds else np.zeros(member.shape) for kind in ("base", "beside", "skipped")])


def _nobody(rows: Vector, numbers: Vector) -> Mask:
    """Where sums say that nobody is."""
    return np.asarray((rows[rows @ numbers == 0] > 0).any(axis=0))
