"""Advice on wording: known reading levels, what raises a warning and what does not, and the time to answer."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from surveys.library import library_files
from surveys.questionnaire import About, Text, Theme
from surveys.questionnaire_file import read_questionnaire, read_with_lines
from surveys.reading_level import sentences, syllables, words
from surveys.wording import check_wording, estimated_minutes, smog

CONTENT = library_files()["cancer-strategy-themes"].read_bytes()
SHIPPED = read_questionnaire(CONTENT)


def english(text: str) -> Text:
    return Text((("en", text),))


# The eight official titles and their grades, measured by others with the same formula and dictionary.
@pytest.mark.parametrize(
    ("title", "grade"),
    [
        ("Reduce elective backlogs and achieve national standards", 10.7),
        ("Effective forecasting for sustainable services", 14.0),
        ("New care models to improve utilisation of the Trusts estate and resources", 10.7),
        ("Collaboration with system partners to maximise our collective resources", 14.0),
        ("Translate research and innovation into better patient outcomes", 8.5),
        ("Use digital technologies to improve efficiency and service delivery", 14.0),
        ("Reduce health inequalities in access to and outcomes from cancer services", 10.7),
        ("Increase the workforce and skills mix of staff", 3.0),
    ],
)
def test_known_reading_levels(title: str, grade: float) -> None:
    assert smog(title) == pytest.approx(grade, abs=0.06)


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("cancer", 2),
        ("utilisation", 5),
        ("organise", 3),
        ("people’s", 2),
        ("the", 1),
        ("cared", 1),
        ("hmm", 1),
        ("centres", 2),
    ],
)
def test_syllables(word: str, count: int) -> None:
    assert syllables(word) == count


def test_sentences_end_at_stops_and_blank_lines_and_not_at_points_in_numbers() -> None:
    text = "Call 0.5 or 111.nhs.uk now. It is free!\n\nA heading\n\nWhy? Because."
    assert len(sentences(text)) == 5
    assert words("Patients' check-ups, 24 of them") == ["Patients", "check", "ups", "of", "them"]


def warnings_of(**changes: object) -> list[str]:
    questionnaire = replace(SHIPPED, **changes)  # type: ignore[arg-type]
    usual = {fault.message for fault in check_wording(SHIPPED)}
    return [fault.message for fault in check_wording(questionnaire) if fault.message not in usual]


def test_a_file_is_warned_line_by_line_with_severity_and_number() -> None:
    questionnaire, lines = read_with_lines(CONTENT)
    warned = check_wording(questionnaire, lines)
    assert {fault.severity for fault in warned} == {"warning"}
    assert all(re.match(r"(Must fix|Should look at|Good to know) \(check [0-9]+\)\. ", one.message) for one in warned)
    written = CONTENT.decode().split("\n")
    named = [written[fault.line - 1].strip() for fault in warned if fault.line and "(check 6)" in fault.message]
    assert named == [
        f"title: {theme.title.by_language[0][1]}"
        for place, theme in enumerate(questionnaire.themes, 1)
        if place in (1, 3, 5, 6, 7, 8)
    ]


def _with_explanation(text: str) -> tuple[Theme, ...]:
    return (replace(SHIPPED.themes[0], explanation=english(text)), *SHIPPED.themes[1:])


def test_a_hard_text_is_named_with_its_long_words() -> None:
    hard = "Organisational transformation necessitates multidisciplinary collaboration."
    message, _ = warnings_of(themes=_with_explanation(hard))
    assert "most people may struggle" in message
    assert "multidisciplinary" in message


def test_a_sentence_of_twenty_words_passes_and_one_more_does_not() -> None:
    assert warnings_of(themes=_with_explanation("go " * 20 + ".")) == []
    (message,) = warnings_of(themes=_with_explanation("go " * 21 + "."))
    assert "has 21 words. Make it two" in message


def test_an_explanation_of_sixty_words_passes_and_one_more_does_not() -> None:
    assert warnings_of(themes=_with_explanation("Go to it now. " * 15)) == []
    (message,) = warnings_of(themes=_with_explanation("Go to it now. " * 15 + "Go."))
    assert "has 61 words. Keep it to 60 or fewer" in message


def test_a_very_long_survey_is_named() -> None:
    themes = tuple(replace(theme, id=f"{theme.id}-{copy}") for copy in range(4) for theme in SHIPPED.themes)
    messages = warnings_of(themes=themes)
    assert any("most people will not finish" in message for message in messages)
    assert any("people are asked 70 questions" in message for message in messages)


def test_the_shipped_survey_takes_eight_minutes_at_most_and_its_first_page_two() -> None:
    full, first = estimated_minutes(SHIPPED)
    assert 5 < full <= 8
    assert 0.5 < first <= 2


def test_the_time_follows_the_published_formula() -> None:
    one = replace(
        SHIPPED,
        title=english("one two three"),
        organisation=english("four"),
        about=About(purpose=english("five six")),
        themes=(replace(SHIPPED.themes[0], plain_title=english("seven"), explanation=english("eight nine")),),
        pages=(),
        equality=("disability",),
    )
    asked = [question.text for question in one.ask_about_each_theme] + [one.ask_about_each_theme[1].hint]
    read = 9 + sum(len(text.by_language[0][1].split()) for text in asked if text)
    assert estimated_minutes(one)[0] == pytest.approx(read / 180 + (10 + 45 * 0.3 + 2 * 8) / 60)
