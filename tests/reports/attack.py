"""One survey made by chance, published and attacked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from reports.tabulation import Filters
from tests.reports.random_survey import Person, a_population, published, requests, store
from tests.reports.solving import Solver

_OPINIONS = ("audience", "channel", "mode", "week")


@dataclass(frozen=True)
class Attacked:
    """How many tables by groups were published and how many numbers were too small to be, and which were found."""

    tables: int
    secrets: int
    found: list[str]


def attacked(
    session: Session,
    seed: int,
    *,
    days: int = 1,
    asked: Callable[[Sequence[Person]], list[Filters]] = requests,
) -> Attacked:
    """Publish everything that is asked for, on each day, and solve for what is hidden; leaves no trace."""
    with session.begin_nested() as survey:
        done = _attacked(session, a_population(seed, days=days), days, asked)
        survey.rollback()
    session.expire_all()
    return done


def _attacked(
    session: Session, people: list[Person], days: int, asked: Callable[[Sequence[Person]], list[Filters]]
) -> Attacked:
    stored = None
    by_day: list[list[dict[str, Any]]] = []
    for day in range(1, days + 1):
        stored = store(session, [person for person in people if person.day == day], stored)
        so_far = [person for person in people if person.day <= day]
        by_day.append(published(session, stored, asked(so_far)))
    if not people or stored is None:
        return Attacked(0, 0, [])
    solver = Solver(people, stored.codes)
    opinions = Solver(people, stored.codes)
    for day, documents in enumerate(by_day, start=1):
        for each in (solver, opinions):
            each.stretches = frozenset(
                value
                for document in documents
                for one in document["who_answered"]
                if one["field"] == "week"
                for value in one["counts"]
            )
        for document in documents:
            solver.reads(document, day=day)
            if _shows_opinions(document):
                groups = document["groups"] if document["filters"]["by"] in _OPINIONS else []
                opinions.reads({**document, "who_answered": [], "groups": groups}, day=day)
    secrets = solver.secrets(people) if days == 1 else solver.came()
    found = solver.recovered(secrets)
    thought = {one.rpartition(" is ")[0] for one in found if one.partition(" ")[0] not in ("responses", "base", "late")}
    if thought:
        # What few people think may be shown of all, an audience, a channel or a week; then it is no secret of a place.
        for document in published(session, stored, [Filters(by=field) for field in _OPINIONS]):
            opinions.reads({**document, "who_answered": []}, day=days)
    public = opinions.recovered({name: secrets[name] for name in thought})
    tables = sum(len(one["who_answered"]) + ("groups" in one) + 1 for documents in by_day for one in documents)
    return Attacked(tables, len(secrets), [one for one in found if one not in public])


def _shows_opinions(document: dict[str, Any]) -> bool:
    return all(where["field"] in _OPINIONS for where in document["filters"]["where"])
