"""Events about the shares that a survey's owner calls acceptable and achievable."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from engage.audit.recording import Event


@dataclass(frozen=True, slots=True)
class PlaceThresholdsGiven(Event):
    about: ClassVar[str] = "survey"
    survey: str
    file: str
    rows: int


@dataclass(frozen=True, slots=True)
class PlaceThresholdsRemoved(Event):
    about: ClassVar[str] = "survey"
    survey: str
