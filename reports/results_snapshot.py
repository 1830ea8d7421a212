"""Disclosed results kept as JSON and read back exactly, so that pages show them without computing anything."""

from __future__ import annotations

import dataclasses
import datetime
from typing import Any

from reports import tabulation
from reports.disclosure import DisclosedResults
from reports.tabulation import Shown, Suppressed

_CLASSES: dict[str, type[Any]] = {
    one.__name__: one
    for one in (
        tabulation.Breakdown,
        tabulation.Change,
        tabulation.ChoiceTable,
        tabulation.CodeAgreement,
        tabulation.Coding,
        tabulation.CommentTable,
        tabulation.Difference,
        tabulation.DisclosureRules,
        tabulation.Estimate,
        tabulation.Filters,
        tabulation.Group,
        tabulation.MentionColumn,
        tabulation.MentionRow,
        tabulation.MentionTable,
        tabulation.NumberTable,
        tabulation.PlaceBand,
        tabulation.QuotedWords,
        tabulation.Quotes,
        tabulation.QuoteTranslation,
        tabulation.RatingTable,
        tabulation.ReferenceGroup,
        tabulation.Representation,
        tabulation.Results,
        tabulation.Series,
        tabulation.ThemeAtWorkshop,
        tabulation.ThemeTable,
        tabulation.WaveOf,
        tabulation.WavePoint,
        tabulation.Weighted,
        tabulation.WeightedShare,
        tabulation.WorkshopTold,
    )
}


def snapshot_of(results: DisclosedResults) -> dict[str, Any]:
    """The results as a JSON document; nothing in it is below the disclosure rules."""
    document: dict[str, Any] = _stored(results)
    return document


def results_from_snapshot(document: dict[str, Any]) -> DisclosedResults:
    """The results that ``snapshot_of`` stored. ValueError where the document is of another make."""
    try:
        results = _read(document)
    except (KeyError, TypeError) as fault:
        raise ValueError("this snapshot was made by another version of the software; make a new one") from fault
    if not isinstance(results, tabulation.Results):
        raise ValueError("this document holds no results")
    return results


def _stored(value: Any) -> Any:
    match value:
        case Shown():
            return {"shown": value.value}
        case Suppressed():
            return {"suppressed": value.reason}
        case datetime.datetime():
            return {"moment": value.isoformat()}
        case datetime.date():
            return {"day": value.isoformat()}
        case tuple():
            return [_stored(part) for part in value]
        case dict():
            return {"entries": [[key, _stored(part)] for key, part in value.items()]}
    if dataclasses.is_dataclass(value):
        name = type(value).__name__
        return {"is": name, **{one.name: _stored(getattr(value, one.name)) for one in dataclasses.fields(value)}}
    return value


def _read(value: Any) -> Any:
    match value:
        case {"shown": number}:
            return Shown(number)
        case {"suppressed": reason}:
            return Suppressed(reason)
        case {"moment": text}:
            return datetime.datetime.fromisoformat(text)
        case {"day": text}:
            return datetime.date.fromisoformat(text)
        case {"entries": entries}:
            return {key: _read(part) for key, part in entries}
        case {"is": name, **rest}:
            return _CLASSES[name](**{str(field): _read(part) for field, part in rest.items()})
        case list():
            return tuple(_read(part) for part in value)
    return value
