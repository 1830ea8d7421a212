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


@dataclass(frozen=True, slots=True)
class PassageRedacted(Event):
    """A passage of a comment was taken out. ``comment`` is its name in addresses."""

    about: ClassVar[str] = "survey"
    survey: str
    comment: str
    reason: str


@dataclass(frozen=True, slots=True)
class MaskLookedBehind(Event):
    """Somebody who called a mask wrong saw what it hides; nothing has changed for others. ``kind`` is the mask's."""

    about: ClassVar[str] = "survey"
    survey: str
    comment: str
    kind: str
    reason: str


@dataclass(frozen=True, slots=True)
class MaskLifted(Event):
    """What a mask hid is shown to everybody now."""

    about: ClassVar[str] = "survey"
    survey: str
    comment: str
    kind: str
    reason: str


@dataclass(frozen=True, slots=True)
class PassageUndone(Event):
    """A redaction ("redact") or a lifted mask ("show") counts no longer."""

    about: ClassVar[str] = "survey"
    survey: str
    comment: str
    action: str


@dataclass(frozen=True, slots=True)
class CommentTranslated(Event):
    """``translated_by`` says who translated it and how, a person or a machine."""

    about: ClassVar[str] = "survey"
    survey: str
    comment: str
    language: str
    translated_by: str


@dataclass(frozen=True, slots=True)
class CommentTranslationRemoved(Event):
    about: ClassVar[str] = "survey"
    survey: str
    comment: str
    language: str


@dataclass(frozen=True, slots=True)
class CommentLanguageCorrected(Event):
    """The comment is in ``language``, not in ``earlier``, which was that of the page on which it was written."""

    about: ClassVar[str] = "survey"
    survey: str
    comment: str
    earlier: str
    language: str
