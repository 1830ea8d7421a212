"""Events about quotes. The words themselves, and the comment they come from, are never repeated here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from engage.audit.recording import Event


@dataclass(frozen=True, slots=True)
class QuoteProposed(Event):
    about: ClassVar[str] = "survey"
    survey: str
    quote: int
    question: str


@dataclass(frozen=True, slots=True)
class CommentPassedOver(Event):
    """A comment that was drawn is not quoted, for this reason."""

    about: ClassVar[str] = "survey"
    survey: str
    quote: int
    question: str
    reason: str


@dataclass(frozen=True, slots=True)
class QuoteApproved(Event):
    about: ClassVar[str] = "survey"
    survey: str
    quote: int


@dataclass(frozen=True, slots=True)
class QuoteWithdrawn(Event):
    about: ClassVar[str] = "survey"
    survey: str
    quote: int
    reason: str


@dataclass(frozen=True, slots=True)
class QuotePutBack(Event):
    """A quote that was withdrawn is proposed again, or a comment that was passed over can be drawn again."""

    about: ClassVar[str] = "survey"
    survey: str
    quote: int
