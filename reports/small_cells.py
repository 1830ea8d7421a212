"""Small cells in breakdowns that say something about people's background, health or place.

There a count of 1 to 4 is hidden although enough people answered, together with whatever would give it away: the same
answer in another group, found by taking the groups that are shown from everybody or from an audience.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reports.distributions import Counts
from reports.suppression import Hidden


@dataclass(frozen=True, slots=True)
class CellJudge:
    """``answered`` (audience, group) are people; the last group holds those who are in none and is never shown.

    ``hidden_audiences`` are not shown for this question; the other audiences are, small cells and all.
    """

    answered: Counts
    minimum_cell: int
    hidden_audiences: Hidden

    def hide(self, cells: Counts, hidden: Hidden) -> Hidden:
        """The groups whose ``cells`` (audience, group, cell) must be hidden, with reasons, ``hidden`` among them."""
        by_group = cells.sum(axis=0)
        groups = range(len(by_group) - 1)
        small = [bool(((counts > 0) & (counts < self.minimum_cell)).any()) for counts in by_group]
        result: Hidden = dict(hidden)
        for group in groups:
            if small[group]:
                result.setdefault(group, "small cell")
        people = self.answered.sum(axis=0)
        by_size = sorted(groups, key=lambda group: (int(people[group]), group))
        while True:
            shown = [group for group in by_size if group not in result and people[group]]
            targets = [group for group in result if small[group]]
            if not shown or not (self._small_remainder(by_group, set(result)) or self._derivable(targets, shown)):
                return result
            result[shown[0]] = "secondary"

    def _small_remainder(self, by_group: Counts, hidden: set[int]) -> bool:
        """Whether what the shown groups leave over of everybody holds a small cell.

        Where only people who are in no group are left over, nothing is known about them and their cells are not
        sensitive.
        """
        if not any(by_group[group].any() for group in hidden):
            return False
        rest = by_group[[*sorted(hidden), len(by_group) - 1]].sum(axis=0)
        return bool(((rest > 0) & (rest < self.minimum_cell)).any())

    def _derivable(self, targets: list[int], shown: list[int]) -> bool:
        """Whether a hidden group's people are a sum and difference of audiences, groups and everybody as shown."""
        audience, group = np.nonzero(self.answered)
        known = [np.ones(len(audience))]
        known += [audience == one for one in range(len(self.answered)) if one not in self.hidden_audiences]
        known += [group == one for one in shown]
        published = np.array(known, dtype=np.float64)
        rank = _rank(published)
        return any(_rank(np.vstack((published, group == target))) == rank for target in targets)


def _rank(rows: NDArray[np.float64]) -> int:
    return int(np.linalg.matrix_rank(rows)) if rows.size else 0
