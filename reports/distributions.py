"""How many people gave which answer, by audience and group: the counts that every other figure is made from.

All arrays here begin with the axes (part, audience, group). Part 0 are the responses that the filters keep and part 1,
where there are filters, those that they leave out; the last group holds people who are in none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import Session

from reports.matrix import Matrix, Numbered, plain_rows
from surveys.answers import Column
from surveys.collecting import visible_comments
from surveys.storage.tables import Comment

Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Cells:
    """Where each response is counted: ``index[i]`` is its place in an array of ``shape`` (parts, audiences, groups)."""

    index: NDArray[np.int64]
    shape: tuple[int, int, int]

    @property
    def number(self) -> int:
        """How many places there are."""
        return int(np.prod(self.shape))

    def count(self, codes: NDArray[np.uint8] | None = None) -> Counts:
        """People per place, or with ``codes`` people per place and code: an array of ``shape`` plus one axis of 256."""
        if codes is None:
            return np.bincount(self.index, minlength=self.number).reshape(self.shape)
        width = int(codes.max(initial=0)) + 1
        counts = np.bincount(self.index * width + codes, minlength=self.number * width)
        padded = np.zeros((*self.shape, 256), dtype=np.int64)
        padded[..., :width] = counts.reshape(*self.shape, width)
        return padded

    def total(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """The sum of ``values`` (one per response) per place."""
        sums = np.asarray(np.bincount(self.index, weights=values, minlength=self.number), dtype=np.float64)
        return sums.reshape(self.shape)


def cells_of(
    *,
    kept: NDArray[np.bool_] | None,
    audience: NDArray[np.int32] | NDArray[np.int16],
    audiences: int,
    group: NDArray[np.int32] | NDArray[np.int16],
    groups: int,
) -> Cells:
    """The cells of each response. ``kept`` is None where nothing is filtered; a group of -1 is the last one."""
    group_place = np.where(group < 0, groups, group).astype(np.int64)
    index = audience.astype(np.int64) * (groups + 1) + group_place
    parts = 1
    if kept is not None:
        index += np.where(kept, 0, audiences * (groups + 1))
        parts = 2
    return Cells(index, (parts, audiences, groups + 1))


def count_item(matrix: Matrix, column: Column, cells: Cells) -> Counts:
    """People per cell and code: the axes of ``cells``, then one for the options of choices and rankings, then 256."""
    rows = matrix.rows(column)
    return np.stack([cells.count(row) for row in rows], axis=3)


def read_commented(session: Session, *, survey_id: int, matrix: Matrix) -> dict[str, NDArray[np.int64]]:
    """Which responses wrote something, per item, rising. Comments are never read, only that there is one."""
    items = Numbered()
    keys, numbers = bytearray(), []
    query = select(Comment.response_key, Comment.item_key).where(visible_comments(session, survey_id=survey_id))
    for chunk in plain_rows(session, query):
        key, item = zip(*chunk, strict=True)
        keys += b"".join(key)
        numbers.append(np.fromiter(map(items.__getitem__, item), dtype=np.int32, count=len(item)))
    if not items or not matrix.responses:
        return {}
    written = np.frombuffer(keys, dtype="S16")
    row = np.minimum(np.searchsorted(matrix.keys, written), matrix.responses - 1)
    # Comments to versions that are not in this matrix belong to no row of it.
    counted = matrix.keys[row] == written
    of_item = np.concatenate(numbers)
    found = {}
    for item, number in items.items():
        wrote = np.zeros(matrix.responses, dtype=bool)
        wrote[row[counted & (of_item == number)]] = True
        found[item] = np.flatnonzero(wrote)
    return found


def count_comments(commented: Mapping[str, NDArray[np.int64]], cells: Cells) -> dict[str, Counts]:
    """People who wrote something, per item and cell."""
    return {
        item: np.bincount(cells.index[rows], minlength=cells.number).reshape(cells.shape)
        for item, rows in commented.items()
    }
