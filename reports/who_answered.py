"""Who answered: how many people by audience, place, channel and so on, and by background question."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from reports.distributions import cells_of
from reports.people import People
from reports.splitting import Backgrounds, Split, split
from reports.suppression import Line
from reports.tabulation import Breakdown, Raw

_REFUSED = "prefer_not_to_say"
_FIELDS = ("audience", "place", "channel", "mode", "language", "week")


@dataclass(frozen=True, slots=True)
class WhoAnswered:
    """One breakdown and the people behind it, with the audience as the other way of dividing them."""

    breakdown: Breakdown[Raw]
    line: Line


def who_answered(
    people: People, backgrounds: Backgrounds, *, audience: Split, kept: NDArray[np.bool_] | None, fewest: int
) -> tuple[WhoAnswered, ...]:
    """A breakdown for each property of a response and each background question that anybody answered.

    Fewer than ``fewest`` people who preferred not to say what a background question asks count among the missing.
    """
    splits = [split(people, backgrounds, field=field) for field in _FIELDS]
    splits += [_without_few_refusals(by, kept=kept, fewest=fewest) for by in backgrounds.values()]
    return tuple(_one(by, audience=audience, kept=kept) for by in splits if by.values)


def _without_few_refusals(by: Split, *, kept: NDArray[np.bool_] | None, fewest: int) -> Split:
    """Hidden for their small number, they would take the smallest large group with them, such as all men."""
    if _REFUSED not in by.values:
        return by
    place = by.values.index(_REFUSED)
    refused = by.codes == place
    if not 0 < np.count_nonzero(refused if kept is None else refused & kept) < fewest:
        return by
    codes = np.where(refused, -1, by.codes - (by.codes > place)).astype(np.int32)
    return replace(by, values=tuple(value for value in by.values if value != _REFUSED), codes=codes)


def _one(by: Split, *, audience: Split, kept: NDArray[np.bool_] | None) -> WhoAnswered:
    counts = cells_of(
        kept=kept, audience=audience.codes, audiences=len(audience.values), group=by.codes, groups=len(by.values)
    ).count()
    each = counts[0].sum(axis=0)
    breakdown: Breakdown[Raw] = Breakdown(
        field=by.field,
        label=by.label,
        counts={value: int(each[place]) for place, value in enumerate(by.values)},
        labels=dict(by.labels),
        base=int(each[:-1].sum()),
        missing=int(each[-1]),
    )
    return WhoAnswered(breakdown, Line(counts, counts))
