"""Small cells in breakdowns that say something about people's background, health or place.

There a count of 1 to 4 is hidden although enough people answered, together with whatever would give it away: the same
answer in another group, found by taking the groups that are shown from everybody or from an audience.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reports.distributions import Counts
from reports.suppression import Hidden


def close_cells(
    cells: Counts, answered: Counts, *, minimum_cell: int, hidden: Hidden, hidden_audiences: Hidden
) -> Hidden:
    """The groups whose ``cells`` must be hidden, with reasons; those of ``hidden`` are among them.

    ``cells`` (audience, group, cell) are people; the last group holds people who are in none and is never shown.
    ``answered`` (audience, group) says which combinations exist. ``hidden_audiences`` are not shown for this question.
    """
    by_group = cells.sum(axis=0)
    groups = by_group.shape[0] - 1
    small = ((by_group > 0) & (by_group < minimum_cell)).any(axis=1)
    result: Hidden = dict(hidden)
    for group in range(groups):
        if small[group]:
            result.setdefault(group, "small cell")
    people = answered.sum(axis=0)
    by_size = sorted(range(groups), key=lambda group: (int(people[group]), group))
    while True:
        shown = [group for group in by_size if group not in result and people[group]]
        if not shown or not (
            _small_remainder(by_group, set(result), minimum_cell)
            or _derivable(answered, [group for group in result if small[group]], shown, set(hidden_audiences))
        ):
            return result
        result[shown[0]] = "secondary"


def _small_remainder(by_group: Counts, hidden: set[int], minimum_cell: int) -> bool:
    """Whether what the shown groups leave over of everybody holds a small cell.

    Where only people who are in no group are left over, nothing is known about them and their cells are not sensitive.
    """
    if not any(by_group[group].any() for group in hidden):
        return False
    rest = by_group[[*sorted(hidden), by_group.shape[0] - 1]].sum(axis=0)
    return bool(((rest > 0) & (rest < minimum_cell)).any())


def _derivable(answered: Counts, targets: list[int], shown: list[int], hidden_audiences: set[int]) -> bool:
    """Whether a hidden group's people are a sum and difference of audiences, groups and everybody as shown."""
    audience, group = np.nonzero(answered)
    known = [np.ones(len(audience))]
    known += [audience == one for one in range(answered.shape[0]) if one not in hidden_audiences]
    known += [group == one for one in shown]
    published = np.array(known, dtype=np.float64)
    rank = _rank(published)
    return any(_rank(np.vstack((published, group == target))) == rank for target in targets)


def _rank(rows: NDArray[np.float64]) -> int:
    return int(np.linalg.matrix_rank(rows)) if rows.size else 0
