"""Finding a question of a design by its key, and putting another one in its place.

A question that is asked once has its id as key; one about each theme has "each." before it, for both may share an id.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from surveys.designing.texts import own_words
from surveys.questionnaire import AllOf, ChoicesQuestion, Condition, Page, Question, Questionnaire
from surveys.routing import journey

EACH = "each."


@dataclass(frozen=True, slots=True)
class Found:
    """A question with the page that it stands on; None for one that is asked about each theme."""

    key: str
    question: Question
    page: Page | None

    @property
    def is_alone(self) -> bool:
        """Whether it has a page of its own, whose condition is then its own."""
        return self.page is not None and len(self.page.questions) == 1

    @property
    def condition(self) -> Condition | None:
        """When the question is asked, beyond what holds for others on its page."""
        both = [self.question.show_if, self.page.show_if if self.page and self.is_alone else None]
        held = tuple(condition for condition in both if condition is not None)
        return AllOf(held) if len(held) == 2 else next(iter(held), None)


def each_found(questionnaire: Questionnaire) -> Iterator[Found]:
    """Every question once: those before the themes, those about each theme, those after them, as people meet them."""
    pages = [shown.page for shown in journey(questionnaire) if shown.page is not None]
    first = [page for page in pages if comes_first(questionnaire, page)]
    for page in first:
        yield from (Found(asked.id, asked, page) for asked in page.questions)
    yield from (Found(EACH + asked.id, asked, None) for asked in questionnaire.ask_about_each_theme)
    for page in pages:
        if page not in first:
            yield from (Found(asked.id, asked, page) for asked in page.questions)


def comes_first(questionnaire: Questionnaire, page: Page) -> bool:
    """Whether the page comes before the themes."""
    return page.place == "before_themes" or is_short_first(questionnaire, page)


def is_short_first(questionnaire: Questionnaire, page: Page) -> bool:
    """Whether the page opens the survey because it asks which themes matter most, wherever it stands in the list."""
    asks = any(isinstance(asked, ChoicesQuestion) and asked.purpose == "priority" for asked in page.questions)
    return asks and questionnaire.journey == "short_first"


def find_question(questionnaire: Questionnaire, key: str) -> Found:
    """The question with this key; a bare id finds one about each theme too. KeyError: no such question."""
    found = {one.key: one for one in each_found(questionnaire)}
    return found[key] if key in found else found[EACH + key]


def replaced(questionnaire: Questionnaire, found: Found, question: Question) -> Questionnaire:
    """The questionnaire with ``question`` in the place of the one found."""
    if found.page is None:
        each = tuple(question if one is found.question else one for one in questionnaire.ask_about_each_theme)
        return replace(questionnaire, ask_about_each_theme=each)
    questions = tuple(question if one is found.question else one for one in found.page.questions)
    return with_page(questionnaire, found.page, replace(found.page, questions=questions))


def with_page(questionnaire: Questionnaire, page: Page, changed: Page | None) -> Questionnaire:
    """The questionnaire with ``changed`` in the place of a page; without the page for None."""
    pages = (changed if one is page else one for one in questionnaire.pages)
    return replace(questionnaire, pages=tuple(one for one in pages if one is not None))


def named(questionnaire: Questionnaire, question: Question) -> str:
    """The question's own words in quotation marks, cut where they are long."""
    words = own_words(question.text, questionnaire.language)
    return f"“{words}”" if len(words) <= 80 else f"“{words[:79].rstrip()}…”"
