"""Attacking what is about to be published, by solving for what is hidden in it.

People are counted by atom: a combination of groups, one of each field, that somebody is in. Every published number of
people is a sum of atoms. A reader knows these sums, that no atom is negative, and how many people answered the survey,
which no question can have more answers than. A hidden number is exposed where all that leaves it fewer than three
values. Here is decided what to hide then; reports/attacking.py finds it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from reports.attacking import Attack, Audited, Groups
from reports.combinations import Vector
from reports.effort import Effort

MOST_ATOMS = 1000
"""Fields are audited together as long as their combinations are no more than this."""


@dataclass(frozen=True, slots=True)
class Audit:
    """``codes[field][atom]`` is the group of the field that the atom is in, ``sizes[field]`` for none, which is never
    published; ``needed[atom]`` the minimum base of its people's audience. The first field is the audience."""

    codes: Sequence[NDArray[np.int32]]
    sizes: Sequence[int]
    needed: NDArray[np.int64]
    _groups: Groups = field(init=False)
    _found: dict[tuple[object, ...], list[tuple[int, int]]] = field(default_factory=dict, repr=False, compare=False)
    """What was found before of the same numbers: everybody is behind each question for a comment."""

    def __post_init__(self) -> None:
        named = [(place, group) for place, size in enumerate(self.sizes) for group in range(size)]
        member = np.array([self.codes[place] == group for place, group in named], dtype=np.float64)
        of_field, places = np.array(named, dtype=np.int64).reshape(len(named), 2).T
        groups = Groups(member.reshape(len(named), len(self.needed)), of_field, places, self.needed)
        object.__setattr__(self, "_groups", groups)

    def exposed(self, line: Audited, *, fixed: frozenset[int], effort: Effort) -> list[tuple[int, int]]:
        """Groups as (field, group) to hide next, because something hidden could be worked out; empty where all is safe.

        Of each way of working something out the cheapest group that it needs is named, of a field that is not in
        ``fixed``. Where the effort is used up, not all are found.
        """
        known = line.known(fixed)
        if not line.people.any():
            return []
        if known in self._found:
            return self._found[known]
        found = self._exposed(line, fixed, effort)
        if effort.left > 0:
            self._found[known] = found
        return found

    def _exposed(self, line: Audited, fixed: frozenset[int], effort: Effort) -> list[tuple[int, int]]:
        attack = Attack(self._groups, line, effort, fixed=fixed)
        more: list[int] = []
        for target in attack.exposed():
            used = attack.used(target)
            # Where one of them is hidden already, this way is barred, and others are found the next time.
            if used and not set(more).intersection(used):
                more.append(min(used, key=lambda one: (self._of(one)[0] == 0, *self._cost(attack, one))))
                attack.hide(more[-1])
        return [self._of(group) for group in more]

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
        opinions = fixed.union(place for place, one in enumerate(sensitive) if not one)
        attack = Attack(self._groups, line, effort, fixed=opinions)
        wanted = [place for place, one in enumerate(sensitive) if one]
        for target in attack.with_small_cells(cells, minimum, wanted):
            used = attack.used(target)
            if used:
                return [self._of(min(used, key=lambda one: self._cost(attack, one)))]
        return []

    def _of(self, group: int) -> tuple[int, int]:
        """Its field and its place in it."""
        return int(self._groups.of_field[group]), int(self._groups.place[group])

    def _cost(self, attack: Attack, group: int) -> tuple[float, ...]:
        """Few people cost less than many, and one group of many less than one of few."""
        return float(attack.sizes[group]), -self.sizes[self._of(group)[0]], group
