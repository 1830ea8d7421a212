"""Taking a test or spam response out again."""

from __future__ import annotations

from sqlalchemy import delete
from sqlalchemy.orm import Session

from surveys.storage import tables


def remove_response(session: Session, *, survey: tables.Survey, key: bytes) -> bool:
    """Delete a response with its document, comments and equality answers; False where there is none.

    Nothing of it remains. The caller records that one was removed, by whom and why, without the key.
    """
    response = session.get(tables.Response, (survey.id, key))
    if response is None:
        return False
    if response.equality_key is not None:
        session.execute(delete(tables.EqualityAnswer).where(tables.EqualityAnswer.key == response.equality_key))
    # Documents and comments go with it, by their foreign keys.
    session.execute(delete(tables.Response).where(tables.Response.survey_id == survey.id, tables.Response.key == key))
    session.flush()
    return True
