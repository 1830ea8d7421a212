"""Groups compared theme by theme: audiences with one another, and the groups that were asked for.

Everything here is made from disclosed figures alone, so no comparison says more than is shown beside it already.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reports.compared_shares import MEASURES, Measure, Share, shares_of, together, without
from reports.disclosing import estimate, optional
from reports.results import Computed
from reports.splitting import BETWEEN, Split, values_of
from reports.statistics.comparisons import SMALLEST_BASE, Kind, compare_shares, holm, level_for, words_for
from reports.statistics.contingency import independence
from reports.statistics.proportions import newcombe
from reports.tabulation import Difference, Estimate, Figure, Group, Raw, Shown
from surveys.questionnaire import Questionnaire

LARGEST_P = 0.05

_Shares = dict[str, Share]


@dataclass(frozen=True, slots=True)
class _Comparison:
    """``second`` None: all others together. ``among``: by which value of a second field the groups are kept apart."""

    measure: Measure
    key: str
    first: str
    second: str | None
    shares: tuple[Share, Share]
    among: str | None = None

    @property
    def is_tested(self) -> bool:
        return all(share.hidden is None and share.base >= SMALLEST_BASE for share in self.shares)


@dataclass(frozen=True, slots=True)
class _Groups:
    """Groups that are compared with one another: all of a field, or those with one value of a second field.

    ``beside`` are groups of people who did not tell. ``whole`` is everybody in all of them, None where those people
    are not shown together or some of them are in no group.
    """

    value: str | None
    told: list[Group[Figure]]
    beside: list[Group[Figure]]
    whole: Group[Figure] | None


def differences(
    computed: Computed,
    everybody: Group[Figure],
    audiences: Sequence[Group[Figure]],
    groups: Sequence[Group[Figure]],
) -> tuple[Difference[Figure], ...]:
    """Who chose each theme, and percent positive of each theme's ratings: audiences compared, then groups.

    The first audience is compared with each other one. Two groups are compared directly; of more, each with all others
    together, and nothing is said unless one test over all of them finds that they differ. Groups by two fields are
    compared within the values of the second: patients of the north with patients elsewhere. Whoever did not tell is
    left out. The comparisons of one measure and field are one family for Holm's adjustment; those with fewer than 50
    people on either side are not tested and not in the family. Words are held to a part of the one chance in twenty
    that a report says anything of people who are alike (``level_for``).
    """
    found = list(_between_audiences(audiences, computed.questionnaire))
    split = computed.split if computed.results.filters.by is not None else None
    if split is not None and split.field != "audience":
        parts = list(_kept_apart(computed, split, everybody, audiences, groups))
        found += _between_groups(split.field, parts, computed.questionnaire)
    return tuple(found)


def _between_audiences(
    audiences: Sequence[Group[Figure]], questionnaire: Questionnaire
) -> Iterator[Difference[Figure]]:
    answered = [audience for audience in audiences if audience.responses != Shown(0)]
    families: list[_Family] = []
    for measure in MEASURES:
        sides = [shares_of(measure, audience, questionnaire) for audience in answered]
        pairs = [
            _Comparison(measure, key, str(answered[0].value), str(other.value), (share, second[key]))
            for other, second in zip(answered[1:], sides[1:], strict=True)
            for key, share in sides[0].items()
        ]
        families.append((pairs, {}))
    yield from _said("audience", families)


def _kept_apart(
    computed: Computed,
    split: Split,
    everybody: Group[Figure],
    audiences: Sequence[Group[Figure]],
    groups: Sequence[Group[Figure]],
) -> Iterator[_Groups]:
    *_, second = split.field.split(BETWEEN)
    # The last column holds the people who are in no group.
    elsewhere = computed.responses.base[0][:, -1]
    wholes: dict[str | None, Group[Figure]] = {}
    if second == split.field and not elsewhere.any():
        wholes = {None: everybody}
    elif second == "audience":
        wholes = {one.value: one for one, missing in zip(audiences, elsewhere, strict=True) if not missing}

    def within(group: Group[Figure]) -> str | None:
        return None if second == split.field else values_of(split.field, str(group.value))[1]

    answered = [group for group in groups if group.responses != Shown(0)]
    for value in dict.fromkeys(map(within, answered)):
        those = [group for group in answered if within(group) == value]
        told = [group for group in those if group.value not in split.beside]
        yield _Groups(value, told, [group for group in those if group.value in split.beside], wholes.get(value))


def _between_groups(field: str, parts: Sequence[_Groups], questionnaire: Questionnaire) -> Iterator[Difference[Figure]]:
    families: list[_Family] = []
    for measure in MEASURES:
        comparisons: list[_Comparison] = []
        over_all: _OverAll = {}
        for part in parts:
            sides = [shares_of(measure, group, questionnaire) for group in part.told]
            comparisons += _each(measure, part, sides, questionnaire)
            over_all |= dict(_over_all(part.value, sides))
        # Whoever gave an answer differs in it from all others.
        families.append(([one for one in comparisons if one.key not in field.split(BETWEEN)], over_all))
    yield from _said(field, families)


def _each(
    measure: Measure, part: _Groups, sides: Sequence[_Shares], questionnaire: Questionnaire
) -> Iterator[_Comparison]:
    names = [str(group.value) for group in part.told]
    if len(names) == 2:
        for key, share in sides[0].items():
            yield _Comparison(measure, key, names[0], names[1], (share, sides[1][key]), part.value)
    elif len(names) > 2:
        beside = [shares_of(measure, group, questionnaire) for group in part.beside]
        whole = shares_of(measure, part.whole, questionnaire) if part.whole else {}
        for place, (group, side) in enumerate(zip(part.told, sides, strict=True)):
            for key, share in side.items():
                rest = together([other[key] for number, other in enumerate(sides) if number != place])
                if rest.hidden is not None and key in whole:
                    rest = without(whole[key], [share, *(other[key] for other in beside)])
                rest = rest.fit_to_show(group.minimum_base)
                yield _Comparison(measure, key, names[place], None, (share, rest), part.value)


_OverAll = dict[tuple[str | None, str], tuple[float, float]]
"""p (0-1) and Cramér's V of one test over all groups, by what keeps the groups apart and key."""


def _over_all(
    value: str | None, sides: Sequence[_Shares]
) -> Iterator[tuple[tuple[str | None, str], tuple[float, float]]]:
    """For each key with three groups or more that are large enough."""
    for key in sides[0] if sides else ():
        shares = [side[key] for side in sides if side[key].hidden is None and side[key].base >= SMALLEST_BASE]
        if len(shares) > 2:
            found = independence([(share.positive, share.base - share.positive) for share in shares])
            yield (value, key), (found.p_value, found.cramers_v) if found else (1.0, 0.0)


_Family = tuple[Sequence[_Comparison], _OverAll]
"""The comparisons of one measure, which are adjusted together."""


def _said(field: str, families: Sequence[_Family]) -> Iterator[Difference[Figure]]:
    """The differences of all families. Each gets a part of the chance that a word is said of groups that are alike."""
    tested = sum(any(one.is_tested for one in comparisons) for comparisons, _ in families)
    kind: Kind = "audiences" if field == "audience" else "groups"
    for family in families:
        yield from _of_family(field, family, level=level_for(kind, tested))


def _of_family(field: str, family: _Family, *, level: float) -> Iterator[Difference[Figure]]:
    comparisons, over_all = family
    tested = [one for one in comparisons if one.is_tested]
    # Where all or none of both groups said so there is nothing to test, which is the strongest "no difference".
    p_values = [1.0 if (p := _p_value(one)) is None else p for one in tested]
    adjusted = {id(one): p for one, p in zip(tested, holm(p_values), strict=True)}
    at_all = dict(zip(over_all, holm([p for p, _ in over_all.values()]), strict=True))
    for one in comparisons:
        p_adjusted = adjusted.get(id(one))
        gap = _gap(one) if p_adjusted is not None else None
        among = (one.among, one.key)
        p_over_all = at_all.get(among) if one.second is None and p_adjusted is not None else None
        told = p_adjusted if p_over_all is None or p_over_all < LARGEST_P else None
        reason = next((share.hidden for share in one.shares if share.hidden is not None), None)
        bases = (one.shares[0].base, one.shares[1].base)
        yield Difference(
            field=field,
            measure=one.measure,
            key=one.key,
            first=one.first,
            second=one.second,
            difference=estimate(gap, reason),
            p_adjusted=optional(p_adjusted, reason),
            family_size=len(tested),
            words="too few to say" if reason else words_for(gap.value if gap else 0.0, told, bases=bases, level=level),
            p_over_all=None if p_over_all is None else Shown(p_over_all),
            cramers_v=None if p_over_all is None else Shown(over_all[among][1]),
        )


def _p_value(one: _Comparison) -> float | None:
    first, second = one.shares
    return compare_shares(first.positive, first.base, second.positive, second.base)


def _gap(one: _Comparison) -> Estimate[Raw] | None:
    first, second = one.shares
    interval = newcombe(first.positive, first.base, second.positive, second.base)
    if interval is None:
        return None
    gap = first.positive / first.base - second.positive / second.base
    return Estimate(100 * gap, 100 * interval[0], 100 * interval[1])
