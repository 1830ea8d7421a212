"""Events about comments. None of them carries a word of one: reasons are those of staff."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from engage.audit.recording import Event


@dataclass(frozen=True, slots=True)
class UnmaskedExportAsked(Event):
    """Somebody is about to take comments home as they were written."""

    about: ClassVar[str] = "survey"
    survey: str
    file: str
    reason: str
