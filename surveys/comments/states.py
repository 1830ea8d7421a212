"""What people made of comments: new until somebody has read it, then escalated or nothing to act on."""

from __future__ import annotations

from typing import Literal

from sqlalchemy import ColumnElement, exists

from surveys.storage import tables

State = Literal["read", "escalated", "no action"]
"""A comment without a state is new."""


def usable_comments(*, survey_id: int) -> ColumnElement[bool]:
    """The WHERE clause for the survey's ``tables.ScreenedComment`` that a person has read and that are not escalated.

    Whoever codes, searches or quotes comments uses it.
    """
    screened, state = tables.ScreenedComment, tables.CommentState
    read = exists().where(state.ref == screened.ref, state.state != "escalated")
    return (screened.survey_id == survey_id) & read
