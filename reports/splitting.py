"""Which group each response belongs to: by audience, place, collector and the like, by an answer, or by a background
question that people answered after sending."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import Session

from reports.matrix import Matrix, Numbered, plain_rows
from reports.people import People, RequestRefused
from surveys.answers.codes import FIRST_OPTION, NON_ANSWER_CODES, Column
from surveys.question_bank import equality_questionnaire, topics
from surveys.questionnaire import ChoiceQuestion, RatingQuestion
from surveys.storage import tables

Codes = NDArray[np.int32]


class UnknownField(RequestRefused):
    """No field has this name; the message lists those that exist."""


@dataclass(frozen=True, slots=True)
class Split:
    """``codes[i]`` is the place in ``values`` of response i, -1 where it has none; ``labels`` are for print.

    ``sensitive``: the groups say something about people's background, health or place, so small cells inside them are
    hidden too. ``unpublished``: places in ``values`` of groups that nobody is shown.
    """

    field: str
    label: str
    values: tuple[str, ...]
    labels: dict[str, str]
    codes: Codes
    sensitive: bool
    unpublished: tuple[int, ...] = ()


_PROPERTIES: dict[str, tuple[str, bool]] = {
    "audience": ("Audience", False),
    "place": ("Place", True),
    "collector": ("Where people found the survey", True),
    "channel": ("Channel", False),
    "mode": ("How people answered", False),
    "language": ("Language", False),
    "version": ("Version of the questionnaire", False),
    "week": ("Week starting", False),
}


Backgrounds = Mapping[str, Split]


_Splitting = ChoiceQuestion | RatingQuestion
_ANSWER = "answer:"
"""Before the key of a question, it sets it apart from a property of the same name."""


def fields(people: People) -> tuple[str, ...]:
    """Every field that responses can be split by."""
    asked = tuple(question.id for question in _background_questions(people))
    items = [item.key for item in people.questionnaire.items if isinstance(item.question, _Splitting)]
    return (*_PROPERTIES, *asked, *(f"{_ANSWER}{key}" if key in (*_PROPERTIES, *asked) else key for key in items))


def split(people: People, backgrounds: Backgrounds, *, field: str) -> Split:
    """The groups of a field. Values without any response are left out, except audiences and options of questions.

    Raises UnknownField, also for a question of which people may choose several answers: its groups would overlap.
    """
    if field in _PROPERTIES:
        return _by_property(people, field)
    if field in backgrounds:
        return backgrounds[field]
    for asked in _background_questions(people):
        if asked.id == field:
            labels = dict(_values(asked, people.questionnaire.language))
            nobody = np.full(people.matrix.responses, -1, dtype=np.int32)
            text = asked.text.in_language(people.questionnaire.language)
            return Split(field, text, tuple(labels), labels, nobody, sensitive=True)
    for column in people.matrix.layout.columns:
        question = people.questionnaire.item(column.key).question
        if column.key == field.removeprefix(_ANSWER) and isinstance(question, _Splitting):
            return _by_answer(people, column, question)
    raise UnknownField(f"there is no field {field!r} to split by; there are {', '.join(fields(people))}")


def belongs(people: People, backgrounds: Backgrounds, *, field: str, value: str) -> NDArray[np.bool_]:
    """Which responses have this value: for a place everything below it too, for choices everybody who chose it.

    Raises UnknownField for a field or value that does not exist.
    """
    key = "" if field in _PROPERTIES else field.removeprefix(_ANSWER)
    column = next((c for c in people.matrix.layout.columns if c.key == key and c.kind == "choices"), None)
    if column is not None and value in column.options:
        rows = people.matrix.rows(column)
        return np.asarray(rows[column.options.index(value)] == FIRST_OPTION)
    if column is not None:
        raise UnknownField(f"{field} has no value {value!r}; it has {', '.join(column.options)}")
    groups = split(people, backgrounds, field=field)
    wanted = [
        place
        for place, known in enumerate(groups.values)
        if known == value or (field == "place" and known.startswith(f"{value} / "))
    ]
    if not wanted:
        raise UnknownField(f"{field} has no value {value!r}; it has {', '.join(groups.values) or 'none yet'}")
    return np.isin(groups.codes, wanted)


def _background_questions(people: People) -> tuple[ChoiceQuestion, ...]:
    """The background questions that the questionnaire asks after sending."""
    asked = equality_questionnaire(people.questionnaire)
    items = asked.items if asked else ()
    return tuple(item.question for item in items if isinstance(item.question, ChoiceQuestion))


def week_of(day: datetime.date) -> datetime.date:
    """The Monday of the day's week."""
    return day - datetime.timedelta(days=day.weekday())


def _by_property(people: People, field: str) -> Split:
    codes, named = _properties(people, field)
    labels = {value: label for value, label in named if value}
    values = people.audience_ids if field == "audience" else tuple(sorted(labels))
    labels |= {audience: people.audiences[audience].label for audience in values if field == "audience"}
    place = {value: number for number, value in enumerate(values)}
    lookup = np.array([place.get(value, -1) for value, _ in named], dtype=np.int32)
    label, sensitive = _PROPERTIES[field]
    return Split(field, label, values, labels, lookup[codes] if len(lookup) else codes, sensitive)


def _properties(people: People, field: str) -> tuple[Codes, list[tuple[str, str]]]:
    """The codes of a property, and for each code the value and its label."""
    matrix = people.matrix
    collectors = [people.collectors[id_] for id_ in matrix.collector_id.values]
    match field:
        case "audience":
            named = [(one.audience_id, people.audiences[one.audience_id].label) for one in collectors]
        case "place":
            named = [(one.place, one.place) for one in collectors]
        case "collector":
            named = [(one.code, f"{one.name} ({one.code})") for one in collectors]
        case "channel":
            named = [(one.channel, one.channel) for one in collectors]
        case "mode":
            return matrix.mode.codes, [(mode, mode) for mode in matrix.mode.values]
        case "language":
            return matrix.language.codes, [(language, language) for language in matrix.language.values]
        case "version":
            numbers = [people.version_numbers[id_] for id_ in matrix.version_id.values]
            return matrix.version_id.codes, [(number, number) for number in numbers]
        case _:
            weeks = [week_of(day).isoformat() for day in matrix.submitted_on.values]
            return matrix.submitted_on.codes, [(week, week) for week in weeks]
    return matrix.collector_id.codes, named


def _by_answer(people: People, column: Column, question: ChoiceQuestion | RatingQuestion) -> Split:
    """No program can tell whether a question is about health, so every answer counts as saying something personal."""
    language = people.questionnaire.language
    beside = people.questionnaire.not_scored(question)
    labels = {option.id: option.label.in_language(language) for option in people.questionnaire.options(question)}
    labels |= {option.id: option.label.in_language(language) for option in beside}
    lookup = np.full(256, -1, dtype=np.int32)
    values = (*column.options, *(option.id for option in beside))
    for place, value in enumerate(values):
        lookup[_code(column, value)] = place
    codes = lookup[people.matrix.rows(column)[0]]
    return Split(column.key, question.text.in_language(language), values, labels, codes, sensitive=True)


def _code(column: Column, value: str) -> int:
    return FIRST_OPTION + column.options.index(value) if value in column.options else NON_ANSWER_CODES[value]


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
                    given[id_] = np.full(len(documents) + 1, -1, dtype=np.int32)
                given[id_][number] = places[id_].get(value, -1)
    splits = {}
    for id_, question in questions.items():
        if id_ in given and (codes := given[id_][document_of]).max(initial=-1) >= 0:
            labels = dict(_values(question, language))
            text = question.text.in_language(language)
            splits[id_] = Split(id_, text, tuple(labels), labels, codes, sensitive=True)
    return splits


def _values(question: ChoiceQuestion, language: str) -> list[tuple[str, str]]:
    """What can be said to a background question, with its label, in the order of print."""
    options = [(option.id, option.label.in_language(language)) for option in question.options]
    return options + [(beside.id, beside.label.in_language(language)) for beside in question.not_scored]
