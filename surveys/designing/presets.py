"""The ready questions of a survey about themes, switched on and off."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from surveys.designing.finding import EACH, Found, each_found
from surveys.designing.questions import MOST_EACH, MOST_PAGES, remove_question
from surveys.designing.scales import with_ready_scale
from surveys.designing.texts import new_id, own_words, with_words
from surveys.designing.themes import TooMany
from surveys.questionnaire import (
    ChoiceQuestion,
    ChoicesQuestion,
    Page,
    Question,
    Questionnaire,
    RatingQuestion,
    Text,
)
from surveys.ready_parts import ready_questions


def switched_on(questionnaire: Questionnaire) -> frozenset[str]:
    """The ids of the ready questions that the questionnaire asks, with whatever words."""
    return frozenset(name for name in ready_questions() if preset_question(questionnaire, name) is not None)


def preset_question(questionnaire: Questionnaire, name: str) -> Found | None:
    """The question that does what the ready one of this id does: of the same purpose, else of the same id."""
    ready, about_each = ready_questions()[name]
    purpose = _purpose(ready)
    for found in each_found(questionnaire):
        same = _purpose(found.question) == purpose if purpose else found.question.id == name
        if same and (found.page is None) == about_each:
            return found
    return None


def switch(questionnaire: Questionnaire, wanted: Collection[str]) -> Questionnaire:
    """The questionnaire with exactly these of the ready questions; one that is there keeps its words.

    Raises TooMany where no more questions fit.
    """
    for name in ready_questions():
        found = preset_question(questionnaire, name)
        if found is None and name in wanted:
            questionnaire = _with(questionnaire, name)
        elif found is not None and name not in wanted:
            questionnaire = remove_question(questionnaire, found.key)
    return questionnaire


def _with(questionnaire: Questionnaire, name: str) -> Questionnaire:
    ready, about_each = ready_questions()[name]
    if isinstance(ready, RatingQuestion):
        questionnaire = with_ready_scale(questionnaire, ready.scale)
    taken = {found.key.removeprefix(EACH) for found in each_found(questionnaire)}
    taken |= {page.id for page in questionnaire.pages}
    question = _said_in(replace(ready, id=new_id(name, taken, name)), questionnaire.language)
    each, pages = questionnaire.ask_about_each_theme, questionnaire.pages
    if (len(each) >= MOST_EACH) if about_each else (len(pages) >= MOST_PAGES):
        raise TooMany(name)
    if about_each:
        # What can be ticked comes before what must be written.
        asked = (question, *each) if isinstance(question, RatingQuestion) else (*each, question)
        return replace(questionnaire, ask_about_each_theme=asked)
    # Whether words may be quoted is asked when all of them are written.
    quote = preset_question(questionnaire, "quote-words")
    place = pages.index(quote.page) if quote and quote.page else len(pages)
    page = Page(id=question.id, questions=(question,))
    return replace(questionnaire, pages=(*pages[:place], page, *pages[place:]))


def _purpose(question: Question) -> str | None:
    return question.purpose if isinstance(question, ChoiceQuestion | ChoicesQuestion) else None


def _said_in(question: Question, language: str) -> Question:
    """A ready question for a questionnaire in any language; its words are English until somebody writes others."""

    def said(text: Text) -> Text:
        return with_words(None, own_words(text, "en"), language)

    question = replace(question, text=said(question.text), hint=said(question.hint) if question.hint else None)
    if isinstance(question, ChoiceQuestion | ChoicesQuestion):
        options = tuple(replace(option, label=said(option.label)) for option in question.options)
        return replace(question, options=options)
    return question
