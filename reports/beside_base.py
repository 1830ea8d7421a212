"""How many people gave an answer beside the base of a question, such as "not sure", worked out from other numbers.

Who answered the survey and is not in a base has given such an answer or skipped the question. Where nobody skipped it,
as an audience may show, the base alone tells how many of a group were not sure, though its answers are hidden.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reports.combinations import Vector
from reports.effort import Effort
from reports.worked_out import WorkedOutFromNoughts

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

    @property
    def sums_of_all(self) -> Vector:
        """How many people each group has, as rows over the three kinds of people by atom."""
        return _rows(self.member[self.responses], *KINDS)

    @property
    def sums(self) -> Vector:
        """Likewise the bases that are shown, and how many of a group are beside it and skipped the question."""
        answers = (_rows(self.member[self.answers], kind) for kind in KINDS[1:])
        return np.vstack((_rows(self.member[self.base], KINDS[0]), *answers))

    @property
    def groups_of_sums(self) -> list[int]:
        """The group that each of ``sums`` is about."""
        answers = np.flatnonzero(self.answers)
        return [int(group) for group in (*np.flatnonzero(self.base), *answers, *answers)]


def exposed(tables: Sequence[TableShown], people: People, *, minimum: int, effort: Effort) -> list[tuple[int, int]]:
    """Bases to hide next, as (table, group), because they tell of a group that fewer than ``minimum``, but some, gave
    an answer beside it; empty where all is safe. Where the effort is used up, not all are found."""
    few = _few(tables, people, minimum)
    few = _rows(few[~_could_be_others(tables, people, few)], "beside")
    if not len(few):
        return []
    numbers = np.concatenate((people.base, people.beside, people.skipped))
    to_hide = _to_hide(tables)
    groups = [(place, group) for place in to_hide for group in tables[place].groups_of_sums]
    hideable = np.vstack([tables[place].sums for place in to_hide])
    others = [table.sums for place, table in enumerate(tables) if place not in to_hide]
    fixed = np.vstack((_everybody(people), *(table.sums_of_all for table in tables), *others))
    known = WorkedOutFromNoughts.of(np.vstack((hideable, fixed)), numbers, free=len(fixed), effort=effort)
    found = few[known.include(few)]
    if len(found):
        # What opinions tell, they may: they are shown however few hold them.
        opinions = [np.vstack((table.sums_of_all, table.sums)) for table in tables if not table.sensitive]
        told = np.vstack((_everybody(people), *opinions))
        found = found[~WorkedOutFromNoughts.of(told, numbers, free=len(told), effort=effort).include(found)]
    size = {(place, group): float(tables[place].member[group] @ people.base) for place, group in groups}
    return _barring(found, known, groups, size, effort)


def _barring(
    found: Vector,
    known: WorkedOutFromNoughts,
    groups: Sequence[tuple[int, int]],
    size: Mapping[tuple[int, int], float],
    effort: Effort,
) -> list[tuple[int, int]]:
    """Groups without which none of the rows ``found`` follow any more: of those that each needs the smallest. The first
    sums that are known are about ``groups``."""
    more: list[tuple[int, int]] = []
    while len(found) and effort.left > 0:
        used = _marked(groups, known.added(found[0], effort)) or _marked(groups, known.needed(found[0], effort))
        found = found[1:]
        if used:
            more.append(min(used, key=lambda one: (size[one], one)))
            known = known.without([place for place, group in enumerate(groups) if group == more[-1]])
            found = found[known.include(found)]
    return more


def _marked(groups: Sequence[tuple[int, int]], marks: Mask) -> list[tuple[int, int]]:
    """More marks may follow, of sums that are about no group."""
    return [group for group, mark in zip(groups, marks, strict=False) if mark]


def _to_hide(tables: Sequence[TableShown]) -> list[int]:
    """The tables, by place, of which groups can be hidden: opinions only where all others are decided."""
    undecided = [place for place, table in enumerate(tables) if table.open]
    return [place for place in undecided if tables[place].sensitive] or undecided


def _few(tables: Sequence[TableShown], people: People, minimum: int) -> Vector:
    """The people beside the base in groups of which few are, as rows, the fewest first."""
    members = np.vstack((np.empty((0, len(people.base))), *(table.member for table in tables if table.sensitive)))
    numbers = members @ people.beside
    few = [place for place in np.argsort(numbers, kind="stable") if 0 < numbers[place] < minimum]
    return np.asarray(members[few])


def _could_be_others(tables: Sequence[TableShown], people: People, few: Vector) -> Mask:
    """Whether somebody beside the base in each of these groups could be taken for somebody outside of it who skipped
    the question, or the other way round: both in the same groups wherever answers are shown, so that nothing else
    would change. Most groups are settled by it, and it costs little to see."""
    answers = np.vstack([table.member[table.answers] for table in tables])
    _, of = np.unique(answers, axis=1, return_inverse=True)
    alike = np.eye(int(of.max()) + 1)[of]
    inside = [(few * number) @ alike > 0 for number in (people.beside, people.skipped)]
    outside = [((1 - few) * number) @ alike > 0 for number in (people.beside, people.skipped)]
    return np.asarray(((inside[0] & outside[1]) | (inside[1] & outside[0])).any(axis=1))


def _everybody(people: People) -> Vector:
    return np.vstack([_rows(np.ones((1, len(people.base))), kind) for kind in KINDS])


def _rows(member: Vector, *kinds: str) -> Vector:
    return np.hstack([member if kind in kinds else np.zeros(member.shape) for kind in KINDS])
