"""Giving the responses of a survey as a file: one row for each, with a codebook that says what the columns mean.

Equality answers are left out: they stand apart so that they can be deleted alone, and a row-level file that joins them
to opinions would make people recognisable. They reach the outside only as counts, in reports.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from surveys.answers_file import SUFFIXES
from surveys.codebook import codebook_rows
from surveys.exporting.files import ExportFault, write_codebook, write_csv, write_jsonl, write_xlsx
from surveys.exporting.rows import answer_table
from surveys.publishing import current_version, load_version, versions_of
from surveys.storage import tables

__all__ = ["ExportFault", "ExportedAnswers", "export_answers"]


@dataclass(frozen=True, slots=True)
class ExportedAnswers:
    """What was written: how many responses, where, and the codebook (a sheet of the same file for XLSX)."""

    responses: int
    path: Path
    codebook: Path


def export_answers(
    session: Session,
    *,
    survey: tables.Survey,
    path: Path,
    unmasked: bool = False,
    progress: Callable[[int], object] = lambda _: None,
) -> ExportedAnswers:
    """Write all responses of the survey that count to ``path``, as its extension says, and the codebook beside it.

    Comments are masked as for everybody, unless ``unmasked``: then they are as people wrote them, and the caller has
    recorded who wants that and why.

    The file appears whole or not at all, readable by its owner alone. ``progress`` is told how many responses were
    added. ExportFault where the extension is not known or the responses do not fit; OSError where nothing can be
    written; LookupError for a survey that was never published.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise ExportFault(
            f"Answers cannot be written as {path.suffix or 'a file without an extension'}; use .csv, .xlsx or .jsonl."
        )
    table = answer_table(session, survey=survey, spreadsheet=suffix != ".jsonl", unmasked=unmasked)
    newest = current_version(session, survey=survey)
    older = [version for version in reversed(versions_of(session, survey=survey)) if version.id != newest.id]
    book = codebook_rows([(each.number, load_version(session, each.id)) for each in (newest, *older)])
    if suffix == ".xlsx":
        with _whole(path) as draft:
            count = write_xlsx(table, draft, codebook=book, progress=progress)
        return ExportedAnswers(count, path, path)
    codebook = path.with_suffix(".codebook.csv")
    with _whole(path) as draft, _whole(codebook) as draft_book:
        write = write_csv if suffix == ".csv" else write_jsonl
        count = write(table, draft, progress=progress)
        write_codebook(book, draft_book)
    return ExportedAnswers(count, path, codebook)


@contextmanager
def _whole(path: Path) -> Iterator[Path]:
    """A file under another name in the same folder, which takes its own name when all went well and else vanishes."""
    handle, name = tempfile.mkstemp(prefix=f".{path.stem[:50]}-", dir=path.parent)
    os.close(handle)
    draft = Path(name)
    try:
        yield draft
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
