"""The shipped surveys: what the cancer strategy survey must hold, and that the other shows everything there is."""

from __future__ import annotations

import re

import pytest

from surveys.library import library_files
from surveys.questionnaire import ChoiceQuestion, ChoicesQuestion, RatingQuestion
from surveys.questionnaire_file import canonical_json, read_questionnaire
from surveys.wording import smog

CONTENT = library_files()["cancer-strategy-themes"].read_text("utf-8")
SHIPPED = read_questionnaire(CONTENT.encode())

OFFICIAL_TITLES = [
    "Reduce elective backlogs and achieve national standards",
    "Effective forecasting for sustainable services",
    "New care models to improve utilisation of the Trust's estate and resources",
    "Collaboration with system partners to maximise our collective resources",
    "Translate research and innovation into better patient outcomes",
    "Use digital technologies to improve efficiency and service delivery",
    "Reduce health inequalities in access to and outcomes from cancer services",
    "Increase the workforce and skills mix of staff",
]


@pytest.mark.parametrize("name", sorted(library_files()))
def test_every_shipped_file_is_valid(name: str) -> None:
    read_questionnaire(library_files()[name].read_bytes())


def test_the_official_titles_are_the_boards_own() -> None:
    assert [theme.title.in_language("en") for theme in SHIPPED.themes] == OFFICIAL_TITLES


@pytest.mark.parametrize("theme", SHIPPED.themes, ids=lambda theme: theme.id)
def test_every_explanation_is_short_and_plain(theme) -> None:
    text = theme.explanation.in_language("en")
    assert len(text.split()) <= 60
    assert smog(text) < 12
    assert smog(theme.plain_title.in_language("en")) < 12
    assert theme.plain_title != theme.title


def test_importance_alone_scores_a_theme_on_four_points_and_not_sure() -> None:
    rating, comment = SHIPPED.ask_about_each_theme
    assert isinstance(rating, RatingQuestion)
    assert rating.composite
    scale = SHIPPED.scale(rating.scale)
    assert [(point.label.in_language("en"), point.value, point.positive) for point in scale.points] == [
        ("Very important", 4, True),
        ("Fairly important", 3, True),
        ("Not very important", 2, False),
        ("Not at all important", 1, False),
    ]
    assert [(beside.id, beside.label.in_language("en")) for beside in scale.not_scored] == [
        ("not_sure", "I am not sure")
    ]
    assert comment.kind == "long_text"


def test_the_questions_serve_their_purposes() -> None:
    priority, clarity = SHIPPED.with_purpose("priority"), SHIPPED.with_purpose("clarity")
    assert isinstance(priority, ChoicesQuestion)
    assert (priority.options_are_themes, priority.max) == (True, 3)
    assert isinstance(clarity, ChoicesQuestion)
    assert [option.exclusive for option in SHIPPED.options(clarity)] == [False] * 8 + [True]
    assert clarity.text.in_language("en") == "Which of these were hard to understand?"
    connection = SHIPPED.item("connection").question
    assert isinstance(connection, ChoiceQuestion)
    assert [option.id for option in connection.options] == ["patient", "carer", "bereaved", "staff", "none-of-these"]
    assert SHIPPED.with_purpose("quote_permission") is not None
    assert SHIPPED.equality == ("age", "sex", "ethnic_group", "disability")


def test_it_names_help_and_promises_nothing_it_cannot_keep() -> None:
    help_line = SHIPPED.about.help_line
    assert help_line is not None
    for part in ("999", "111", "Macmillan Support Line", "0808 808 00 00"):
        assert part in help_line.in_language("en")
    assert "anonymous" not in CONTENT.lower()
    assert "We do not ask for your name." in SHIPPED.privacy.in_language("en")
    assert {offer.kind for offer in SHIPPED.sign_up} == {"workshop", "results"}


def test_no_wording_presumes_that_the_reader_has_cancer() -> None:
    assert not re.search(r"your (cancer|diagnosis|tumour|treatment)", CONTENT.split("privacy:")[0], re.IGNORECASE)


def test_the_second_survey_shows_every_kind_of_question_and_condition() -> None:
    every = read_questionnaire(library_files()["every-kind"].read_bytes())
    kinds = {asked.kind for page in every.pages for asked in page.questions}
    kinds |= {asked.kind for asked in every.ask_about_each_theme}
    assert kinds == {"rating", "choice", "choices", "ranking", "number", "text", "long_text", "statement"}
    written = canonical_json(every)
    for word in (
        '"and"',
        '"or"',
        '"not"',
        "equals",
        "not_equals",
        "one_of",
        "contains",
        "at_least",
        "at_most",
        "answered",
    ):
        assert word in written
    for word in ("reverse", '"base":"all"', "exclusive", "not_applicable", "min_items", "themes_first", "easy_read"):
        assert word in written
