"""The verdicts on two fields crossed, which are decided in the order in which they were first given out.

What was given out before stands, so what is crossed later hides whatever the two together would show.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import takewhile

import numpy as np

from reports.divisions import LineKey, Survey, in_order
from reports.splitting import Split, UnknownField, chosen, fields_of
from reports.suppression import Hidden, Verdict
from reports.tabulation import SuppressionReason
from reports.whole_survey import WholeSurvey


@dataclass(frozen=True, slots=True)
class Crossing:
    """``verdicts`` on two splits crossed; ``groups``: places of a group of the first, of the second, and of both."""

    verdicts: dict[LineKey, Verdict]
    groups: Sequence[tuple[int, int, int]]

    @classmethod
    def of(cls, whole: WholeSurvey, among: Split, other: Split) -> Crossing:
        """Of these two; ``among`` may be crossed itself where ``other`` is one of its fields."""
        if other.field in fields_of(among.field):
            both = among
        else:
            both = in_order(whole.survey.divisions, among, other)
        groups = np.unique(np.stack((among.codes, other.codes, both.codes)), axis=1)
        return cls(unfiltered(whole, both), [(a, b, c) for a, b, c in groups.T.tolist() if c >= 0])


def unfiltered(whole: WholeSurvey, by: Split | None) -> dict[LineKey, Verdict]:
    """For every line what may be shown of everybody, each audience and each of these groups of the whole survey."""
    if by is None:
        return {key: Verdict(one.everybody, one.audiences) for key, one in whole.of_field("audience").items()}
    if by.field in whole.survey.divisions:
        return whole.of_field(by.field)
    same = _named(whole.survey, by.field)
    if same is None:
        return whole.of_split(by)
    of_same = whole.of_split(same, beside=_beside(whole, same))
    places = dict(zip(same.codes.tolist(), by.codes.tolist(), strict=True))
    return {
        key: Verdict(
            one.everybody, one.audiences, {places[group]: why for group, why in one.groups.items() if group in places}
        )
        for key, one in of_same.items()
    }


def hidden_in(crossing: Crossing, key: LineKey, wanted: Collection[int]) -> Hidden:
    """The groups of the second split of which any part that is in a ``wanted`` group of the first is hidden."""
    verdict = crossing.verdicts[key]
    found: Hidden = {}
    for among, other, both in crossing.groups:
        reason = verdict.everybody or verdict.groups.get(both)
        if among in wanted and other >= 0 and reason:
            found[other] = reason
    return found


def first_hidden(hidden: Hidden, wanted: Sequence[int]) -> SuppressionReason | None:
    """Why the first of the ``wanted`` groups that is hidden is; None where all are shown."""
    return next((hidden[one] for one in wanted if one in hidden), None)


def crossings_shown(survey: Survey, *, among: Split | None, by: Split | None) -> list[Split]:
    """The splits beside single fields that results show: what was filtered by, groups, and the two crossed."""
    found = []
    for one in (among, by):
        if one is None or one.field in survey.divisions:
            continue
        named = [survey.divisions.get(field) for field in fields_of(one.field)]
        # Under one name, whichever field was named first.
        pair = [field for field in named if field is not None]
        found.append(in_order(survey.divisions, *pair) if len(pair) == 2 else one)
    if among is not None and len(fields_of(among.field)) == 1:
        others = (survey.audience, by) if by is not None else (survey.audience,)
        found += [in_order(survey.divisions, among, one) for one in others if one.field != among.field]
    return found


def _beside(whole: WholeSurvey, by: Split) -> list[Split]:
    """The crossings that are decided before this one: those of which anything was given out before it was."""
    before = takewhile(lambda name: name != by.field, whole.crossed)
    named = (_named(whole.survey, name) for name in before)
    return [one for one in named if one is not None]


def _named(survey: Survey, name: str) -> Split | None:
    """The split of this name: two crossed under whichever is first in order, or a value that was filtered by. None
    where the survey has no such groups any more, or where they are told apart by background questions alone."""
    parts = []
    for field in fields_of(name):
        asked, equals, value = field.partition("=")
        try:
            chosen_of = chosen(survey.people, {}, field=asked, value=value) if equals else None
        except UnknownField:
            return None
        one = survey.divisions.get(field, chosen_of)
        if one is None:
            return None
        parts.append(one)
    return parts[0] if len(parts) == 1 else in_order(survey.divisions, *parts)
