"""What the board report shows of a survey that was asked before: a table per audience, and a line for each theme."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

import pytest
from sqlalchemy.orm import Session

from reports.board_report import board_report_html
from reports.board_report.over_time import over_time
from reports.request import disclosed_results
from reports.survey_figures import SurveyFigures
from surveys.answers import Value
from surveys.questionnaire import Page, Questionnaire, RatingQuestion, Scale, ScalePoint
from surveys.storage import tables
from surveys.waves import link_wave
from tests.factories import NOW, a_collector, a_questionnaire, a_survey, words
from tests.reports.test_results import store

CHOOSING = a_questionnaire()
RATING = a_questionnaire(
    pages=tuple(page for page in CHOOSING.pages if all(one.id != "most_important" for one in page.questions))
)
GOOD = Scale("good", (ScalePoint("good", words("Good"), 2, positive=True), ScalePoint("bad", words("Bad"), 1)))
FOOD = Page(id="food", questions=(RatingQuestion(id="food", text=words("How was it?"), scale="good"),))
WITHOUT_THEMES = a_questionnaire(
    themes=(), ask_about_each_theme=(), scales=(GOOD,), pages=(FOOD,), equality=(), min_items=1
)


def asked_twice(session: Session, questionnaire: Questionnaire, answers: Mapping[str, Value]) -> SurveyFigures:
    """The second of two surveys that 100 people each answered alike."""
    earlier: tables.Survey | None = None
    for slug in ("one", "two"):
        survey = a_survey(session, dataclasses.replace(questionnaire, slug=slug))
        store(session, a_collector(session, survey), [dict(answers)] * 60 + [{}] * 40)
        if earlier is not None:
            link_wave(session, survey=survey, earlier=earlier, at=NOW, by="officer@example.org")
        earlier = survey
    return SurveyFigures(disclosed_results(session, slug="two", at=NOW), questionnaire, "en")


@pytest.mark.parametrize(
    ("questionnaire", "answers", "told"),
    [
        (CHOOSING, {"most_important": ("waiting",)}, {"waiting", "digital", "staff"}),
        (RATING, {"waiting.importance": "very"}, {"waiting", "digital", "staff"}),
    ],
    ids=["chosen", "rated"],
)
def test_every_theme_has_its_line_and_row_whether_it_was_chosen_or_rated(
    session: Session, questionnaire: Questionnaire, answers: Mapping[str, Value], told: set[str]
) -> None:
    found = over_time(asked_twice(session, questionnaire, answers), {0: "then", 1: "now"})
    assert found is not None
    assert {theme.id for theme, _ in found.panels} == told
    assert [len(table.rows) for table in found.tables] == [len(told)]


def test_a_report_without_themes_has_no_chapter_on_changes(session: Session) -> None:
    shown = asked_twice(session, WITHOUT_THEMES, {"food": "good"})
    assert over_time(shown, {}) is None
    assert "What has changed" not in board_report_html(shown.results, shown.questionnaire, language="en")
