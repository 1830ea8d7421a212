"""Examining the database: reachable, migrated, whole, unchanged where nothing may change, and worked on."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator

from sqlalchemy import func, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from engage import migrations
from engage.audit.chain import verify
from engage.health.findings import Finding, fault, note, ok
from engage.queue import jobs
from engage.settings import Settings
from engage.unit_of_work import Database
from surveys.answers import answers_from_document, encode
from surveys.comments.examining import compare_words
from surveys.publishing import content_hash, loaded_version
from surveys.storage import tables

WORKER_MISSING_AFTER = datetime.timedelta(minutes=10)
RESTORE = "Stop Engage and bring back the newest backup: engage restore FILE --force"


def examine_database(settings: Settings, *, at: datetime.datetime, deep: bool) -> Iterator[Finding]:
    """Each finding about what is stored; ``deep`` reads every response and comment as well."""
    try:
        is_current = migrations.is_current(settings.database_url, settings.drafts_url)
    except SQLAlchemyError as error:
        reason = type(error.__cause__ or error).__name__
        yield fault("database", f"cannot be reached ({reason}).", "Check ENGAGE_DATABASE_URL and that the server runs.")
        return
    yield ok("database", "can be reached")
    if not is_current:
        yield fault("migrations", "the database is not up to date with this software.", "engage db upgrade")
        return
    yield ok("migrations", "up to date")
    database = Database(settings.database_url, settings.drafts_url)
    try:
        with database.reading() as session:
            yield _whole(session)
            yield _versions(session)
            yield _clock(session, at)
            yield _audit_trail(session)
            yield _worker(session, at)
            yield _accounts(session)
            if deep:
                yield _vectors(session)
                yield _comments(session)
    except SQLAlchemyError as error:
        yield fault("database file", f"cannot be read ({type(error.__cause__ or error).__name__}).", RESTORE)
    finally:
        database.close()


def _whole(session: Session) -> Finding:
    if session.get_bind().dialect.name != "sqlite":
        return ok("database file", "looked after by PostgreSQL")
    if session.execute(text("PRAGMA quick_check")).scalar() != "ok":
        return fault("database file", "is damaged.", RESTORE)
    broken = session.execute(text("PRAGMA foreign_key_check")).first()
    return (
        fault("database file", "rows refer to others that are gone.", RESTORE)
        if broken
        else ok("database file", "whole")
    )


def _versions(session: Session) -> Finding:
    versions = session.scalars(select(tables.QuestionnaireVersion)).all()
    changed = [version for version in versions if content_hash(version.document) != version.sha256]
    if changed:
        names = ", ".join(f"version {version.number} with id {version.id}" for version in changed)
        return fault("published versions", f"changed after publishing: {names}.", RESTORE)
    return ok("published versions", f"{len(versions)}, none changed since it was published")


def _audit_trail(session: Session) -> Finding:
    chain = verify(session)
    if chain.fault:
        return fault("audit trail", f"{chain.fault}.", f"Find out who could reach the database. {RESTORE}")
    return ok("audit trail", f"{chain.events} events, chained without a gap")


def _clock(session: Session, at: datetime.datetime) -> Finding:
    moments = [
        session.scalar(select(func.max(tables.AuditEvent.at))),
        session.scalar(select(func.max(tables.QuestionnaireVersion.published_at))),
    ]
    newest = max((moment for moment in moments if moment is not None), default=None)
    if newest is not None and newest > at + datetime.timedelta(minutes=5):
        behind = f"shows {at:%Y-%m-%d %H:%M} UTC, but something stored happened at {newest:%Y-%m-%d %H:%M}."
        return fault("clock", behind, "Set the clock of this machine, for example: timedatectl set-ntp true")
    return ok("clock", f"{at:%Y-%m-%d %H:%M} UTC")


def _worker(session: Session, at: datetime.datetime) -> Finding:
    late = jobs.waiting(session, asked_before=at - WORKER_MISSING_AFTER)
    if late:
        return fault("worker", f"{len(late)} jobs wait and nobody does them.", "Run: engage serve, or engage worker")
    return ok("worker", "nothing has been waiting for long")


def _accounts(session: Session) -> Finding:
    active = session.scalar(
        select(func.count()).select_from(tables.Account).where(tables.Account.disabled_at.is_(None))
    )
    if not active:
        return note("accounts", "nobody can sign in yet.", "engage account add EMAIL --role administrator")
    return ok("accounts", f"{active} active")


def _vectors(session: Session) -> Finding:
    """Whether the stored codes are what the stored documents give, response by response."""
    response, document = tables.Response, tables.ResponseDocument
    both = (document.survey_id == response.survey_id) & (document.key == response.key)
    query = select(response.version_id, response.codes, document.answers).join(document, both, isouter=True)
    looked_at = wrong = 0
    for version_id, codes, answers in session.execute(query.execution_options(yield_per=1000)):
        version = loaded_version(session, version_id)
        looked_at += 1
        try:
            derived = encode(
                version.layout, answers_from_document(version.questionnaire, json.loads(answers)["answers"])
            )
        except (ValueError, KeyError, TypeError):
            wrong += 1
            continue
        wrong += derived != codes
    if wrong:
        return fault("responses", f"{wrong} of {looked_at} disagree with their own documents.", RESTORE)
    return ok("responses", f"{looked_at} compared with their documents, all agree")


def _comments(session: Session) -> Finding:
    """Whether everybody sees of each comment what masks and moderation leave of it."""
    looked_at, wrong = compare_words(session)
    if wrong:
        return fault("comments", f"{wrong} of {looked_at} show other words than masks and moderation leave.", RESTORE)
    return ok("comments", f"{looked_at} compared with their masks and moderation, all agree")
