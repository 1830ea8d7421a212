"""“Ask this only if”: what can decide, what a condition says, and that a form gives back what it was given."""

import pytest

from surveys.designing.conditions import (
    Simple,
    Test,
    condition_of,
    dependent_questions,
    earlier_questions,
    in_words,
    put_condition,
    simple_of,
)
from surveys.designing.finding import each_found, find_question
from surveys.designing.questions import remove_question
from surveys.questionnaire import AllOf, AnyOf, Comparison, Condition, Not, Questionnaire
from surveys.questionnaire_rules import check_rules
from tests.factories import a_questionnaire
from tests.surveys.designing.test_questions import EVERY_KIND


def fields(questionnaire: Questionnaire, key: str) -> list[str]:
    return [one.field for one in earlier_questions(questionnaire, find_question(questionnaire, key))]


def test_only_closed_questions_that_were_met_before_can_decide() -> None:
    before = a_questionnaire()
    assert fields(before, "most_important") == []
    assert fields(before, "each.comment") == ["most_important", "importance"]
    assert fields(before, "order") == [
        "most_important",
        "waiting.importance",
        "digital.importance",
        "staff.importance",
        "connection",
    ]
    assert fields(a_questionnaire(themes=()), "each.comment") == []


TESTS: list[Test] = ["is", "is_not", "answered", "not_answered"]


@pytest.mark.parametrize("questionnaire", [a_questionnaire(), EVERY_KIND], ids=lambda one: one.slug)
@pytest.mark.parametrize("test", TESTS)
@pytest.mark.parametrize("several", [False, True])
def test_every_condition_that_the_form_offers_is_legal_and_comes_back(
    questionnaire: Questionnaire, test: Test, several: bool
) -> None:
    for found in each_found(questionnaire):
        for earlier in earlier_questions(questionnaire, found):
            options = tuple(option.id for option in earlier.options[: 2 if several else 1])
            if test in ("answered", "not_answered"):
                options = ()
            elif not options:
                continue
            simple = Simple(earlier.field, test, options)
            condition = condition_of(earlier, simple)
            after = put_condition(questionnaire, found.key, condition)
            assert check_rules(after) == []
            again = find_question(after, found.key)
            assert again.condition == condition
            assert simple_of(condition) == simple
            assert in_words(after, again, condition)


def test_a_condition_needs_an_answer_to_wait_for() -> None:
    earlier = earlier_questions(a_questionnaire(), find_question(a_questionnaire(), "quote"))[0]
    with pytest.raises(ValueError, match="no option"):
        condition_of(earlier, Simple(earlier.field, "is"))


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        (
            Comparison("connection", "equals", "patient"),
            "the answer to “What is your connection to the service?” is “Patient”",
        ),
        (
            Comparison("connection", "not_equals", "prefer_not_to_say"),
            "the answer to “What is your connection to the service?” is not “Prefer not to say”",
        ),
        (
            Comparison("most_important", "contains", "staff"),
            "the answer to “Which matter most to you? Choose up to 2.” includes “More staff”",
        ),
        (
            Comparison("waiting.importance", "answered", False),
            "“How important is this to you?” about “Waiting less” was left out",
        ),
        (Comparison("visits", "at_least", 2.0), "the answer to “How many visits did you make?” is at least 2"),
        (
            AllOf((Comparison("visits", "at_most", 2.5), Not(Comparison("visits", "answered", True)))),
            (
                "the answer to “How many visits did you make?” is at most 2.5; and it is not so that "
                "“How many visits did you make?” was answered"
            ),
        ),
        (
            AnyOf((Comparison("connection", "one_of", ("patient", "staff")), Comparison("gone", "answered", True))),
            (
                "the answer to “What is your connection to the service?” is “Patient” or “Member of staff”; or "
                "the answer to “gone” fits"
            ),
        ),
    ],
)
def test_a_condition_is_said_in_plain_words(condition: Condition, said: str) -> None:
    questionnaire = a_questionnaire()
    assert in_words(questionnaire, find_question(questionnaire, "quote"), condition) == said


def test_what_a_form_cannot_say_is_left_alone() -> None:
    for key in ("each.what-went-wrong",):
        assert simple_of(find_question(EVERY_KIND, key).condition) is None
    assert simple_of(None) is None
    assert simple_of(Comparison("visits", "at_least", 2.0)) is None


def test_a_condition_on_a_page_of_its_own_is_the_pages() -> None:
    condition = Comparison("connection", "equals", "patient")
    alone = put_condition(a_questionnaire(), "missing", condition)
    assert (alone.pages[2].show_if, alone.pages[2].questions[0].show_if) == (condition, None)
    among = put_condition(a_questionnaire(), "order", condition)
    assert (among.pages[1].show_if, among.pages[1].questions[1].show_if) == (None, condition)
    assert put_condition(alone, "missing", None) == a_questionnaire()


def test_it_is_known_which_questions_lose_their_condition() -> None:
    without = remove_question(EVERY_KIND, "answering-for")
    assert dependent_questions(EVERY_KIND, without) == (
        "How many weeks did you wait for it?",
        "Which of these did you use?",
    )
