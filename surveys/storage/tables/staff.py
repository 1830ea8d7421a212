"""Accounts and their sessions, queued work, stored results and the audit trail."""

from __future__ import annotations

import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from surveys.storage.tables.declaring import HASH, Base


class Account(Base):
    """A member of staff. The address is stored in lower case."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    password_hash: Mapped[str] = mapped_column(String(255))
    created_at: Mapped[datetime.datetime]
    disabled_at: Mapped[datetime.datetime | None]


class AccountRole(Base):
    """A role that an account has."""

    __tablename__ = "account_role"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[str] = mapped_column(String(20), primary_key=True)


class StaffSession(Base):
    """A signed-in browser; only the hash of its cookie is kept, so that a stolen table opens nothing."""

    __tablename__ = "staff_session"

    id_hash: Mapped[bytes] = mapped_column(HASH, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime.datetime]
    last_seen_at: Mapped[datetime.datetime]
    expires_at: Mapped[datetime.datetime]


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
    """Disclosed results as they were at ``made_at``, for staff pages: nothing here is below the disclosure rules."""

    __tablename__ = "results_snapshot"
    __table_args__ = (Index(None, "survey_id", "made_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    filters: Mapped[dict[str, Any]] = mapped_column(JSON)
    document: Mapped[dict[str, Any]] = mapped_column(JSON)
    made_at: Mapped[datetime.datetime]


class AuditEvent(Base):
    """Who did what, and when. Rows are only ever added; they hold no answers."""

    __tablename__ = "audit_event"
    __table_args__ = (Index(None, "organisation_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    at: Mapped[datetime.datetime]
    actor: Mapped[str] = mapped_column(String(254))
    action: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(254))
    detail: Mapped[dict[str, Any]] = mapped_column(JSON)
