"""What the checks are tried on, and what they find there."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

from surveys.library import library_files
from surveys.preparation import Preparation
from surveys.questionnaire import (
    ChoiceQuestion,
    LongTextQuestion,
    NotScored,
    Option,
    Page,
    Questionnaire,
    RatingQuestion,
    Scale,
    ScalePoint,
)
from surveys.questionnaire_file import read_questionnaire
from surveys.wording import Finding, findings
from tests.factories import words

SHIPPED = read_questionnaire(library_files()["cancer-strategy-themes"].read_bytes())
TODAY = datetime.date(2026, 11, 21)
READY = Preparation(
    decision_made=False, closes_on=datetime.date(2027, 1, 31), outcome_on=datetime.date(2027, 4, 30), previewed=1
)


def found(
    check: int, questionnaire: Questionnaire, preparation: Preparation | None = None, **given: Any
) -> list[Finding]:
    return [one for one in findings(questionnaire, preparation, **given) if one.check == check]


def places(check: int, questionnaire: Questionnaire, preparation: Preparation | None = None, **given: Any) -> set[str]:
    return {one.place for one in found(check, questionnaire, preparation, **given)}


def asking(*asked: Any, scales: tuple[Scale, ...] = (), **changes: Any) -> Questionnaire:
    """The shipped survey with these questions after its themes."""
    pages = tuple(Page(id=question.id, questions=(question,)) for question in asked)
    return replace(SHIPPED, pages=pages, scales=(*SHIPPED.scales, *scales), **changes)


def about_each(text: str) -> Questionnaire:
    return replace(SHIPPED, ask_about_each_theme=(replace(SHIPPED.ask_about_each_theme[0], text=words(text)),))


def a_comment(text: str, **changes: Any) -> LongTextQuestion:
    return LongTextQuestion(id="more", text=words(text), **changes)


def a_choice(*labels: str, text: str = "Which one fits?") -> ChoiceQuestion:
    options = tuple(Option(f"o{number}", words(label)) for number, label in enumerate(labels))
    return ChoiceQuestion(id="pick", text=words(text), options=options)


def a_scale(*labels: str, positive: int = 0, sure: bool = True) -> Scale:
    points = tuple(
        ScalePoint(f"p{number}", words(label), float(number), positive=number < positive)
        for number, label in enumerate(labels)
    )
    return Scale("rated", points, (NotScored("not_sure", words("I am not sure")),) if sure else ())


def rated(scale: Scale, text: str = "How was your visit?") -> Questionnaire:
    return asking(RatingQuestion(id="visit", text=words(text), scale="rated"), scales=(scale,))
