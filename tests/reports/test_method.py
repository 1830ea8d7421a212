"""How the figures were made: English in what programs read, and in the reader's language in print."""

from __future__ import annotations

import dataclasses
import re

from reports.method import printed_method
from reports.statistics.comparisons import level_for
from reports.survey_figures import SurveyFigures
from reports.words import catalogue
from tests.reports.conftest import Answered


def test_statements_are_stored_in_english_and_printed_in_the_readers_language(cancer_survey: Answered) -> None:
    results = dataclasses.replace(cancer_survey.results, representation=(), weighted=None, change=None, places=())
    english, arabic = (
        printed_method(SurveyFigures(results, cancer_survey.questionnaire, language)) for language in ("en", "ar")
    )
    assert english[: len(results.method)] == tuple(results.method.values())
    assert len(arabic) == len(english)
    assert not [said for said in arabic if re.search("[A-Za-z]{2}", said)]


def test_a_chapter_brings_its_statement_and_a_statement_of_another_make_stands_as_it_is(
    cancer_survey: Answered,
) -> None:
    bare = dataclasses.replace(
        cancer_survey.results,
        representation=(),
        places=(),
        order_by_channel_agrees=None,
        method={"novel": "Said by a later version."},
    )
    with_order = dataclasses.replace(bare, order_by_channel_agrees=True)
    told, more = (
        printed_method(SurveyFigures(results, cancer_survey.questionnaire, "ar")) for results in (bare, with_order)
    )
    assert told == ("\u2066Said by a later version.\u2069",)
    assert len(more) == len(told) + 1


def test_every_statement_has_a_phrase(cancer_survey: Answered) -> None:
    assert {f"method_{subject}" for subject in cancer_survey.results.method} <= catalogue().keys()


def test_how_differences_are_called_holds_for_every_p_that_is_printed(cancer_survey: Answered) -> None:
    said = cancer_survey.results.method["differences"]
    # An adjusted p under 0.05 may stand beside "similar", because all comparisons of a report share that chance.
    assert level_for("audiences", 2) < 0.05
    assert "an adjusted p below its part of the 0.05 that all comparisons of a report share" in said
