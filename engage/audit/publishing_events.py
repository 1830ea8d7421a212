"""Events about a survey's checks, its dates and its end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from engage.audit.recording import Event


@dataclass(frozen=True, slots=True)
class WarningAccepted(Event):
    """A finding of the checks stands, for a reason in the officer's own words. ``check`` is its number."""

    about: ClassVar[str] = "survey"
    survey: str
    check: int
    place: str
    reason: str


@dataclass(frozen=True, slots=True)
class AcceptanceTakenBack(Event):
    about: ClassVar[str] = "survey"
    survey: str
    check: int
    place: str


@dataclass(frozen=True, slots=True)
class DatesChanged(Event):
    """The first and last day for answers of a published survey, "" where there is none."""

    about: ClassVar[str] = "survey"
    survey: str
    opens: str
    closes: str


@dataclass(frozen=True, slots=True)
class SurveyClosed(Event):
    about: ClassVar[str] = "survey"
    survey: str


@dataclass(frozen=True, slots=True)
class SurveyReopened(Event):
    """``closes`` is the new last day, "" for none."""

    about: ClassVar[str] = "survey"
    survey: str
    closes: str


@dataclass(frozen=True, slots=True)
class SurveyWithdrawn(Event):
    about: ClassVar[str] = "survey"
    survey: str


@dataclass(frozen=True, slots=True)
class SurveyPutBack(Event):
    about: ClassVar[str] = "survey"
    survey: str
