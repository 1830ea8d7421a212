"""Sending the daily digest of comments: once for each survey and working day, however many workers there are."""

from __future__ import annotations

import datetime
import hashlib
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy import delete, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from engage import clock
from engage.audit.recording import record
from engage.audit.triage_events import CommentDigestSent
from engage.mail import MailNotSent, send_mail
from engage.settings import Settings
from engage.unit_of_work import Database
from surveys.comments.digest import Digest, digests
from surveys.comments.working_days import is_working_day
from surveys.storage import tables

FROM_HOUR = 7
"""Digests are sent from this hour on, where the organisation is."""
ACTOR = "daily digest"
# A worker that ended while it was sending has not said whether it did; after so long another one tries again.
_TAKEN_FOR_LOST = datetime.timedelta(minutes=50)
_SENDING, _SENT = 0, 1


def send_digests(settings: Settings, database: Database) -> int:
    """Send what is due now, if mail is set up; how many went out. What fails is tried again when this runs next."""
    at = clock.now()
    local = at.astimezone(ZoneInfo(settings.time_zone))
    if not settings.mail_url or local.hour < FROM_HOUR or not is_working_day(local.date()):
        return 0
    with database.reading() as session:
        due = [one for one in digests(session, today=local.date()) if one.to]
    return sum(send_digest(settings, database, one, at=at, day=local.date()) for one in due)


def send_digest(
    settings: Settings, database: Database, digest: Digest, *, at: datetime.datetime, day: datetime.date
) -> bool:
    """Send one digest unless it went out on that day or is going out; whether it went out now."""
    key = hashlib.sha256(f"comment digest {digest.survey_id} {day}".encode()).digest()
    with database.writing() as session:
        if not _is_claimed(session, key, at):
            return False
    try:
        send_mail(settings, to=digest.to, subject=digest.subject, text=digest.text(settings.base_url))
    except MailNotSent as fault:
        structlog.get_logger().error("digest not sent", survey=digest.slug, reason=str(fault))
        with database.writing() as session:
            session.execute(delete(tables.Throttle).where(tables.Throttle.key_hash == key))
        return False
    with database.writing() as session:
        session.execute(update(tables.Throttle).where(tables.Throttle.key_hash == key).values(count=_SENT))
        event = CommentDigestSent(digest.slug, digest.counts.waiting, digest.counts.overdue)
        record(session, event, organisation_id=digest.organisation_id, by=ACTOR, at=at)
    return True


def _is_claimed(session: Session, key: bytes, at: datetime.datetime) -> bool:
    """Whether this process is the one that sends it: of several the first, or one after a first that was lost."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    row = insert(tables.Throttle).values(key_hash=key, window_started_at=at, count=_SENDING)
    if session.execute(row.on_conflict_do_nothing().returning(tables.Throttle.key_hash)).all():
        return True
    lost = (
        update(tables.Throttle)
        .where(
            tables.Throttle.key_hash == key,
            tables.Throttle.count == _SENDING,
            tables.Throttle.window_started_at < at - _TAKEN_FOR_LOST,
        )
        .values(window_started_at=at)
        .returning(tables.Throttle.key_hash)
    )
    return bool(session.execute(lost).all())
