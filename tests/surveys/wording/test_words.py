"""Checks 2 to 8: how texts and questions are worded."""

from __future__ import annotations

from dataclasses import replace

import pytest

from surveys.questionnaire import (
    EasyRead,
)
from surveys.wording.jargon import jargon_in, jargon_words
from tests.factories import words
from tests.surveys.wording.subjects import (
    SHIPPED,
    a_comment,
    a_scale,
    about_each,
    asking,
    found,
    places,
    rated,
)


def test_2_short_texts_name_their_long_words_and_call_the_score_rough() -> None:
    (one,) = found(2, about_each("How satisfactory was administrative communication overall?"))
    assert "rough" in one.message
    assert "administrative" in (one.swap or "")
    assert places(2, about_each("How was your visit to us?")) == set()


def test_3_easy_read_has_shorter_sentences() -> None:
    theme = SHIPPED.themes[0]
    for count, expected in ((15, set()), (16, {f"themes.{theme.id}.easy_read.1"})):
        easy = EasyRead(words("Waiting"), (words("go " * count + "."),))
        assert places(3, replace(SHIPPED, themes=(replace(theme, easy_read=easy), *SHIPPED.themes[1:]))) == expected


@pytest.mark.parametrize(
    "text",
    ["elective", "Backlogs", "utilised", "utilizing", "utilization", "triaging", "pathways", "co-produced",
     "coproduction", "system partners", "skills-mix", "stakeholders", "upskilled", "KPIs", "stratified"],
)  # fmt: skip
def test_5_jargon_is_found_whatever_its_ending(text: str) -> None:
    assert jargon_in(f"We look at {text}, then we act.")


@pytest.mark.parametrize(
    "text",
    ["selective memory", "the nurse and the doctor", "a housing estate", "the information commissioner",
     "people use it", "the Care Quality Commission", "www.pathway.org.uk", "name@triage.org", "renaler"],
)  # fmt: skip
def test_5_everyday_words_are_no_jargon(text: str) -> None:
    assert not jargon_in(text)


def test_5_the_list_is_long_and_each_entry_is_found_by_itself() -> None:
    assert len(jargon_words()) >= 120
    assert [entry.term for entry in jargon_words().values() if not jargon_in(f"the {entry.term} here")] == []


def test_5_and_6_an_official_title_beside_a_plain_one_is_only_good_to_know() -> None:
    assert {one.severity for check in (5, 6) for one in found(check, SHIPPED)} == {"info"}


@pytest.mark.parametrize(
    ("title", "joined"),
    [
        ("Tests and treatment", True), ("Tests or treatment", True), ("Tests/treatment", True),
        ("Tests & treatment", True), ("Tests as well as treatment", True), ("Standards for all", False),
        ("Care in accident and emergency", False), ("Better A&E", False), ("One or more visits", False),
        ("Health and social care", False), ("Open 24/7", False), ("Orthodontics", False),
    ],
)  # fmt: skip
def test_6_two_things_in_one(title: str, joined: bool) -> None:
    theme = replace(SHIPPED.themes[1], title=words(title), plain_title=words(title))
    survey = replace(SHIPPED, themes=(theme,))
    assert bool(found(6, survey)) is joined


def test_6_a_comment_may_answer_two_things() -> None:
    assert [
        one.severity
        for one in found(6, asking(a_comment("What was good, and what was not?")))
        if one.place == "questions.more.text"
    ] == ["info"]


@pytest.mark.parametrize(
    ("text", "leads"),
    [
        ("Do you agree that waits are too long?", True), ("Don’t you think waits are too long?", True),
        ("How much better is it now?", True), ("How was our excellent team?", True),
        ("Shouldn't we do more?", True), ("Do you agree to take part?", False), ("How was your visit?", False),
        ("How important is this to you?", False), ("What would you change?", False),
    ],
)  # fmt: skip
def test_7_leading_words(text: str, leads: bool) -> None:
    assert bool(found(7, about_each(text))) is leads


def test_7_a_scale_of_agreement() -> None:
    assert found(7, rated(a_scale("Agree", "Neither", "Disagree", positive=1)))
    assert not found(7, rated(a_scale("Very good", "Neither", "Poor", positive=1)))


@pytest.mark.parametrize(
    ("text", "negative"),
    [
        ("Was it not unclear?", True), ("How did you not feel safe?", True), ("Were you never unhappy?", True),
        ("How unhappy were you?", False), ("How safe did you feel?", False), ("Were you treated well or not?", False),
    ],
)  # fmt: skip
def test_8_negative_words(text: str, negative: bool) -> None:
    assert bool(found(8, about_each(text))) is negative
