"""Documents of one answered survey, made once for all tests that only look at them."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from engage.unit_of_work import Database
from reports.board_report import board_report_html, board_report_pdf
from reports.request import disclosed_results, reported_questionnaire
from reports.tabulation import Figure, Filters, Results
from reports.workshop_pack import workshop_pack_pdf
from surveys.questionnaire import Questionnaire
from tests.factories import NOW
from tests.reports.answered_survey import an_answered_survey, shipped_questionnaire
from tests.reports.verifying import SECRET


@dataclass(frozen=True)
class Answered:
    """A survey that people answered: where it is stored and what may be said of it."""

    database: Database
    results: Results[Figure]
    questionnaire: Questionnaire


def answered(
    folder: Path, empty: Path, questionnaire: Questionnaire, *, patients: int, staff: int, by: str | None = None
) -> Answered:
    """A copy of the empty database with an answered survey in it."""
    for name in ("engage.sqlite", "drafts.sqlite"):
        shutil.copyfile(empty / name, folder / name)
    database = Database(f"sqlite:///{folder / 'engage.sqlite'}", f"sqlite:///{folder / 'drafts.sqlite'}")
    with database.writing() as session:
        an_answered_survey(session, questionnaire, patients=patients, staff=staff)
    with database.reading() as session:
        results = disclosed_results(session, slug=questionnaire.slug, filters=Filters(by=by), at=NOW)
        return Answered(database, results, reported_questionnaire(session, slug=questionnaire.slug, results=results))


@pytest.fixture(scope="session")
def cancer_survey(empty_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Answered:
    """The shipped survey as a demonstration: 130 patients and 60 staff."""
    questionnaire = shipped_questionnaire(demonstration=True)
    return answered(tmp_path_factory.mktemp("answered"), empty_sqlite, questionnaire, patients=130, staff=60)


@pytest.fixture(scope="session")
def small_survey(empty_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Answered:
    """The shipped survey, really asked, answered by 30 patients and by too few staff to show."""
    folder = tmp_path_factory.mktemp("small")
    return answered(folder, empty_sqlite, shipped_questionnaire(demonstration=False), patients=30, staff=6)


@pytest.fixture(scope="session")
def board_html(cancer_survey: Answered) -> str:
    return board_report_html(cancer_survey.results, cancer_survey.questionnaire, language="en")


@pytest.fixture(scope="session")
def board_pdf(cancer_survey: Answered) -> bytes:
    return board_report_pdf(cancer_survey.results, cancer_survey.questionnaire, language="en", secret=SECRET)


@pytest.fixture(scope="session")
def workshop_pdf(cancer_survey: Answered) -> bytes:
    return workshop_pack_pdf(cancer_survey.results, cancer_survey.questionnaire, language="en", secret=SECRET)
