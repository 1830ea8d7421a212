"""What can be written to the audit trail. Each event carries exactly its own fields, and none of them an answer."""

from __future__ import annotations

import dataclasses
import datetime
import re
from dataclasses import dataclass
from typing import ClassVar, Literal

from sqlalchemy.orm import Session

from surveys.storage import tables


@dataclass(frozen=True, slots=True)
class Event:
    """``about`` names the field that says what the event is about: an address, a survey's slug, a code."""

    about: ClassVar[str]


@dataclass(frozen=True, slots=True)
class SignInSucceeded(Event):
    about: ClassVar[str] = "email"
    email: str


@dataclass(frozen=True, slots=True)
class SignInFailed(Event):
    """``email`` is that of an existing account, else "unknown": what was typed could be a password."""

    about: ClassVar[str] = "email"
    email: str
    reason: Literal["password", "disabled", "unknown"]


@dataclass(frozen=True, slots=True)
class SignedOut(Event):
    about: ClassVar[str] = "email"
    email: str


@dataclass(frozen=True, slots=True)
class AccountAdded(Event):
    about: ClassVar[str] = "email"
    email: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AccountDisabled(Event):
    about: ClassVar[str] = "email"
    email: str


@dataclass(frozen=True, slots=True)
class PasswordReset(Event):
    about: ClassVar[str] = "email"
    email: str


@dataclass(frozen=True, slots=True)
class RolesChanged(Event):
    about: ClassVar[str] = "email"
    email: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SurveyPublished(Event):
    about: ClassVar[str] = "survey"
    survey: str
    version: str


@dataclass(frozen=True, slots=True)
class CollectorAdded(Event):
    about: ClassVar[str] = "code"
    survey: str
    code: str


@dataclass(frozen=True, slots=True)
class CollectorStopped(Event):
    about: ClassVar[str] = "code"
    survey: str
    code: str


@dataclass(frozen=True, slots=True)
class ResponseRemoved(Event):
    """The reason is the remover's own words. The response is not named: its key is gone with it."""

    about: ClassVar[str] = "survey"
    survey: str
    collector: str
    reason: str


@dataclass(frozen=True, slots=True)
class SingleAnswersShown(Event):
    """Somebody looked at what single people answered, to find test or spam answers."""

    about: ClassVar[str] = "survey"
    survey: str
    shown: int


@dataclass(frozen=True, slots=True)
class ReportAsked(Event):
    about: ClassVar[str] = "survey"
    survey: str


@dataclass(frozen=True, slots=True)
class FileDownloaded(Event):
    about: ClassVar[str] = "survey"
    survey: str
    file: str


@dataclass(frozen=True, slots=True)
class SignUpsExported(Event):
    about: ClassVar[str] = "survey"
    survey: str
    rows: int


@dataclass(frozen=True, slots=True)
class SignUpsDeleted(Event):
    about: ClassVar[str] = "survey"
    survey: str
    rows: int


@dataclass(frozen=True, slots=True)
class EqualityAnswersDeleted(Event):
    about: ClassVar[str] = "survey"
    survey: str
    rows: int


@dataclass(frozen=True, slots=True)
class AnswersImported(Event):
    about: ClassVar[str] = "survey"
    survey: str
    rows: int


@dataclass(frozen=True, slots=True)
class AnswersExported(Event):
    about: ClassVar[str] = "survey"
    survey: str
    rows: int


def record(session: Session, event: Event, *, organisation_id: int, by: str, at: datetime.datetime) -> None:
    """Add ``event`` to the trail, within the caller's transaction."""
    fields = dataclasses.asdict(event)
    session.add(
        tables.AuditEvent(
            organisation_id=organisation_id,
            at=at,
            actor=by,
            action=_words(type(event).__name__),
            subject=fields.pop(event.about)[:254],
            detail=fields,
        )
    )
    session.flush()


def _words(name: str) -> str:
    """ResponseRemoved becomes "response removed"."""
    return re.sub(r"(?<!^)(?=[A-Z])", " ", name).lower()
