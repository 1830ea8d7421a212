"""A survey that asks for people's own words and nothing else has no figure to find anything from."""

from __future__ import annotations

import datetime

from sqlalchemy.orm import Session

from reports.board_report.summary import summary
from reports.request import disclosed_results
from reports.survey_figures import SurveyFigures
from reports.tabulation import Filters
from surveys.questionnaire import LongTextQuestion, Page
from tests.factories import NOW, a_collector, a_questionnaire, a_response, a_survey, words


def test_people_who_were_asked_for_their_own_words_alone_are_not_called_too_few(session: Session) -> None:
    pages = (Page(id="say", questions=(LongTextQuestion(id="say", text=words("What should we do?")),)),)
    asked = a_questionnaire(themes=(), ask_about_each_theme=(), scales=(), pages=pages, equality=(), min_items=1)
    survey = a_survey(session, asked)
    collector = a_collector(session, survey, name="Poster", audience="patients")
    for _ in range(60):
        a_response(session, collector, {"say": "Shorter waits"}, at=datetime.date(2026, 11, 3))
    results = disclosed_results(session, slug=asked.slug, filters=Filters(), at=NOW)
    page = summary(SurveyFigures(results, asked, "en"), None)
    assert not page["findings"]
    assert page["nothing_found"] == "No question asked people to rate or to choose, so nothing is found from figures."
