"""A published survey with comments that went in through the function that real ones pass through."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.comments.screening import screen_new
from surveys.storage import tables
from tests.factories import NOW, TODAY, a_collector, a_response, a_survey, some_answers

STAFF = "triage@example.org"


@dataclass(frozen=True)
class Commented:
    """The survey of ``a_questionnaire()`` and one of its collectors, for patients unless told otherwise."""

    survey: tables.Survey
    collector: tables.Collector


def a_commented_survey(session: Session) -> Commented:
    survey = a_survey(session)
    return Commented(survey, a_collector(session, survey))


def a_comment(
    session: Session,
    at: Commented,
    text: str,
    *,
    theme: str = "waiting",
    rating: str | None = "very",
    may_quote: str | None = "yes",
    language: str = "en",
    on: datetime.date = TODAY,
    read: bool = True,
) -> tables.ScreenedComment:
    """One person's comment on a theme, screened; ``read``: somebody has read it and found nothing to act on."""
    answers = some_answers(waiting__comment=None, waiting__importance=None, quote=may_quote)
    answers |= {f"{theme}.comment": text, f"{theme}.importance": rating}
    collected = a_response(session, at.collector, answers, at=on, language=language)
    screen_new(session, survey=at.survey)
    screened = session.scalars(
        select(tables.ScreenedComment).where(tables.ScreenedComment.response_key == collected.response_key)
    ).one()
    if read:
        session.add(
            tables.CommentState(
                ref=screened.ref,
                survey_id=at.survey.id,
                organisation_id=at.survey.organisation_id,
                state="no action",
                read_at=NOW,
                read_by=STAFF,
                state_at=NOW,
                state_by=STAFF,
            )
        )
        session.flush()
    return screened
