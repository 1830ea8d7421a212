"""What changed since the questions were asked before: each measure over the waves of a survey, audience by audience.

Everything is made from the disclosed results of each wave, so nothing that is hidden in one of them appears here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from sqlalchemy.orm import Session

from reports.disclosing import Reason, estimate, optional
from reports.published_counts import WaitForMore
from reports.statistics.changes import FEWEST_WAVES, trend_in_shares
from reports.statistics.comparisons import Words, holm, level_for, words_for
from reports.tabulation import (
    Change,
    Comparability,
    Estimate,
    Figure,
    Filters,
    Group,
    Raw,
    Results,
    Series,
    Shown,
    WaveOf,
)
from reports.wave_measures import (
    MEASURES,
    POINTS,
    Measure,
    Standing,
    change_between,
    comparability_of,
    keys_of,
    mix_moved,
    standing_of,
)
from surveys.storage import tables
from surveys.waves import Asked, waves_until

Disclosed = Callable[[tables.Survey, Filters], Results[Figure]]


@dataclass(frozen=True, slots=True)
class _Wave:
    """One wave with what may be said of it."""

    asked: Asked
    results: Results[Figure]

    def standing(self, measure: Measure, key: str, audience: str | None) -> Standing:
        """Of one audience, or of everybody."""
        groups: Sequence[Group[Figure]] = self.results.audiences
        if audience is None:
            return standing_of(measure, key, self.results.everybody, self.asked.questionnaire)
        group = next((group for group in groups if group.value == audience), None)
        return standing_of(measure, key, group, self.asked.questionnaire)


@dataclass(frozen=True, slots=True)
class _Followed:
    """One measure of one audience: where it stood in each wave, and how each wave but the first compares."""

    measure: Measure
    key: str
    audience: str
    comparability: tuple[Comparability, ...]
    standings: tuple[Standing, ...]
    mix_moved: bool

    @property
    def is_tested(self) -> bool:
        """Whether the last two waves are compared."""
        return self.comparability[-1] != "new" and all(one.is_large_enough for one in self.standings[-2:])

    @property
    def hidden(self) -> Reason:
        """Why the last change is hidden, if it is."""
        return next((one.hidden for one in self.standings[-2:] if one.hidden is not None), None)

    def trend(self) -> float | None:
        """The p value of a trend over the waves since the last break; None for fewer than three, and for scores."""
        breaks = [place for place, one in enumerate(self.comparability, start=1) if one == "new"]
        shares = [one.share for one in self.standings[max(breaks, default=0) :] if one.is_large_enough]
        if len(shares) < max(FEWEST_WAVES, len(self.standings) - max(breaks, default=0)) or None in shares:
            return None
        known = [share for share in shares if share is not None]
        found = trend_in_shares([share.positive for share in known], [share.base for share in known])
        return found.p_value if found else 1.0


def change_over_waves(
    session: Session, *, survey: tables.Survey, results: Results[Figure], disclosed: Disclosed
) -> Change[Figure] | None:
    """All series up to these results, which are the last wave; None where nothing was asked before.

    ``disclosed`` gives the disclosed results of an earlier wave, as that survey would publish them itself; where it has
    to wait for more answers, because it is still open, there is no change yet. Results with filters are about other
    people than those of earlier waves, so they have no change either.
    """
    filters = results.filters
    if filters.since or filters.until or any(field != "version" or "." in value for field, value in filters.where):
        return None
    major = int(results.versions[-1].partition(".")[0])
    asked = waves_until(session, survey=survey, major=major)
    if len(asked) < 2:
        return None
    try:
        waves = [_Wave(one, disclosed(one.survey, _whole(one))) for one in asked[:-1]]
    except WaitForMore:
        return None
    waves.append(_Wave(asked[-1], results))
    return Change(tuple(_wave_of(wave) for wave in waves), tuple(_all_series(waves)))


def _whole(asked: Asked) -> Filters:
    return Filters(where=(("version", str(asked.version.major)),))


def _wave_of(wave: _Wave) -> WaveOf:
    questionnaire, results = wave.asked.questionnaire, wave.results
    title = questionnaire.title.in_language(questionnaire.language)
    return WaveOf(wave.asked.survey.slug, title, results.versions[-1], results.period)


def _all_series(waves: Sequence[_Wave]) -> Iterator[Series[Figure]]:
    audiences = [
        str(group.value)
        for group in waves[-1].results.audiences
        if any(_answered(wave, str(group.value)) for wave in waves)
    ]
    families = [
        [
            one
            for key in keys_of(measure, waves[-1].asked.questionnaire)
            for one in _followed(waves, measure, key, audiences)
        ]
        for measure in MEASURES
    ]
    level = level_for("waves", sum(any(one.is_tested for one in family) for family in families))
    for family in families:
        yield from _family(family, named=len(audiences) > 1, level=level)


def _answered(wave: _Wave, audience: str) -> bool:
    return any(group.value == audience and group.responses != Shown(0) for group in wave.results.audiences)


def _followed(waves: Sequence[_Wave], measure: Measure, key: str, audiences: Sequence[str]) -> Iterator[_Followed]:
    pairs = pairwise(waves)
    compared = tuple(comparability_of(measure, key, before.asked, wave.asked) for before, wave in pairs)
    standings = {one: tuple(wave.standing(measure, key, one) for wave in waves) for one in audiences}
    together = [wave.standing(measure, key, None) for wave in waves[-2:]]
    moved = compared[-1] != "new" and mix_moved(together, [one[-2:] for one in standings.values()])
    for audience in audiences:
        yield _Followed(measure, key, audience, compared, standings[audience], moved)


def _family(followed: Sequence[_Followed], *, named: bool, level: float) -> Iterator[Series[Figure]]:
    """The series of one measure, whose changes are judged together at this ``level``, and whose trends are."""
    changes = {id(one): change_between(*one.standings[-2:]) for one in followed if one.is_tested}
    adjusted = dict(zip(changes, holm([p for _, p in changes.values()]), strict=True))
    trends = {id(one): p for one in followed if (p := one.trend()) is not None}
    trends = dict(zip(trends, holm(list(trends.values())), strict=True))
    for one in followed:
        gap, _ = changes.get(id(one), (None, None))
        p_adjusted, trend = adjusted.get(id(one)), trends.get(id(one))
        reason = one.hidden if one.comparability[-1] != "new" else None
        yield Series(
            measure=one.measure,
            key=one.key,
            audience=one.audience if named else None,
            comparability=one.comparability,
            points=tuple(standing.point for standing in one.standings),
            difference=estimate(gap, reason),
            p_adjusted=optional(p_adjusted, reason),
            family_size=len(changes),
            trend_p=None if trend is None else Shown(trend),
            words=_words(one, gap, p_adjusted, level=level),
            mix_moved=one.mix_moved,
        )


def _words(
    one: _Followed, gap: Estimate[Raw] | None, p_adjusted: float | None, *, level: float
) -> Words | Literal["not comparable"]:
    if one.comparability[-1] == "new":
        return "not comparable"
    if gap is None:
        return "too few to say"
    earlier, later = one.standings[-2:]
    return words_for(POINTS[one.measure] * gap.value, p_adjusted, bases=(earlier.base, later.base), level=level)
