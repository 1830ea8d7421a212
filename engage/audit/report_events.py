"""Events about an officer's commentary and the reports that carry it. What was written is never repeated here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from engage.audit.recording import Event


@dataclass(frozen=True, slots=True)
class CommentaryBegun(Event):
    """The first words of an edition were saved, or a new edition began from a final one."""

    about: ClassVar[str] = "survey"
    survey: str
    edition: int


@dataclass(frozen=True, slots=True)
class CommentaryMoved(Event):
    """``state`` is the new one: draft or for comment."""

    about: ClassVar[str] = "survey"
    survey: str
    edition: int
    state: str


@dataclass(frozen=True, slots=True)
class ReportMadeFinal(Event):
    """``digest`` is that of the commentary, ``files`` the SHA-256 of each file that was frozen, by its name."""

    about: ClassVar[str] = "survey"
    survey: str
    edition: int
    digest: str
    files: dict[str, str]
