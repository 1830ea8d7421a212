"""Quotes in the workshop pack: on sheets as far as they can be read from afar, on screens beside what was raised."""

from __future__ import annotations

import dataclasses

import pytest
from sqlalchemy.orm import Session

from engage.unit_of_work import Database
from reports.request import disclosed_results
from reports.survey_figures import SurveyFigures
from reports.tabulation import Figure, Results
from reports.workshop_pack import workshop_pack_pdf
from reports.workshop_themes import WorkshopTheme, fit_side_by_side, workshop_themes
from surveys.quotes.choosing import approve, draw, propose
from surveys.quotes.reading import read_survey
from tests.coded import CODER, a_coded_survey, many_comments
from tests.factories import NOW, a_questionnaire
from tests.reports.pdf_checks import page_texts

QUOTE = "Ring us with results"


@pytest.fixture(scope="module")
def results(empty_sqlite_database: Database) -> Results[Figure]:
    """A survey of which one theme has comments that were coded, and one quote; no test changes them."""
    with Session(empty_sqlite_database.writing_engine) as session:
        coded = a_coded_survey(session)
        many_comments(session, coded, {"very": 14})
        found = draw(
            session, survey=coded.survey, item_key="waiting.comment", read=read_survey(session, survey=coded.survey)
        )
        assert found
        quote = propose(session, survey=coded.survey, ref=found.ref, words=QUOTE, by=CODER, at=NOW)
        approve(session, survey=coded.survey, quote_id=quote.id, by="publisher@example.org", at=NOW)
        return disclosed_results(session, slug="small-survey", at=NOW)


def quoted_theme(results: Results[Figure]) -> WorkshopTheme:
    return next(theme for theme in workshop_themes(SurveyFigures(results, a_questionnaire(), "en")) if theme.quotes)


def test_a_sheet_has_the_quote_with_its_audience_before_the_questions(results: Results[Figure]) -> None:
    texts = page_texts(workshop_pack_pdf(results, a_questionnaire(), language="en"))
    sheets = [text for text in texts if "Talk about" in text]
    assert len(sheets) == len(a_questionnaire().themes)
    (sheet,) = (text for text in sheets if QUOTE in text)
    order = ["Raised most", QUOTE, "Patients", "Talk about", "Notes"]
    places = [sheet.index(one, sheet.index(QUOTE) if one == "Patients" else 0) for one in order]
    assert places == sorted(places)


def test_a_screen_has_the_quote_beside_what_was_raised_before_the_questions(results: Results[Figure]) -> None:
    texts = page_texts(workshop_pack_pdf(results, a_questionnaire(), language="en", form="screen"))
    (place,) = (place for place, text in enumerate(texts) if QUOTE in text)
    assert "Raised most" in texts[place]
    assert "What would this look like if we got it right?" in texts[place + 1]


def test_long_quotes_have_a_screen_of_their_own(results: Results[Figure]) -> None:
    theme = quoted_theme(results)
    (quote,) = theme.quotes
    assert fit_side_by_side(theme)
    long = dataclasses.replace(theme, quotes=(dataclasses.replace(quote, words=f"{QUOTE}. " * 20),))
    assert not fit_side_by_side(long)


def test_a_quote_that_leaves_no_room_for_notes_is_on_a_card_alone(results: Results[Figure]) -> None:
    assert quoted_theme(results).quotes_on_sheet
    results = dataclasses.replace(
        results,
        quotes=dataclasses.replace(
            results.quotes,
            quoted=tuple(dataclasses.replace(one, words=f"{QUOTE}. " * 40) for one in results.quotes.quoted),
        )
        if results.quotes
        else None,
    )
    assert quoted_theme(results).quotes_on_sheet == ()
