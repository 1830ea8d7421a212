"""What differs between two versions, and what it does to the results."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings

from surveys.comparing import Difference, compare, in_short, worst_effect
from surveys.meaning import changes_of_meaning
from surveys.questionnaire import Comparison, OtherWay, Questionnaire, ScalePoint, Text
from tests.factories import a_questionnaire, words
from tests.surveys.strategies import questionnaires

BEFORE = a_questionnaire()
PAGES = BEFORE.pages
YOU = PAGES[1]
CONNECTION = YOU.questions[0]


def page(**changes: Any) -> tuple[Any, ...]:
    return (PAGES[0], replace(YOU, questions=(replace(CONNECTION, **changes), *YOU.questions[1:])), *PAGES[2:])


def urdu(text: Text, words_: str) -> Text:
    return Text((*text.by_language, ("ur", words_)))


@pytest.mark.parametrize(
    ("changes", "effect", "kind", "what"),
    [
        ({"about": replace(BEFORE.about, contact=words("Call 111."))}, "safe", "changed", "whom to ask"),
        ({"about": replace(BEFORE.about, contact=None)}, "safe", "removed", "whom to ask"),
        ({"about": replace(BEFORE.about, decision=words("In June."))}, "safe", "added", "who decides"),
        ({"other_ways": (OtherWay("paper", words("Ask us.")),)}, "safe", "added", "paper"),
        ({"languages": ("en", "cy")}, "safe", "added", "A language"),
        ({"title": words("What matters most?")}, "safe", "changed", "Name of the survey"),
        (
            {"themes": (replace(BEFORE.themes[0], plain_title=words("Shorter")), *BEFORE.themes[1:])},
            "wording",
            "changed",
            "Theme 1",
        ),
        (
            {"themes": (replace(BEFORE.themes[0], plain_title=words("waiting less!")), *BEFORE.themes[1:])},
            "safe",
            "changed",
            "Theme 1",
        ),
        ({"themes": (replace(BEFORE.themes[0], picture="a.png"), *BEFORE.themes[1:])}, "safe", "added", "picture"),
        (
            {"themes": (replace(BEFORE.themes[0], origin=words("Suggested by 23 people")), *BEFORE.themes[1:])},
            "safe",
            "added",
            "where it comes from",
        ),
        (
            {"themes": (replace(BEFORE.themes[0], origin_idea="ideas/3/waits"), *BEFORE.themes[1:])},
            "safe",
            "added",
            "origin idea",
        ),
        ({"pages": page(text=words("Who are you?"))}, "wording", "changed", "question 1"),
        ({"pages": page(hint=words("Choose one."))}, "wording", "added", "hint"),
        (
            {"pages": page(options=tuple(replace(o, label=words(o.id)) for o in CONNECTION.options))},
            "wording",
            "changed",
            "answer 2",
        ),
        ({"themes": BEFORE.themes[:2]}, "structural", "removed", "A theme"),
        ({"themes": BEFORE.themes[::-1]}, "structural", "changed", "The order of the themes"),
        ({"pages": PAGES[:-1]}, "structural", "removed", "A question"),
        ({"pages": PAGES[:1] + PAGES[2:] + PAGES[1:2]}, "structural", "changed", "The order of the questions"),
        ({"pages": page(options=CONNECTION.options[:1])}, "structural", "removed", "an answer"),
        ({"pages": page(not_scored=())}, "structural", "removed", "an answer beside"),
        (
            {"pages": page(show_if=Comparison("waiting.importance", "equals", "very"))},
            "structural",
            "changed",
            "who is asked",
        ),
        (
            {"pages": (PAGES[0], replace(YOU, show_if=Comparison("most_important", "answered", True)), *PAGES[2:])},
            "structural",
            "changed",
            "who is asked",
        ),
        (
            {
                "scales": (
                    replace(
                        BEFORE.scales[0], points=(*BEFORE.scales[0].points, ScalePoint("top", words("Top"), 5, True))
                    ),
                )
            },
            "structural",
            "added",
            "an answer",
        ),
        (
            {
                "scales": (
                    replace(BEFORE.scales[0], points=tuple(replace(p, positive=True) for p in BEFORE.scales[0].points)),
                )
            },
            "structural",
            "changed",
            "counted",
        ),
        ({"journey": "themes_first"}, "structural", "changed", "What comes first"),
        ({"equality": ("age",)}, "structural", "removed", "about the person"),
        ({"demonstration": True}, "structural", "changed", "demonstration"),
    ],
)
def test_each_kind_of_difference_has_its_effect(changes: dict[str, Any], effect: str, kind: str, what: str) -> None:
    differences = compare(BEFORE, replace(BEFORE, **changes))
    assert worst_effect(differences) == effect
    assert any((one.kind, one.effect) == (kind, effect) and what in one.what for one in differences), differences
    assert all(one.before or one.after for one in differences)


def test_both_sides_are_shown() -> None:
    after = replace(BEFORE, about=replace(BEFORE.about, contact=words("Call 111.")))
    assert compare(BEFORE, after) == (
        Difference("changed", "About the survey: whom to ask", "Write to team@example.org.", "Call 111.", "safe"),
    )


def test_a_condition_is_said_in_words() -> None:
    after = replace(BEFORE, pages=page(show_if=Comparison("most_important", "contains", "waiting")))
    (one,) = compare(BEFORE, after)
    assert one.before == "not set"
    assert one.after == "only if “Which matter most to you? Choose up to 2.” includes “Waiting less”"


def test_a_translation_is_safe_and_names_its_language() -> None:
    before = replace(BEFORE, languages=("en", "ur"), title=urdu(BEFORE.title, "پہلے"))
    after = replace(before, title=urdu(BEFORE.title, "بعد"))
    (one,) = compare(before, after)
    assert (one.effect, one.language, one.before, one.after) == ("safe", "ur", "پہلے", "بعد")


def test_a_new_option_is_named_once() -> None:
    more = replace(CONNECTION.options[0], id="carer", label=words("Carer"))
    differences = compare(BEFORE, replace(BEFORE, pages=page(options=(*CONNECTION.options, more))))
    assert [one.after for one in differences] == ["Carer"]


def test_the_same_is_the_same() -> None:
    assert compare(BEFORE, BEFORE) == ()
    assert worst_effect(()) is None
    assert in_short(()) == "Nothing changed."


def test_many_differences_are_said_in_short() -> None:
    differences = compare(BEFORE, replace(BEFORE, themes=(), ask_about_each_theme=(), pages=PAGES[1:]))
    assert in_short(differences).endswith("more.")
    assert "A theme removed" in in_short(differences)


@given(questionnaires(), questionnaires())
@settings(max_examples=60, deadline=None)
def test_a_structural_difference_is_named_exactly_where_meaning_changes(
    before: Questionnaire, after: Questionnaire
) -> None:
    differences = compare(before, after)
    assert (worst_effect(differences) == "structural") == bool(changes_of_meaning(before, after))
    assert compare(before, before) == ()
