"""Everything that is published together gives away nothing that is hidden, and would without secondary suppression."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

import pytest
from sqlalchemy.orm import Session

from engage.unit_of_work import Database
from reports.request import disclosed_results, reported_questionnaire
from reports.results_json import to_json
from reports.suppression import Judge
from reports.tabulation import Filters
from surveys.collecting import Sent, collect_many
from surveys.publishing import current_version
from tests.factories import NOW, TODAY, a_collector, a_survey, some_answers
from tests.reports.attacker import Attacker

QUESTION = "waiting.importance"
OPTIONS = ("not", "slightly", "quite", "very")
K = {"patients": 10, "carers": 10, "staff": 11}
SMALL_CELL = 5


@dataclass(frozen=True)
class Person:
    audience: str
    place: str
    connection: str | None
    answer: str | None


def a_population(seed: int) -> list[Person]:
    """Few people, unevenly spread, so that nearly every survey has something to hide."""
    chance = random.Random(seed)
    audiences = ["patients", "staff", *(["carers"] if chance.random() < 0.6 else [])]
    places = [f"Alliance / {name}" for name in ("North", "South", "East", "West")[: chance.randint(2, 4)]]
    # Where connection and audience nearly say the same, the few for whom they differ stand out.
    mixing = chance.choice((0.02, 0.05, 0.1, 1))
    strays = chance.choice((("patient", "staff"), ("patient", "staff", "prefer_not_to_say", None)))
    people = []
    for audience in audiences:
        for place in places:
            if chance.random() < 0.35:
                continue
            lean = [chance.random() ** 2 + 0.01 for _ in (*OPTIONS, "not_sure", None)]
            for _ in range(chance.choice((1, 2, 3, 4, 8, 9, 10, 11, 12, 15, 25, 40))):
                (answer,) = chance.choices((*OPTIONS, "not_sure", None), lean)
                connection: str | None = "staff" if audience == "staff" else "patient"
                if audience == "carers":
                    connection = "prefer_not_to_say"
                if chance.random() < mixing:
                    connection = chance.choice(strays)
                people.append(Person(audience, place, connection, answer))
    return people


def publish(session: Session, people: list[Person], *, by: str) -> dict[str, Any]:
    survey = a_survey(session)
    collectors = {
        (audience, place): a_collector(session, survey, name=f"{audience} {place}", audience=audience, place=place)
        for audience, place in sorted({(person.audience, person.place) for person in people})
    }
    collect_many(
        session,
        version_id=current_version(session, survey=survey).id,
        batch_id=None,
        sent=[
            Sent(
                collectors[person.audience, person.place],
                some_answers(waiting__importance=person.answer, connection=person.connection, waiting__comment=None),
                "en",
                "web",
                TODAY,
            )
            for person in people
        ],
    )
    results = disclosed_results(session, slug=survey.slug, filters=Filters(by=by), at=NOW)
    return to_json(results, reported_questionnaire(session, slug=survey.slug, results=results))


def recovered(session: Session, people: list[Person], *, by: str) -> list[str]:
    """What an attacker finds of the numbers that are too small to publish."""
    if not people:
        return []
    document = publish(session, people, by=by)
    attacker, headline_reader = (
        Attacker(document, question=QUESTION, field=by, positive={"quite", "very"}, reads_groups=reads_groups)
        for reads_groups in (True, False)
    )

    def group_of(person: Person) -> str | None:
        return person.place if by == "place" else person.connection

    there = {(person.audience, group_of(person)) for person in people}
    for audience, group in product(document["audiences"], [*(one["value"] for one in document["groups"]), None]):
        if (audience, group) not in there:
            attacker.know_empty(audience, group)
            headline_reader.know_empty(audience, group)
    sets: Counter[tuple[str | None, str | None, str]] = Counter()
    for person in people:
        for audience, group in ((person.audience, "*"), ("*", group_of(person)), (person.audience, group_of(person))):
            sets[audience, group, "responses"] += 1
            sets[audience, group, "base"] += person.answer in OPTIONS
        if group_of(person) is not None and person.answer is not None:
            sets["*", group_of(person), person.answer] += 1
    found = []
    for (audience, group, what), truth in sets.items():
        threshold = K.get(audience or "", 10) if what in ("responses", "base") else SMALL_CELL
        if not 0 < truth < threshold:
            continue
        answers = {"responses": None, "base": OPTIONS}.get(what, (what,))
        target = attacker.people(
            audiences=None if audience == "*" else (audience,),
            groups=None if group == "*" else (group,),
            answers=answers,
        )
        value = attacker.find(target)
        if value is not None and not (what in (*OPTIONS, "not_sure") and headline_reader.find(target) is not None):
            # Opinions of whole audiences are published with their small cells, and a group may be made of audiences.
            found.append(f"{what} of {audience} in {group} is {value:.0f}")
    return found


@pytest.fixture
def surveys(sqlite_database: Database) -> Iterator[Session]:
    with Session(sqlite_database.writing_engine) as session:
        yield session


def attack_all(session: Session, seeds: Iterable[int], *, by: str) -> list[str]:
    found = []
    for seed in seeds:
        with session.begin_nested() as survey:
            found += [f"seed {seed}: {one}" for one in recovered(session, a_population(seed), by=by)]
            survey.rollback()
        session.expire_all()
    return found


@pytest.mark.parametrize("by", ["place", "connection"])
@pytest.mark.parametrize("first", range(0, 60, 20))
def test_nothing_hidden_can_be_worked_out(surveys: Session, by: str, first: int) -> None:
    assert attack_all(surveys, range(first, first + 20), by=by) == []


def test_without_secondary_suppression_the_same_attack_succeeds(
    surveys: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def primary_only(self: Judge, line, parts, left_over, hidden, *, alike_is_news) -> None:  # type: ignore[no-untyped-def]
        for place, part in enumerate(parts):
            fault = self._fault(line, part, alike_is_news=alike_is_news)
            if fault:
                hidden.setdefault(place, fault)

    monkeypatch.setattr(Judge, "_close", primary_only)
    monkeypatch.setattr(Judge, "_exposed", lambda *_: [])
    assert len(attack_all(surveys, range(20), by="place")) > 20


def test_audiences_and_groups_are_looked_at_together(surveys: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two members of staff who call themselves patients are the group of patients less the audience of patients."""
    chance = random.Random(1)
    people = [
        Person(audience, "Alliance / North", connection, chance.choice(OPTIONS))
        for audience, connection, number in (
            ("patients", "patient", 60),
            ("staff", "staff", 60),
            ("staff", "patient", 2),
        )
        for place in range(number)
    ]
    with surveys.begin_nested() as survey:
        assert recovered(surveys, people, by="connection") == []
        survey.rollback()
    surveys.expire_all()
    monkeypatch.setattr(Judge, "_exposed", lambda *_: [])
    assert "responses of staff in patient is 2" in recovered(surveys, people, by="connection")
