"""Groups by the background questions that people answered after sending."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from reports.matrix import Matrix, Numbered, plain_rows
from reports.people import People
from reports.splitting.groups import Codes, Split
from surveys.question_bank import equality_questionnaire, topics
from surveys.questionnaire import ChoiceQuestion
from surveys.storage import tables


def background_questions(people: People) -> tuple[ChoiceQuestion, ...]:
    """The background questions that the questionnaire asks after sending."""
    asked = equality_questionnaire(people.questionnaire)
    items = asked.items if asked else ()
    return tuple(item.question for item in items if isinstance(item.question, ChoiceQuestion))


def nobody_answered(people: People, question: ChoiceQuestion) -> Split:
    """The groups of a background question that is asked and that nobody has answered yet."""
    nobody = np.full(people.matrix.responses, -1, dtype=np.int16)
    return _split(question, nobody, people.questionnaire.language)


def read_backgrounds(session: Session, *, survey_id: int, matrix: Matrix, language: str) -> dict[str, Split]:
    """The background questions that anybody answered, each as a split; empty where there are no such answers.

    Rows are read once, and each different set of answers is parsed once. Labels are in ``language``.
    """
    table = tables.EqualityAnswer
    documents = Numbered()
    keys, numbers = bytearray(), list[int]()
    query = select(table.key, table.answers).where(table.survey_id == survey_id)
    for chunk in plain_rows(session, query):
        key, answers = zip(*chunk, strict=True)
        keys += b"".join(key)
        numbers.extend(map(documents.__getitem__, answers))
    if not documents:
        return {}
    stored = np.frombuffer(keys, dtype="S16")
    order = np.argsort(stored)
    stored = stored[order]
    place = np.minimum(np.searchsorted(stored, matrix.equality_keys), len(stored) - 1)
    found = stored[place] == matrix.equality_keys
    document_of = np.where(found, np.array(numbers, dtype=np.int32)[order][place], -1)
    return _splits(document_of, [json.loads(text) for text in documents], language)


def _splits(document_of: Codes, documents: Sequence[Mapping[str, object]], language: str) -> dict[str, Split]:
    """``document_of`` is each response's place in ``documents``, -1 for none."""
    questions = {question.id: question for topic in topics().values() for question in topic.questions}
    given: dict[str, Codes] = {}
    places = {
        id_: {value: place for place, (value, _) in enumerate(_values(question, language))}
        for id_, question in questions.items()
    }
    for number, document in enumerate(documents):
        for id_, value in document.items():
            if id_ in places and isinstance(value, str):
                if id_ not in given:
                    # One entry more than there are documents: it is what a place of -1 finds.
                    given[id_] = np.full(len(documents) + 1, -1, dtype=np.int16)
                given[id_][number] = places[id_].get(value, -1)
    splits = {}
    for id_, question in questions.items():
        if id_ in given and (codes := given[id_][document_of]).max(initial=-1) >= 0:
            splits[id_] = _split(question, codes, language)
    return splits


def _split(question: ChoiceQuestion, codes: Codes, language: str) -> Split:
    labels = dict(_values(question, language))
    beside = frozenset(str(one.id) for one in question.not_scored)
    text = question.text.in_language(language)
    return Split(question.id, text, tuple(labels), labels, codes, sensitive=True, beside=beside)


def _values(question: ChoiceQuestion, language: str) -> list[tuple[str, str]]:
    """What can be said to a background question, with its label, in the order of print."""
    options = [(option.id, option.label.in_language(language)) for option in question.options]
    return options + [(beside.id, beside.label.in_language(language)) for beside in question.not_scored]
