"""The chain of the audit trail: every event's hash covers the event and the hash of the one before it.

So a change, a removal or an insertion anywhere shows, unless everything after it was worked out anew. Against that
helps a hash noted down elsewhere: ``verify`` can be asked whether the chain still leads through it.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.storage import tables

HEAD_ID = 1
BEGINNING = bytes(32)
"""What stands before the first event."""

_AT_A_TIME = 1_000


class HeadMissing(LookupError):
    """The row that holds the end of the chain is gone, so nothing can be added to the trail."""


class Row(Protocol):
    """What the hash of an event covers."""

    @property
    def id(self) -> int: ...
    @property
    def organisation_id(self) -> int: ...
    @property
    def at(self) -> datetime.datetime: ...
    @property
    def actor(self) -> str: ...
    @property
    def action(self) -> str: ...
    @property
    def subject(self) -> str: ...
    @property
    def detail(self) -> Any: ...


@dataclass(frozen=True, slots=True)
class Chain:
    """What verifying found: how many events are in order, the last of them, and the first fault if there is one."""

    events: int
    last_id: int
    last_hash: bytes
    fault: str | None


def next_hash(before: bytes, row: Row) -> bytes:
    """SHA-256 over the hash before and the row as canonical JSON, its moment in UTC to the microsecond."""
    at = row.at.astimezone(datetime.UTC).isoformat(timespec="microseconds")
    fields = [row.id, row.organisation_id, at, row.actor, row.action, row.subject, row.detail]
    return hashlib.sha256(before + json.dumps(fields, sort_keys=True, separators=(",", ":")).encode()).digest()


def append(session: Session, event: tables.AuditEvent) -> None:
    """Put an event at the end of the chain; HeadMissing where that is not known.

    Whoever adds an event holds the end until the transaction is over, so do it last: others wait.
    """
    end = session.get(tables.AuditHead, HEAD_ID, with_for_update=True)
    if end is None:
        raise HeadMissing("the end of the audit trail is not known; run: engage audit verify")
    event.id = end.event_id + 1
    event.hash = next_hash(end.hash, event)
    end.event_id, end.hash = event.id, event.hash
    session.add(event)
    session.flush()


def head(session: Session) -> tuple[int, bytes] | None:
    """The id and the hash of the newest event, to be noted down elsewhere; None where the row that holds them is gone.

    It is known without going along the chain, and so promises nothing about what came before.
    """
    row = session.get(tables.AuditHead, HEAD_ID)
    return None if row is None else (row.event_id, row.hash)


def verify(session: Session, *, noted: tuple[int, bytes] | None = None) -> Chain:
    """Go along the whole chain once, up to the first fault. ``noted``: an event's id and the hash it once had."""
    row = tables.AuditEvent
    columns = (row.id, row.organisation_id, row.at, row.actor, row.action, row.subject, row.detail, row.hash)
    events, last_id, last, met = 0, 0, BEGINNING, None
    query = select(*columns).order_by(row.id).execution_options(yield_per=_AT_A_TIME)
    with session.execute(query) as found:
        for event in found:
            if next_hash(last, event) != event.hash:
                fault = f"event {event.id} was changed, or what stood between it and event {last_id} was removed"
                return Chain(events, last_id, last, fault)
            events, last_id, last = events + 1, event.id, event.hash
            if noted is not None and noted[0] == event.id:
                met = event.hash
    return Chain(events, last_id, last, _fault_at_the_end(session, last_id, last, noted, met))


def _fault_at_the_end(
    session: Session, last_id: int, last: bytes, noted: tuple[int, bytes] | None, met: bytes | None
) -> str | None:
    end = head(session)
    if end is None:
        return "the row that holds the end of the chain is gone"
    if end != (last_id, last):
        return f"events after event {last_id} were removed, or the end of the chain was changed"
    if noted is not None and met is None:
        return f"event {noted[0]}, whose hash was noted down, is not there"
    if noted is not None and met != noted[1]:
        return f"event {noted[0]} does not have the hash that was noted down: the chain was made anew"
    return None
