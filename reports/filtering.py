"""Which responses a set of results is about, and why some requests are refused."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from reports.matrix import Matrix
from reports.people import People, RequestRefused
from reports.splitting import Backgrounds, belongs, week_of
from reports.tabulation import Filters

MOST_FILTERS = 6
"""Every combination of filters is checked against every smaller one, so there must be few."""

Mask = NDArray[np.bool_]


class FilterRefused(RequestRefused):
    """The filters keep or leave out so few people that figures about them could be worked out."""


def whole_weeks(filters: Filters) -> Filters:
    """The same filters with dates widened to whole weeks, Monday to Sunday. FilterRefused where the end comes first."""
    since, until = filters.since, filters.until
    if since is not None and until is not None and until < since:
        raise FilterRefused(f"{since} to {until} ends before it begins; give the earlier date first")
    return Filters(
        since=None if since is None else week_of(since),
        until=None if until is None else week_of(until) + datetime.timedelta(days=6),
        where=filters.where,
        by=filters.by,
    )


def version_asked_for(filters: Filters) -> str | None:
    """The version that a ``where`` names, if one does."""
    return next((value for field, value in filters.where if field == "version"), None)


def kept_responses(people: People, backgrounds: Backgrounds, filters: Filters) -> Mask | None:
    """Which responses the filters keep, True for each one; None where there are no filters.

    A filter on the whole major version keeps everybody in the matrix and so is none. Raises UnknownField, and
    FilterRefused where the people kept, or the people whom the filters or some of them leave out, are fewer than the
    largest minimum base of their audiences, but not none.
    """
    masks = []
    for field, value in filters.where:
        if not (field == "version" and value.isdecimal()):
            masks.append(belongs(people, backgrounds, field=field, value=value))
    masks += _period(people.matrix, filters)
    if not masks:
        return None
    if len(masks) > MOST_FILTERS:
        raise FilterRefused(f"at most {MOST_FILTERS} filters can be combined; take some away")
    audiences = _thresholds(people)
    everyone = np.ones(people.matrix.responses, dtype=bool)
    kept = _all_of(masks, everyone)
    if not kept.any() and everyone.any():
        raise FilterRefused("nobody is left with these filters; take one away or choose another value")
    if _too_few(kept, audiences):
        raise FilterRefused("these filters keep too few people to publish anything about them; choose a larger group")
    for number in range(len(masks)):
        for fewer in combinations(masks, number):
            if _too_few(_all_of(fewer, everyone) & ~kept, audiences):
                raise FilterRefused(
                    "these filters leave out so few people that figures about those few could be worked out by taking "
                    "one set of results from another; choose a filter that leaves out nobody or more people"
                )
    return kept


def _period(matrix: Matrix, filters: Filters) -> list[Mask]:
    days = np.array([day.toordinal() for day in matrix.submitted_on.values], dtype=np.int64)
    masks = []
    if filters.since is not None:
        masks.append((days >= filters.since.toordinal())[matrix.submitted_on.codes])
    if filters.until is not None:
        masks.append((days <= filters.until.toordinal())[matrix.submitted_on.codes])
    return masks


def _thresholds(people: People) -> NDArray[np.int64]:
    """The minimum base of each response's audience."""
    of_collector = [
        people.audiences[people.collectors[id_].audience_id].minimum_base for id_ in people.matrix.collector_id.values
    ]
    return np.array(of_collector, dtype=np.int64)[people.matrix.collector_id.codes]


def _all_of(masks: Sequence[Mask], everyone: Mask) -> Mask:
    kept = everyone
    for mask in masks:
        kept = kept & mask
    return kept


def _too_few(people: Mask, thresholds: NDArray[np.int64]) -> bool:
    number = int(people.sum())
    return 0 < number < int(thresholds[people].max(initial=0))
