"""What happens when somebody types an address and a password, and then the code of a second factor."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass
from typing import Literal

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from engage.access.accounts import find_account, normalise_email
from engage.access.passwords import matches
from engage.access.second_factors import looks_like_recovery_code, use_code
from engage.access.sessions import end_session, start_session
from engage.access.signed_values import read_signed, signed
from engage.access.throttling import Trying, count_app_code, count_try, forget_app_codes, forget_tries
from engage.audit.events import SignInFailed, SignInSucceeded, record
from engage.settings import Settings
from engage.unit_of_work import Database
from surveys.storage import tables

HALF_WAY = datetime.timedelta(minutes=10)
"""How long somebody may look for their phone after the password was right."""

Reason = Literal["password", "second factor", "disabled", "unknown"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """``token`` is set only when somebody is now signed in; ``half`` when the second factor is still to come.

    "over": the password is to be given again.
    """

    token: str | None = None
    half: str | None = None
    refused: Literal["wrong", "throttled", "over"] | None = None
    email: str = ""


@dataclass(frozen=True, slots=True)
class Browser:
    """Where a sign-in comes from. ``former_token``: of a session in the same browser, which then ends."""

    network: str
    name: str = ""
    known: str | None = None
    former_token: str = ""


def sign_in(
    database: Database, settings: Settings, *, email: str, password: str, browser: Browser, at: datetime.datetime
) -> Outcome:
    """Start a session under a new token if the password is the account's; count and note the try either way.

    An unknown address, a disabled account and a wrong password give the same answer after the same work.
    """
    address, key = normalise_email(email), settings.secret_key
    trying = Trying(address, browser.network, browser.known)
    with database.writing() as session:
        allowed = count_try(session, trying, "sign-in", secret_key=key, at=at)
        if not allowed:
            return _throttled()
        account = find_account(session, email=address)
        stored = account.password_hash if account is not None else None
    # Checking a password is slow on purpose, so it happens while no transaction keeps others waiting.
    right = matches(stored, password)
    with database.writing() as session:
        account = find_account(session, email=address)
        if account is None:
            _note_failure(session, None, "unknown", at)
        elif not right or account.password_hash != stored:
            _note_failure(session, account, "password", at)
        elif account.disabled_at is not None:
            _note_failure(session, account, "disabled", at)
        else:
            forget_tries(session, trying, "sign-in", secret_key=key)
            return password_given(session, settings, account=account, browser=browser, at=at)
    return Outcome(refused="wrong")


def password_given(
    session: Session, settings: Settings, *, account: tables.Account, browser: Browser, at: datetime.datetime
) -> Outcome:
    """The way on for somebody who has just shown that the account is theirs: in, or to the second factor."""
    if account.second_factor_at is None:
        return _let_in(session, account, browser, at)
    values: list[str | int] = [account.id, _fingerprint(account), int(at.timestamp())]
    return Outcome(half=signed(settings, "half signed in", values))


def give_code(
    database: Database, settings: Settings, *, half: str, typed: str, browser: Browser, at: datetime.datetime
) -> Outcome:
    """Start a session if the code is right and new; count and note the try either way.

    ``half`` is what ``sign_in`` handed out. It is worth nothing after ten minutes, a new password or a switched-off
    second factor.
    """
    key = settings.secret_key
    with database.writing() as session:
        account = _half_signed_in(session, settings, half, at)
        if account is None:
            return Outcome(refused="over")
        trying = Trying(account.email, browser.network, browser.known)
        if not count_try(session, trying, "second factor", secret_key=key, at=at):
            return _throttled()
        is_app_code = not looks_like_recovery_code(typed)
        if is_app_code and not count_app_code(session, account.email, secret_key=key, at=at):
            return _throttled()
        if use_code(session, settings, account=account, typed=typed, at=at) is None:
            _note_failure(session, account, "second factor", at)
            return Outcome(refused="wrong")
        forget_tries(session, trying, "second factor", secret_key=key)
        forget_app_codes(session, account.email, secret_key=key)
        return _let_in(session, account, browser, at)


def half_signed_in(database: Database, settings: Settings, *, half: str, at: datetime.datetime) -> str | None:
    """The address of whoever may give a code for ``half`` now; None if nobody may."""
    with database.reading() as session:
        account = _half_signed_in(session, settings, half, at)
        return account.email if account else None


def check_own_password(
    database: Database, settings: Settings, *, email: str, password: str, browser: Browser, at: datetime.datetime
) -> Literal["right", "wrong", "throttled"]:
    """Whether the password is that of the person who is signed in, before something that needs to be sure of it."""
    trying = Trying(email, browser.network, browser.known)
    with database.writing() as session:
        if not count_try(session, trying, "sign-in", secret_key=settings.secret_key, at=at):
            return "throttled"
        account = find_account(session, email=email)
        stored = account.password_hash if account is not None else None
    right = matches(stored, password)
    with database.writing() as session:
        account = find_account(session, email=email)
        if right and account is not None:
            forget_tries(session, trying, "sign-in", secret_key=settings.secret_key)
        elif account is not None:
            _note_failure(session, account, "password", at)
    return "right" if right else "wrong"


def _let_in(session: Session, account: tables.Account, browser: Browser, at: datetime.datetime) -> Outcome:
    end_session(session, token=browser.former_token)
    token = start_session(session, account=account, at=at, browser=browser.name)
    event = SignInSucceeded(account.email)
    record(session, event, organisation_id=account.organisation_id, by=account.email, at=at)
    return Outcome(token, email=account.email)


def _throttled() -> Outcome:
    # Noted in the log alone: the audit trail only grows, and a guessing program must not fill it.
    structlog.get_logger().warning("sign-in throttled")
    return Outcome(refused="throttled")


def _half_signed_in(session: Session, settings: Settings, half: str, at: datetime.datetime) -> tables.Account | None:
    match read_signed(settings, "half signed in", half):
        case [int(account_id), str(fingerprint), int(since)]:
            account = session.get(tables.Account, account_id)
        case _:
            return None
    usable = (
        account is not None
        and account.disabled_at is None
        and account.second_factor_at is not None
        and fingerprint == _fingerprint(account)
        and 0 <= at.timestamp() - since < HALF_WAY.total_seconds()
    )
    return account if usable else None


def _fingerprint(account: tables.Account) -> str:
    """Changes with the password, without telling it."""
    return hashlib.sha256(account.password_hash.encode()).hexdigest()[:32]


def _note_failure(session: Session, account: tables.Account | None, reason: Reason, at: datetime.datetime) -> None:
    if account is not None:
        event = SignInFailed(account.email, reason)
        record(session, event, organisation_id=account.organisation_id, by=account.email, at=at)
        return
    first = session.scalar(select(tables.Organisation.id).order_by(tables.Organisation.id).limit(1))
    if first is not None:
        record(session, SignInFailed("unknown", reason), organisation_id=first, by="unknown", at=at)
