"""Every figure of disclosed results as one row: whom and what it is about, and what it is. Import from here."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from reports.figure_rows.about_answers import rows_about_answers
from reports.figure_rows.about_comments import rows_about_comments
from reports.figure_rows.about_waves import rows_about_waves
from reports.figure_rows.about_workshops import rows_about_workshops
from reports.figure_rows.beside_others import rows_beside_others
from reports.figure_rows.row import FigureRow, Subject
from reports.survey_figures import SurveyFigures

__all__ = ["FigureRow", "Subject", "figure_rows"]


def figure_rows(survey: SurveyFigures) -> Iterator[FigureRow]:
    """The figures that the results JSON holds, part by part in its order; none twice.

    No row stands for what JSON calls null: what was not asked, or nobody answered.
    """
    return chain(
        rows_about_answers(survey),
        rows_about_waves(survey),
        rows_beside_others(survey),
        rows_about_comments(survey),
        rows_about_workshops(survey),
    )
