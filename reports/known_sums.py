"""What is shown of the people behind one line, as sums over atoms.

Columns are atoms, and once more atoms for the others, who answered the survey and are not behind the line. Rows are
what is shown; first those that hiding a group takes away, last those that nothing does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reports.combinations import Vector
from reports.suppression import Hidden

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Others:
    """The ``people`` by atom who answered the survey and are not behind a line. ``hidden``: by field the groups of
    which it is not shown how many answered the survey."""

    people: Vector
    hidden: Sequence[Hidden]


class KnownSums:
    """``member``: groups over atoms, 1 for those in the group; by group, whether its people are ``shown``, whether it
    ``can`` still be hidden, and whether it is ``counted`` how many of it answered the survey."""

    def __init__(self, member: Vector, people: Vector, others: Vector | None, *, shown: Mask, can: Mask, counted: Mask):
        none = np.zeros(member.shape)
        everybody = np.ones((1, len(people)))
        self.of_people = np.vstack((member[shown & can], member[shown & ~can], everybody))
        """Rows over atoms alone, those first that can be hidden."""
        self.hideable = np.flatnonzero(shown & can)
        self.named = self.hideable
        """The group of each of the first ``rows``, which can be hidden."""
        self._others = 0 if others is None else len(others)
        if others is None:
            self.people, self.rows = people, self.of_people
        else:
            self.people = np.concatenate((people, others))
            alone, beside, both = (np.hstack(two) for two in ((member, none), (none, member), (member, member)))
            self.named = np.concatenate((self.hideable, np.flatnonzero(shown & can & counted)))
            self.rows = np.vstack(
                (
                    alone[shown & can],
                    # Who is shown here, and in the survey, tells how many others there are.
                    beside[shown & can & counted],
                    alone[shown & ~can],
                    beside[shown & ~can & counted],
                    both[~shown & counted],
                    np.hstack((everybody, 0 * everybody)),
                    np.hstack((0 * everybody, everybody)),
                )
            )

    @property
    def free(self) -> int:
        """How many of the rows, the last, cannot be hidden."""
        return len(self.rows) - len(self.named)

    def wide(self, rows: Vector) -> Vector:
        """Rows over atoms as rows over all columns."""
        return np.hstack((rows, np.zeros((len(rows), self._others))))
