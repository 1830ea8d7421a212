"""Events about coding comments. They name frames and codes by number and key, and no comment at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from engage.audit.recording import Event


@dataclass(frozen=True, slots=True)
class CodeFrameMade(Event):
    """``start`` is the starting point, or empty."""

    about: ClassVar[str] = "survey"
    survey: str
    frame: int
    start: str


@dataclass(frozen=True, slots=True)
class CodeFrameChanged(Event):
    """``what`` is add, reword, replace, split, merge, retire, undo or settings; ``codes`` are keys."""

    about: ClassVar[str] = "survey"
    survey: str
    frame: int
    what: str
    codes: tuple[str, ...]
    comments: int


@dataclass(frozen=True, slots=True)
class CodeListExported(Event):
    about: ClassVar[str] = "survey"
    survey: str
    frame: int


@dataclass(frozen=True, slots=True)
class CommentsCodedAlike(Event):
    """Comments got the codes of one that they are like."""

    about: ClassVar[str] = "survey"
    survey: str
    frame: int
    comments: int


@dataclass(frozen=True, slots=True)
class CodingSampleDrawn(Event):
    """``comments`` were drawn for ``coder``, who codes them without seeing the first codes."""

    about: ClassVar[str] = "survey"
    survey: str
    frame: int
    round: int
    coder: str
    comments: int


@dataclass(frozen=True, slots=True)
class CodingSampleEnded(Event):
    """Somebody gave a sample up before it was finished; ``coded`` of its comments had been coded."""

    about: ClassVar[str] = "survey"
    survey: str
    frame: int
    round: int
    coded: int


@dataclass(frozen=True, slots=True)
class SuggestionsAsked(Event):
    about: ClassVar[str] = "survey"
    survey: str
    frame: int


@dataclass(frozen=True, slots=True)
class IdeasWentForward(Event):
    """``ideas`` became themes of the draft ``into``, or of a downloaded file where that is empty."""

    about: ClassVar[str] = "survey"
    survey: str
    ideas: int
    into: str
