"""How well a question compares with the same one before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from surveys.comparing.comparability import ComparedItem, compare_items
from surveys.questionnaire import Comparison, Option, Question, Questionnaire, Scale
from tests.factories import a_questionnaire, a_theme, words


def by_key(later: Questionnaire, **chosen: Any) -> dict[str, ComparedItem]:
    return {one.key: one for one in compare_items(a_questionnaire(), later, chosen)}


def with_question(key: str, change: Callable[[Any], Question]) -> Questionnaire:
    """The small questionnaire with one of its questions changed."""

    def changed(questions: tuple[Question, ...]) -> tuple[Question, ...]:
        return tuple(change(one) if one.id == key else one for one in questions)

    small = a_questionnaire()
    pages = tuple(replace(page, questions=changed(page.questions)) for page in small.pages)
    return replace(small, pages=pages, ask_about_each_theme=changed(small.ask_about_each_theme))


def test_the_same_questionnaire_compares_as_the_same_throughout() -> None:
    assert {one.comparability for one in by_key(a_questionnaire()).values()} == {"same"}


def test_signs_and_capitals_change_no_meaning() -> None:
    later = with_question("importance", lambda one: replace(one, text=words("HOW important is this to you")))
    assert by_key(later)["waiting.importance"].derived == "same"


@pytest.mark.parametrize(
    ("change", "derived", "reason"),
    [
        ({"text": words("How much does this matter?")}, "similar", "words"),
        ({"hint": words("Think of last year.")}, "similar", "words"),
        ({"reverse": True}, "new", "how answers count"),
        ({"base": "all"}, "new", "how answers count"),
        ({"show_if": Comparison("connection", "equals", "patient")}, "new", "Who is asked"),
    ],
)
def test_other_words_are_similar_and_other_rules_new(change: dict[str, Any], derived: str, reason: str) -> None:
    one = by_key(with_question("importance", lambda question: replace(question, **change)))["waiting.importance"]
    assert one.derived == derived
    assert reason in one.reason


def test_a_new_name_or_explanation_of_a_theme_changes_the_words_of_its_questions() -> None:
    small = a_questionnaire()
    later = replace(small, themes=(a_theme("waiting", "Shorter waits"), *small.themes[1:]))
    found = by_key(later)
    assert found["waiting.importance"].derived == "similar"
    assert found["digital.importance"].derived == "same"
    assert found["most_important"].derived == "similar"
    assert found["waiting.importance"].differing == (
        ("Waiting less", "Shorter waits"),
        ("What Waiting less means.", "What Shorter waits means."),
    )
    assert (found["waiting.importance"].earlier, found["waiting.importance"].now) == (
        "Waiting less: How important is this to you?",
        "Shorter waits: How important is this to you?",
    )


def test_a_scale_counts_by_its_points_and_not_by_its_name() -> None:
    small = a_questionnaire()
    (scale,) = small.scales
    named = with_question("importance", lambda one: replace(one, scale="weight"))
    assert by_key(replace(named, scales=(replace(scale, id="weight"),)))["waiting.importance"].derived == "same"
    for points in (scale.points[1:], (*scale.points[:3], replace(scale.points[3], value=9))):
        other = by_key(replace(small, scales=(Scale("importance", points, scale.not_scored),)))["waiting.importance"]
        assert (other.derived, other.reason) == ("new", "The answers to choose from differ.")
    worded = (replace(scale.points[0], label=words("Of no importance")), *scale.points[1:])
    similar = by_key(replace(small, scales=(replace(scale, points=worded),)))
    assert similar["waiting.importance"].derived == "similar"


def test_an_answer_more_is_another_question() -> None:
    more = with_question(
        "connection", lambda one: replace(one, options=(*one.options, Option("carer", words("Carer"))))
    )
    assert by_key(more)["connection"].derived == "new"
    assert by_key(more)["connection"].differing == (
        ("Patient, Member of staff, Prefer not to say", "Patient, Member of staff, Carer, Prefer not to say"),
    )


def test_a_person_may_choose_wherever_there_is_something_to_compare() -> None:
    later = with_question("missing", lambda one: replace(one, id="gap"))
    later = replace(later, themes=(*later.themes, a_theme("care", "Kinder care")))
    found = by_key(later, most_important="similar", gap="same", connection="new")
    assert (found["most_important"].derived, found["most_important"].comparability) == ("new", "similar")
    assert (found["connection"].derived, found["connection"].comparability) == ("same", "new")
    assert (found["gap"].comparability, found["gap"].can_be_chosen, found["gap"].earlier) == ("new", False, "")
    assert found["care.importance"].reason == "It was not asked before."
