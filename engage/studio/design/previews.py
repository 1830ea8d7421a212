"""How people see a part of a survey, for the side of the page on which it is written. Nothing here can be answered."""

from __future__ import annotations

from engage.languages import wording
from engage.respond.fields import Field, field_of
from surveys.questionnaire import Question, Questionnaire, Theme


def theme_preview(questionnaire: Questionnaire, theme: Theme) -> tuple[Field, ...]:
    """The questions about a theme as its page asks them."""
    asked = questionnaire.ask_about_each_theme
    return tuple(question_preview(questionnaire, question, f"{theme.id}.{question.id}") for question in asked)


def question_preview(questionnaire: Questionnaire, question: Question, key: str) -> Field:
    """One question as people see it."""
    return field_of(questionnaire, question, key, wording(questionnaire.language))
