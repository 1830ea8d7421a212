"""Questions added to a design, changed, moved and taken out. A question keeps its name in answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeVar

from surveys.designing.conditions import asked_too_early
from surveys.designing.finding import EACH, Found, comes_first, find_question, is_short_first, replaced, with_page
from surveys.designing.lines import ids_of_lines
from surveys.designing.references import in_order
from surveys.designing.scales import with_ready_scale
from surveys.designing.texts import new_id, one_line, optional_words, own_words, with_words
from surveys.designing.themes import TooMany
from surveys.questionnaire import (
    ChoiceQuestion,
    ChoicesQuestion,
    LongTextQuestion,
    NotScored,
    Option,
    Page,
    Question,
    Questionnaire,
    RankingQuestion,
    RatingQuestion,
    Text,
    TextQuestion,
)
from surveys.ready_parts import FRIENDS_AND_FAMILY

T = TypeVar("T")
Kind = Literal["choice", "choices", "rating", "text", "long_text"]
Where = Literal["before_themes", "each_theme", "after_themes"]

MOST_EACH, MOST_PAGES, MOST_OPTIONS = 20, 200, 200
NOT_SURE = "I am not sure"


class OutOfOrder(ValueError):
    """A question would come before the question on whose answer it depends; ``names`` says which, by its id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionWords:
    """What an officer writes about a question. What does not fit its kind is passed over.

    Without any options those that are there stay, for nobody could answer.
    """

    text: str
    hint: str = ""
    options: Sequence[str] = ()
    scale: str = ""
    most: int | None = None
    not_sure: bool = False


def add_question(questionnaire: Questionnaire, kind: Kind, words: QuestionWords, where: Where) -> Questionnaire:
    """The questionnaire with one more question, at the end of its place.

    A choice needs options and a rating a scale; ValueError without. Raises TooMany where no more fit.
    """
    if (kind in ("choice", "choices") and not words.options) or (kind == "rating" and not words.scale):
        raise ValueError(f"a {kind} question needs something to choose")
    taken = {asked.id for asked in questionnaire.ask_about_each_theme}
    taken |= {name for page in questionnaire.pages for name in (page.id, *(asked.id for asked in page.questions))}
    question = _new(kind, new_id(words.text, taken, "question"), questionnaire.language)
    grown = put_question(questionnaire, question, where)
    return change_question(grown, EACH + question.id if where == "each_theme" else question.id, words)


def put_question(questionnaire: Questionnaire, question: Question, where: Where) -> Questionnaire:
    """The questionnaire with this question at the end of its place. Raises TooMany where no more fit."""
    each, pages = questionnaire.ask_about_each_theme, questionnaire.pages
    if (len(each) >= MOST_EACH) if where == "each_theme" else (len(pages) >= MOST_PAGES):
        raise TooMany(where)
    if where == "each_theme":
        return replace(questionnaire, ask_about_each_theme=(*each, question))
    name = new_id(question.id, {page.id for page in pages}, "page")
    condition, alone = question.show_if, replace(question, show_if=None)
    page = Page(id=name, questions=(alone,), place=where, show_if=condition)
    return replace(questionnaire, pages=(*pages, page))


def change_question(questionnaire: Questionnaire, key: str, words: QuestionWords) -> Questionnaire:
    """The questionnaire with these words for the question; translations stay. KeyError: no such question."""
    if words.scale:
        questionnaire = with_ready_scale(questionnaire, words.scale)
    found, language = find_question(questionnaire, key), questionnaire.language
    asked: Question = replace(
        found.question,
        text=with_words(found.question.text, words.text, language),
        hint=optional_words(found.question.hint, words.hint, language),
    )
    match asked:
        case RatingQuestion() if words.scale and words.scale != asked.scale:
            base: Literal["all", "scored"] = "all" if words.scale == FRIENDS_AND_FAMILY else "scored"
            asked = replace(asked, scale=words.scale, base=base, reverse=False)
        case ChoiceQuestion():
            asked = replace(asked, not_scored=_not_scored(asked.not_scored, words.not_sure, language))
            asked = replace(asked, options=_options(asked, words.options, language))
        case ChoicesQuestion():
            asked = replace(asked, not_scored=_not_scored(asked.not_scored, words.not_sure, language), max=words.most)
            asked = replace(asked, options=_options(asked, words.options, language))
        case RankingQuestion():
            asked = replace(asked, options=_options(asked, words.options, language))
    return in_order(replaced(questionnaire, found, asked))


def question_words(questionnaire: Questionnaire, key: str) -> QuestionWords:
    """What stands in the question, in the questionnaire's own language. KeyError: no such question."""
    asked, language = find_question(questionnaire, key).question, questionnaire.language
    options = asked.options if isinstance(asked, ChoiceQuestion | ChoicesQuestion | RankingQuestion) else ()
    beside = asked.not_scored if isinstance(asked, ChoiceQuestion | ChoicesQuestion) else ()
    return QuestionWords(
        text=own_words(asked.text, language),
        hint=own_words(asked.hint, language),
        options=tuple(own_words(option.label, language) for option in options),
        scale=asked.scale if isinstance(asked, RatingQuestion) else "",
        most=asked.max if isinstance(asked, ChoicesQuestion) else None,
        not_sure=any(one.id == "not_sure" for one in beside),
    )


def remove_question(questionnaire: Questionnaire, key: str) -> Questionnaire:
    """The questionnaire without the question and without conditions on it. KeyError: no such question."""
    return in_order(_taken_out(questionnaire, find_question(questionnaire, key)))


def move_question(questionnaire: Questionnaire, key: str, steps: Literal[-1, 1]) -> Questionnaire:
    """The questionnaire with the question one step further down, or up with -1; it stays where it cannot move.

    A question on a page with others moves among them. Raises OutOfOrder where a condition would look ahead.
    """
    return _checked(questionnaire, _moved(questionnaire, find_question(questionnaire, key), steps))


def place_question(questionnaire: Questionnaire, key: str, where: Where) -> Questionnaire:
    """The questionnaire with the question before the themes, about each of them or after them.

    KeyError: no such question. Raises OutOfOrder and TooMany.
    """
    found = find_question(questionnaire, key)
    if where_of(questionnaire, found) == where:
        return questionnaire
    if found.page is not None and where != "each_theme" and found.is_alone:
        return _checked(questionnaire, with_page(questionnaire, found.page, replace(found.page, place=where)))
    condition = found.condition
    asked = replace(found.question, show_if=condition)
    if isinstance(asked, RatingQuestion):
        asked = replace(asked, composite=False)
    moved = put_question(_taken_out(questionnaire, found), asked, where)
    return in_order(_checked(questionnaire, moved))


def where_of(questionnaire: Questionnaire, found: Found) -> Where:
    """Where the question is asked. One that opens the survey for its purpose stays in the place of its page."""
    return "each_theme" if found.page is None else found.page.place


def can_move(questionnaire: Questionnaire, found: Found, steps: Literal[-1, 1]) -> bool:
    """Whether there is anything to change places with in this direction."""
    return _moved(questionnaire, found, steps) != questionnaire


def _moved(questionnaire: Questionnaire, found: Found, steps: Literal[-1, 1]) -> Questionnaire:
    if found.page is None:
        each = _swapped(questionnaire.ask_about_each_theme, found.question, steps)
        return replace(questionnaire, ask_about_each_theme=each)
    within = _swapped(found.page.questions, found.question, steps)
    if within != found.page.questions:
        return with_page(questionnaire, found.page, replace(found.page, questions=within))
    beside = [page for page in questionnaire.pages if _moves_with(questionnaire, page, found.page)]
    order = iter(_swapped(tuple(beside), found.page, steps))
    return replace(questionnaire, pages=tuple(next(order) if page in beside else page for page in questionnaire.pages))


def _checked(before: Questionnaire, after: Questionnaire) -> Questionnaire:
    early = asked_too_early(after) - asked_too_early(before)
    if early:
        raise OutOfOrder(", ".join(sorted(early)))
    return after


def _moves_with(questionnaire: Questionnaire, page: Page, moved: Page) -> bool:
    if is_short_first(questionnaire, page) or is_short_first(questionnaire, moved):
        return page is moved
    return comes_first(questionnaire, page) == comes_first(questionnaire, moved)


def _swapped(parts: tuple[T, ...], moved: T, steps: int) -> tuple[T, ...]:
    order, place = list(parts), parts.index(moved)
    if 0 <= place + steps < len(order):
        order[place], order[place + steps] = order[place + steps], order[place]
    return tuple(order)


def _taken_out(questionnaire: Questionnaire, found: Found) -> Questionnaire:
    if found.page is None:
        each = tuple(one for one in questionnaire.ask_about_each_theme if one is not found.question)
        return replace(questionnaire, ask_about_each_theme=each)
    left = tuple(one for one in found.page.questions if one is not found.question)
    return with_page(questionnaire, found.page, replace(found.page, questions=left) if left else None)


def _new(kind: Kind, name: str, language: str) -> Question:
    blank = Text(((language, ""),))
    match kind:
        case "choice":
            return ChoiceQuestion(id=name, text=blank, options=())
        case "choices":
            return ChoicesQuestion(id=name, text=blank)
        case "rating":
            return RatingQuestion(id=name, text=blank, scale="")
        case "text":
            return TextQuestion(id=name, text=blank)
        case "long_text":
            return LongTextQuestion(id=name, text=blank)


def _options(
    asked: ChoiceQuestion | ChoicesQuestion | RankingQuestion, lines: Sequence[str], language: str
) -> tuple[Option, ...]:
    """The options with these words. Where several can be chosen, "None of these" rules out the others."""
    before, several = asked.options, isinstance(asked, ChoicesQuestion)
    of_themes = not isinstance(asked, ChoiceQuestion) and asked.options_are_themes
    lines = [one_line(line) for line in lines]
    if not lines and not of_themes:
        return before
    known = {option.id: option for option in before}
    held = [(option.id, own_words(option.label, language)) for option in before]
    made = []
    for name, line in zip(ids_of_lines(lines, held, "option"), lines, strict=True):
        option = known.get(name)
        label = with_words(option.label if option else None, line, language)
        exclusive = several and line.casefold().startswith("none of")
        made.append(replace(option, label=label) if option else Option(name, label, exclusive=exclusive))
    return tuple(made)


def _not_scored(before: tuple[NotScored, ...], wanted: bool, language: str) -> tuple[NotScored, ...]:
    if not wanted:
        return tuple(one for one in before if one.id != "not_sure")
    if any(one.id == "not_sure" for one in before):
        return before
    return (*before, NotScored("not_sure", with_words(None, NOT_SURE, language)))
