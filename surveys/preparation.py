"""What is decided about a survey beside its questionnaire: dates, people, plans and exceptions that were accepted."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal

OutOfDate = Literal["withdrawn", "fallback"]


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A warning about the wording that an officer accepts: which check, at which place, and why.

    ``digest`` stands for the words as they were then; where they change, the acceptance has ended.
    """

    check: int
    place: str
    reason: str
    by: str
    on: datetime.date
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Edition:
    """The survey in one further language.

    ``sources`` holds, for each text by its key, the digest of the words that the translation was made from; where the
    words have changed since, the translation is out of date. ``when_out_of_date``: whether the edition is then left
    out, or goes out with the questionnaire's own language in the place of what is missing.
    """

    language: str
    when_out_of_date: OutOfDate = "withdrawn"
    sources: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Preparation:
    """``decision_made``: whether the decision was taken before anybody was asked; None until somebody says so.

    ``reader_name`` and ``reader_email``: who reads the comments each working day. ``planned_audiences``: pairs of an
    audience's id and how many of its people are to be heard. ``previewed``: the newest revision that somebody tried.
    ``privacy_approved_by``: the data protection officer who agreed that personal details are asked for.
    ``poster_promises``: further words for posters, which the survey must keep.
    """

    decision_made: bool | None = None
    opens_on: datetime.date | None = None
    closes_on: datetime.date | None = None
    outcome_on: datetime.date | None = None
    short_time_reason: str = ""
    reader_name: str = ""
    reader_email: str = ""
    privacy_approved_by: str = ""
    poster_promises: str = ""
    previewed: int | None = None
    editors_see_themes: bool = False
    planned_audiences: tuple[tuple[str, int], ...] = ()
    accepted: tuple[Acceptance, ...] = ()
    editions: tuple[Edition, ...] = ()

    def edition(self, language: str) -> Edition:
        """What is decided about the edition in ``language``; a new one where nothing is."""
        return next((one for one in self.editions if one.language == language), Edition(language))


def to_record(preparation: Preparation) -> dict[str, Any]:
    """The preparation as plain JSON; what is unset is left out."""
    record: dict[str, Any] = {}
    for part in fields(Preparation):
        value = getattr(preparation, part.name)
        if value != part.default:
            record[part.name] = _plain(value)
    return record


def from_record(record: Mapping[str, Any]) -> Preparation:
    """The preparation of ``to_record``. Keys of other versions of this software are passed over."""
    known = {part.name for part in fields(Preparation)}
    values: dict[str, Any] = {name: value for name, value in record.items() if name in known}
    for name in ("opens_on", "closes_on", "outcome_on"):
        if values.get(name):
            values[name] = datetime.date.fromisoformat(values[name])
    values["planned_audiences"] = tuple((name, number) for name, number in values.get("planned_audiences", ()))
    values["accepted"] = tuple(
        Acceptance(**{**one, "on": datetime.date.fromisoformat(one["on"])}) for one in values.get("accepted", ())
    )
    values["editions"] = tuple(
        Edition(**{**one, "sources": tuple((key, digest) for key, digest in one["sources"])})
        for one in values.get("editions", ())
    )
    return Preparation(**values)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, Acceptance | Edition):
        return {part.name: _plain(getattr(value, part.name)) for part in fields(value)}
    return value
