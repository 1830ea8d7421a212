"""Events about reading comments. None carries a word of one; ``comment`` is its name in addresses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from engage.audit.recording import Event


@dataclass(frozen=True, slots=True)
class CommentDecided(Event):
    """Somebody read a comment, or thought again: ``state`` is read, escalated or no action."""

    about: ClassVar[str] = "survey"
    survey: str
    comment: str
    state: str


@dataclass(frozen=True, slots=True)
class CommentTakenOver(Event):
    about: ClassVar[str] = "survey"
    survey: str
    comment: str


@dataclass(frozen=True, slots=True)
class CommentsPutAside(Event):
    """Several comments of the rest at once, read and with nothing to act on."""

    about: ClassVar[str] = "survey"
    survey: str
    comments: int


@dataclass(frozen=True, slots=True)
class CommentsPutBack(Event):
    """Comments that were put aside at once, and are new again."""

    about: ClassVar[str] = "survey"
    survey: str
    comments: int


@dataclass(frozen=True, slots=True)
class CommentRevealed(Event):
    """Somebody asked for a comment as it was written and said why. The reason is one of a list, or their own."""

    about: ClassVar[str] = "survey"
    survey: str
    comment: str
    reason: str


@dataclass(frozen=True, slots=True)
class CommentShownUnmasked(Event):
    """A safeguarding lead opened a comment that they see as it was written."""

    about: ClassVar[str] = "survey"
    survey: str
    comment: str


@dataclass(frozen=True, slots=True)
class ScreeningAsked(Event):
    about: ClassVar[str] = "survey"
    survey: str


@dataclass(frozen=True, slots=True)
class ScreeningStopped(Event):
    about: ClassVar[str] = "survey"
    survey: str


@dataclass(frozen=True, slots=True)
class CommentDigestSent(Event):
    """Whoever reads the survey's comments was told how many wait."""

    about: ClassVar[str] = "survey"
    survey: str
    waiting: int
    overdue: int
