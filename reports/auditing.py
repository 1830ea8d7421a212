"""Attacking what is about to be published, by solving for what is hidden in it.

People are counted by atom: a combination of groups, one of each field, that somebody is in. Every published number of
people is a sum of atoms. A reader knows these sums, that no atom is negative, and that no more people answered a
question than answered at all. A hidden number is exposed where all that leaves it fewer than three values. Here is
decided what to hide then; reports/attacking.py finds it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from reports.attacking import Attack, Audited, Groups
from reports.combinations import Vector
from reports.moving import Effort

__all__ = ["MOST_ATOMS", "Audit", "Audited", "Effort"]

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

        The cheapest group that the working out needs is named, of a field that is not in ``fixed``. Where the effort
        is used up, all groups of the most detailed field that it needs are named.
        """
        known = (*line.known(fixed), effort.left > 0)
        if line.people.any() and known not in self._found:
            self._found[known] = self._exposed(line, fixed, effort)
        return self._found.get(known, [])

    def _exposed(self, line: Audited, fixed: frozenset[int], effort: Effort) -> list[tuple[int, int]]:
        attack = Attack(self._groups, line, effort)
        for target in attack.exposed():
            used = self._used(attack, target, fixed)
            if used and effort.left <= 0:
                detailed = max((field for field, _ in used.values()), key=lambda one: (one > 0, self.sizes[one], one))
                return [(detailed, group) for group in range(self.sizes[detailed])]
            if used:
                size = attack.sizes
                place = min(used, key=lambda one: (used[one][0] == 0, size[one], -self.sizes[used[one][0]], one))
                return [used[place]]
        return []

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
        attack = Attack(self._groups, line, effort)
        wanted = [place for place, one in enumerate(sensitive) if one]
        opinions = fixed.union(place for place, one in enumerate(sensitive) if not one)
        for target in attack.with_small_cells(cells, minimum, wanted):
            used = self._used(attack, target, opinions)
            if used:
                size = attack.sizes
                return [used[min(used, key=lambda one: (size[one], -self.sizes[used[one][0]], one))]]
        return []

    def _used(self, attack: Attack, target: Vector, fixed: frozenset[int]) -> dict[int, tuple[int, int]]:
        """The groups that working it out needs and that may be hidden: by place, their field and their place in it."""
        groups = self._groups
        named = {place: (int(groups.of_field[place]), int(groups.place[place])) for place in attack.used(target)}
        return {place: one for place, one in named.items() if one[0] not in fixed}
