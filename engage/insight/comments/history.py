"""What was done with one comment, from the audit trail."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.storage import tables


@dataclass(frozen=True, slots=True)
class Done:
    """One line of the history: what was done, by whom and when; ``more`` is what the event says besides."""

    what: str
    more: str
    by: str
    at: datetime.datetime


def history_of(session: Session, *, survey: tables.Survey, name: str) -> list[Done]:
    """Everything that people did with the comment, oldest first."""
    event = tables.AuditEvent
    found = session.scalars(
        select(event)
        .where(
            event.organisation_id == survey.organisation_id,
            event.subject == survey.slug,
            event.detail["comment"].as_string() == name,
        )
        .order_by(event.id)
    )
    return [
        Done(
            one.action[:1].upper() + one.action[1:],
            ", ".join(str(one.detail[part]) for part in ("state", "reason", "kind") if one.detail.get(part)),
            one.actor,
            one.at,
        )
        for one in found
    ]
