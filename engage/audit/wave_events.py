"""Events about a survey that asks again what an earlier one asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from engage.audit.recording import Event


@dataclass(frozen=True, slots=True)
class WaveLinked(Event):
    """``chosen`` is how many questions somebody judged otherwise than the two questionnaires do."""

    about: ClassVar[str] = "survey"
    survey: str
    earlier: str
    chosen: int


@dataclass(frozen=True, slots=True)
class WaveRemoved(Event):
    about: ClassVar[str] = "survey"
    survey: str
    earlier: str
