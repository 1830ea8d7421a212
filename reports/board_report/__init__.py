"""The board report: two pages that stand alone, then the detail, then the annex (DESIGN 11, EXPERIENCE 4.1).

The HTML is the master; ``board_report_pdf`` prints the same HTML. Only disclosed results are accepted.
"""

from __future__ import annotations

from typing import Any

from reports.board_report.annex import annex
from reports.board_report.contents import headings
from reports.board_report.detail import detail
from reports.board_report.summary import marks, period, summary
from reports.cautions import cautions
from reports.commentary import Written
from reports.documents import html_from_template, pdf_from_html
from reports.page_digests import with_page_digests
from reports.printed_workshops import printed_workshops
from reports.provenance import attachment
from reports.survey_figures import SurveyFigures
from reports.tabulation import Figure, Results
from reports.thin_tables import notes_of
from reports.words import Words
from surveys.questionnaire import Questionnaire

__all__ = ["board_report_html", "board_report_pdf", "period"]


def board_report_html(
    results: Results[Figure], questionnaire: Questionnaire, *, language: str, commentary: Written | None = None
) -> str:
    """The report as one HTML document that holds its own style and pictures and refers to nothing outside itself.

    ``commentary`` is what an officer wrote; without it the generated sentences stand and say that they are generated.
    TypeError for results that have not passed disclosure control.
    """
    return html_from_template(
        "board_report.html",
        passages=Words(questionnaire.language).as_passages,
        **_values(SurveyFigures(results, questionnaire, language), commentary),
    )


def board_report_pdf(
    results: Results[Figure],
    questionnaire: Questionnaire,
    *,
    language: str,
    commentary: Written | None = None,
    secret: str = "",
) -> bytes:
    """The same report as a tagged PDF that carries its figures and their provenance as a file. DocumentFailed.

    ``secret``: that of the installation, which seals the file; without it nobody can tell later who made it.
    """
    html = board_report_html(results, questionnaire, language=language, commentary=commentary)
    carries = attachment(results, questionnaire, kind="board", language=language, commentary=commentary)
    return with_page_digests(pdf_from_html(html, attachments=(carries,)), secret=secret)


def _values(survey: SurveyFigures, commentary: Written | None) -> dict[str, Any]:
    words = survey.words
    return {
        "survey": survey,
        "words": words,
        "title": words.said(survey.questionnaire.title),
        "organisation": words.said(survey.questionnaire.organisation),
        "demonstration": survey.results.demonstration,
        "data_as_on": words("board_data_as_on", date=words.date(survey.results.generated_at.date())),
        "marks": marks(survey, commentary),
        "section": headings(survey),
        "notes_of": notes_of,
        "cautions": cautions(survey),
        "workshops": printed_workshops(survey),
        **summary(survey, commentary),
        **detail(survey, commentary),
        **annex(survey),
    }
