"""Answers about the person, stored apart so that they can be deleted alone."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping

from sqlalchemy import Date, bindparam, delete, text
from sqlalchemy.orm import Session

from surveys.answers import Value
from surveys.collecting.sending import Located
from surveys.storage import tables
from surveys.storage.tables.declaring import KEY

_begin = text(
    "INSERT INTO equality_answer (key, survey_id, organisation_id, bank_version, answers, submitted_on) "
    "VALUES (:key, :survey_id, :organisation_id, :bank_version, '{}', :submitted_on) ON CONFLICT (key) DO NOTHING"
).bindparams(bindparam("key", type_=KEY), bindparam("submitted_on", type_=Date))


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
    owner = {"survey_id": collector.survey_id, "organisation_id": collector.organisation_id}
    empty = {"key": equality_key, **owner, "bank_version": bank_version, "submitted_on": at}
    # Two presses of the button at the same moment must find one row, which the second then waits for.
    session.connection().execute(_begin, empty)
    row = session.get_one(tables.EqualityAnswer, equality_key, with_for_update=True)
    merged = {**json.loads(row.answers), **answers}
    row.answers = json.dumps(merged, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    session.flush()


def remove_equality_answers(session: Session, *, survey: tables.Survey) -> int:
    """Delete every equality answer of a survey and leave its responses whole; how many people's."""
    mine = delete(tables.EqualityAnswer).where(tables.EqualityAnswer.survey_id == survey.id)
    return session.connection().execute(mine).rowcount
