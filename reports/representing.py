"""Who answered beside a reference population: who is missing, and by about how many people.

Made from what "who answered" shows, so that nothing hidden there can be worked out here: a group is shown where its
people can be worked out there as well. Groups that cannot be shown alone stand together as one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from reports.disclosing import Reason, figure, optional
from reports.distributions import Counts
from reports.reference_groups import ComparedPeople, ReferenceData, merged
from reports.statistics.comparisons import is_at_least
from reports.statistics.proportions import wilson
from reports.statistics.representativeness import (
    SMALLEST_EXPECTED,
    difference_in_points,
    dissimilarity,
    goodness_of_fit,
    index,
    missing_people,
)
from reports.suppression import Judge, Line
from reports.tabulation import (
    Breakdown,
    ChoiceTable,
    Figure,
    Group,
    RatingTable,
    ReferenceGroup,
    Representation,
    Suppressed,
)
from surveys.reference_population import Characteristic, is_within

SMALLEST_DIFFERENCE = 5.0
"""Points below its share of the population from which a group is under-represented."""
SMALLEST_INDEX = 80.0
"""The index under which a group is under-represented, however small it is."""
LARGEST_P = 0.05


@dataclass(frozen=True, slots=True)
class ShownGroups:
    """Which groups of a characteristic may be shown: ``parts`` are places of groups that stand as one.

    ``hidden``: why the parts are hidden, by place; ``whole``: why the number of people in all of them is.
    """

    parts: tuple[tuple[int, ...], ...]
    hidden: Mapping[int, Reason]
    whole: Reason

    @property
    def all_shown(self) -> bool:
        return self.whole is None and not self.hidden


def representation(
    data: ReferenceData, shown: Sequence[ShownGroups], *, audiences: Sequence[Group[Figure]]
) -> tuple[Representation[Figure], ...]:
    """Every characteristic of the reference population; ``shown`` says of each which of its groups may be shown."""
    return tuple(
        _representation(one, _own(one.people[0], data), groups, data, audiences)
        for one, groups in zip(data.compared, shown, strict=True)
    )


def shown_groups(
    compared: ComparedPeople,
    data: ReferenceData,
    judge: Judge,
    *,
    everybody: Group[Figure],
    audiences: Sequence[Group[Figure]],
    who_answered: Sequence[Breakdown[Figure]],
) -> ShownGroups:
    """Which groups of one characteristic may be shown, alone or together.

    ``who_answered`` are the breakdowns as they are published.
    """
    groups = compared.characteristic.groups
    apart = tuple((place,) for place in range(len(groups)))
    compared_whole = everybody if data.audience is None else audiences[data.audience]
    for whole in (everybody, compared_whole):
        if isinstance(whole.responses, Suppressed):
            return ShownGroups(apart, dict.fromkeys(range(len(apart)), whole.responses.reason), whole.responses.reason)
    values, missing = _published(compared.characteristic, everybody, who_answered)
    hidden = _hidden_groups(compared.characteristic, values)
    if data.audience is not None:
        every = range(len(groups))
        elsewhere = set(_reasons(values)).difference(
            *(_values_of(compared.characteristic, one, values) for one in every)
        )
        return _within_audience(compared, data.audience, judge, hidden, missing or ("secondary" if elsewhere else None))
    if not hidden:
        return ShownGroups(apart, {}, None)
    inside = {value for place in hidden for value in _values_of(compared.characteristic, place, values)}
    reason = next(iter(hidden.values()))
    if missing is None and all(value in inside for value in _reasons(values)):
        together = _together(len(groups), set(hidden))
        if len(together) > 1:
            return ShownGroups(together, {}, None)
        return ShownGroups(apart, hidden, None)
    return ShownGroups(apart, hidden, missing or reason)


def _published(
    characteristic: Characteristic, everybody: Group[Figure], who_answered: Sequence[Breakdown[Figure]]
) -> tuple[Mapping[str, Figure], Reason]:
    """People by value as they are published, and why the number of people without a value is hidden."""
    for table in who_answered:
        if table.field == characteristic.field:
            return table.counts, _reason(table.missing)
    key = characteristic.field.removeprefix("answer:")
    for question in everybody.questions:
        if question.key == key and isinstance(question, ChoiceTable | RatingTable):
            beside: Reason = next(filter(None, map(_reason, (question.skipped, question.not_shown))), None)
            return {**question.counts, **question.not_scored}, beside or _reason(question.base)
    return {}, None


def _reason(value: Figure) -> Reason:
    return value.reason if isinstance(value, Suppressed) else None


def _reasons(values: Mapping[str, Figure]) -> dict[str, Reason]:
    """Why values are hidden, those that are."""
    return {value: number.reason for value, number in values.items() if isinstance(number, Suppressed)}


def _values_of(characteristic: Characteristic, place: int, values: Mapping[str, Figure]) -> list[str]:
    """The published values that one group holds: for places those below it too."""
    own = characteristic.groups[place].values
    nested = characteristic.field == "place"
    return [value for value in values if value in own or (nested and any(is_within(value, above) for above in own))]


def _hidden_groups(characteristic: Characteristic, values: Mapping[str, Figure]) -> dict[int, Reason]:
    """Groups with a hidden value, with the reason."""
    reasons = _reasons(values)
    found: dict[int, Reason] = {}
    for place in range(len(characteristic.groups)):
        for value in _values_of(characteristic, place, values):
            if value in reasons:
                found.setdefault(place, reasons[value])
    return found


def _together(groups: int, together: set[int]) -> tuple[tuple[int, ...], ...]:
    """The groups with some of them as one, where the first of these stands."""
    parts = [tuple(sorted(together)) if place in together else (place,) for place in range(groups)]
    return tuple(dict.fromkeys(parts))


def _within_audience(
    compared: ComparedPeople,
    audience: int,
    judge: Judge,
    hidden: Mapping[int, Reason],
    elsewhere: Reason,
) -> ShownGroups:
    """Groups of one audience, put together until they, and all others in the same groups, are fit to publish.

    "Who answered" shows everybody by value, so whoever takes the audience from them sees the others; these are judged
    alike. Groups that everybody's numbers do not show alone are put together first. ``elsewhere``: why people outside
    all groups are hidden there, if they are.
    """
    groups = len(compared.characteristic.groups)
    apart = tuple((place,) for place in range(groups))
    if elsewhere is not None:
        return ShownGroups(apart, dict.fromkeys(range(groups), elsewhere), elsewhere)
    unfit = set(hidden)
    while True:
        parts = _together(groups, unfit)
        if len(parts) < 2:
            return ShownGroups(apart, dict.fromkeys(range(groups), "secondary"), "secondary")
        more = _unfit(merged(compared.people, parts, axis=2), audience, judge)
        if not more:
            return ShownGroups(parts, {}, None)
        # Whatever is put together must grow, or it would be judged unfit again.
        more = more | _smallest(compared.people[0, audience], parts, more)
        unfit |= {place for part in more if part < len(parts) for place in parts[part]}


def _unfit(people: Counts, audience: int, judge: Judge) -> set[int]:
    """Parts of which too few people are in the audience, or too few others."""
    rest = people.copy()
    rest[:, audience] = 0
    found: set[int] = set()
    for some in (people - rest, rest):
        verdict = judge.judge(Line(some, some), missing_is_published=True)
        found |= set(range(people.shape[2])) if verdict.everybody else set(verdict.groups)
    return found


def _smallest(people: Counts, parts: Sequence[Sequence[int]], unfit: set[int]) -> set[int]:
    """Where only one part is unfit, or only the people in no group: the smallest other part, to go with it."""
    if len([part for part in unfit if part < len(parts)]) > 1:
        return set()
    others = [part for part in range(len(parts)) if part not in unfit]
    return {min(others, key=lambda part: (int(people[list(parts[part])].sum()), part))} if others else set()


def _own(people: Counts, data: ReferenceData) -> Counts:
    """People by group, of the audience that is compared."""
    return np.asarray(people.sum(axis=0) if data.audience is None else people[data.audience])


def _representation(
    compared: ComparedPeople,
    people: Counts,
    shown: ShownGroups,
    data: ReferenceData,
    audiences: Sequence[Group[Figure]],
) -> Representation[Figure]:
    groups = compared.characteristic.groups
    counts = [int(people[list(part)].sum()) for part in shown.parts]
    reference = [sum(groups[place].share for place in part) for part in shown.parts]
    base, whole = sum(counts), shown.whole
    labels = ["; ".join(groups[place].label for place in part) for part in shown.parts]
    any_hidden = whole or next(iter(shown.hidden.values()), None)
    fit = goodness_of_fit(counts, reference)
    p_value = fit.p_value if fit else None
    by_chance = any_hidden is not None or (p_value is not None and p_value >= LARGEST_P)
    rows = []
    for place, part in enumerate(shown.parts):
        reason = shown.hidden.get(place)
        percent = 100 * counts[place] / base if base else None
        share = reference[place] / sum(reference)
        of_all = reason or whole
        rows.append(
            ReferenceGroup(
                group="|".join(value for one in part for value in groups[one].values),
                label=labels[place],
                reference_percent=reference[place],
                count=figure(counts[place], reason),
                percent=optional(percent, of_all),
                difference=optional(
                    None if percent is None else difference_in_points(percent, reference[place]), of_all
                ),
                index=optional(None if percent is None else index(percent, reference[place]), of_all),
                missing_people=optional(missing_people(counts[place], base, share) if base else None, of_all),
                under_represented=of_all is None
                and not by_chance
                # Where no test of fit can be made, the interval decides alone, of groups that could have been in one.
                and (fit is not None or share * base >= SMALLEST_EXPECTED)
                and _falls_short(counts[place], base, share),
            )
        )
    return Representation(
        characteristic=compared.characteristic.field,
        label=compared.label,
        source=compared.characteristic.source,
        date=compared.characteristic.date,
        base=figure(base, whole),
        unknown=figure(int(people.sum()) - base, whole),
        groups=tuple(rows),
        dissimilarity=optional(dissimilarity(counts, reference), any_hidden),
        p_value=optional(p_value, any_hidden),
        audience=None if data.audience is None else audiences[data.audience].value,
        tested_together=() if any_hidden or fit is None else tuple(labels[place] for place in fit.merged),
    )


def _falls_short(count: int, base: int, share: float) -> bool:
    """Five points below its share or an index under 80, and by more than chance: the interval ends below the share."""
    interval = wilson(count, base)
    if interval is None or interval[1] >= share:
        return False
    percent = 100 * count / base
    ratio = index(percent, 100 * share)
    return is_at_least(100 * share - percent, SMALLEST_DIFFERENCE) or (
        ratio is not None and not is_at_least(ratio, SMALLEST_INDEX)
    )
