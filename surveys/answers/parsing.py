"""From what people and files say to answers in normal form."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from surveys.answers.normal_form import Value
from surveys.questionnaire import (
    ChoiceQuestion,
    ChoicesQuestion,
    ClosedQuestion,
    Item,
    LongTextQuestion,
    NumberQuestion,
    Questionnaire,
    RankingQuestion,
    RatingQuestion,
    TextQuestion,
)

LONGEST_NUMBER = 40
"""Characters; nothing that a person counts needs more, and reading thousands of digits costs time."""

_LARGEST = float(2**53)
_NUMBER = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)?(\.\d*)?")
_NUMBER_SIGNS = str.maketrans({"−": "-", "٫": ".", "٬": ",", " ": None, "\u00a0": None, "\u202f": None})


class AnswerFault(ValueError):
    """An answer that cannot be taken. ``code`` says why, ``params`` hold the figures for a message, never the answer.

    Codes: not_an_option; too_many (max, chosen); exclusive (option); repeated (option); not_a_number; not_whole;
    out_of_range (minimum, maximum; None where there is no limit); too_long (max, length).
    """

    def __init__(self, key: str, code: str, **params: object) -> None:
        super().__init__(f"{key}: {code}")
        self.key = key
        self.code = code
        self.params = params


@dataclass(frozen=True, slots=True)
class _Allowed:
    """What may be said to a question with options: place of each option, non-answers, options that rule out others."""

    places: dict[str, int]
    non_answers: frozenset[str]
    exclusive: frozenset[str]


def parse_answer(questionnaire: Questionnaire, item: Item, raw: Sequence[str]) -> Value:
    """The answer in normal form from what a form posts: option ids, or one text; blanks count as nothing.

    A ranking's entries are its ranks in order. Raises AnswerFault for anything that the question does not offer.
    """
    question = item.question
    match question:
        case TextQuestion() | LongTextQuestion():
            return _text(item.key, question, raw)
        case NumberQuestion():
            return _number(item.key, question, raw)
        case RatingQuestion() | ChoiceQuestion():
            return _single(item.key, _allowed(questionnaire, question), raw)
        case ChoicesQuestion():
            return _several(item.key, question, _allowed(questionnaire, question), raw)
        case RankingQuestion():
            return _ranking(item.key, question, _allowed(questionnaire, question), raw)


def clean_text(text: str, *, lines: bool = True) -> str:
    """Text as it may be stored: composed (NFC), no control characters or half surrogates, stripped.

    ``lines`` keeps line ends, as a single line feed each; without it they become spaces.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    if not lines:
        text = text.replace("\n", " ")
    if not text.isprintable():
        text = "".join(letter for letter in text if letter == "\n" or unicodedata.category(letter) not in ("Cc", "Cs"))
    return unicodedata.normalize("NFC", text).strip()


def _allowed(questionnaire: Questionnaire, question: ClosedQuestion) -> _Allowed:
    # The questions live as long as their questionnaire, so their identity is a safe and quick key.
    known = questionnaire.derived(_allowed_by_identity).get(id(question))
    return known if known is not None else _make_allowed(questionnaire, question)


def _allowed_by_identity(questionnaire: Questionnaire) -> dict[int, _Allowed]:
    return {
        id(item.question): _make_allowed(questionnaire, item.question)
        for item in questionnaire.items
        if not isinstance(item.question, TextQuestion | LongTextQuestion)
    }


def _make_allowed(questionnaire: Questionnaire, question: ClosedQuestion) -> _Allowed:
    options = questionnaire.options(question)
    return _Allowed(
        {option.id: place for place, option in enumerate(options)},
        frozenset(answer.id for answer in questionnaire.not_scored(question)),
        frozenset(option.id for option in options if option.exclusive),
    )


def _chosen(key: str, allowed: _Allowed, raw: Sequence[str]) -> list[str]:
    """The entries that are not blank, each once, in the order given."""
    chosen = [entry for entry in dict.fromkeys(entry.strip() for entry in raw) if entry]
    for entry in chosen:
        if entry not in allowed.places and entry not in allowed.non_answers:
            raise AnswerFault(key, "not_an_option")
    return chosen


def _single(key: str, allowed: _Allowed, raw: Sequence[str]) -> Value:
    chosen = _chosen(key, allowed, raw)
    if len(chosen) > 1:
        raise AnswerFault(key, "too_many", max=1, chosen=len(chosen))
    return chosen[0] if chosen else None


def _several(key: str, question: ChoicesQuestion, allowed: _Allowed, raw: Sequence[str]) -> Value:
    chosen = _chosen(key, allowed, raw)
    if len(chosen) > 1:
        for entry in chosen:
            if entry in allowed.exclusive or entry in allowed.non_answers:
                raise AnswerFault(key, "exclusive", option=entry)
    elif chosen and chosen[0] in allowed.non_answers:
        return chosen[0]
    if question.max is not None and len(chosen) > question.max:
        raise AnswerFault(key, "too_many", max=question.max, chosen=len(chosen))
    return tuple(sorted(chosen, key=allowed.places.__getitem__)) or None


def _ranking(key: str, question: RankingQuestion, allowed: _Allowed, raw: Sequence[str]) -> Value:
    given = [entry.strip() for entry in raw if entry.strip()]
    chosen = _chosen(key, allowed, given)
    if len(chosen) < len(given):
        raise AnswerFault(key, "repeated", option=next(entry for entry in chosen if given.count(entry) > 1))
    if len(chosen) > question.top:
        raise AnswerFault(key, "too_many", max=question.top, chosen=len(chosen))
    return tuple(chosen) or None


def _text(key: str, question: TextQuestion | LongTextQuestion, raw: Sequence[str]) -> Value:
    text = clean_text(raw[0] if raw else "", lines=isinstance(question, LongTextQuestion))
    if len(text) > question.max_length:
        raise AnswerFault(key, "too_long", max=question.max_length, length=len(text))
    return text or None


def _number(key: str, question: NumberQuestion, raw: Sequence[str]) -> Value:
    text = (raw[0] if raw else "").strip().translate(_NUMBER_SIGNS)
    if not text:
        return None
    if len(text) > LONGEST_NUMBER or not _NUMBER.fullmatch(text) or not any(sign.isdecimal() for sign in text):
        raise AnswerFault(key, "not_a_number")
    number = float(text.replace(",", ""))
    if question.whole and not number.is_integer():
        raise AnswerFault(key, "not_whole")
    low, high = question.minimum, question.maximum
    if not -_LARGEST <= number <= _LARGEST or not (-math.inf if low is None else low) <= number <= (
        math.inf if high is None else high
    ):
        raise AnswerFault(key, "out_of_range", minimum=low, maximum=high)
    return int(number) if number.is_integer() else number
