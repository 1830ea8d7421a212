"""How long a survey takes to answer, by the words people read and the questions they are asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from surveys.question_bank import equality_questionnaire
from surveys.questionnaire import (
    ChoicesQuestion,
    Comparison,
    LongTextQuestion,
    Question,
    Questionnaire,
    Statement,
    Text,
    TextQuestion,
)
from surveys.routing import JourneyPage, journey

WORDS_PER_MINUTE = 180
SECONDS_PER_CLOSED_QUESTION = 10
SECONDS_PER_PRIORITY = 30
SECONDS_PER_COMMENT = 45 * 0.3
"""A comment takes 45 seconds, and three people in ten write one."""
SECONDS_PER_EQUALITY_QUESTION = 8


def estimated_minutes(questionnaire: Questionnaire) -> tuple[float, float]:
    """Minutes for the whole survey with its equality questions, and for answering the first page and sending that.

    Words above the start button, of themes (plain titles and explanations) and of questions count once each, however
    often they come back; reading the options is part of the time that a closed question takes.
    """
    return questionnaire.derived(_estimated_minutes)


def _estimated_minutes(questionnaire: Questionnaire) -> tuple[float, float]:
    pages = journey(questionnaire)
    start = [questionnaire.title, questionnaire.organisation, questionnaire.about.purpose, questionnaire.about.closing]
    first = _minutes([*start, *_texts(pages[:1])], _seconds(pages[:1]))
    full = _minutes([*start, *_texts(pages)], _seconds(pages) + _equality(questionnaire))
    return full, first


def _minutes(texts: Iterable[Text | None], seconds: float) -> float:
    read = {text.by_language[0][1] for text in texts if text is not None}
    return sum(len(text.split()) for text in read) / WORDS_PER_MINUTE + seconds / 60


def _texts(pages: Iterable[JourneyPage]) -> Iterator[Text | None]:
    for page in pages:
        yield page.page.title if page.page else None
        if page.theme:
            yield from (page.theme.plain_title, page.theme.explanation)
        for asked in page.questions:
            yield from (asked.text, asked.hint)


def _seconds(pages: Iterable[JourneyPage]) -> float:
    return sum(_seconds_of(asked) for page in pages for asked in page.questions)


def _seconds_of(asked: Question) -> float:
    if isinstance(asked, Statement):
        return 0
    if isinstance(asked, TextQuestion | LongTextQuestion):
        return SECONDS_PER_COMMENT
    if isinstance(asked, ChoicesQuestion) and asked.purpose == "priority":
        return SECONDS_PER_PRIORITY
    return SECONDS_PER_CLOSED_QUESTION


def _equality(questionnaire: Questionnaire) -> float:
    """Seconds for the equality questions: of those that depend on one answer, a person meets one."""
    asked = equality_questionnaire(questionnaire)
    conditions = [page.show_if for page in asked.pages] if asked else []
    always = sum(condition is None for condition in conditions)
    parents = {condition.field for condition in conditions if isinstance(condition, Comparison)}
    return SECONDS_PER_EQUALITY_QUESTION * (always + len(parents))
