"""Events about what workshops said. Neither words nor votes are repeated here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from engage.audit.recording import Event


@dataclass(frozen=True, slots=True)
class WorkshopAdded(Event):
    about: ClassVar[str] = "survey"
    survey: str
    workshop: int


@dataclass(frozen=True, slots=True)
class WorkshopChanged(Event):
    """``fields`` names what changed, never how."""

    about: ClassVar[str] = "survey"
    survey: str
    workshop: int
    fields: list[str]


@dataclass(frozen=True, slots=True)
class WorkshopRemoved(Event):
    about: ClassVar[str] = "survey"
    survey: str
    workshop: int


@dataclass(frozen=True, slots=True)
class WorkshopPutBack(Event):
    about: ClassVar[str] = "survey"
    survey: str
    workshop: int
