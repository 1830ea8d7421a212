"""Which responses a set of results is about, and why some requests are refused."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reports.divisions import Survey, in_order
from reports.people import RequestRefused
from reports.splitting import Backgrounds, Split, belongs, chosen, fields_of, split
from reports.tabulation import Filters
from reports.weeks import whole_stretches
from reports.weeks import whole_weeks as in_whole_weeks

MOST_TOGETHER = 2
"""Filters and groups that can be combined. The audience counts like any other field."""

Mask = NDArray[np.bool_]


class FilterRefused(RequestRefused):
    """The filters keep or leave out so few people that figures about them could be worked out."""


@dataclass(frozen=True, slots=True)
class Kept:
    """``mask``: which responses; ``among``: the split of the whole survey whose groups ``wanted`` they are."""

    mask: Mask
    among: Split
    wanted: tuple[int, ...]

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that were filtered by."""
        return fields_of(self.among.field)


def whole_weeks(filters: Filters) -> Filters:
    """The same filters with dates widened to whole weeks, Monday to Sunday. FilterRefused where the end comes first."""
    since, until = filters.since, filters.until
    if since is not None and until is not None and until < since:
        raise FilterRefused(f"{since} to {until} ends before it begins; give the earlier date first")
    return in_whole_weeks(filters)


def version_asked_for(filters: Filters) -> str | None:
    """The version that a ``where`` names, if one does."""
    return next((value for field, value in filters.where if field == "version"), None)


def kept_responses(survey: Survey, backgrounds: Backgrounds, filters: Filters) -> tuple[Filters, Kept | None]:
    """The filters as they are used, and which responses they keep; None where that is everybody.

    A filter on the whole major version keeps everybody in the matrix and so is none. Raises UnknownField, and
    FilterRefused where too much is combined, where nobody is kept, or where the people kept or left out are fewer than
    the largest minimum base of their audiences, but not none.
    """
    filters, parts = _parts(survey, backgrounds, filters)
    if not parts:
        return filters, None
    _refuse_too_many(parts, filters)
    needed = survey.thresholds[survey.audience.codes]
    among, wanted = parts[0]
    mask = np.isin(among.codes, wanted)
    if len(parts) > 1:
        more, of_more = parts[1]
        mask &= np.isin(more.codes, of_more)
        among = in_order(survey.divisions, among, more)
        wanted = tuple(np.unique(among.codes[mask]).tolist())
    if not mask.any():
        raise FilterRefused("nobody is left with these filters; take one away or choose another value")
    if _too_few(mask, needed):
        raise FilterRefused("these filters keep too few people to publish anything about them; choose a larger group")
    if mask.all():
        return filters, None
    if _too_few(~mask, needed) or any(_too_few(np.isin(one.codes, of) & ~mask, needed) for one, of in parts):
        raise left_out()
    return filters, Kept(mask, among, wanted)


def left_out() -> FilterRefused:
    """What is said where filters could be used to find out about a few people."""
    return FilterRefused(
        "these filters leave out so few people that figures about those few could be worked out by taking one set of "
        "results from another; choose a filter that leaves out nobody or more people"
    )


def _parts(
    survey: Survey, backgrounds: Backgrounds, filters: Filters
) -> tuple[Filters, list[tuple[Split, tuple[int, ...]]]]:
    """For each filter that leaves anybody out, a split of the whole survey and the groups that it keeps."""
    parts = []
    for field, value in filters.where:
        if not (field == "version" and value.isdecimal()):
            parts.append(_where(survey, backgrounds, field, value))
    if (filters.since or filters.until) and survey.number:
        weeks = split(survey.people, backgrounds, field="week")
        filters, held = whole_stretches(filters, survey.divisions["week"], weeks)
        parts.append((survey.divisions["week"], tuple(held)))
    leaving_out = [(one, wanted) for one, wanted in parts if not np.isin(one.codes, wanted).all()]
    return filters, leaving_out


def _where(survey: Survey, backgrounds: Backgrounds, field: str, value: str) -> tuple[Split, tuple[int, ...]]:
    """The field's own groups where the value is one of them; of a place with others below it, those of its level.

    A month is always the field's own: of whole stretches of weeks, as groups by month are.
    """
    mask = belongs(survey.people, backgrounds, field=field, value=value)
    levels = [one for one in survey.divisions if one.startswith("place:")] if field == "place" else []
    for name in (field, field.removeprefix("answer:"), *levels):
        one = survey.divisions.get(name)
        if one is None or value not in one.values:
            continue
        if name == "month" or np.array_equal(one.codes == one.values.index(value), mask):
            return one, (one.values.index(value),)
    return chosen(survey.people, backgrounds, field=field, value=value), (0,)


def _refuse_too_many(parts: list[tuple[Split, tuple[int, ...]]], filters: Filters) -> None:
    named = {one.field for one, _ in parts}
    if len(named) < len(parts):
        raise FilterRefused("two filters name the same field; give one value for it")
    groups = [one for one in fields_of(filters.by) if one not in named] if filters.by else []
    if len(parts) + len(groups) > MOST_TOGETHER:
        raise FilterRefused(
            f"at most {MOST_TOGETHER} of filters, period and groups can be combined, because more would tell a few "
            "people apart; take one away"
        )


def _too_few(people: Mask, needed: NDArray[np.int64]) -> bool:
    number = int(people.sum())
    return 0 < number < int(needed[people].max(initial=0))
