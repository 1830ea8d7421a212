"""Titles of several lines on sheets of A3: set smaller before the field for notes stands alone on a second sheet."""

from __future__ import annotations

import dataclasses
import io

import pikepdf
import pytest

from reports.survey_figures import SurveyFigures
from reports.workshop_pack import workshop_pack_pdf
from reports.workshop_themes import WorkshopTheme, workshop_themes
from surveys.questionnaire import Questionnaire, Text
from tests.reports.conftest import Answered

A3_WIDTH = 842
ENDING = " so that everybody gets the care that they need"


def with_longer_title(questionnaire: Questionnaire, times: int) -> Questionnaire:
    """The first theme's title with a long ending, so many times."""
    first, *others = questionnaire.themes
    title = first.plain_title.in_language("en") + ENDING * times
    longer = dataclasses.replace(first, plain_title=Text((("en", title),)))
    return dataclasses.replace(questionnaire, themes=(longer, *others))


def themes_of(answered: Answered, questionnaire: Questionnaire) -> tuple[WorkshopTheme, ...]:
    return workshop_themes(SurveyFigures(answered.results, questionnaire, "en"))


@pytest.mark.parametrize(("times", "smaller", "kept"), [(0, False, True), (2, True, True), (9, True, False)])
def test_where_one_title_is_too_long_all_are_smaller(
    cancer_survey: Answered, times: int, smaller: bool, kept: bool
) -> None:
    themes = themes_of(cancer_survey, with_longer_title(cancer_survey.questionnaire, times))
    assert {theme.smaller_title for theme in themes} == {smaller}
    assert themes[0].keeps_to_its_sheet == kept
    assert all(theme.keeps_to_its_sheet for theme in themes[1:])


def test_each_theme_with_a_smaller_title_has_one_sheet(cancer_survey: Answered) -> None:
    questionnaire = with_longer_title(cancer_survey.questionnaire, 2)
    pdf = workshop_pack_pdf(cancer_survey.results, questionnaire, language="en")
    with pikepdf.open(io.BytesIO(pdf)) as document:
        sheets = [
            page for page in document.pages if round(float(page.mediabox[2])) == A3_WIDTH and page.mediabox[3] > 1000
        ]
    voting = 1
    assert len(sheets) == len(questionnaire.themes) + voting
