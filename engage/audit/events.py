"""What can be written to the audit trail. Each event carries exactly its own fields, and none of them an answer.

Every event is imported from here, those about accounts, organisations and publishing too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from engage.audit.account_events import (
    AccountAdded,
    AccountDisabled,
    AccountEnabled,
    InvitationCancelled,
    InvitationMade,
    NameChanged,
    PasswordChanged,
    PasswordLinkMade,
    PasswordReset,
    RecoveryCodesMade,
    RecoveryCodeUsed,
    RolesChanged,
    SecondFactorSwitchedOff,
    SecondFactorSwitchedOn,
    SessionsEnded,
    SignedOut,
    SignInFailed,
    SignInSucceeded,
)
from engage.audit.masking_events import MaskingListChanged
from engage.audit.organisation_events import (
    AuditTrailExported,
    OrganisationAdded,
    OrganisationRenamed,
    SecondFactorRuleChanged,
    SharingAgreed,
    SharingEnded,
)
from engage.audit.publishing_events import (
    AcceptanceTakenBack,
    DatesChanged,
    SurveyClosed,
    SurveyPutBack,
    SurveyReopened,
    SurveyWithdrawn,
    WarningAccepted,
)
from engage.audit.recording import Event, record
from engage.audit.reference_events import ReferencePopulationGiven, ReferencePopulationRemoved
from engage.audit.report_events import CommentaryBegun, CommentaryMoved, ReportMadeFinal
from engage.audit.threshold_events import PlaceThresholdsGiven, PlaceThresholdsRemoved
from engage.audit.wave_events import WaveLinked, WaveRemoved

__all__ = [
    "AcceptanceTakenBack",
    "AccountAdded",
    "AccountDisabled",
    "AccountEnabled",
    "AuditTrailExported",
    "CommentaryBegun",
    "CommentaryMoved",
    "DatesChanged",
    "Event",
    "InvitationCancelled",
    "InvitationMade",
    "MaskingListChanged",
    "NameChanged",
    "OrganisationAdded",
    "OrganisationRenamed",
    "PasswordChanged",
    "PasswordLinkMade",
    "PasswordReset",
    "PlaceThresholdsGiven",
    "PlaceThresholdsRemoved",
    "RecoveryCodeUsed",
    "RecoveryCodesMade",
    "ReferencePopulationGiven",
    "ReferencePopulationRemoved",
    "ReportMadeFinal",
    "RolesChanged",
    "SecondFactorRuleChanged",
    "SecondFactorSwitchedOff",
    "SecondFactorSwitchedOn",
    "SessionsEnded",
    "SharingAgreed",
    "SharingEnded",
    "SignInFailed",
    "SignInSucceeded",
    "SignedOut",
    "SurveyClosed",
    "SurveyPutBack",
    "SurveyReopened",
    "SurveyWithdrawn",
    "WarningAccepted",
    "WaveLinked",
    "WaveRemoved",
    "record",
]


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
class CollectorRestarted(Event):
    about: ClassVar[str] = "code"
    survey: str
    code: str


@dataclass(frozen=True, slots=True)
class CollectorChanged(Event):
    """``parts`` are the names of what was changed, never its words."""

    about: ClassVar[str] = "code"
    survey: str
    code: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PrintsAsked(Event):
    about: ClassVar[str] = "survey"
    survey: str
    files: int


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


@dataclass(frozen=True, slots=True)
class SurveyBegun(Event):
    """``start`` is the starting point, "copy of" another survey, or the uploaded file."""

    about: ClassVar[str] = "survey"
    survey: str
    start: str


@dataclass(frozen=True, slots=True)
class QuestionnaireReplaced(Event):
    """A survey's design now holds what an uploaded file says."""

    about: ClassVar[str] = "survey"
    survey: str
    file: str


@dataclass(frozen=True, slots=True)
class StrategyDocumentRead(Event):
    """A strategy document was kept, as it came, and read for themes."""

    about: ClassVar[str] = "survey"
    survey: str
    file: str
    size: int
    sha256: str
    themes: int


@dataclass(frozen=True, slots=True)
class DocumentAdded(Event):
    """Something to read on a survey's start page; ``name`` is the file's name or the link."""

    about: ClassVar[str] = "survey"
    survey: str
    purpose: str
    name: str


@dataclass(frozen=True, slots=True)
class DocumentRemoved(Event):
    about: ClassVar[str] = "survey"
    survey: str
    purpose: str
    name: str


@dataclass(frozen=True, slots=True)
class OrganisationChanged(Event):
    """``parts`` names what changed: standing texts, name, logo, colour."""

    about: ClassVar[str] = "organisation"
    organisation: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AudienceAdded(Event):
    about: ClassVar[str] = "audience"
    audience: str
    label: str


@dataclass(frozen=True, slots=True)
class EditionSignedOff(Event):
    """``name`` is that of the person who read every text in the language."""

    about: ClassVar[str] = "survey"
    survey: str
    language: str
    name: str


@dataclass(frozen=True, slots=True)
class TranslationTaken(Event):
    """Translations were taken over from a sheet; ``texts`` is how many."""

    about: ClassVar[str] = "survey"
    survey: str
    language: str
    texts: int


@dataclass(frozen=True, slots=True)
class PreviewLinkMade(Event):
    about: ClassVar[str] = "survey"
    survey: str
    reader: str
    role: str


@dataclass(frozen=True, slots=True)
class PreviewLinkEnded(Event):
    about: ClassVar[str] = "survey"
    survey: str
    reader: str


@dataclass(frozen=True, slots=True)
class PreviewSignedOff(Event):
    """A reader of the preview found the survey clear."""

    about: ClassVar[str] = "survey"
    survey: str
    name: str
    role: str
