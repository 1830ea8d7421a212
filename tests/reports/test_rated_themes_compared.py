"""Themes that people rated and did not choose among: a gap that page one tells is tabled where groups are compared."""

from __future__ import annotations

import dataclasses
import datetime
import re

import pytest
from sqlalchemy.orm import Session

from reports.board_report import board_report_html
from reports.request import disclosed_results
from reports.survey_figures import SurveyFigures
from reports.tabulation import Filters
from surveys.answers import Value
from surveys.questionnaire import Questionnaire
from tests.factories import NOW, a_collector, a_questionnaire, a_response, a_survey
from tests.reports.bare_survey import plain


def reported(session: Session, asked: Questionnaire, question: str, *, staff_rated_well: int = 30) -> str:
    """The text of the report, where 90 of 100 patients and some of 80 staff rate the first theme well."""
    survey = a_survey(session, asked)
    for audience, people, rated_well in (("patients", 100, 90), ("staff", 80, staff_rated_well)):
        collector = a_collector(session, survey, name=audience, audience=audience)
        for number in range(people):
            answers: dict[str, Value] = {f"{asked.themes[0].id}.{question}": "very" if number < rated_well else "not"}
            a_response(session, collector, answers, at=datetime.date(2026, 11, 3))
    results = disclosed_results(session, slug=asked.slug, filters=Filters(), at=NOW)
    assert not SurveyFigures(results, asked, "en").asks_choice
    html = board_report_html(results, asked, language="en")
    text = re.sub(r"<[^>]*>", " ", re.sub(r"<style.*?</style>", "", html, flags=re.DOTALL))
    return re.sub(r"\s+", " ", plain(text))


def rating_alone(question: str = "importance") -> Questionnaire:
    shipped = a_questionnaire()
    rating = dataclasses.replace(shipped.ask_about_each_theme[0], id=question)
    scale = dataclasses.replace(shipped.scales[0], id="points")
    return dataclasses.replace(
        shipped, pages=(), ask_about_each_theme=(dataclasses.replace(rating, scale="points"),), scales=(scale,)
    )


@pytest.mark.parametrize(
    ("question", "said", "caption"),
    [
        ("importance", "Patients call “{}” important more often than staff", "who calls each theme important"),
        ("ease", "Patients gave “{}” a positive answer more often than staff", "positive answers on each theme"),
    ],
)
def test_a_gap_between_ratings_is_tabled_where_groups_are_compared(
    session: Session, question: str, said: str, caption: str
) -> None:
    asked = rating_alone(question)
    text = reported(session, asked, question)
    assert said.format(asked.themes[0].plain_title.in_language("en")) in text
    assert f"Patients and staff: {caption}" in text
    assert "90% (90 of 100) 38% (30 of 80)" in text
    assert "Patients more often" in text
    assert "not asked to choose" not in text


@pytest.mark.parametrize(("staff", "gap"), [(30, "+39 to +63"), (4, "+85")])
def test_a_gap_of_more_than_80_points_stands_without_an_interval(session: Session, staff: int, gap: str) -> None:
    text = reported(session, rating_alone(), "importance", staff_rated_well=staff)
    assert f"({staff} of 80) {gap} Patients more often" in text
    assert "A gap of more than 80 points is printed without an interval" in text
