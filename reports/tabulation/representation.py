"""Who answered beside a reference population, and the themes once more with weights that make up for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Literal

from reports.tabulation.figures import Estimate, F


@dataclass(frozen=True, slots=True)
class ReferenceGroup(Generic[F]):
    """One group of a characteristic. Shares are 0-100, ``count`` and ``missing_people`` are people.

    ``percent`` is the share of people who told this characteristic, ``difference`` is it less ``reference_percent`` in
    points, ``index`` is 100 where both are equal. ``missing_people``: about how many more of this group would have had
    to answer for the share to be that of the reference, nought where it is reached.
    """

    group: str
    label: str
    reference_percent: float
    count: F
    percent: F | None
    difference: F | None
    index: F | None
    missing_people: F | None
    under_represented: bool


@dataclass(frozen=True, slots=True)
class Representation(Generic[F]):
    """One characteristic beside the reference population that ``source`` and ``date`` name.

    ``base`` are people whose group is known and in the reference, ``unknown`` the rest, who are shown and never
    guessed. ``dissimilarity`` is 0-100: the share who would have to be in another group. ``p_value``: goodness of fit.
    Groups of which too few people answered stand together as one, with their names joined by ``; ``.

    ``audience``: the one audience that is compared, None for everybody. ``tested_together``: labels of the groups that
    the test of fit took as one because fewer than five people would be expected in them.
    """

    characteristic: str
    label: str
    source: str
    date: str
    base: F
    unknown: F
    groups: tuple[ReferenceGroup[F], ...]
    dissimilarity: F | None
    p_value: F | None
    audience: str | None = None
    tested_together: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WeightedShare(Generic[F]):
    """One measure of one theme, as people answered and as weighted; percent 0-100 or score 0-10."""

    theme_id: str
    measure: Literal["chosen", "percent_positive", "score_0_10"]
    base: F
    unweighted: Estimate[F] | None
    weighted: Estimate[F] | None


WhyNot = Literal["hidden", "empty", "uneven", "too_few", "not_met", "combinations"]


@dataclass(frozen=True, slots=True)
class Weighted(Generic[F]):
    """Figures weighted to the reference population, for the annex alone: the headline is never weighted.

    ``characteristics`` are ids of fields. ``deff`` is Kish's design effect, ``n_eff`` the number of people that the
    weighted figures are worth, ``trimmed`` the number of people whose weight was cut. ``usable``: whether the weights
    are even enough to publish the figures. Where they are not, ``shares`` is empty and ``why_not`` says why;
    ``why_not_about`` is the label of the group or characteristic that it is about, if any.

    ``shares`` hold what themes are ordered by: who chose each, where that is asked, else its positive answers and its
    score. ``audience``: whose answers these are, None for everybody's. Weighted values are whole percentages and scores
    to one decimal: exact ones would tell counts inside groups.
    """

    method: Literal["post-stratified", "raked"]
    characteristics: tuple[str, ...]
    base: F
    deff: F
    n_eff: F
    trimmed: F
    usable: bool
    why_not: WhyNot | None
    shares: tuple[WeightedShare[F], ...]
    audience: str | None = None
    why_not_about: str = ""
