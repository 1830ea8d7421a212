"""The invented people of the demonstration: seeded, so that everybody who tries it sees the same results."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engage.demonstration.comments import MISSING, PATIENTS, STAFF, Said
from surveys.answers import Answers, Value
from surveys.question_bank import equality_questionnaire
from surveys.questionnaire import ChoiceQuestion, Questionnaire
from surveys.routing import journey, on_path

SEED = 20261121
DAYS = 21
"""Answers come in over three weeks, the last of them yesterday."""

POINTS = ("very", "fairly", "not-very", "not-at-all", "not_sure")


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one audience thinks of one theme: ``appeal`` weighs its being chosen, ``importance`` the five answers."""

    appeal: float
    importance: tuple[int, int, int, int, int]


@dataclass(frozen=True, slots=True)
class Audience:
    """How one audience answers. ``unclear``: out of 100, how many find a theme hard to understand."""

    opinions: dict[str, Opinion]
    connection: dict[str, int]
    unclear: dict[str, int]
    comments: dict[str, tuple[Said, ...]]
    talkative: float
    unfinished: float


@dataclass(frozen=True, slots=True)
class Person:
    """One person's answers, what was not reached left out, and the answers about the person where there are any."""

    answers: Answers
    about: Answers | None
    sent_on: datetime.date


# Fairness and staffing are as good as tied for patients, and so are research and new ways of care behind them.
PATIENT_AUDIENCE = Audience(
    opinions={
        "faster-care": Opinion(9.0, (82, 14, 2, 1, 1)),
        "planning-ahead": Opinion(1.1, (34, 38, 12, 3, 13)),
        "new-ways-of-care": Opinion(2.6, (52, 33, 8, 3, 4)),
        "working-together": Opinion(1.9, (46, 36, 8, 2, 8)),
        "research": Opinion(2.7, (55, 31, 6, 2, 6)),
        "technology": Opinion(0.9, (24, 34, 24, 12, 6)),
        "fair-care": Opinion(4.0, (64, 25, 6, 2, 3)),
        "staff-and-skills": Opinion(4.1, (69, 25, 3, 1, 2)),
    },
    connection={"patient": 62, "carer": 20, "bereaved": 8, "none-of-these": 6, "": 4},
    unclear={"planning-ahead": 24, "working-together": 13, "technology": 9, "research": 7, "new-ways-of-care": 5},
    comments=PATIENTS,
    talkative=0.3,
    unfinished=0.16,
)

STAFF_AUDIENCE = Audience(
    opinions={
        "faster-care": Opinion(2.6, (58, 34, 6, 1, 1)),
        "planning-ahead": Opinion(3.0, (60, 31, 6, 1, 2)),
        "new-ways-of-care": Opinion(1.2, (33, 42, 18, 5, 2)),
        "working-together": Opinion(2.0, (46, 41, 10, 2, 1)),
        "research": Opinion(0.9, (34, 44, 16, 4, 2)),
        "technology": Opinion(3.1, (58, 29, 9, 3, 1)),
        "fair-care": Opinion(1.5, (47, 38, 11, 3, 1)),
        "staff-and-skills": Opinion(11.0, (88, 10, 1, 1, 0)),
    },
    connection={"staff": 92, "carer": 3, "patient": 2, "": 3},
    unclear={"planning-ahead": 7, "new-ways-of-care": 5},
    comments=STAFF,
    talkative=0.28,
    unfinished=0.1,
)

# Fewer young people answer than the reference population of the demonstration has, so that a report names them.
_AGE = {"25-34": 7, "35-44": 9, "45-54": 15, "55-64": 23, "65-74": 25, "75-84": 13, "85-or-over": 8}
_STAFF_AGE = {"25-34": 36, "35-44": 26, "45-54": 24, "55-64": 14}
_ETHNIC_GROUP = {"white": 80, "asian": 10, "black": 6, "mixed": 2, "other": 2}
_STAFF_ETHNIC_GROUP = {"white": 64, "asian": 20, "black": 10, "mixed": 3, "other": 3}
_TELLING, _STAFF_TELLING = 0.68, 0.8
"""How many of those who come to the end say something about themselves."""

_STAGES = {"waiting-or-tests": 24, "in-treatment": 34, "after-treatment": 34, "something-else": 5, "": 3}


def people(
    questionnaire: Questionnaire, audience: Audience, *, count: int, today: datetime.date, seed: int = SEED
) -> Iterator[Person]:
    """``count`` people of one audience, in the order in which they send. ``today`` changes their days alone."""
    chance, of_days = random.Random(seed), random.Random(f"days {seed}")
    days = sorted(_day(of_days, today) for _ in range(count))
    for day in days:
        answers = on_path(questionnaire, _opinions(questionnaire, audience, chance))
        if chance.random() < audience.unfinished:
            answers = _begun(questionnaire, answers, chance)
            yield Person(answers, None, day)
        else:
            staff = audience is STAFF_AUDIENCE
            tells = chance.random() < (_STAFF_TELLING if staff else _TELLING)
            yield Person(answers, _about(questionnaire, chance, staff=staff) if tells else None, day)


def _day(chance: random.Random, today: datetime.date) -> datetime.date:
    """A day of the three weeks: more at their beginning, and fewer on Saturdays and Sundays."""
    while True:
        day = today - datetime.timedelta(days=1 + int(DAYS * chance.betavariate(1.4, 1.1)) % DAYS)
        if day.weekday() < 5 or chance.random() < 0.35:
            return day


def _opinions(questionnaire: Questionnaire, audience: Audience, chance: random.Random) -> Answers:
    ids = [theme.id for theme in questionnaire.themes]
    picked = _picked(chance, ids, audience)
    answers: Answers = {"matters-most": tuple(id_ for id_ in ids if id_ in picked) or None}
    for id_ in ids:
        opinion = audience.opinions[id_]
        # Who chose a theme finds it very important as a rule, and some questions are passed over.
        point = "very" if id_ in picked and chance.random() < 0.6 else chance.choices(POINTS, opinion.importance)[0]
        answers[f"{id_}.importance"] = None if chance.random() < 0.04 else point
        speaks = chance.random() < audience.talkative * (0.8 if id_ in picked else 0.12)
        answers[f"{id_}.comment"] = chance.choice(audience.comments[id_])[0] if speaks else None
    unclear = tuple(id_ for id_ in ids if chance.random() * 100 < audience.unclear.get(id_, 2))
    answers["hard-to-understand"] = unclear or (("none-of-these",) if chance.random() < 0.85 else None)
    answers["anything-missing"] = chance.choice(MISSING)[0] if chance.random() < 0.13 else None
    answers["connection"] = _one_of(chance, audience.connection)
    answers["stage"] = _one_of(chance, _STAGES)
    answers["quote-words"] = _one_of(chance, {"yes": 58, "no": 27, "": 15})
    return answers


def _picked(chance: random.Random, ids: Sequence[str], audience: Audience) -> set[str]:
    """Up to three themes, drawn one after the other by their appeal."""
    picked: set[str] = set()
    for _ in range(chance.choices((3, 2, 1, 0), (76, 13, 8, 3))[0]):
        left = [id_ for id_ in ids if id_ not in picked]
        picked.add(chance.choices(left, [audience.opinions[id_].appeal for id_ in left])[0])
    return picked


def _begun(questionnaire: Questionnaire, answers: Answers, chance: random.Random) -> Answers:
    """The answers of somebody who was called in and sent what there was: those of the first pages alone."""
    pages = journey(questionnaire)
    reached: Answers = {}
    enough = chance.randint(1, len(pages) - 1)
    for number, page in enumerate(pages, start=1):
        reached.update((key, answers[key]) for key in page.item_keys if key in answers)
        # Sending is offered from the first answer on.
        if number >= enough and any(value is not None for value in reached.values()):
            break
    return reached


def _about(questionnaire: Questionnaire, chance: random.Random, *, staff: bool) -> Answers:
    """Answers to the equality questions; a few people prefer not to say."""
    asked = equality_questionnaire(questionnaire)
    if asked is None:
        return {}
    answers: Answers = {}
    for item in asked.items:
        question = item.question
        if isinstance(question, ChoiceQuestion):
            answers[item.key] = _about_one(chance, question, staff=staff)
    return on_path(asked, answers)


def _about_one(chance: random.Random, question: ChoiceQuestion, *, staff: bool) -> Value:
    if chance.random() < 0.05:
        return "prefer_not_to_say"
    if question.id == "age":
        return _one_of(chance, _STAFF_AGE if staff else _AGE)
    if question.id == "disability":
        return _one_of(chance, {"yes": 12, "no": 88} if staff else {"yes": 46, "no": 54})
    if question.id == "sex":
        return _one_of(chance, {"female": 66, "male": 34} if staff else {"female": 56, "male": 44})
    if question.id == "ethnic_group":
        return _one_of(chance, _STAFF_ETHNIC_GROUP if staff else _ETHNIC_GROUP)
    # The first option is the most common one in the other questions of the bank.
    options = [option.id for option in question.options]
    return chance.choices(options, [4.0**-place for place in range(len(options))])[0]


def _one_of(chance: random.Random, weights: dict[str, int]) -> str | None:
    return chance.choices(list(weights), list(weights.values()))[0] or None
