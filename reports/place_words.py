"""Which places may be called higher or lower than the others, and not only lie beyond limits that chance passes too.

A place in twenty lies beyond its limits by chance alone, for every theme and measure anew, so nearly every report that
compares several places has some that do. A place is called higher or lower where it also differs from all others
together as clearly as any two groups must.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from reports.compared_shares import Share, without
from reports.statistics.comparisons import SMALLEST_BASE, Words, compare_shares, holm, level_for, words_for
from reports.tabulation import Figure, PlaceBand, Shown

_OUTSIDE: dict[str, Words] = {"higher than expected": "higher", "lower than expected": "lower"}


@dataclass(frozen=True, slots=True)
class BesideOthers:
    """A band with the counts that it rests on, as they may be shown: of the place, and of everybody else together."""

    band: PlaceBand[Figure]
    place: Share
    others: Share

    @classmethod
    def of(cls, band: PlaceBand[Figure], place: Share, whole: Share) -> BesideOthers:
        """Of everybody, the place included."""
        return cls(band, place, without(whole, [place]))

    @property
    def is_tested(self) -> bool:
        """Whether both sides may be shown and have enough people for words, and the place has a band."""
        sides = (self.place, self.others)
        return self.band.band != "too few to say" and all(
            side.hidden is None and side.base >= SMALLEST_BASE for side in sides
        )

    def p_value(self) -> float:
        """That of no difference, 1 where nothing can differ."""
        found = compare_shares(self.place.positive, self.place.base, self.others.positive, self.others.base)
        return 1.0 if found is None else found

    def words(self, p_adjusted: float, *, level: float) -> Words:
        """What may be said of the place."""
        gap = 100 * (self.place.positive / self.place.base - self.others.positive / self.others.base)
        said = words_for(gap, p_adjusted, bases=(self.place.base, self.others.base), level=level)
        return said if said == _OUTSIDE.get(self.band.band) else "similar"


def with_words(found: Sequence[BesideOthers]) -> tuple[PlaceBand[Figure], ...]:
    """The bands in their order with what may be said of each; the places and themes of one measure are one family."""
    measures = {one.band.measure for one in found if one.is_tested}
    level = level_for("places", len(measures))
    told: dict[int, PlaceBand[Figure]] = {}
    for measure in measures:
        family = [one for one in found if one.is_tested and one.band.measure == measure]
        told |= dict(zip(map(id, family), _judged(family, level=level), strict=True))
    return tuple(told.get(id(one), replace(one.band, p_adjusted=None, words="too few to say")) for one in found)


def _judged(family: Sequence[BesideOthers], *, level: float) -> Iterator[PlaceBand[Figure]]:
    for one, p_adjusted in zip(family, holm([one.p_value() for one in family]), strict=True):
        yield replace(one.band, p_adjusted=Shown(p_adjusted), words=one.words(p_adjusted, level=level))
