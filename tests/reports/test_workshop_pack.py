"""The workshop pack: a sheet or two screens for each theme, readable from afar, hiding what the report hides."""

from __future__ import annotations

import dataclasses
import datetime
import io

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from reports.survey_figures import SurveyFigures
from reports.workshop_pack import RUNNING_ORDER, discussion_questions, workshop_pack_html, workshop_pack_pdf
from tests.reports.conftest import Answered
from tests.reports.pdf_checks import faults, page_texts

MILLIMETRE = 72 / 25.4


@pytest.fixture(scope="module")
def screen_pdf(cancer_survey: Answered) -> bytes:
    return workshop_pack_pdf(cancer_survey.results, cancer_survey.questionnaire, language="en", form="screen")


def sizes(pdf: bytes) -> list[tuple[int, int]]:
    """Width and height of each page in millimetres."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return [
            (round(float(page.mediabox[2]) / MILLIMETRE), round(float(page.mediabox[3]) / MILLIMETRE))
            for page in document.pages
        ]


def test_each_theme_has_one_sheet_of_a3(cancer_survey: Answered, workshop_pdf: bytes) -> None:
    texts = page_texts(workshop_pdf)
    sheets = [number for number, size in enumerate(sizes(workshop_pdf)) if size == (297, 420)]
    themes = SurveyFigures(cancer_survey.results, cancer_survey.questionnaire, "en").themes
    assert len(sheets) == len(themes)
    for place, (number, theme) in enumerate(zip(sheets, themes, strict=True), start=1):
        assert f"{place}. {theme.plain_title.in_language('en')}" in texts[number]
        assert " ".join(theme.explanation.in_language("en").split()) in texts[number]
        assert "of 130)" in texts[number]
        assert "Talk about" in texts[number]
        assert "Notes" in texts[number]


def test_theme_sheets_can_be_read_from_one_and_a_half_metres(workshop_pdf: bytes) -> None:
    document = pypdfium2.PdfDocument(workshop_pdf)
    sheet = next(page for page in document if round(page.get_width() / MILLIMETRE) == 297)
    text = sheet.get_textpage()
    words = text.get_text_range()
    # The mark of a demonstration and the page's number are not for reading from afar.
    small = ("Demonstration: not real answers", f"3 / {len(document)}")
    aside = {place for one in small for place in range(words.index(one), words.index(one) + len(one))}
    # pdfium gives sizes in CSS pixels, and those of text in a chart before the chart is scaled up to the sheet.
    in_pixels = [
        pdfium.FPDFText_GetFontSize(text.raw, place)
        for place in range(text.count_chars())
        if place not in aside and not words[place].isspace()
    ]
    of_the_page = [size for size in in_pixels if size > 12.5]
    assert min(of_the_page) * 0.75 >= 24
    scale = (297 - 32) * MILLIMETRE / 340
    assert min(size for size in in_pixels if size <= 12.5) * scale >= 24


def test_the_pack_has_what_a_facilitator_needs(workshop_pdf: bytes) -> None:
    text = " ".join(page_texts(workshop_pdf))
    for wanted in (
        "Running order: 90 minutes",
        "Ground rules",
        "If somebody is worried or at risk",
        "Who was missing from the survey?",
        "Voting sheet",
        "Capture sheet",
        "faster-care",
    ):
        assert wanted in text
    assert sum(minutes for minutes, _ in RUNNING_ORDER) == 90


def test_screens_are_wide_and_each_theme_has_two(cancer_survey: Answered, screen_pdf: bytes) -> None:
    assert {(width, height) for width, height in sizes(screen_pdf)} == {(339, 190)}
    assert len(sizes(screen_pdf)) == 3 + 2 * len(cancer_survey.questionnaire.themes)
    assert faults(screen_pdf) == []
    assert all("Demonstration: not real answers" in text for text in page_texts(screen_pdf))


def test_the_opening_keeps_to_one_screen_when_answers_came_in_over_two_months(cancer_survey: Answered) -> None:
    period = (datetime.date(2026, 10, 31), datetime.date(2026, 11, 20))
    results = dataclasses.replace(cancer_survey.results, period=period)
    screens = workshop_pack_pdf(results, cancer_survey.questionnaire, language="en", form="screen")
    first, second, *_ = page_texts(screens)
    assert "speak for" in first
    assert "Today" in second


def test_the_second_question_follows_from_what_stands_out(cancer_survey: Answered) -> None:
    survey = SurveyFigures(cancer_survey.results, cancer_survey.questionnaire, "en")
    asked = {theme.id: discussion_questions(survey, theme)[1] for theme in survey.themes}
    assert "hard to understand" in asked["planning-ahead"]
    assert "see this differently" in asked["technology"]
    assert any("do first" in question for question in asked.values())


def test_nothing_hidden_can_be_read_off_a_wall(small_survey: Answered) -> None:
    html = workshop_pack_html(small_survey.results, small_survey.questionnaire, language="en")
    assert "Staff:" not in html
    assert "of 6" not in html.replace("\u00a0", " ")
