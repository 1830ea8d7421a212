"""Events about accounts: signing in, passwords, roles, invitations, second factors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from engage.audit.recording import Event


@dataclass(frozen=True, slots=True)
class SignInSucceeded(Event):
    about: ClassVar[str] = "email"
    email: str


@dataclass(frozen=True, slots=True)
class SignInFailed(Event):
    """``email`` is that of an existing account, else "unknown": what was typed could be a password."""

    about: ClassVar[str] = "email"
    email: str
    reason: Literal["password", "second factor", "disabled", "unknown"]


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
class AccountEnabled(Event):
    about: ClassVar[str] = "email"
    email: str


@dataclass(frozen=True, slots=True)
class NameChanged(Event):
    about: ClassVar[str] = "email"
    email: str


@dataclass(frozen=True, slots=True)
class PasswordChanged(Event):
    """By the account's owner, who knew the one before."""

    about: ClassVar[str] = "email"
    email: str


@dataclass(frozen=True, slots=True)
class InvitationMade(Event):
    about: ClassVar[str] = "email"
    email: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PasswordLinkMade(Event):
    about: ClassVar[str] = "email"
    email: str


@dataclass(frozen=True, slots=True)
class InvitationCancelled(Event):
    about: ClassVar[str] = "email"
    email: str


@dataclass(frozen=True, slots=True)
class SecondFactorSwitchedOn(Event):
    about: ClassVar[str] = "email"
    email: str


@dataclass(frozen=True, slots=True)
class SecondFactorSwitchedOff(Event):
    about: ClassVar[str] = "email"
    email: str


@dataclass(frozen=True, slots=True)
class RecoveryCodesMade(Event):
    about: ClassVar[str] = "email"
    email: str


@dataclass(frozen=True, slots=True)
class RecoveryCodeUsed(Event):
    """``left``: how many are still unused."""

    about: ClassVar[str] = "email"
    email: str
    left: int


@dataclass(frozen=True, slots=True)
class SessionsEnded(Event):
    """By the account's owner: one other browser, or everywhere."""

    about: ClassVar[str] = "email"
    email: str
    ended: int
