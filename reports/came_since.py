"""How many people came since earlier results, as far as those and today's tell together.

Every atom counts twice: the people who were there then, and how many more there are now. What was given out then are
sums of the former, what is shown now sums of both, and a group that nobody was in then, such as a week that had not
begun, has the latter alone.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reports.combinations import Vector, between
from reports.effort import Effort
from reports.worked_out import WorkedOut


class CameSince:
    """``shown``: the sums that are shown now over atoms, the last of them everybody; ``given``: those that were given
    out then, of which there are ``more`` people now, everybody too. ``people``: by atom, now. The last ``free`` of
    those shown cannot be hidden.
    """

    def __init__(self, shown: Vector, given: Vector, more: Vector, people: Vector, *, free: int) -> None:
        rows = np.vstack((np.hstack((shown, shown)), np.hstack((given, np.zeros(given.shape)))))
        now = given @ people
        then_there = (people > 0) & ~_in_any(given[now == more])
        # Where people were removed, nobody more can also be some who came and as many who are gone.
        more_there = people > 0 if (more < 0).any() else (people > 0) & ~_in_any(given[more == 0])
        self._shown = len(shown)
        # What was given out cannot be hidden any more.
        self._known = WorkedOut(rows, np.concatenate((then_there, more_there)), free=len(given) + free)
        values = np.concatenate((shown @ people, now - more))
        self._more = self._known.values(values)[len(people) :]

    def maybe_few(self, classes: Vector, most: int) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """For each two classes whether it may be worked out that fewer than ``most``, but not none, came of the people
        in both, and of those in the first and not in the second. None that can is missed."""
        known = self._known.maybe_between(_of_more(classes))
        numbers = between(classes, self._more)
        both, only = (known[one] & _few(numbers[one], most) for one in (0, 1))
        return both, only

    def numbers(self, targets: Vector) -> Vector:
        """How many more people each row has, where it can be worked out; else 0."""
        return np.where(self._known.include(_of_more(targets)), np.abs(np.rint(targets @ self._more)), 0)

    def needed(self, target: Vector, effort: Effort) -> NDArray[np.bool_]:
        """Which of the sums that are shown now, everybody last, tell how many more people the target has."""
        return self._known.added(_of_more(target[np.newaxis])[0], effort)[: self._shown]


def _in_any(rows: Vector) -> NDArray[np.bool_]:
    return np.asarray((rows > 0).any(axis=0))


def _few(numbers: Vector, most: int) -> NDArray[np.bool_]:
    whole = np.abs(np.rint(numbers))
    return (whole > 0) & (whole < most)


def _of_more(rows: Vector) -> Vector:
    return np.hstack((np.zeros(rows.shape), rows))
