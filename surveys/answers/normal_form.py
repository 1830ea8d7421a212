"""Answers in their normal form, and the readable document in which the closed ones are kept."""

from __future__ import annotations

from collections.abc import Mapping

from surveys.questionnaire import LongTextQuestion, Questionnaire, TextQuestion

Value = str | tuple[str, ...] | int | float | None
Answers = dict[str, Value]


def closed_document(questionnaire: Questionnaire, answers: Mapping[str, Value]) -> dict[str, object]:
    """The closed answers ready for JSON, by item key in the order of the questionnaire; comments are left out."""
    document: dict[str, object] = {}
    for key in questionnaire.derived(_closed_keys):
        if key in answers:
            value = answers[key]
            document[key] = list(value) if isinstance(value, tuple) else value
    return document


def answers_from_document(questionnaire: Questionnaire, document: Mapping[str, object]) -> Answers:
    """The answers of a stored document. ValueError where a key is no closed question of this questionnaire."""
    known = questionnaire.derived(_closed_keys)
    answers: Answers = {}
    for key, value in document.items():
        if key not in known:
            raise ValueError(f"The stored answers hold {key!r}, which this version of the questionnaire does not ask.")
        if isinstance(value, list):
            answers[key] = tuple(str(option) for option in value)
        elif value is None or isinstance(value, str | int | float):
            answers[key] = value
        else:
            raise ValueError(f"The stored answer to {key!r} has a form that no question gives.")
    return answers


def _closed_keys(questionnaire: Questionnaire) -> dict[str, None]:
    """Keys of closed items in order; a dict because it is searched as well as walked."""
    return {
        item.key: None for item in questionnaire.items if not isinstance(item.question, TextQuestion | LongTextQuestion)
    }
