"""Writing an event to the audit trail, in the transaction of what happened."""

from __future__ import annotations

import dataclasses
import datetime
import json
import re
from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy.orm import Session

from engage.audit.chain import append
from surveys.storage import tables


@dataclass(frozen=True, slots=True)
class Event:
    """``about`` names the field that says what the event is about: an address, a survey's slug, a code."""

    about: ClassVar[str]


def record(session: Session, event: Event, *, organisation_id: int, by: str, at: datetime.datetime) -> None:
    """Add ``event`` to the trail, within the caller's transaction and as the last thing that it does."""
    fields = dataclasses.asdict(event)
    # As the database gives it back, so that its hash does not depend on whether it was stored yet.
    fields = json.loads(json.dumps(fields))
    append(
        session,
        tables.AuditEvent(
            organisation_id=organisation_id,
            at=at,
            actor=by,
            action=_words(type(event).__name__),
            subject=fields.pop(event.about)[:254],
            detail=fields,
        ),
    )


def _words(name: str) -> str:
    """ResponseRemoved becomes "response removed"."""
    return re.sub(r"(?<!^)(?=[A-Z])", " ", name).lower()
