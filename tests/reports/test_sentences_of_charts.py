"""What is said of a chart in words: no theme is the most or the least of all where another is no less so."""

from __future__ import annotations

import dataclasses

import pytest

from reports.board_report_charts import matters_most_chart, theme_chart
from reports.charts import Box, Word
from reports.survey_figures import SurveyFigures
from reports.tabulation import Shown
from tests.reports.bare_survey import patients, plain, survey
from tests.reports.conftest import Answered


def described(*chosen: int) -> str:
    """The description of the chart of what matters most, where so many of 60 patients chose each theme in turn."""
    drawn = patients()
    numbers = (*chosen, *[chosen[-1]] * (len(drawn.themes) - len(chosen)))
    themes = tuple(
        dataclasses.replace(table, chosen_count=Shown(number), chosen_base=Shown(60))
        for table, number in zip(drawn.themes, numbers, strict=True)
    )
    shown: SurveyFigures = survey("en", audiences=(dataclasses.replace(drawn, themes=themes),))
    shown = dataclasses.replace(shown, results=dataclasses.replace(shown.results, everybody=shown.results.audiences[0]))
    return plain(matters_most_chart(shown).description)


def test_all_themes_that_share_the_longest_bar_are_named() -> None:
    said = described(30, 30, 12, 18)
    assert said.count("50% (30 of 60)") == 1
    most = said.partition(": 50%")[0]
    assert most.count("“") == 2
    assert " and “" in most


def test_themes_that_are_all_alike_are_said_to_be_so() -> None:
    assert described(30).endswith(": every theme alike, 50% (30 of 60).")


@pytest.mark.parametrize(("name", "beside"), [("Staff", True), ("Staff: administrative and clerical", False)])
def test_a_long_name_stands_in_one_line_above_its_bar_on_a_wall(
    cancer_survey: Answered, name: str, *, beside: bool
) -> None:
    patients, staff = cancer_survey.results.audiences
    results = dataclasses.replace(cancer_survey.results, audiences=(patients, dataclasses.replace(staff, label=name)))
    figures = SurveyFigures(results, cancer_survey.questionnaire, "en")
    chart = theme_chart(figures, figures.themes[0])
    assert name in [mark.text for mark in chart.marks if isinstance(mark, Word)]
    # The key stands above the bars; the bars are the widest boxes.
    starts = {mark.x for mark in chart.marks if isinstance(mark, Box) and mark.width > 100}
    assert (min(starts) > 0) == beside
