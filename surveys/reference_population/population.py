"""What a reference population holds, as its file says it and as reports use it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Field:
    """Something that answers can be split by, with the label of each of its values by id."""

    id: str
    label: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Group:
    """One group of the population: it holds everybody with one of ``values``. ``share`` is 0-100."""

    values: tuple[str, ...]
    label: str
    share: float


@dataclass(frozen=True, slots=True)
class Characteristic:
    """One characteristic of the population, its groups in the order of the file. ``date`` is as written."""

    field: str
    source: str
    date: str
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Population:
    """The whole file. ``audience``: whose answers alone it is compared with, empty for everybody's."""

    characteristics: tuple[Characteristic, ...]
    audience: str = ""


def is_within(place: str, above: str) -> bool:
    """Whether ``place`` is ``above`` or a place below it."""
    return place == above or place.startswith(f"{above} / ")


def in_no_group(characteristic: Characteristic, field: Field) -> tuple[str, ...]:
    """The labels of answers that no group holds: whoever gave one counts as unknown. A place holds all below it."""
    held = [value for group in characteristic.groups for value in group.values]

    def is_held(value: str) -> bool:
        if field.id != "place":
            return value in held
        return any(is_within(value, one) or is_within(one, value) for one in held)

    return tuple(label for value, label in field.values.items() if not is_held(value))
