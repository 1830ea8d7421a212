"""The people of a survey by the groups of its reference population, before disclosure control."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from reports.distributions import Counts, cells_of
from reports.people import People
from reports.splitting import Backgrounds, Split, UnknownField, split
from reports.theme_tables import ThemeData
from reports.weighted_sums import WeightingSums, weighting_sums
from surveys.reference_population import Characteristic, find_reference, is_within
from surveys.storage import tables


@dataclass(frozen=True, slots=True)
class ComparedPeople:
    """One characteristic with the people behind it.

    ``people`` by part, audience and group; the last group holds those who are in none of the reference.
    """

    characteristic: Characteristic
    label: str
    people: Counts


@dataclass(frozen=True, slots=True)
class ReferenceData:
    """``audience``: the place of the one audience that is compared, None for everybody.

    ``sums`` is what weighted figures are made from; None where there are more combinations of groups than are sensible.
    """

    audience: int | None
    compared: tuple[ComparedPeople, ...]
    sums: WeightingSums | None


def reference_data(
    session: Session,
    *,
    survey: tables.Survey,
    people: People,
    backgrounds: Backgrounds,
    audience: Split,
    themes: ThemeData,
) -> ReferenceData | None:
    """What is compared with the survey's reference population; None where it has none.

    Characteristics that the version of these results does not ask are left out.
    """
    found = find_reference(session, survey=survey)
    if found is None:
        return None
    wanted = found.population.audience
    if wanted and wanted not in audience.values:
        return None
    place = audience.values.index(wanted) if wanted else None
    compared, codes = [], []
    for characteristic in found.population.characteristics:
        try:
            by = split(people, backgrounds, field=characteristic.field)
        except UnknownField:
            continue
        group = _groups(by, characteristic)
        cells = cells_of(
            kept=None,
            audience=audience.codes,
            audiences=len(audience.values),
            group=group,
            groups=len(characteristic.groups),
        )
        compared.append(ComparedPeople(characteristic, by.label, cells.count()))
        codes.append(group)
    everybody = np.ones(people.matrix.responses, dtype=bool)
    taken = everybody if place is None else audience.codes == place
    sizes = [len(one.characteristic.groups) for one in compared]
    return ReferenceData(place, tuple(compared), weighting_sums(people, themes, codes=codes, groups=sizes, taken=taken))


def _groups(by: Split, characteristic: Characteristic) -> NDArray[np.int32]:
    """Each response's group in the reference, -1 where it is in none."""
    lookup = np.array([_group(value, characteristic) for value in (*by.values, "")], dtype=np.int32)
    # A code of -1 finds the last entry, which stands for people without a value.
    lookup[-1] = -1
    return lookup[by.codes]


def _group(value: str, characteristic: Characteristic) -> int:
    for place, group in enumerate(characteristic.groups):
        if value in group.values or (
            characteristic.field == "place" and any(is_within(value, above) for above in group.values)
        ):
            return place
    return -1


def merged(table: NDArray[Any], parts: Sequence[Sequence[int]], *, axis: int) -> NDArray[Any]:
    """``table`` with the groups of each part added up along an axis, and the last place (in no group) after them."""
    summed = [table.take(list(part), axis=axis).sum(axis=axis) for part in parts]
    return np.stack([*summed, table.take(-1, axis=axis)], axis=axis)
