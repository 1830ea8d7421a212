"""What a cell may say: option ids, scale values or labels in any language of the survey, read as one of its answers."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from surveys.answers import AnswerFault, Value, parse_answer
from surveys.answers_file import SEPARATOR
from surveys.importing.files import Cell, whole_number
from surveys.questionnaire import (
    ChoicesQuestion,
    ClosedQuestion,
    Item,
    LongTextQuestion,
    NumberQuestion,
    Questionnaire,
    RankingQuestion,
    RatingQuestion,
    Text,
    TextQuestion,
)

_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u2011": "-"})


class CellFault(ValueError):
    """A cell says nothing that its question offers; the message says what and what is offered instead."""


@dataclass(frozen=True, slots=True)
class _Meanings:
    """What can be written for one question. In ``loose`` a text that could mean two answers means None."""

    exact: dict[str, str]
    loose: dict[str, str | None]
    offered: str


def read_cell(questionnaire: Questionnaire, item: Item, cell: Cell) -> Value:
    """The answer in normal form that a cell holds; a list stands for several. CellFault says why it is none."""
    question = item.question
    try:
        if isinstance(question, TextQuestion | LongTextQuestion | NumberQuestion):
            if isinstance(cell, tuple):
                raise CellFault("A list cannot answer this question; write one text.")
            return parse_answer(questionnaire, item, [cell])
        meanings = questionnaire.derived(_all_meanings)[item.key]
        several = isinstance(question, ChoicesQuestion | RankingQuestion)
        return parse_answer(questionnaire, item, _ids(meanings, cell, several=several))
    except AnswerFault as fault:
        raise CellFault(_explained(fault)) from fault


def folded(text: str) -> str:
    """Text with the differences taken out that no answer hangs on: case, spaces, kinds of quotes and dashes."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_QUOTES).split()).casefold()


def shown(text: str) -> str:
    """The text as a message may repeat it: one line, short."""
    line = " ".join(text.split())
    return repr(line if len(line) <= 40 else line[:40] + "…")


def _ids(meanings: _Meanings, cell: Cell, *, several: bool) -> list[str]:
    if isinstance(cell, str):
        # A label may hold the separator itself, so the whole cell is tried first.
        whole = meanings.exact.get(cell.strip()) or meanings.loose.get(folded(cell))
        if whole is not None:
            return [whole]
        parts: Iterable[str] = cell.split(SEPARATOR) if several else (cell,)
    else:
        parts = cell
    return [_id(meanings, part) for part in parts if part.strip()]


def _id(meanings: _Meanings, text: str) -> str:
    exact = meanings.exact.get(text.strip())
    if exact is not None:
        return exact
    key = whole_number(folded(text))
    found = meanings.loose.get(key)
    if found is not None:
        return found
    if key in meanings.loose:
        raise CellFault(f"{shown(text)} could mean more than one answer. Write the option's id: {meanings.offered}.")
    raise CellFault(f"{shown(text)} is not an answer to this question. It offers: {meanings.offered}.")


def _all_meanings(questionnaire: Questionnaire) -> dict[str, _Meanings]:
    return {
        item.key: _meanings(questionnaire, item.question)
        for item in questionnaire.items
        if not isinstance(item.question, TextQuestion | LongTextQuestion | NumberQuestion)
    }


def _meanings(questionnaire: Questionnaire, question: ClosedQuestion) -> _Meanings:
    options = questionnaire.options(question)
    beside = questionnaire.not_scored(question)
    ids: list[str] = [*(option.id for option in options), *(answer.id for answer in beside)]
    loose: dict[str, str | None] = {}
    # An id always wins over a value, and a value over a label; two of the same rank make a text ambiguous.
    _add(loose, ((folded(name), name) for name in ids))
    if isinstance(question, RatingQuestion):
        points = questionnaire.scale(question.scale).points
        _add(loose, ((_number(point.value), point.id) for point in points))
    _add(loose, ((folded(label), option.id) for option in options for label in _labels(option.label)))
    _add(loose, ((folded(label), answer.id) for answer in beside for label in _labels(answer.label)))
    if isinstance(question, ChoicesQuestion | RankingQuestion) and question.options_are_themes:
        _add(loose, ((folded(title), theme.id) for theme in questionnaire.themes for title in _labels(theme.title)))
    return _Meanings({name: name for name in ids}, loose, ", ".join(ids[:20]) + (", …" if len(ids) > 20 else ""))


def _add(loose: dict[str, str | None], pairs: Iterable[tuple[str, str]]) -> None:
    own: dict[str, str | None] = {}
    for text, meant in pairs:
        own[text] = meant if own.get(text, meant) == meant else None
    for text, found in own.items():
        loose.setdefault(text, found)


def _labels(text: Text) -> list[str]:
    return [words for _, words in text.by_language]


def _number(value: float) -> str:
    return str(int(value)) if float(value).is_integer() else repr(value)


def _explained(fault: AnswerFault) -> str:
    params = fault.params
    match fault.code:
        case "too_many":
            return f"{params['chosen']} answers stand here; at most {params['max']} can be given."
        case "exclusive":
            return f"{params['option']} cannot stand together with other answers."
        case "repeated":
            return f"{params['option']} stands here twice."
        case "too_long":
            return f"The text has {params['length']:,} characters; this question takes at most {params['max']:,}."
        case "not_a_number":
            return "A number belongs here."
        case "not_whole":
            return "A whole number belongs here."
        case "out_of_range":
            low, high = params["minimum"], params["maximum"]
            limits = [f"at least {low:g}"] if isinstance(low, int | float) else []
            limits += [f"at most {high:g}"] if isinstance(high, int | float) else []
            return f"The number must be {' and '.join(limits) or 'smaller'}."
        case _:
            return "This is not one of the answers that the question offers."
