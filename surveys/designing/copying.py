"""A survey begun as a copy of another one."""

from __future__ import annotations

from dataclasses import replace

from surveys.designing import Content
from surveys.designing.texts import new_id, with_words


def copied(content: Content, *, title: str) -> Content:
    """The content for a new survey with this title: questions, texts and plans as they are.

    Whatever holds for one survey alone is open again: its dates, whether the decision was made, who approved it.
    """
    questionnaire = content.questionnaire
    return Content(
        replace(
            questionnaire,
            slug=new_id(title, (), "survey"),
            title=with_words(None, title, questionnaire.language),
            about=replace(questionnaire.about, closing=None),
            demonstration=False,
        ),
        replace(
            content.preparation,
            decision_made=None,
            opens_on=None,
            closes_on=None,
            outcome_on=None,
            short_time_reason="",
            privacy_approved_by="",
            previewed=None,
        ),
    )
