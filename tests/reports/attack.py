"""One survey made by chance, published and attacked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from reports.board_report import board_report_html, board_report_pdf
from reports.results_csv import results_csv
from reports.spreadsheet import results_xlsx
from reports.tabulation import Filters
from tests.reports.random_survey import GivenResults, Person, a_population, published, requests, store
from tests.reports.solving import Solver
from tests.reports.strangers import in_csv, in_page, in_pdf, in_workbook

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
    reads_pdf: bool = False,
) -> Attacked:
    """Publish everything that is asked for, on each day, and solve for what is hidden; leaves no trace.

    The JSON is solved. Web page, workbook and CSV of each set of results, and the PDF of the first where ``reads_pdf``,
    are searched for numbers that it does not say.
    """
    with session.begin_nested() as survey:
        done = _attacked(session, a_population(seed, days=days), days, asked, reads_pdf)
        survey.rollback()
    session.expire_all()
    return done


def _attacked(
    session: Session,
    people: list[Person],
    days: int,
    asked: Callable[[Sequence[Person]], list[Filters]],
    reads_pdf: bool,
) -> Attacked:
    stored = None
    by_day: list[list[GivenResults]] = []
    for day in range(1, days + 1):
        stored = store(session, [person for person in people if person.day == day], stored)
        so_far = [person for person in people if person.day <= day]
        by_day.append(published(session, stored, asked(so_far)))
    if not people or stored is None:
        return Attacked(0, 0, [])
    solver = Solver(people, stored.codes)
    opinions = Solver(people, stored.codes)
    for day, made in enumerate(by_day, start=1):
        for each in (solver, opinions):
            each.stretches = frozenset(
                value
                for given in made
                for one in given.document["who_answered"]
                if one["field"] == "week"
                for value in one["counts"]
            )
        for document in (given.document for given in made):
            solver.reads(document, day=day)
            if _shows_opinions(document):
                groups = (
                    document["groups"] if set((document["filters"]["by"] or "").split(",")) <= set(_OPINIONS) else []
                )
                opinions.reads({**document, "who_answered": [], "groups": groups}, day=day)
    secrets = solver.secrets(people) if days == 1 else solver.came()
    found = solver.recovered(secrets)
    thought = {one.rpartition(" is ")[0] for one in found if one.partition(" ")[0] not in ("responses", "base", "late")}
    if thought:
        # What few people think may be shown of all, an audience, a channel or a week; then it is no secret of a place.
        for given in published(session, stored, [Filters(by=field) for field in _OPINIONS]):
            opinions.reads({**given.document, "who_answered": []}, day=days)
    public = opinions.recovered({name: secrets[name] for name in thought})
    everything = [given for made in by_day for given in made]
    tables = sum(len(one.document["who_answered"]) + ("groups" in one.document) + 1 for one in everything)
    strange = [f"{number}, which the JSON does not say" for given in everything for number in _strangers(given)]
    strange += _strangers_in_pdf(everything[0]) if reads_pdf and everything else []
    return Attacked(tables, len(secrets), [*(one for one in found if one not in public), *strange])


def _strangers(given: GivenResults) -> list[str]:
    page = board_report_html(given.results, given.questionnaire, language="en")
    workbook = results_xlsx(given.results, given.questionnaire, language="en")
    table = results_csv(given.results, given.questionnaire, language="en")
    return in_page(given.document, page) + in_workbook(given.document, workbook) + in_csv(given.document, table)


def _strangers_in_pdf(given: GivenResults) -> list[str]:
    page = board_report_html(given.results, given.questionnaire, language="en")
    return in_pdf(page, board_report_pdf(given.results, given.questionnaire, language="en"))


def _shows_opinions(document: dict[str, Any]) -> bool:
    return all(where["field"] in _OPINIONS for where in document["filters"]["where"])
