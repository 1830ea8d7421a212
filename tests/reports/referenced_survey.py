"""A survey with background answers and a reference population: made for tests of who is missing and of weights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from surveys.answers import Value
from surveys.collecting import add_equality_answers
from surveys.question_bank import BANK_VERSION
from surveys.reference_population import fields_of, put_reference, read_reference
from surveys.storage import tables
from tests.factories import NOW, TODAY, a_collector, a_response, a_survey, some_answers

RATINGS = ("very", "quite", "slightly", "not")
Background = Mapping[str, Value]


def people_with(
    session: Session,
    collector: tables.Collector,
    backgrounds: Sequence[Background | None],
    answers: Sequence[Mapping[str, Value]] | None = None,
) -> None:
    """One person for each of ``backgrounds``, None for no answer to these questions; opinions differ in each group."""
    for number, background in enumerate(backgrounds):
        given = answers[number] if answers else some_answers(waiting__importance=RATINGS[number % 4])
        sent = a_response(session, collector, given, equality_expected=True)
        assert sent.equality_key is not None
        if background is not None:
            add_equality_answers(
                session,
                collector=collector,
                equality_key=sent.equality_key,
                bank_version=BANK_VERSION,
                answers=dict(background),
                at=TODAY,
            )


def refer(session: Session, survey: tables.Survey, *rows: str, audience: str = "") -> None:
    """Give the survey a reference population; a row is characteristic, group and share."""
    lines = ["characteristic,group,share,source,date,audience"]
    lines += [f"{row},Trust register,2026-03,{audience}" for row in rows]
    population = read_reference("\n".join(lines).encode(), fields_of(session, survey=survey))
    put_reference(session, survey=survey, population=population, file_name="a.csv", at=NOW, by="officer@example.org")


def a_referenced_survey(session: Session, backgrounds: Sequence[Background | None], *rows: str) -> tables.Survey:
    """A survey answered by patients alone."""
    survey = a_survey(session)
    people_with(session, a_collector(session, survey), backgrounds)
    refer(session, survey, *rows)
    return survey


def sexes(female: int, male: int, untold: int = 0) -> list[Background | None]:
    return [*[{"sex": "female"}] * female, *[{"sex": "male"}] * male, *[None] * untold]


def ages(**people: int) -> list[Background | None]:
    """``ages(a16_24=3)``: three people of the age group 16-24."""
    return [
        {"age": group.removeprefix("a").replace("_", "-")} for group, number in people.items() for _ in range(number)
    ]
