"""Checks 1 and 14 to 19: what people need before they are asked."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

import pytest

from surveys.preparation import Edition, Preparation
from surveys.questionnaire import (
    About,
    OtherWay,
    Questionnaire,
    SignUpOffer,
    Statement,
    Text,
)
from surveys.wording import Finding
from tests.factories import words
from tests.surveys.wording.subjects import (
    READY,
    SHIPPED,
    TODAY,
    asking,
    found,
    places,
)


@pytest.mark.parametrize(
    ("changed", "place"),
    [
        ({"privacy": words("")}, "privacy"),
        ({"about": replace(SHIPPED.about, contact=None)}, "about.contact"),
        ({"about": replace(SHIPPED.about, help_line=words("  "))}, "about.help_line"),
        ({"about": replace(SHIPPED.about, outcome_promise=None)}, "about.outcome_promise"),
        ({"title": words("")}, "title"),
    ],
)
def test_1_missing_basics(changed: dict[str, Any], place: str) -> None:
    assert places(1, SHIPPED, READY) == set()
    assert places(1, replace(SHIPPED, **changed), READY) == {place}


def test_1_the_closing_date_is_a_date_in_the_studio_and_a_text_in_a_file() -> None:
    assert places(1, SHIPPED, replace(READY, closes_on=None)) == {"preparation.closes_on"}
    assert places(1, replace(SHIPPED, about=replace(SHIPPED.about, closing=None)), READY) == set()
    assert places(1, replace(SHIPPED, about=replace(SHIPPED.about, closing=None))) == {"about.closing"}


def test_14_an_edition_is_held_back_alone() -> None:
    (one,) = found(14, replace(SHIPPED, languages=("en", "ur")), READY)
    assert (one.edition, one.severity, one.place) == ("ur", "must", "editions.ur")
    assert "missing" in one.message
    title = Text((("en", "What matters?"), ("ur", "کیا اہم ہے؟")))
    short = Questionnaire(
        slug="s",
        title=title,
        language="en",
        languages=("en", "ur"),
        organisation=title,
        about=About(purpose=title),
        privacy=title,
    )
    assert not found(14, short, READY)
    old = Preparation(editions=(Edition("ur", sources=(("title", "0" * 16),)),))
    assert "1 out of date" in found(14, short, old)[0].message


def test_15_media() -> None:
    theme = SHIPPED.themes[0]

    def of(**changes: Any) -> list[Finding]:
        return found(15, replace(SHIPPED, themes=(replace(theme, **changes),)))

    assert [one.place for one in of(picture="a.png")] == [f"themes.{theme.id}.alt"]
    assert of(picture="a.png", alt=words("A nurse")) == []
    assert [one.severity for one in of(audio="a.mp3", explanation=words(""))] == ["must"]
    assert of(audio="a.mp3") == []
    (video,) = of(video="https://example.org/v")
    assert video.acceptable
    assert video.severity == "must"


@pytest.mark.parametrize(
    ("changed", "severity", "place"),
    [
        ({"decision_made": True}, "must", "preparation.decision_made"),
        ({"decision_made": None}, "must", "preparation.decision_made"),
        ({"outcome_on": None}, "must", "preparation.outcome_on"),
        ({"closes_on": datetime.date(2026, 12, 17)}, "should", "preparation.closes_on"),
        ({"closes_on": datetime.date(2026, 12, 17), "short_time_reason": "Urgent."}, "info", "preparation.closes_on"),
    ],
)  # fmt: skip
def test_16_a_fair_question(changed: dict[str, Any], severity: str, place: str) -> None:
    assert found(16, SHIPPED, READY, today=TODAY) == []
    (one,) = found(16, SHIPPED, replace(READY, **changed), today=TODAY)
    assert (one.severity, one.place) == (severity, place)


def test_16_four_weeks_to_the_day_are_enough() -> None:
    assert found(16, SHIPPED, replace(READY, closes_on=datetime.date(2026, 12, 18)), today=TODAY) == []


def test_16_reasons() -> None:
    blank = replace(SHIPPED, themes=(replace(SHIPPED.themes[0], explanation=words("")),))
    assert places(16, blank, READY) == {f"themes.{SHIPPED.themes[0].id}.explanation"}
    assert places(16, replace(SHIPPED, about=replace(SHIPPED.about, cannot_change=None)), READY) == {
        "about.cannot_change"
    }


@pytest.mark.parametrize(
    "promise",
    ["Come to our workshop.", "There is a link on the last page.", "Call us for help.", "E-mail us.",
     "Ask for a paper copy.", "An easy read version is there.", "Large print is there.", "We have BSL.",
     "Ask for other languages."],
)  # fmt: skip
def test_17_promises(promise: str) -> None:
    bare = replace(SHIPPED, other_ways=(), sign_up=(), about=replace(SHIPPED.about, contact=words("Ask at the desk.")))
    assert places(17, bare, replace(READY, poster_promises=promise)) == {"preparation.poster_promises"}
    assert places(17, replace(bare, about=replace(bare.about, purpose=words(promise))), READY) == {"about.purpose"}
    kinds = ("telephone", "paper", "easy_read", "large_print", "language", "bsl")
    kept = replace(
        bare,
        other_ways=tuple(OtherWay(kind, words("Here.")) for kind in kinds),
        sign_up=(SignUpOffer("workshop", words("Come.")), SignUpOffer("results", words("Read."))),
    )
    assert places(17, kept, replace(READY, poster_promises=promise)) == set()


def test_17_statements_promise_too() -> None:
    said = Statement(id="end", text=words("Follow the link below to book a workshop."))
    assert places(17, replace(asking(said), sign_up=())) == {"questions.end.text"}


@pytest.mark.parametrize(
    ("colour", "weak"), [("#ffffff", True), ("#ffb81c", True), ("#005eb8", False), ("none", False)]
)
def test_18_contrast(colour: str, weak: bool) -> None:
    assert bool(found(18, SHIPPED, READY, colour=colour)) is weak


def test_19_a_way_without_a_phone() -> None:
    assert not found(19, SHIPPED)
    assert found(19, replace(SHIPPED, other_ways=(OtherWay("bsl", words("Video")),)))
