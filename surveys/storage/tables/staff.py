"""Accounts and their sessions, queued work, stored results and the audit trail."""

from __future__ import annotations

import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from surveys.storage.tables.declaring import HASH, Base


class Account(Base):
    """A member of staff. The address is stored in lower case.

    ``second_factor`` is the secret of the authenticator, encrypted; it counts once ``second_factor_at`` is set.
    ``second_factor_step`` is the time step of the last code that was used, so that none is used twice.
    """

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    password_hash: Mapped[str] = mapped_column(String(255))
    created_at: Mapped[datetime.datetime]
    disabled_at: Mapped[datetime.datetime | None]
    name: Mapped[str] = mapped_column(String(200), default="")
    password_changed_at: Mapped[datetime.datetime | None]
    second_factor: Mapped[bytes | None] = mapped_column(LargeBinary)
    second_factor_at: Mapped[datetime.datetime | None]
    second_factor_step: Mapped[int | None]
    last_signed_in_at: Mapped[datetime.datetime | None]


class RecoveryCode(Base):
    """A code that stands in once for a lost second factor; only its hash is kept."""

    __tablename__ = "recovery_code"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    code_hash: Mapped[bytes] = mapped_column(HASH, primary_key=True)
    used_at: Mapped[datetime.datetime | None]


class Invitation(Base):
    """A link by which somebody sets up an account, or sets a new password where ``account_id`` is given.

    Only the hash of the link's token is kept. It works once, until it expires or is cancelled.
    """

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    email: Mapped[str] = mapped_column(String(254))
    roles: Mapped[list[str]] = mapped_column(JSON)
    token_hash: Mapped[bytes] = mapped_column(HASH, unique=True)
    made_at: Mapped[datetime.datetime]
    made_by: Mapped[str] = mapped_column(String(254))
    expires_at: Mapped[datetime.datetime]
    used_at: Mapped[datetime.datetime | None]
    cancelled_at: Mapped[datetime.datetime | None]


class SharingAgreement(Base):
    """An organisation lets another one read the results of one of its surveys.

    ``reference`` says where the agreement itself is kept. ``scope`` "all" shows the whole survey; "own" shows the
    reader its own places beside the total, which ``own_place`` fixes (None for "all"): the reader's path of names from
    the root when the agreement was recorded, whatever the reader is called later.
    """

    __tablename__ = "sharing_agreement"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), index=True)
    reader_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    scope: Mapped[str] = mapped_column(String(10))
    own_place: Mapped[str | None] = mapped_column(String(500))
    reference: Mapped[str] = mapped_column(String(300))
    recorded_at: Mapped[datetime.datetime]
    recorded_by: Mapped[str] = mapped_column(String(254))
    ended_at: Mapped[datetime.datetime | None]
    ended_by: Mapped[str | None] = mapped_column(String(254))


class AccountRole(Base):
    """A role that an account has."""

    __tablename__ = "account_role"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[str] = mapped_column(String(20), primary_key=True)


class StaffSession(Base):
    """A signed-in browser; only the hash of its cookie is kept, so that a stolen table opens nothing.

    ``to_be_renewed``: the account's roles have changed, so the next page gives the browser a new cookie.
    """

    __tablename__ = "staff_session"

    id_hash: Mapped[bytes] = mapped_column(HASH, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime.datetime]
    last_seen_at: Mapped[datetime.datetime]
    expires_at: Mapped[datetime.datetime]
    browser: Mapped[str] = mapped_column(String(100), default="")
    to_be_renewed: Mapped[bool] = mapped_column(default=False)


class Throttle(Base):
    """How often something was tried since ``window_started_at``; the key is a hash of account or address."""

    __tablename__ = "throttle"

    key_hash: Mapped[bytes] = mapped_column(HASH, primary_key=True)
    window_started_at: Mapped[datetime.datetime]
    count: Mapped[int]


class Job(Base):
    """Queued work. Its state follows from which moments are set; ``progress`` is 0-1."""

    __tablename__ = "job"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    parameters: Mapped[dict[str, Any]] = mapped_column(JSON)
    asked_at: Mapped[datetime.datetime]
    asked_by: Mapped[str] = mapped_column(String(254))
    started_at: Mapped[datetime.datetime | None]
    finished_at: Mapped[datetime.datetime | None]
    failed_at: Mapped[datetime.datetime | None]
    progress: Mapped[float] = mapped_column(default=0.0)
    result_path: Mapped[str | None] = mapped_column(String(500))
    message: Mapped[str | None] = mapped_column(Text)


class ResultsSnapshot(Base):
    """Disclosed results as they were at ``made_at``, for staff pages: nothing here is below the disclosure rules.

    ``organisation_id`` is who may read it: the survey's owner, or a reader of its own places beside the total.
    """

    __tablename__ = "results_snapshot"
    __table_args__ = (Index(None, "survey_id", "made_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    filters: Mapped[dict[str, Any]] = mapped_column(JSON)
    document: Mapped[dict[str, Any]] = mapped_column(JSON)
    made_at: Mapped[datetime.datetime]


class AuditEvent(Base):
    """Who did what, and when. Rows are only ever added; they hold no answers.

    ``hash`` is a digest of the row together with the hash of the row before, so that a change anywhere shows.
    """

    __tablename__ = "audit_event"
    __table_args__ = (Index(None, "organisation_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    at: Mapped[datetime.datetime]
    actor: Mapped[str] = mapped_column(String(254))
    action: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(254))
    detail: Mapped[dict[str, Any]] = mapped_column(JSON)
    hash: Mapped[bytes] = mapped_column(HASH)


class AuditHead(Base):
    """The end of the chain of audit events, one row: whoever adds an event holds it, so that the chain never forks."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    event_id: Mapped[int]
    hash: Mapped[bytes] = mapped_column(HASH)
