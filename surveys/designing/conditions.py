"""“Ask this only if”: what a condition can look at, what it says in words, and putting one on a question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from surveys.designing.finding import Found, each_found, find_question, replaced, with_page
from surveys.designing.references import in_order
from surveys.designing.texts import own_words
from surveys.questionnaire import (
    AllOf,
    AnyOf,
    ChoicesQuestion,
    ClosedQuestion,
    Comparison,
    Condition,
    Item,
    LongTextQuestion,
    Not,
    NumberQuestion,
    Option,
    Questionnaire,
    RankingQuestion,
    Statement,
    TextQuestion,
    Theme,
)
from surveys.questionnaire_conditions import check_conditions
from surveys.routing import item_key, journey

Test = Literal["is", "is_not", "answered", "not_answered"]


@dataclass(frozen=True, slots=True)
class Earlier:
    """A closed question that is asked before another one. ``field`` is how a condition names it."""

    field: str
    words: str
    question: ClosedQuestion
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Simple:
    """A condition on one earlier question, as a form has it. ``options`` are ids, of which one is enough."""

    field: str
    test: Test
    options: tuple[str, ...] = ()


def earlier_questions(questionnaire: Questionnaire, found: Found) -> tuple[Earlier, ...]:
    """The closed questions that people have met before this one, in the order in which they meet them."""
    if found.page is None and not questionnaire.themes:
        return ()
    earlier: list[Earlier] = []
    language = questionnaire.language
    for page in journey(questionnaire):
        here = page.page is found.page if found.page else page.theme is not None
        for asked in page.questions:
            if here and asked is found.question:
                return tuple(earlier)
            if isinstance(asked, TextQuestion | LongTextQuestion | Statement):
                continue
            words = own_words(asked.text, language)
            if page.theme is None or here:
                earlier.append(_earlier(questionnaire, asked.id, words, asked))
            else:
                title = own_words(page.theme.plain_title, language)
                earlier.append(_earlier(questionnaire, f"{page.theme.id}.{asked.id}", f"{title}: {words}", asked))
    return tuple(earlier)


def put_condition(questionnaire: Questionnaire, key: str, condition: Condition | None) -> Questionnaire:
    """The questionnaire in which the question is asked only where ``condition`` holds, or always for None.

    KeyError: no such question.
    """
    found = find_question(questionnaire, key)
    if not found.is_alone or found.page is None:
        return replaced(questionnaire, found, replace(found.question, show_if=condition))
    # A question with a page of its own takes its page along, so that nobody meets an empty one.
    asked = replace(found.question, show_if=None)
    return with_page(questionnaire, found.page, replace(found.page, questions=(asked,), show_if=condition))


def condition_of(earlier: Earlier, simple: Simple) -> Condition:
    """What the form's condition is in the questionnaire. ValueError where options are needed and none is given."""
    if simple.test in ("answered", "not_answered"):
        return Comparison(earlier.field, "answered", simple.test == "answered")
    if not simple.options:
        raise ValueError("no option")
    if isinstance(earlier.question, ChoicesQuestion | RankingQuestion):
        held = tuple(Comparison(earlier.field, "contains", option) for option in simple.options)
        any_of: Condition = held[0] if len(held) == 1 else AnyOf(held)
        return any_of if simple.test == "is" else Not(any_of)
    if len(simple.options) == 1:
        return Comparison(earlier.field, "equals" if simple.test == "is" else "not_equals", simple.options[0])
    several = Comparison(earlier.field, "one_of", simple.options)
    return several if simple.test == "is" else Not(several)


def simple_of(condition: Condition | None) -> Simple | None:
    """The condition as the form has it; None where it is more than a form can say."""
    match condition:
        case Comparison(field, "answered", wanted):
            return Simple(field, "answered" if wanted else "not_answered")
        case Comparison(field, "equals" | "contains", str(option)):
            return Simple(field, "is", (option,))
        case Comparison(field, "not_equals", str(option)):
            return Simple(field, "is_not", (option,))
        case Comparison(field, "one_of", tuple(options)):
            return Simple(field, "is", options)
        case Not(Comparison(_, "one_of" | "contains" | "equals") as inner):
            held = simple_of(inner)
            return replace(held, test="is_not") if held else None
        case AnyOf(parts) | Not(AnyOf(parts)):
            fields = {part.field for part in parts if isinstance(part, Comparison) and part.operator == "contains"}
            options = tuple(str(part.value) for part in parts if isinstance(part, Comparison))
            if len(fields) == 1 and len(options) == len(parts):
                return Simple(fields.pop(), "is_not" if isinstance(condition, Not) else "is", options)
    return None


def in_words(questionnaire: Questionnaire, found: Found, condition: Condition) -> str:
    """What the condition says, in plain English, with the questions' and options' own words."""
    theme = next(iter(questionnaire.themes), None) if found.page is None else None
    return _words(questionnaire, theme, condition)


def dependent_questions(questionnaire: Questionnaire, without: Questionnaire) -> tuple[str, ...]:
    """The words of the questions that lose a condition from one questionnaire to the other."""
    before = _conditions(questionnaire)
    after = _conditions(without)
    return tuple(words for key, (words, held) in before.items() if key in after and after[key][1] != held)


def asked_too_early(questionnaire: Questionnaire) -> set[str]:
    """What is wrong with the order: conditions that look at an answer that is given only later."""
    found = check_conditions(in_order(questionnaire), frozenset())
    return {message for _, message in found if "asked later" in message}


def _conditions(questionnaire: Questionnaire) -> dict[str, tuple[str, Condition | None]]:
    language = questionnaire.language
    return {one.key: (own_words(one.question.text, language), one.condition) for one in each_found(questionnaire)}


def _earlier(questionnaire: Questionnaire, field: str, words: str, question: ClosedQuestion) -> Earlier:
    beside = tuple(Option(one.id, one.label) for one in questionnaire.not_scored(question))
    return Earlier(field, words, question, questionnaire.options(question) + beside)


def _words(questionnaire: Questionnaire, theme: Theme | None, condition: Condition) -> str:
    match condition:
        case AllOf(parts):
            return "; and ".join(_words(questionnaire, theme, part) for part in parts)
        case AnyOf(parts):
            return "; or ".join(_words(questionnaire, theme, part) for part in parts)
        case Not(part):
            return f"it is not so that {_words(questionnaire, theme, part)}"
        case Comparison():
            return _comparison(questionnaire, theme, condition)


def _comparison(questionnaire: Questionnaire, theme: Theme | None, wanted: Comparison) -> str:
    language = questionnaire.language
    try:
        item: Item = questionnaire.item(item_key(questionnaire, theme, wanted.field))
    except KeyError:
        return f"the answer to “{wanted.field}” fits"
    asked = item.question
    about = f" about “{own_words(item.theme.plain_title, language)}”" if item.theme and "." in wanted.field else ""
    subject = f"the answer to “{own_words(asked.text, language)}”{about}"
    if wanted.operator == "answered":
        return f"“{own_words(asked.text, language)}”{about} was {'answered' if wanted.value else 'left out'}"
    if wanted.operator in ("at_least", "at_most"):
        value = wanted.value
        return f"{subject} is {'at least' if wanted.operator == 'at_least' else 'at most'} {value:g}"
    known: dict[str, str] = {}
    if not isinstance(asked, TextQuestion | LongTextQuestion | NumberQuestion):
        known = {option.id: own_words(option.label, language) for option in questionnaire.options(asked)}
        known |= {one.id: own_words(one.label, language) for one in questionnaire.not_scored(asked)}
    values: Sequence[object] = wanted.value if isinstance(wanted.value, tuple) else (wanted.value,)
    said = " or ".join(f"“{known.get(str(value), str(value))}”" for value in values)
    verb = {"not_equals": "is not", "contains": "includes"}.get(wanted.operator, "is")
    return f"{subject} {verb} {said}"
