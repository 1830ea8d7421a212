"""Checks 9, 10, 12 and 13: what people answer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from surveys.questionnaire import (
    Comparison,
    NotScored,
    Scale,
    ScalePoint,
    TextQuestion,
)
from tests.factories import words
from tests.surveys.wording.subjects import (
    READY,
    SHIPPED,
    a_choice,
    a_comment,
    a_scale,
    asking,
    found,
    places,
    rated,
)


@pytest.mark.parametrize(
    ("scale", "says"),
    [
        (a_scale("1", "2", "3", positive=1), "no words on every point"),
        (a_scale("Good", "", positive=1), "no words on every point"),
        (a_scale("Excellent", "Very good", "Good", "Poor", positive=3), "3 answers on the good side and 1"),
        (a_scale("Satisfied", "Very satisfied", positive=2), "2 answers on the good side and 0"),
        (a_scale(*(f"Point {letter}" for letter in "abcdef"), positive=3), "6 points are hard to tell apart"),
        (a_scale("Good", "Poor", positive=1, sure=False), "nobody can say that they are not sure"),
    ],
)
def test_9_scales(scale: Scale, says: str) -> None:
    assert any(says in one.message for one in found(9, rated(scale)))


def test_9_a_balanced_scale_is_left_alone_and_so_is_one_that_nobody_uses() -> None:
    assert not found(9, rated(a_scale("Very good", "Good", "Neither good nor poor", "Poor", "Very poor", positive=2)))
    assert not found(9, rated(a_scale("Very easy", "Fairly easy", "Not very easy", "Not easy at all", positive=2)))
    assert not found(9, replace(SHIPPED, scales=(*SHIPPED.scales, a_scale("1", "2"))))


def test_9_scales_that_run_both_ways() -> None:
    turned = Scale(
        "rated",
        (ScalePoint("a", words("Very hard"), 1), ScalePoint("b", words("Very easy"), 2, positive=True)),
        (NotScored("not_sure", words("I am not sure")),),
    )
    assert any("the other way round" in one.message for one in found(9, rated(turned)))


@pytest.mark.parametrize(
    ("labels", "severities"),
    [
        (("18-25", "25-35", "36 or over"), ["must"]),
        (("Under 18", "18 to 24", "30 to 40"), ["should"]),
        (("Under 18", "18–24", "25–34", "35 or over"), []),
        (("0", "1 to 2", "3 to 4", "5 or more"), []),
        (("Less than 1 week", "1 to 2 weeks", "2 to 4 weeks", "More than 4 weeks"), ["must"]),
        (("1 to 6 days", "1 to 4 weeks", "1 to 12 months"), []),
        (("Up to £10,000", "£10,001 to £20,000", "Over £20,000"), []),
        (("9am to 12pm", "12pm to 5pm"), []),
        (("111", "999"), []),
        (("Once", "Once.", "Twice"), ["should"]),
        (("Yes", "No"), []),
        (tuple(f"Ward {letter}" for letter in "abcdefghijk"), ["should"]),
        (("Bus", "Other"), ["should"]),
        (("Bus", "Other (please say)"), ["should"]),
        (("Bus", "Other staff"), []),
    ],
)
def test_10_options(labels: tuple[str, ...], severities: list[str]) -> None:
    assert [one.severity for one in found(10, asking(a_choice(*labels)))] == severities


def test_10_other_with_a_text_is_left_alone() -> None:
    choice = a_choice("Bus", "Other")
    which = TextQuestion(id="which", text=words("Which one?"))
    assert not found(10, asking(choice, which))
    late = replace(which, show_if=Comparison("pick", "equals", "o1"))
    assert not found(10, asking(choice, a_comment("Anything else?"), late))


@pytest.mark.parametrize(
    ("text", "personal"),
    [
        ("What is your name?", True), ("Name", True), ("NHS number", True), ("What is your date of birth?", True),
        ("Your postcode", True), ("Your phone number", True), ("Your email address", True),
        ("What is the first part of your postcode?", False), ("Please do not write your name. What happened?", False),
        ("What happened?", False), ("What would you name the new centre?", False), ("How many phone calls?", False),
    ],
)  # fmt: skip
def test_12_personal_details(text: str, personal: bool) -> None:
    survey = asking(TextQuestion(id="typed", text=words(text)))
    assert [one.severity for one in found(12, survey, READY)] == ["must"] * personal
    approved = replace(READY, privacy_approved_by="Dana Officer")
    assert [one.severity for one in found(12, survey, approved)] == ["info"] * personal
    assert not found(12, asking(a_choice("Yes", "No", text=text)))


def test_13_a_comment_without_a_hint_gets_ours() -> None:
    assert places(13, asking(a_comment("What happened?"))) == {"questions.more.text"}
    assert places(13, asking(a_comment("What happened?", hint=words("No names, please.")))) == set()
