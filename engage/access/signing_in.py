"""What happens when somebody types an address and a password."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Literal

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from engage.access.accounts import find_account, normalise_email
from engage.access.passwords import matches
from engage.access.sessions import end_session, start_session
from engage.access.throttling import count_try, forget_tries
from engage.audit.events import SignInFailed, SignInSucceeded, record
from engage.unit_of_work import Database
from surveys.storage import tables


@dataclass(frozen=True, slots=True)
class Outcome:
    """``token`` is set only when somebody is now signed in."""

    token: str | None
    refused: Literal["wrong", "throttled"] | None


def sign_in(
    database: Database,
    *,
    email: str,
    password: str,
    network: str,
    former_token: str,
    secret_key: str,
    at: datetime.datetime,
) -> Outcome:
    """Start a session under a new token if the password is the account's; count and note the try either way.

    An unknown address, a disabled account and a wrong password give the same answer after the same work.
    """
    address = normalise_email(email)
    with database.writing() as session:
        allowed = count_try(session, secret_key=secret_key, email=address, network=network, at=at)
        if not allowed:
            # Noted in the log alone: the audit trail only grows, and a guessing program must not fill it.
            structlog.get_logger().warning("sign-in throttled")
            return Outcome(None, "throttled")
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
            end_session(session, token=former_token)
            token = start_session(session, account=account, at=at)
            forget_tries(session, secret_key=secret_key, email=address, network=network)
            event = SignInSucceeded(account.email)
            record(session, event, organisation_id=account.organisation_id, by=account.email, at=at)
            return Outcome(token, None)
    return Outcome(None, "wrong")


def _note_failure(
    session: Session,
    account: tables.Account | None,
    reason: Literal["password", "disabled", "unknown"],
    at: datetime.datetime,
) -> None:
    if account is not None:
        event = SignInFailed(account.email, reason)
        record(session, event, organisation_id=account.organisation_id, by=account.email, at=at)
        return
    first = session.scalar(select(tables.Organisation.id).order_by(tables.Organisation.id).limit(1))
    if first is not None:
        record(session, SignInFailed("unknown", reason), organisation_id=first, by="unknown", at=at)
