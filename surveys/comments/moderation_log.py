"""What was taken out of a survey's comments and why, without the words: a record that can be published.

It counts decisions of staff, not people or answers, so small numbers in it need no hiding.
"""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.comments.showing import Action
from surveys.publishing import load_version, versions_of
from surveys.storage import tables


@dataclass(frozen=True, slots=True)
class LoggedPassage:
    """One decision. ``question`` is in the survey's own language; ``reason`` as it is stored."""

    made_at: datetime.datetime
    made_by: str
    question: str
    action: Action
    reason: str
    undone_at: datetime.datetime | None


def moderation_log(session: Session, *, survey: tables.Survey) -> tuple[LoggedPassage, ...]:
    """Every decision about a passage of a comment that is still stored, newest first."""
    passage, screened = tables.CommentPassage, tables.ScreenedComment
    rows = session.execute(
        select(passage, screened.item_key)
        .join(screened, screened.ref == passage.ref)
        .where(passage.survey_id == survey.id)
        .order_by(passage.made_at.desc(), passage.id.desc())
    ).all()
    titles = question_titles(session, survey=survey) if rows else {}
    return tuple(
        LoggedPassage(
            row.made_at,
            row.made_by,
            titles.get(item_key, item_key),
            "redact" if row.action == "redact" else "show",
            row.reason,
            row.undone_at,
        )
        for row, item_key in rows
    )


def counts_by_reason(log: tuple[LoggedPassage, ...]) -> Counter[str]:
    """How many decisions are in force for each reason, most frequent first."""
    return Counter(dict(Counter(one.reason for one in log if one.undone_at is None).most_common()))


def question_titles(session: Session, *, survey: tables.Survey) -> dict[str, str]:
    """Every item's question with its theme, in the words of the newest version that asks it."""
    titles: dict[str, str] = {}
    for version in versions_of(session, survey=survey):
        questionnaire = load_version(session, version.id)
        language = questionnaire.language
        for item in questionnaire.items:
            question = item.question.text.in_language(language)
            theme = f"{item.theme.plain_title.in_language(language)}: " if item.theme else ""
            titles[item.key] = theme + question
    return titles
