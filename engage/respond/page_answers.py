"""The questions of one page as a form: which are shown, what was answered, and how answers fill the form again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engage.languages import Wording
from engage.respond.messages import fault_message
from engage.respond.posted import Posted
from surveys.answers import AnswerFault, Answers, Value, parse_answer
from surveys.questionnaire import Questionnaire
from surveys.routing import JourneyPage, journey, shown_items


@dataclass(frozen=True, slots=True)
class Read:
    """What a form said. ``errors`` has a message for each item that could not be taken, in the order of the page."""

    answers: Answers
    errors: dict[str, str]


def page_of(questionnaire: Questionnaire, page_id: str) -> JourneyPage | None:
    """The page with this id, or None."""
    return questionnaire.derived(_pages).get(page_id)


def shown_on(questionnaire: Questionnaire, page: JourneyPage, answers: Mapping[str, Value]) -> tuple[str, ...]:
    """Keys of the page's items that these answers lead to."""
    if not is_conditional(questionnaire, page):
        return page.item_keys
    shown = shown_items(questionnaire, answers)
    return tuple(key for key in page.item_keys if key in shown)


def is_conditional(questionnaire: Questionnaire, page: JourneyPage) -> bool:
    """Whether what the page shows depends on answers."""
    return questionnaire.derived(_conditional)[page.id]


def read_answers(questionnaire: Questionnaire, keys: Iterable[str], posted: Posted, words: Wording) -> Read:
    """The answers to the items ``keys``; every one of them has an entry, None where it was left blank."""
    answers: Answers = {}
    errors: dict[str, str] = {}
    for key in keys:
        try:
            answers[key] = parse_answer(questionnaire, questionnaire.item(key), posted[key])
        except AnswerFault as fault:
            errors[key] = fault_message(questionnaire, fault, words)
    return Read(answers, errors)


def values_of(answers: Mapping[str, Value]) -> dict[str, tuple[str, ...]]:
    """Answers as a form holds them."""
    values: dict[str, tuple[str, ...]] = {}
    for key, value in answers.items():
        if isinstance(value, tuple):
            values[key] = value
        elif value is not None:
            values[key] = (str(value),)
    return values


def _pages(questionnaire: Questionnaire) -> dict[str, JourneyPage]:
    return {page.id: page for page in journey(questionnaire)}


def _conditional(questionnaire: Questionnaire) -> dict[str, bool]:
    """Of each page, whether what it shows depends on answers."""
    return {
        page.id: bool(page.page and page.page.show_if) or any(asked.show_if for asked in page.questions)
        for page in journey(questionnaire)
    }


def is_visited(page: JourneyPage, answers: Mapping[str, Value]) -> bool:
    """Whether the page was saved, with or without an answer on it."""
    return any(key in answers for key in page.item_keys)
