"""The shipped survey, published and answered by people who lean one way: repeatable data for documents."""

from __future__ import annotations

import dataclasses
import datetime
import random
from typing import Any

from sqlalchemy.orm import Session

from surveys.answers import Value
from surveys.library import library_files
from surveys.questionnaire import Questionnaire
from surveys.questionnaire_file import read_questionnaire
from surveys.storage import tables
from tests.factories import NOW, a_collector, a_response, a_survey

FIRST_DAY = datetime.date(2026, 11, 2)
LEANING = {
    "patients": {"faster-care": 9, "fair-care": 4, "staff-and-skills": 4, "new-ways-of-care": 3, "research": 3},
    "staff": {"staff-and-skills": 9, "faster-care": 5, "technology": 4, "working-together": 3},
}


def shipped_questionnaire(**changes: Any) -> Questionnaire:
    """The cancer strategy survey that comes with Engage; ``changes`` replace fields."""
    questionnaire = read_questionnaire(library_files()["cancer-strategy-themes"].read_bytes())
    return dataclasses.replace(questionnaire, **changes)


def an_answered_survey(
    session: Session, questionnaire: Questionnaire | None = None, *, patients: int = 120, staff: int = 40, seed: int = 7
) -> tables.Survey:
    """Two collectors for patients and one for staff, with answers over three weeks."""
    questionnaire = questionnaire or shipped_questionnaire()
    survey = a_survey(session, questionnaire, at=NOW, closes=datetime.date(2027, 1, 31))
    collectors = [
        a_collector(session, survey, name="Waiting room", place="Northfield / North", channel="Poster"),
        a_collector(session, survey, name="Letters", place="Northfield / South", channel="Letter"),
        a_collector(session, survey, name="Intranet", place="Northfield / Staff", audience="staff", channel="Intranet"),
    ]
    chance = random.Random(seed)
    for number in range(patients + staff):
        audience = "patients" if number < patients else "staff"
        collector = collectors[number % 2] if audience == "patients" else collectors[2]
        a_response(
            session,
            collector,
            one_persons_answers(questionnaire, chance, audience),
            at=FIRST_DAY + datetime.timedelta(days=chance.randrange(20)),
        )
    return survey


def one_persons_answers(questionnaire: Questionnaire, chance: random.Random, audience: str) -> dict[str, Value]:
    """Answers in normal form to the shipped survey, leaning towards what this audience cares about."""
    leaning = LEANING[audience]
    weights = {theme.id: leaning.get(theme.id, 1) for theme in questionnaire.themes}
    answers: dict[str, Value] = {}
    for theme in questionnaire.themes:
        points = ["very", "fairly", "not-very", "not-at-all", "not_sure"]
        answers[f"{theme.id}.importance"] = chance.choices(points, [3 + weights[theme.id], 6, 2, 1, 1])[0]
        answers[f"{theme.id}.comment"] = "Thank you." if chance.random() < 0.12 else None
    chosen: list[str] = []
    while len(chosen) < 3:
        theme_id = chance.choices(list(weights), list(weights.values()))[0]
        if theme_id not in chosen:
            chosen.append(theme_id)
    order = [theme.id for theme in questionnaire.themes]
    answers["matters-most"] = tuple(sorted(chosen, key=order.index))
    unclear = chance.choices([("planning-ahead",), ("working-together",), ("none-of-these",), None], [2, 1, 8, 2])[0]
    answers["hard-to-understand"] = unclear
    answers["anything-missing"] = "Parking." if chance.random() < 0.2 else None
    answers["connection"] = "staff" if audience == "staff" else chance.choice(["patient", "carer", "bereaved"])
    if answers["connection"] == "patient":
        answers["stage"] = chance.choice(["waiting-or-tests", "in-treatment", "after-treatment"])
    answers["quote-words"] = chance.choice(["yes", "no", None])
    return answers
