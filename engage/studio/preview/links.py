"""Links by which named people read a survey before it is published. Only the hash of a link's token is kept."""

from __future__ import annotations

import base64
import datetime
import hashlib
import secrets
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.storage import tables

LinkState = Literal["open", "expired", "ended"]

TOKEN_BYTES = 20
LONGEST_TOKEN = 64
USUAL_DAYS = 14


def make_link(
    session: Session,
    *,
    survey: tables.Survey,
    reader: str,
    role: str,
    lasts: datetime.timedelta,
    at: datetime.datetime,
    by: str,
) -> str:
    """A new link for one named reader; returns its token of 160 bits, which is stored nowhere."""
    token = base64.b32encode(secrets.token_bytes(TOKEN_BYTES)).decode().lower()
    session.add(
        tables.PreviewLink(
            survey_id=survey.id,
            organisation_id=survey.organisation_id,
            token_hash=_hash(token),
            reader=reader,
            reader_role=role,
            made_at=at,
            made_by=by,
            expires_at=at + lasts,
        )
    )
    session.flush()
    return token


def find_link(session: Session, token: str) -> tables.PreviewLink | None:
    """The link with this token, open or not; capital letters are taken for small ones."""
    if len(token) > LONGEST_TOKEN:
        return None
    return session.scalar(select(tables.PreviewLink).where(tables.PreviewLink.token_hash == _hash(token.lower())))


def state_of(link: tables.PreviewLink, at: datetime.datetime) -> LinkState:
    """Whether the link still opens the preview."""
    if link.ended_at is not None:
        return "ended"
    return "open" if at < link.expires_at else "expired"


def links_of(session: Session, *, survey: tables.Survey) -> list[tables.PreviewLink]:
    """Every link to the survey's preview, newest first."""
    row = tables.PreviewLink
    return list(session.scalars(select(row).where(row.survey_id == survey.id).order_by(row.id.desc())))


def end_link(session: Session, *, survey: tables.Survey, link_id: int, at: datetime.datetime) -> str | None:
    """End a link now; the reader's name, or None where the survey has no such link that is open."""
    row = tables.PreviewLink
    found = session.scalar(select(row).where(row.survey_id == survey.id, row.id == link_id, row.ended_at.is_(None)))
    if found is None:
        return None
    found.ended_at = at
    session.flush()
    return found.reader


def _hash(token: str) -> bytes:
    return hashlib.sha256(b"preview link\0" + token.encode("utf-8", "replace")).digest()
