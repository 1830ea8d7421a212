"""What the board report shows of a survey that was asked before: a table per audience, and a line for each theme."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

import pytest
from lxml import html
from sqlalchemy.orm import Session

from reports.board_report import board_report_html
from reports.board_report.over_time import over_time
from reports.request import disclosed_results
from reports.sentences import clear_changes
from reports.survey_figures import SurveyFigures
from surveys.answers import Value
from surveys.questionnaire import Page, Questionnaire, RatingQuestion, Scale, ScalePoint
from surveys.storage import tables
from surveys.waves import link_wave
from tests.factories import NOW, a_collector, a_questionnaire, a_survey, words
from tests.reports.bare_survey import plain
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


def asked_twice(
    session: Session,
    questionnaire: Questionnaire,
    answers: Mapping[str, Value],
    *,
    then: Mapping[str, Value] | None = None,
) -> SurveyFigures:
    """The second of two surveys that 100 people each answered alike, or gave these answers ``then``."""
    earlier: tables.Survey | None = None
    for slug, given in (("one", then or answers), ("two", answers)):
        survey = a_survey(session, dataclasses.replace(questionnaire, slug=slug))
        store(session, a_collector(session, survey), [dict(given)] * 60 + [{}] * 40)
        if earlier is not None:
            link_wave(session, survey=survey, earlier=earlier, at=NOW, by="officer@example.org")
        earlier = survey
    return SurveyFigures(disclosed_results(session, slug="two", at=NOW), questionnaire, "en")


@pytest.mark.parametrize(
    ("questionnaire", "answers", "told"),
    [
        (CHOOSING, {"most_important": ("waiting",)}, {"waiting", "digital", "staff"}),
        (RATING, {"waiting.importance": "very"}, {"waiting", "digital", "staff"}),
        (WITHOUT_THEMES, {"food": "good"}, {"food"}),
    ],
    ids=["chosen", "rated", "without themes"],
)
def test_every_theme_has_its_line_and_row_whether_it_was_chosen_or_rated_and_so_has_a_question_without_themes(
    session: Session, questionnaire: Questionnaire, answers: Mapping[str, Value], told: set[str]
) -> None:
    found = over_time(asked_twice(session, questionnaire, answers), {0: "then", 1: "now"})
    assert found is not None
    assert {of.key for of, _ in found.panels} == told
    assert [len(table.rows) for table in found.tables] == [len(told)]


def test_a_report_without_themes_says_what_changed_in_its_rating_questions(session: Session) -> None:
    shown = asked_twice(session, WITHOUT_THEMES, {"food": "good"})
    page = html.fromstring(board_report_html(shown.results, shown.questionnaire, language="en"))
    (chapter,) = page.xpath("//section[@id='change']")
    text = " ".join(chapter.text_content().split())
    assert "On one question we see no clear change among people since last time." in text
    assert "positive answers then and now" in text
    assert "theme" not in text.casefold()


def test_a_clear_change_of_a_rating_question_is_told_by_its_words(session: Session) -> None:
    shown = asked_twice(session, WITHOUT_THEMES, {"food": "good"}, then={"food": "bad"})
    (finding,) = clear_changes(shown)
    assert plain(finding.headline) == "More people gave a positive answer to “How was it?” than last time."
