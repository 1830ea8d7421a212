"""Small surveys made by chance, with everything that is published of them."""

from __future__ import annotations

import datetime
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from reports.disclosure import DisclosedResults
from reports.people import RequestRefused
from reports.request import reported_questionnaire, results_to_give_out
from reports.results_json import to_json
from reports.tabulation import Filters
from surveys.collecting import Sent, collect_many
from surveys.publishing import current_version
from surveys.questionnaire import Questionnaire
from surveys.storage import tables
from tests.factories import NOW, a_collector, a_survey, some_answers

OPTIONS = ("not", "slightly", "quite", "very")
FIELDS = ("audience", "place", "place:1", "collector", "channel", "mode", "connection", "week")
FIRST_DAY = datetime.date(2026, 11, 2)
_WARDS = ("Ash", "Birch", "Cedar")


@dataclass(frozen=True)
class Person:
    """Who they are in every field, and what they answered. ``day`` 2: came after the first results."""

    audience: str
    place: str
    collector: str
    channel: str
    mode: str
    connection: str | None
    week: int
    answer: str | None
    day: int = 1

    def group(self, field: str) -> str | None:
        """The group of a field that they are in, under its name in this test."""
        if field == "place:1":
            return self.place.partition(" / ")[0]
        return str(self.week) if field == "week" else getattr(self, field)


def a_population(seed: int, *, days: int = 1) -> list[Person]:
    """Few people, unevenly spread in fields that are nested or nearly the same, so that there is something to hide."""
    chance = random.Random(seed)
    audiences = ["patients", "staff", *(["carers"] if chance.random() < 0.4 else [])]
    places = [f"{region} / {name}" for region in ("East", "West") for name in _WARDS[: chance.randint(1, 3)]]
    mixing = chance.choice((0.0, 0.02, 0.1, 0.5))
    people = []
    for place in places:
        for audience in audiences:
            for number in range(chance.choice((0, 1, 1, 2))):
                collector = f"{place} {audience} {number}"
                channel = chance.choice(("Letter", "Poster"))
                lean = [chance.random() ** 2 + 0.01 for _ in (*OPTIONS, "not_sure", None)]
                for day in range(1, days + 1):
                    for _ in range(chance.choice((0, 1, 2, 3, 4, 8, 10, 11, 12, 15, 25, 40))):
                        connection: str | None = {"staff": "staff", "patients": "patient"}.get(audience)
                        if chance.random() < mixing:
                            connection = chance.choice(("patient", "staff", "prefer_not_to_say", None))
                        mode = "paper" if chance.random() < mixing else "web"
                        (answer,) = chance.choices((*OPTIONS, "not_sure", None), lean)
                        week = chance.choice((0, 0, 0, 1, 1, 2, 3)) if days == 1 else day
                        people.append(Person(audience, place, collector, channel, mode, connection, week, answer, day))
    if seed % 5 == 2:
        # Nobody skips the question, so that all who are not in its base are known to be unsure.
        people = [replace(person, answer=person.answer or "not_sure") for person in people]
    return people


@dataclass
class Published:
    """A survey as stored: what its collectors are called in print."""

    survey: tables.Survey
    codes: dict[str, str]


def store(session: Session, people: Sequence[Person], before: Published | None = None) -> Published:
    """The people as responses to a survey, a new one or the one from before."""
    survey = before.survey if before else a_survey(session)
    codes = dict(before.codes) if before else {}
    collectors = {}
    for name in sorted({person.collector for person in people}):
        one = next(person for person in people if person.collector == name)
        if name in codes:
            collectors[name] = session.query(tables.Collector).filter_by(code=codes[name]).one()
        else:
            collectors[name] = a_collector(
                session, survey, name=name, audience=one.audience, place=one.place, channel=one.channel
            )
            codes[name] = collectors[name].code
    collect_many(
        session,
        version_id=current_version(session, survey=survey).id,
        batch_id=None,
        sent=[
            Sent(
                collectors[person.collector],
                some_answers(waiting__importance=person.answer, connection=person.connection, waiting__comment=None),
                "en",
                person.mode,
                FIRST_DAY + datetime.timedelta(weeks=person.week),
            )
            for person in people
        ],
    )
    return Published(survey, codes)


@dataclass(frozen=True)
class GivenResults:
    """One set of results as JSON, and what other outputs are made from."""

    document: dict[str, Any]
    results: DisclosedResults
    questionnaire: Questionnaire


def published(session: Session, stored: Published, filters: Sequence[Filters]) -> list[GivenResults]:
    """Each of these requests that is not refused; what is given out is kept, as the commands keep it."""
    made = []
    for one in filters:
        try:
            given = results_to_give_out(session, slug=stored.survey.slug, filters=one, at=NOW)
        except RequestRefused:
            continue
        session.add_all(given.counts)
        session.flush()
        questionnaire = reported_questionnaire(session, slug=stored.survey.slug, results=given.results)
        made.append(GivenResults(to_json(given.results, questionnaire), given.results, questionnaire))
    return made


def requests(people: Sequence[Person]) -> list[Filters]:
    """Everything, by every field, some two crossed, and filters that neighbour one another."""
    chance = random.Random(len(people))
    fields = sorted(set(FIELDS) - {"place:1"})
    pairs = [f"{one},{other}" for place, one in enumerate(fields) for other in fields[place + 1 :]]
    wanted = [Filters(), *(Filters(by=field) for field in FIELDS)]
    wanted += [Filters(by=by) for by in dict.fromkeys(("place,audience", *chance.sample(pairs, 4)))]
    wanted += [Filters(where=(("place", value),)) for value in sorted({person.place for person in people})]
    wanted += [Filters(where=(("audience", value),)) for value in sorted({person.audience for person in people})]
    wanted += [Filters(until=FIRST_DAY + datetime.timedelta(weeks=weeks, days=6)) for weeks in (1, 2)]
    return wanted
