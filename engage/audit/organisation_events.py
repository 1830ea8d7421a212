"""Events about organisations, about what they share, and about the audit trail itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from engage.audit.recording import Event


@dataclass(frozen=True, slots=True)
class OrganisationAdded(Event):
    about: ClassVar[str] = "organisation"
    organisation: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class OrganisationRenamed(Event):
    about: ClassVar[str] = "organisation"
    organisation: str
    before: str
    name: str


@dataclass(frozen=True, slots=True)
class SecondFactorRuleChanged(Event):
    """Whether the people of an organisation must use a second factor."""

    about: ClassVar[str] = "organisation"
    organisation: str
    required: bool


@dataclass(frozen=True, slots=True)
class SharingAgreed(Event):
    """``reader`` may read the survey's results: all, or its own places beside the total."""

    about: ClassVar[str] = "survey"
    survey: str
    reader: str
    scope: Literal["all", "own"]
    reference: str


@dataclass(frozen=True, slots=True)
class SharingEnded(Event):
    about: ClassVar[str] = "survey"
    survey: str
    reader: str
    ended_by: Literal["owner", "reader"]


@dataclass(frozen=True, slots=True)
class AuditTrailExported(Event):
    about: ClassVar[str] = "file"
    file: str
