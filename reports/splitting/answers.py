"""Groups by what people answered to a question of the survey."""

from __future__ import annotations

import numpy as np

from reports.people import People
from reports.splitting.groups import Split
from surveys.answers.codes import FIRST_OPTION, NON_ANSWER_CODES, Column
from surveys.questionnaire import ChoiceQuestion


def by_answer(people: People, column: Column, question: ChoiceQuestion) -> Split:
    """A group for each answer. No program can tell whether a question is about health, so each is sensitive."""
    language = people.questionnaire.language
    beside = people.questionnaire.not_scored(question)
    labels = {option.id: option.label.in_language(language) for option in people.questionnaire.options(question)}
    labels |= {option.id: option.label.in_language(language) for option in beside}
    lookup = np.full(256, -1, dtype=np.int16)
    values = (*column.options, *(option.id for option in beside))
    for place, value in enumerate(values):
        lookup[_code(column, value)] = place
    return Split(
        field=column.key,
        label=question.text.in_language(language),
        values=values,
        labels=labels,
        codes=lookup[people.matrix.rows(column)[0]],
        sensitive=True,
        beside=frozenset(str(option.id) for option in beside),
    )


def _code(column: Column, value: str) -> int:
    return FIRST_OPTION + column.options.index(value) if value in column.options else NON_ANSWER_CODES[value]
