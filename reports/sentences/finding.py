"""A finding as a report prints it, and when one figure may be said to lead the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reports import printed_figures as printed
from reports.statistics.rounding import whole
from reports.tabulation import Estimate, Figure, Shown


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence that states the finding, and the sentences that give its figures."""

    headline: str
    sentences: tuple[str, ...] = ()


def capital(sentence: str) -> str:
    """A sentence with its first letter as a capital."""
    return sentence[:1].upper() + sentence[1:]


def level_with(lead: Estimate[Figure], others: Sequence[Estimate[Figure] | None]) -> int:
    """How many of the others chance alone could put level with the lead: their 95 % intervals reach into its own.

    The same people judged all of them, so their difference varies less than the two intervals say: what is not level
    here is ahead. A hidden figure, or one without an interval, counts as level.
    """
    floor = printed.number(lead.low)
    if floor is None:
        return len(others)
    highs = [None if other is None else printed.number(other.high) for other in others]
    return sum(high is None or high >= floor for high in highs)


def people_of(share: Estimate[Figure] | None, base: Figure | None) -> Figure | None:
    """The people behind a share (0-100) of a base, as disclosed as the share is; None where there is none."""
    if share is None:
        return None
    value, people = printed.number(share.value), printed.number(base)
    if value is None:
        return share.value
    return base if people is None else Shown(whole(value * people / 100))
