"""Reading back what is stored, and writing answers files to be imported."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from engage.unit_of_work import Database
from surveys.answers import decode
from surveys.collecting import visible_responses
from surveys.importing import ImportedAnswers, import_answers
from surveys.publishing import find_survey, load_layout
from surveys.storage import tables
from tests.factories import NOW, TODAY

Stored = tuple[Any, ...]


def stored_responses(session: Session, survey: tables.Survey) -> Counter[Stored]:
    """Everything that is stored about each response, without keys, batches and order."""
    found = session.scalars(select(tables.Response).where(tables.Response.survey_id == survey.id)).all()
    comments: dict[bytes, list[tuple[Any, ...]]] = {}
    for said in session.scalars(select(tables.Comment).where(tables.Comment.survey_id == survey.id)):
        comments.setdefault(said.response_key, []).append((said.item_key, said.text, said.language, said.may_quote))
    responses: Counter[Stored] = Counter()
    for each in found:
        document = session.get(tables.ResponseDocument, (survey.id, each.key))
        assert document is not None
        answers = decode(load_layout(session, each.version_id), each.codes)
        about = (each.version_id, each.collector_id, each.submitted_on, each.language, each.mode)
        said_here = tuple(sorted(comments.get(each.key, [])))
        responses[(*about, document.answers, tuple(sorted(answers.items(), key=str)), said_here)] += 1
    return responses


def remove_responses(session: Session, survey: tables.Survey) -> None:
    """Empty the survey, so that what was exported can come back to its own collectors."""
    session.execute(delete(tables.Comment).where(tables.Comment.survey_id == survey.id))
    session.execute(delete(tables.ResponseDocument).where(tables.ResponseDocument.survey_id == survey.id))
    session.execute(delete(tables.Response).where(tables.Response.survey_id == survey.id))


def import_file(database: Database, path: Path, slug: str = "small-survey", **options: Any) -> ImportedAnswers:
    given = {"at": NOW, "today": TODAY, "by": "officer@example.org"}
    return import_answers(database.writing, slug=slug, path=path, **{**given, **options})


def write_rows(path: Path, rows: Sequence[Mapping[str, str]]) -> Path:
    """A CSV file with a column for everything that any row has."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def a_row(collector: str, **cells: str) -> dict[str, str]:
    """A row that can be imported to ``a_survey()``; write "__" for the dot of a theme's column."""
    row = {"response_id": "", "submitted_on": "2026-11-20", "collector": collector, "waiting.importance": "very"}
    return {**row, **{name.replace("__", "."): cell for name, cell in cells.items()}}


def visible(database: Database) -> int:
    """How many responses readers see."""

    with database.reading() as session:
        survey = find_survey(session, slug="small-survey")
        return len(
            session.execute(select(tables.Response.key).where(visible_responses(session, survey_id=survey.id))).all()
        )


def answers_of(database: Database) -> dict[str, object]:
    """The only stored response's closed answers and comments."""
    with database.reading() as session:
        ((stored,),) = [stored_responses(session, find_survey(session, slug="small-survey"))]
    return {**json.loads(stored[5])["answers"], **{key: text for key, text, *_ in stored[7]}}


def messages(done: ImportedAnswers) -> list[str]:
    return [f"{fault.line}: {fault.message}" for fault in done.faults]
