"""The pages of the board report as readers turn them: filled, in order, each saying whom its figures are about."""

from __future__ import annotations

import dataclasses
import re
from html import unescape

import pypdfium2

from reports.board_report import board_report_html
from reports.board_report_charts import theme_panels
from reports.sentences import importance
from reports.survey_figures import SurveyFigures
from reports.tabulation import Estimate, Figure, Filters, Shown, Weighted, WeightedShare
from tests.reports.conftest import Answered
from tests.reports.pdf_checks import page_texts

MILLIMETRE = 72 / 25.4
HEAD, FOOT = 21 * MILLIMETRE, 19 * MILLIMETRE


def emptiness(page: pypdfium2.PdfPage) -> float:
    """The share of a page, between its head and its foot, that is white below the last line (0-1)."""
    text = page.get_textpage()
    bottoms = [text.get_charbox(place)[1] for place in range(text.count_chars())]
    lowest = min((bottom for bottom in bottoms if bottom > FOOT), default=page.get_height() - HEAD)
    return float((lowest - FOOT) / (page.get_height() - HEAD - FOOT))


def test_no_page_is_left_half_empty_but_the_one_that_ends_the_annex(board_pdf: bytes) -> None:
    *pages, _ends_the_annex, _decisions = pypdfium2.PdfDocument(board_pdf)
    assert [number for number, page in enumerate(pages, start=1) if emptiness(page) > 0.45] == []


def test_the_decisions_are_the_last_page_and_lie_on_their_side(board_pdf: bytes) -> None:
    pages = page_texts(board_pdf)
    assert [number for number, page in enumerate(pages) if "To fill in at the meeting" in page] == [len(pages) - 1]
    last = pypdfium2.PdfDocument(board_pdf)[len(pages) - 1]
    assert last.get_width() > last.get_height()
    contents = next(page for page in pages if "In the rest of this report" in page)
    assert re.search(rf"Accessibility of this report \d+ Decisions asked for {len(pages)}\b", contents)


def test_the_annex_holds_the_voluntary_questions_as_they_were_asked(board_html: str) -> None:
    asked = board_html[board_html.index('id="questions">') : board_html.index('id="who-in-full">')]
    assert '<p class="asked-text">What is your sex?</p>' in asked
    assert "<p>Female · Male · Prefer not to say</p>" in asked


def test_a_chart_of_importance_is_headed_by_what_it_shows(cancer_survey: Answered, board_html: str) -> None:
    survey = SurveyFigures(cancer_survey.results, cancer_survey.questionnaire, "en")
    headings = [unescape(text) for text in re.findall(r"<h3>(.*?)</h3>", board_html)]
    for group in survey.charted:
        found = importance(survey, group)
        assert found is not None
        assert found.headline.removesuffix(".") in headings


def test_the_description_of_a_chart_lists_in_the_readers_language(cancer_survey: Answered) -> None:
    survey = SurveyFigures(cancer_survey.results, cancer_survey.questionnaire, "ar")
    for _, chart in theme_panels(survey):
        assert "، " in chart.description
        assert ", " not in chart.description


def test_weighted_figures_of_one_audience_say_so(cancer_survey: Answered) -> None:
    def html(audience: str | None) -> str:
        estimate: Estimate[Figure] = Estimate(Shown(70.0), Shown(61.0), Shown(78.0))
        share: WeightedShare[Figure] = WeightedShare(
            cancer_survey.questionnaire.themes[0].id, "chosen", Shown(100), estimate, estimate
        )
        weighted: Weighted[Figure] = Weighted(
            "raked", ("age",), Shown(130), Shown(1.1), Shown(118), Shown(0), True, None, (share,), audience
        )
        results = dataclasses.replace(cancer_survey.results, weighted=weighted)
        page = board_report_html(results, cancer_survey.questionnaire, language="en")
        return page[page.index('id="weighted">') : page.index('id="method">')]

    of_patients = html("patients")
    assert "These figures are of patients alone" in of_patients
    assert "They rest on 130 patients" in of_patients
    assert "<caption>Patients: as they answered and as weighted</caption>" in of_patients
    assert "figures are of patients" not in html(None)


def test_page_one_says_which_answers_it_is_about_and_nothing_of_what_was_not_counted(cancer_survey: Answered) -> None:
    some = dataclasses.replace(
        cancer_survey.results, filters=Filters(where=(("audience", "patients"),)), who_answered=()
    )
    html = board_report_html(some, cancer_survey.questionnaire, language="en")
    summary = unescape(html[: html.index('id="contents"')])
    assert "Of some of the answers only: Audience is patients" in summary
    assert "How people found the survey is not counted for a part of the answers." in summary
    assert "We did not record how people found the survey." not in summary
