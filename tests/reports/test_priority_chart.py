"""The chart of scores draws what chance could do, and no line that would be too short."""

from __future__ import annotations

import dataclasses

import pytest

from reports.board_report_charts import priority_chart
from reports.charts import Line
from reports.survey_figures import SurveyFigures
from reports.tabulation import Estimate, Shown, ThemeTable
from tests.reports.conftest import Answered


def lines_of_scores(answered: Answered, score: float, *, base: int, reach: float | None = 0.1) -> int:
    """How many lines the chart has where one theme has this score, give or take ``reach``, and no other has any."""
    results = answered.results
    lead, *others = results.audiences
    ends = (None, None) if reach is None else (Shown(score - reach), Shown(score + reach))
    scored = [dataclasses.replace(table, score_0_10=None) for table in lead.themes]
    table: ThemeTable[Shown] = dataclasses.replace(  # type: ignore[assignment]
        scored[0],
        score_base=Shown(base),
        score_0_10=Estimate(Shown(score), *ends),
    )
    lead = dataclasses.replace(lead, themes=(table, *scored[1:]))
    beside = [dataclasses.replace(group, themes=()) for group in others]
    by_score = dataclasses.replace(results, headline_order="score_0_10", audiences=(lead, *beside))
    asked = dataclasses.replace(answered.questionnaire, pages=())
    chart = priority_chart(SurveyFigures(by_score, asked, "en"))
    assert chart is not None
    return sum(isinstance(mark, Line) for mark in chart.wide[0].marks)


@pytest.mark.parametrize(
    ("score", "base", "has_line"),
    [(9.4, 50, True), (5.0, 50, True), (0.6, 50, True), (9.7, 100, True), (9.6, 50, False), (0.4, 50, False)],
)
def test_a_score_has_the_line_of_chance_but_very_near_an_end_of_the_scale(
    cancer_survey: Answered, score: float, base: int, *, has_line: bool
) -> None:
    drawn = lines_of_scores(cancer_survey, score, base=base)
    assert (drawn > lines_of_scores(cancer_survey, score, base=base, reach=None)) is has_line


def test_an_only_theme_has_no_place_to_draw(cancer_survey: Answered) -> None:
    asked = dataclasses.replace(cancer_survey.questionnaire, themes=cancer_survey.questionnaire.themes[:1])
    assert priority_chart(SurveyFigures(cancer_survey.results, asked, "en")) is None
