"""Names of places in print: without what the path of every place begins with, which says nothing of any of them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from reports.tabulation import Figure, Results

_BETWEEN_LEVELS = " / "


def shared_beginning(results: Results[Figure]) -> str:
    """What the names of all places in the results begin with, such as ``Northshire Alliance / ``; else empty.

    Every place keeps at least its own name, so nothing is shared where one place holds all the others.
    """
    return _shared([*_named_places(results)])


def _named_places(results: Results[Figure]) -> list[str]:
    bands = [band.label for band in results.places if band.field == "place"]
    told = [
        one.labels.get(value, value) for one in results.who_answered if one.field == "place" for value in one.counts
    ]
    groups = [group.label for group in results.groups if group.field == "place"]
    return [*bands, *told, *groups]


def _shared(places: Sequence[str]) -> str:
    paths = [place.split(_BETWEEN_LEVELS) for place in dict.fromkeys(places)]
    if len(paths) < 2:
        return ""
    levels = zip(*(path[:-1] for path in paths), strict=False)
    shared = takewhile(lambda level: len(set(level)) == 1, levels)
    return "".join(f"{level[0]}{_BETWEEN_LEVELS}" for level in shared)
