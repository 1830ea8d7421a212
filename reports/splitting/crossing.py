"""Groups by two fields at once: a group for each pair of values that anybody has."""

from __future__ import annotations

import re

import numpy as np

from reports.people import RequestRefused
from reports.splitting.groups import Split

BETWEEN = ","
_MOST = 2
_PART = re.compile(r"(?:[^,\\]|\\.)*")
_MARKED = re.compile(r"\\(.)")


def fields_of(by: str) -> tuple[str, ...]:
    """The field or the two fields that a ``by`` names: "place,audience" names two.

    RequestRefused for more than two, an empty one, or the same one twice.
    """
    named = tuple(one.strip() for one in by.split(BETWEEN))
    if len(named) > _MOST:
        raise RequestRefused(f"groups can be made by two fields at most, not by {len(named)}; take {by!r} apart")
    if len(set(named)) < len(named):
        raise RequestRefused(f"{by!r} names the same field twice; name two different ones, or one alone")
    if not all(named):
        raise RequestRefused(f"{by!r} names no field on one side of the comma; name two fields, or one alone")
    return named


def values_of(field: str, value: str) -> tuple[str, ...]:
    """The values of a group by ``field``: two where the field is a pair, with what ``crossed`` marked unmarked."""
    if BETWEEN not in field:
        return (value,)
    first = _PART.match(value)
    cut = first.end() if first else 0
    return tuple(_MARKED.sub(r"\1", part) for part in (value[:cut], value[cut + 1 :]))


def crossed(first: Split, second: Split) -> Split:
    """The pairs of two splits' values that somebody has, in the order of the first and then of the second.

    A group's value is both, joined by a comma; a comma or backslash inside one is marked with a backslash. People
    without a value on either side have none here.
    """
    width = len(second.values)
    nowhere = (first.codes < 0) | (second.codes < 0)
    number = np.where(nowhere, -1, first.codes.astype(np.int64) * width + second.codes)
    pairs = np.unique(number[number >= 0])
    codes = np.where(nowhere, -1, np.searchsorted(pairs, number)).astype(np.int32)
    named = [(first.values[pair // width], second.values[pair % width]) for pair in pairs.tolist()]
    values = tuple(BETWEEN.join(map(_marked, pair)) for pair in named)
    labels = {value: f"{first.labels[a]}, {_inside(second, b)}" for value, (a, b) in zip(values, named, strict=True)}
    return Split(
        field=BETWEEN.join((first.field, second.field)),
        label=f"{first.label}, {second.label}",
        values=values,
        labels=labels,
        codes=codes,
        sensitive=first.sensitive or second.sensitive,
        beside=frozenset(
            value for value, (a, b) in zip(values, named, strict=True) if a in first.beside or b in second.beside
        ),
    )


def _marked(value: str) -> str:
    return re.sub(r"([\\,])", r"\\\1", value)


def _inside(split: Split, value: str) -> str:
    """A label after another one; names of audiences are common nouns."""
    return split.labels[value].lower() if split.field == "audience" else split.labels[value]
