"""The figures of a survey as one table in CSV: a row for each figure, with ids for programs and names for people.

Where it comes from stands in columns of its own, the same in each row: lines above the table would break it, a second
file would get lost, and so a row says what it is wherever it is pasted.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import astuple, fields

from reports.figure_rows import FigureRow, Subject, figure_rows
from reports.figure_rows.measures import measure_name
from reports.provenance import included, software
from reports.sheet_labels import pooled
from reports.survey_figures import SurveyFigures
from reports.tabulation import Figure, Results, Shown, Suppressed
from reports.words import Words
from surveys.answers_file import SEPARATOR, neutralised
from surveys.questionnaire import Questionnaire

Cell = str | int | float

FIGURE_COLUMNS = (
    *(field.name for field in fields(Subject)),
    *("measure", "measure_name", "value", "low", "high", "base", "hidden", "verdict"),
)
"""What a figure is about, and what it is."""

PROVENANCE_COLUMNS = (
    *("pooling", "survey", "survey_title", "versions", "included", "period_from", "period_to"),
    *("generated_at", "data_fingerprint", "minimum_base", "minimum_base_staff", "minimum_cell"),
    *("software", "demonstration"),
)
"""Where it comes from: the same in each row but ``pooling``, which stands beside figures of several audiences."""

_POOLED = ("responses", "themes", "questions", "mentions")
"""The parts whose figures for everybody put audiences together as they answered."""


def results_csv(results: Results[Figure], questionnaire: Questionnaire, *, language: str) -> bytes:
    """All figures of disclosed results as CSV (RFC 4180, UTF-8 with a byte order mark), names in ``language``.

    Percentages are 0-100, scores 0-10, unrounded. A hidden figure is an empty cell, and ``hidden`` holds the word for
    it. TypeError for results that have not passed disclosure control.
    """
    survey = SurveyFigures(results, questionnaire, language)
    stream, origin, together = io.StringIO(newline=""), _origin(survey), pooled(survey)
    writer = csv.writer(stream)
    writer.writerow((*FIGURE_COLUMNS, *PROVENANCE_COLUMNS))
    for row in figure_rows(survey):
        pools = row.subject.part in _POOLED and not row.subject.population_field
        cells = (*_cells(survey.words, row), together if pools else "", *origin)
        writer.writerow([neutralised(cell) if isinstance(cell, str) else cell for cell in cells])
    # Without the mark Excel reads such a file in the code page of its machine.
    return stream.getvalue().encode("utf-8-sig")


def _cells(words: Words, row: FigureRow) -> Sequence[Cell]:
    figures = (row.figure, row.low, row.high, row.base)
    hidden = words("sheet_suppressed") if isinstance(row.figure, Suppressed) else ""
    named = (row.measure, measure_name(words, row.measure))
    return (*astuple(row.subject), *named, *map(_number, figures), hidden, row.verdict)


def _number(figure: Figure | None) -> Cell:
    """The figure's value; an empty cell where it is hidden or does not exist."""
    match figure:
        case Shown(value):
            return value
        case Suppressed() | None:
            return ""
        case _:
            raise TypeError(f"only disclosed figures are written, not {type(figure).__name__}")


def _origin(survey: SurveyFigures) -> Sequence[Cell]:
    """The cells of ``PROVENANCE_COLUMNS`` behind ``pooling``."""
    results, words = survey.results, survey.words
    first, last = results.period or (None, None)
    return (
        results.survey_slug,
        words.said(survey.questionnaire.title),
        # Alone, 1.10 would be opened as the number 1.1; waves are called the same.
        SEPARATOR.join(f"{results.survey_slug} {version}" for version in results.versions),
        included(survey),
        first.isoformat() if first else "",
        last.isoformat() if last else "",
        results.generated_at.isoformat(),
        results.data_fingerprint,
        results.rules.minimum_base,
        results.rules.minimum_base_staff,
        results.rules.minimum_cell,
        software(),
        words("demonstration") if results.demonstration else "",
    )
