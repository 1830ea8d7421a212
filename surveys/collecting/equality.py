"""Answers about the person, stored apart so that they can be deleted alone."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping

from sqlalchemy import delete
from sqlalchemy.orm import Session

from surveys.answers import Value
from surveys.collecting.sending import Located
from surveys.storage import tables


def add_equality_answers(
    session: Session,
    *,
    collector: Located,
    equality_key: bytes,
    bank_version: str,
    answers: Mapping[str, Value],
    at: datetime.date,
) -> None:
    """Store answers to entries of the question bank under the key that sending gave.

    May be called once for each page and again after going back: later answers to an entry replace earlier ones.
    """
    row = session.get(tables.EqualityAnswer, equality_key, with_for_update=True)
    if row is None:
        row = tables.EqualityAnswer(
            key=equality_key,
            survey_id=collector.survey_id,
            organisation_id=collector.organisation_id,
            bank_version=bank_version,
            answers="{}",
            submitted_on=at,
        )
        session.add(row)
    merged = {**json.loads(row.answers), **answers}
    row.answers = json.dumps(merged, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    session.flush()


def remove_equality_answers(session: Session, *, survey: tables.Survey) -> int:
    """Delete every equality answer of a survey and leave its responses whole; how many people's."""
    mine = delete(tables.EqualityAnswer).where(tables.EqualityAnswer.survey_id == survey.id)
    return session.connection().execute(mine).rowcount
