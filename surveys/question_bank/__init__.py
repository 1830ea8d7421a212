"""Dated equality questions with their sources: one YAML file per topic, asked after sending and never required.

The wordings follow published standards that change; every topic says where its wording comes from, when it was taken
and when it must be looked at again. A changed wording or list of options is a new BANK_VERSION, which is stored with
every set of answers.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from surveys.questionnaire import (
    About,
    ChoiceQuestion,
    Comparison,
    NotScored,
    Option,
    Page,
    Questionnaire,
    Text,
)

BANK_VERSION = "2026-11"
_FOLDER = Path(__file__).parent
_ORDER = (
    "age",
    "sex",
    "gender_identity",
    "ethnic_group",
    "disability",
    "religion",
    "sexual_orientation",
    "caring",
    "marriage",
    "pregnancy",
)


@dataclass(frozen=True, slots=True)
class Topic:
    """One entry of the bank. ``why`` is said to people before they answer; ``review`` is when to look at it again."""

    id: str
    title: Text
    why: Text
    source: str
    licence: str
    taken: datetime.date
    review: datetime.date
    questions: tuple[ChoiceQuestion, ...]


@cache
def topics() -> Mapping[str, Topic]:
    """Every topic by its id, in the order in which topics are asked."""
    return MappingProxyType({name: _topic(name) for name in _ORDER})


def equality_questionnaire(questionnaire: Questionnaire) -> Questionnaire | None:
    """The equality questions that this questionnaire asks after sending, one page each; None where it asks none.

    A questionnaire of its own, so that routing, parsing and storing work on it as on any other.
    """
    return questionnaire.derived(_equality_questionnaire)


def _equality_questionnaire(questionnaire: Questionnaire) -> Questionnaire | None:
    chosen = [topic for name, topic in topics().items() if name in questionnaire.equality]
    if not chosen:
        return None
    return Questionnaire(
        slug=f"{questionnaire.slug}-equality",
        title=questionnaire.title,
        language=questionnaire.language,
        languages=questionnaire.languages,
        organisation=questionnaire.organisation,
        about=About(purpose=questionnaire.about.purpose, help_line=questionnaire.about.help_line),
        privacy=questionnaire.privacy,
        pages=tuple(_page(question) for topic in chosen for question in topic.questions),
        demonstration=questionnaire.demonstration,
    )


def _page(question: ChoiceQuestion) -> Page:
    return Page(id=question.id, questions=(question,), show_if=question.show_if)


def _topic(name: str) -> Topic:
    held: dict[str, Any] = yaml.safe_load((_FOLDER / f"{name}.yaml").read_text("utf-8"))
    return Topic(
        id=name,
        title=_text(held["title"]),
        why=_text(held["why"]),
        source=held["source"],
        licence=held["licence"],
        taken=held["taken"],
        review=held["review"],
        questions=tuple(_question(asked) for asked in held["questions"]),
    )


def _question(held: dict[str, Any]) -> ChoiceQuestion:
    shown = held.get("show_if")
    return ChoiceQuestion(
        id=held["id"],
        text=_text(held["text"]),
        hint=_text(held["hint"]) if "hint" in held else None,
        show_if=Comparison(shown["field"], shown["operator"], shown["value"]) if shown else None,
        options=tuple(Option(name, _text(label)) for name, label in held["options"].items()),
        not_scored=(NotScored("prefer_not_to_say", _text(held["prefer_not_to_say"])),),
    )


def _text(words: str | dict[str, str]) -> Text:
    return Text((("en", words),)) if isinstance(words, str) else Text(tuple(words.items()))
