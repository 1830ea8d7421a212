"""What audiences, channels and answers are called: in the reader's language where they are ours, else as they stand."""

from __future__ import annotations

import dataclasses

import pytest

from engage.insight.page_document import page_document
from reports import labels
from reports.tabulation import Figure, Group
from reports.words import Words, catalogue
from surveys.audiences import SHIPPED
from surveys.planner import CHANNELS
from surveys.questionnaire import ChoiceQuestion
from tests.reports.conftest import Answered
from tests.reports.random_results import SURVEY, random_results

EN, AR = Words("en"), Words("ar")


def group(field: str | None, value: str, label: str) -> Group[Figure]:
    return dataclasses.replace(random_results(1).everybody, field=field, value=value, label=label)


def test_every_shipped_audience_and_channel_has_its_name_in_the_catalogue() -> None:
    named = {f"audience_{id_}": label for id_, label, _ in SHIPPED}
    named |= {f"channel_{channel.replace(' ', '_')}": channel for channel in CHANNELS}
    assert {key: catalogue()[key]["en"] for key in named} == named


@pytest.mark.parametrize(
    ("words", "field", "value", "label", "said"),
    [
        (EN, "audience", "patients", "Patients", "patients"),
        (AR, "audience", "patients", "Patients", "المرضى"),
        # An installation that calls them otherwise is not talked over.
        (AR, "audience", "patients", "Service users", "\u2066Service users\u2069"),
        (EN, "audience", "mps", "MPs", "MPs"),
        (EN, None, "", "Everybody", "people"),
        (AR, None, "", "Everybody", "الجميع"),
        (EN, "age", "16-24", "16 to 24", "people aged 16 to 24"),
        (AR, "age", "16-24", "16 to 24", "الأشخاص في الفئة العمرية 16 إلى 24"),
        (EN, "place", "A / North", "North", "people from North"),
        (EN, "sex", "female", "Female", "people who answered “Female”"),
        (AR, "connection", "staff", "I work here", "من أجابوا «\u2066I work here\u2069»"),
    ],
)
def test_groups_in_a_sentence(words: Words, field: str | None, value: str, label: str, said: str) -> None:
    assert labels.group_in_sentence(words, SURVEY, group(field, value, label)) == said


@pytest.mark.parametrize(
    ("words", "field", "value", "label", "said"),
    [
        (EN, "week", "2026-11-02", "2026-11-02", "2 November 2026"),
        (EN, "week", "2026-11-02", "2026-11-02 – 2026-11-15", "2 to 15 November 2026"),
        (EN, "week", "2026-10-26", "2026-10-26 – 2026-11-15", "26 October to 15 November 2026"),
        (AR, "week", "2026-11-02", "2026-11-02 – 2026-11-15", "2 إلى 15 نوفمبر 2026"),
        (EN, "place,week", "West / B,2026-11-02", "West / B, 2026-11-02", "West / B, 2 November 2026"),
        (EN, "week,place", "2026-11-02,West", "2026-11-02 – 2026-11-15, West", "2 to 15 November 2026, West"),
        (AR, "audience,week", "staff,2026-11-02", "Staff, 2026-11-02", "طاقم العمل، 2 نوفمبر 2026"),
        # A comma may stand in a name: the value beside it says which is the one between.
        (EN, "place,audience", "Leeds\\, North,staff", "Leeds, North, staff", "Leeds, North, staff"),
        (AR, "place,audience", "Leeds\\, North,staff", "Leeds, North, staff", "\u2066Leeds, North\u2069، طاقم العمل"),
        (AR, "sex,connection", "female,staff", "Female, I work here", "أنثى، \u2066I work here\u2069"),
        # What runs the other way twice is one passage, or the second name would stand before the first.
        (AR, "place,connection", "Leeds,staff", "Leeds, I work here", "\u2066Leeds, I work here\u2069"),
    ],
)
def test_weeks_and_pairs_of_values_are_called_as_each_is_alone(
    words: Words, field: str, value: str, label: str, said: str
) -> None:
    assert labels.group_label(words, SURVEY, group(field, value, label)) == said


@pytest.mark.parametrize(
    ("field", "value", "stored", "said"),
    [
        ("channel", "Leaflet or card", "Leaflet or card", "منشور أو بطاقة"),
        ("channel", "By owl", "By owl", "\u2066By owl\u2069"),
        ("channel", "", "", "غير مسجّل"),
        ("mode", "paper", "paper", "على الورق"),
        ("language", "en", "en", "\u2066English\u2069"),
        ("week", "2026-11-02", "2026-11-02", "2 نوفمبر 2026"),
        ("month", "2026-11", "November 2026", "نوفمبر 2026"),
        ("age", "85-or-over", "85 or over", "85 أو أكثر"),
        ("age", "prefer_not_to_say", "Prefer not to say", "أفضّل عدم الإجابة"),
    ],
)
def test_values_in_arabic(field: str, value: str, stored: str, said: str) -> None:
    assert labels.value_label(AR, SURVEY, field, value, stored) == said


def test_fields_are_named_by_the_catalogue_the_bank_or_the_question() -> None:
    said = [labels.field_label(AR, SURVEY, field, "stored") for field in ("channel", "place:2", "age", "place,age")]
    assert said == ["القناة", "المكان، المستوى 2", "كم عمرك؟", "المكان و«كم عمرك؟»"]
    # Two questions beside one another would else be read as one sentence.
    pair = labels.field_label(EN, SURVEY, "age,connection", "age,connection")
    assert pair == "“How old are you?” and “How are you connected to our cancer services?”"
    assert labels.field_label(EN, SURVEY, "age", "How old are you?") == "How old are you?"
    assert labels.characteristic(EN, SURVEY, "age", "How old are you?") == "Age"


def test_staff_pages_stay_english_for_a_survey_in_another_language(cancer_survey: Answered) -> None:
    arabic = dataclasses.replace(cancer_survey.questionnaire, language="ar")
    page = page_document(cancer_survey.results, arabic)
    assert page["people"][0][0] == "Patients"
    assert page["sections"][0]["tables"][0]["columns"][0] == "Theme"


def test_a_question_inside_a_sentence_stands_in_quotation_marks() -> None:
    """Where a reference population goes by a question of the survey, more comes after its question mark."""
    assert labels.as_a_part(EN, "How did you hear of us?") == "“How did you hear of us?”"
    assert labels.as_a_part(AR, "كيف سمعت عنّا؟") == "«كيف سمعت عنّا؟»"
    assert labels.as_a_part(AR, "\u2066How did you hear of us?\u2069") == "«\u2066How did you hear of us?\u2069»"
    assert labels.as_a_part(EN, "Age") == "Age"


def test_a_question_that_groups_are_made_by_is_named_by_its_words_not_its_id() -> None:
    item = next(item for item in SURVEY.items if isinstance(item.question, ChoiceQuestion))
    assert labels.field_label(EN, SURVEY, item.key, item.key) == EN.said(item.question.text)
