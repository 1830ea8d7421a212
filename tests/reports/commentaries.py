"""A commentary in a survey that was answered, written and moved on as officers do it."""

from __future__ import annotations

import contextlib
import datetime
import shutil
import sqlite3
from pathlib import Path

from sqlalchemy import make_url, select
from sqlalchemy.orm import Session

from engage.unit_of_work import Database
from reports.commentary import Written, commentary_of_new_report
from reports.request import disclosed_results, reported_questionnaire
from reports.survey_figures import SurveyFigures
from surveys.commentary.editions import State, move_edition, newest_edition, save_texts
from surveys.commentary.texts import Recommendation, Texts
from surveys.storage import tables
from tests.factories import NOW, a_collector, a_questionnaire, a_response, a_survey, some_answers
from tests.reports.conftest import Answered

SLUG, SMALL = "cancer-strategy-themes", "small-survey"
THREE = ("waiting", "digital", "staff")
TEXTS = Texts(
    front={"author": "Anna Smith", "purpose": "To agree the themes."},
    summary="Faster care leads\nfor patients ([[faster-care chosen patients]]).\n\nIn all [[people]] people answered.",
    themes={
        "faster-care": Recommendation("keep", "Staff: [[faster-care chosen staff]]."),
        "fair-care": Recommendation(None, "Not yet."),
        "research": Recommendation("drop", "[[gone chosen staff]]"),
    },
)


def save(session: Session, texts: Texts = TEXTS) -> None:
    survey = session.scalars(select(tables.Survey)).one()
    save_texts(session, survey=survey, texts=texts, seen="", by="anna@example.org", name="", on=NOW.date(), at=NOW)


def move(session: Session, to: State) -> None:
    survey = session.scalars(select(tables.Survey)).one()
    edition = newest_edition(session, survey=survey)
    assert edition
    late = datetime.datetime(2026, 11, 21, 23, 30, tzinfo=datetime.UTC)
    move_edition(
        session,
        survey=survey,
        number=edition.number,
        seen=edition.row_version,
        to=to,
        by="tom@example.org",
        name="Tom Reid",
        at=late,
    )


def newest(database: Database, answered: Answered, language: str = "en") -> Written | None:
    figures = SurveyFigures(answered.results, answered.questionnaire, language)
    with database.reading() as session:
        survey = session.scalars(select(tables.Survey)).one()
        return commentary_of_new_report(session, survey=survey, figures=figures, time_zone="Europe/Paris")


def with_three_themes(folder: Path, empty: Path, *, demonstration: bool) -> Answered:
    """A short survey, whose figures are quickly worked out again: 60 patients and 15 staff."""
    for name in ("engage.sqlite", "drafts.sqlite"):
        shutil.copyfile(empty / name, folder / name)
    database = Database(f"sqlite:///{folder / 'engage.sqlite'}", f"sqlite:///{folder / 'drafts.sqlite'}")
    questionnaire = a_questionnaire(demonstration=demonstration)
    with database.writing() as session:
        survey = a_survey(session, questionnaire)
        for audience, people in (("patients", 60), ("staff", 15)):
            collector = a_collector(session, survey, audience=audience)
            for number in range(people):
                a_response(session, collector, some_answers(most_important=(THREE[number % 3],)))
    with database.reading() as session:
        results = disclosed_results(session, slug=SMALL, at=NOW)
        return Answered(database, results, reported_questionnaire(session, slug=SMALL, results=results))


def copied(answered: Answered, folder: Path) -> Database:
    with (
        contextlib.closing(sqlite3.connect(make_url(answered.database.url).database or "")) as there,
        contextlib.closing(sqlite3.connect(folder / "engage.sqlite")) as here,
    ):
        there.backup(here)
    return Database(f"sqlite:///{folder / 'engage.sqlite'}", f"sqlite:///{folder / 'drafts.sqlite'}")
