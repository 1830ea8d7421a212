"""The questions of one frame together: whoever raised a point anywhere, counted once.

Beside the tables of single questions this tells how many people raised a point elsewhere, or more than once. These
must be none or enough too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from reports.mentions.gate import FEWEST, LEAST_WIDTH, Point
from reports.mentions.reading import CodedItem, Raised, Rows


def together(items: Sequence[CodedItem]) -> CodedItem:
    """One frame's questions as if they were one. Sentiments are left out: a person may say a point in several ways."""
    first = items[0]
    keys = [key for key in first.codes if any(key in item.raised for item in items)]
    return CodedItem(
        frame=first.frame,
        frame_version=first.frame_version,
        key="",
        codes=first.codes,
        commented=_all(item.commented for item in items),
        coded=_all(item.coded for item in items),
        raised={key: Raised(_all(one.raised[key].people for one in items if key in one.raised), ()) for key in keys},
    )


def may_be_told(point: Point, items: Sequence[CodedItem]) -> bool:
    """Whether the number of people who raised this point anywhere may stand beside those of the single questions.

    What it tells with them: for each question the people who raised it elsewhere alone; where every number is shown,
    how often people repeated themselves; and how many people at least raised it where the number is hidden.
    """
    if point.code is None:
        return True
    anywhere = len(point.people)
    numbers = [len(item.raised[point.name].people) for item in items if point.name in item.raised]
    shown = [number for number in numbers if number >= FEWEST]
    hidden = len(numbers) - len(shown)
    told = [anywhere - number for number in shown]
    if not hidden:
        told.append(sum(shown) - anywhere)
    at_least = anywhere - sum(shown) - (FEWEST - 1) * (hidden - 1)
    return all(number == 0 or number >= FEWEST for number in told) and (
        not hidden or at_least <= FEWEST - 1 - LEAST_WIDTH
    )


def _all(rows: Iterable[Rows]) -> Rows:
    return np.unique(np.concatenate(list(rows)))
