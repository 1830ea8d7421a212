"""What is said of a chart in words: no theme is the most or the least of all where another is no less so."""

from __future__ import annotations

import dataclasses

from reports.board_report_charts import matters_most_chart
from reports.survey_figures import SurveyFigures
from reports.tabulation import Shown
from tests.reports.bare_survey import patients, plain, survey


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
