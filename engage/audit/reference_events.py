"""Events about the population that a survey's answers are compared with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from engage.audit.recording import Event


@dataclass(frozen=True, slots=True)
class ReferencePopulationGiven(Event):
    about: ClassVar[str] = "survey"
    survey: str
    file: str


@dataclass(frozen=True, slots=True)
class ReferencePopulationRemoved(Event):
    about: ClassVar[str] = "survey"
    survey: str
