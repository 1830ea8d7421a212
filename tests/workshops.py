"""Workshops as an officer enters them."""

from __future__ import annotations

import datetime
from typing import Any

from sqlalchemy.orm import Session

from surveys.storage import tables
from surveys.workshops.keeping import Kept, add_workshop
from surveys.workshops.records import Record, Said
from tests.factories import NOW

BY = "officer@example.org"
SAID = Said(
    votes=14, agreed="Ring people with results\nFewer letters", not_agreed="Saturdays", ideas="One number to ring"
)


def a_record(**changes: Any) -> Record:
    """Twelve people in a library, who voted on two of the three themes of ``a_questionnaire``."""
    given: dict[str, Any] = {
        "held_on": datetime.date(2026, 11, 2),
        "place": "Bradford library",
        "facilitator_role": "Patient involvement lead",
        "people": 12,
        "themes": {"waiting": SAID, "staff": Said(votes=9)},
    }
    return Record(**{**given, **changes})


def a_workshop(session: Session, survey: tables.Survey, **changes: Any) -> Kept:
    return add_workshop(session, survey=survey, record=a_record(**changes), at=NOW, by=BY)[0]
