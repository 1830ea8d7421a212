"""The way through a questionnaire: the order of pages, and that only what the final path reaches is kept."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.answers import Answers
from surveys.library import library_files
from surveys.questionnaire import (
    AllOf,
    AnyOf,
    Comparison,
    Condition,
    Not,
    Page,
    Questionnaire,
    Statement,
    Text,
    TextQuestion,
)
from surveys.questionnaire_file import read_questionnaire
from surveys.routing import is_shown, journey, next_page, on_path, previous_page, shown_items
from tests.surveys.strategies import answers_to, questionnaires

SHIPPED = read_questionnaire(library_files()["cancer-strategy-themes"].read_bytes())
EVERY_KIND = read_questionnaire(library_files()["every-kind"].read_bytes())


def test_short_first_asks_for_the_priorities_and_then_about_each_theme() -> None:
    assert [page.id for page in journey(SHIPPED)] == [
        "matters-most",
        *(f"theme.{theme.id}" for theme in SHIPPED.themes),
        "hard-to-understand",
        "anything-missing",
        "connection",
        "stage",
        "quote-words",
    ]


def test_themes_first_leaves_the_priorities_where_the_file_has_them() -> None:
    assert [page.id for page in journey(EVERY_KIND)] == [
        "your-visit",
        "theme.before",
        "theme.during",
        "theme.afterwards",
        "overall",
        "used",
        "best-part",
        "improve-first",
        "which-language",
        "anything-else",
    ]
    assert [page.id for page in journey(replace(EVERY_KIND, journey="short_first"))][:3] == [
        "best-part",
        "your-visit",
        "theme.before",
    ]


def test_a_page_knows_its_theme_and_the_keys_of_what_can_be_answered() -> None:
    first, second = journey(EVERY_KIND)[:2]
    assert (first.kind, first.theme, first.page) == ("page", None, EVERY_KIND.pages[0])
    assert first.item_keys == ("answering-for", "weeks-waited")
    assert len(first.questions) == 3
    assert (second.kind, second.theme, second.page) == ("theme", EVERY_KIND.themes[0], None)
    assert second.item_keys == ("before.kept-informed", "before.treated-with-respect", "before.what-went-wrong")


def test_themes_have_no_pages_where_nothing_is_asked_of_them() -> None:
    pages = tuple(page for page in SHIPPED.pages)
    assert [page.kind for page in journey(replace(SHIPPED, ask_about_each_theme=(), pages=pages))] == ["page"] * 6


def test_the_way_forward_passes_over_what_is_not_shown() -> None:
    assert next_page(SHIPPED, None, {}).id == "matters-most"  # type: ignore[union-attr]
    assert next_page(SHIPPED, "connection", {"connection": "carer"}).id == "quote-words"  # type: ignore[union-attr]
    assert next_page(SHIPPED, "connection", {"connection": "patient"}).id == "stage"  # type: ignore[union-attr]
    assert next_page(SHIPPED, "quote-words", {}) is None


def test_the_way_back_passes_over_it_as_well() -> None:
    assert previous_page(SHIPPED, "quote-words", {}).id == "connection"  # type: ignore[union-attr]
    assert previous_page(SHIPPED, None, {}).id == "quote-words"  # type: ignore[union-attr]
    assert previous_page(SHIPPED, "matters-most", {}) is None


@pytest.mark.parametrize("step", [next_page, previous_page])
def test_a_page_that_does_not_exist_is_an_error(step) -> None:
    with pytest.raises(KeyError):
        step(SHIPPED, "no-such-page", {})


def test_an_answer_on_a_branch_that_the_path_leaves_is_dropped() -> None:
    answers: Answers = {"connection": "patient", "stage": "in-treatment"}
    assert on_path(SHIPPED, answers)["stage"] == "in-treatment"
    changed = on_path(SHIPPED, answers | {"connection": "staff"})
    assert "stage" not in changed
    assert changed["connection"] == "staff"


def test_what_is_shown_and_left_blank_is_kept_as_skipped() -> None:
    kept = on_path(SHIPPED, {})
    assert kept == dict.fromkeys((item.key for item in SHIPPED.items if item.key != "stage"), None)


def test_a_dropped_answer_opens_no_further_branch() -> None:
    # The interpreter's language depends on "used", which people who never came are not asked.
    answers: Answers = {"answering-for": "never-came", "used": ("interpreter",), "which-language": "Polish"}
    assert not {"used", "which-language", "weeks-waited"} & set(on_path(EVERY_KIND, answers))


def test_inside_a_theme_a_bare_name_means_that_themes_own_question() -> None:
    kept = on_path(EVERY_KIND, {"during.kept-informed": "never"})
    assert "during.what-went-wrong" in kept
    assert "before.what-went-wrong" not in kept


def test_a_rating_is_compared_by_the_value_of_its_point() -> None:
    assert "during.what-went-wrong" in shown_items(EVERY_KIND, {"during.treated-with-respect": "sometimes"})
    assert "during.what-went-wrong" not in shown_items(EVERY_KIND, {"during.treated-with-respect": "always"})
    assert "during.what-went-wrong" not in shown_items(EVERY_KIND, {"during.treated-with-respect": "not_sure"})


def _asking(condition: Condition) -> Questionnaire:
    words = Text((("en", "…"),))
    asked = TextQuestion(id="extra", text=words, show_if=condition)
    return replace(EVERY_KIND, pages=(*EVERY_KIND.pages, Page(id="extra", questions=(asked,))))


BLANK: Answers = {}
SEEN: Answers = {"answering-for": "my-own", "overall": "good", "used": ("video",), "weeks-waited": 3}
UNSURE: Answers = {"answering-for": "my-own", "overall": "not_sure", "used": "not_sure", "weeks-waited": 0}


@pytest.mark.parametrize(
    ("condition", "blank", "seen", "unsure"),
    [
        (Comparison("overall", "equals", "good"), False, True, False),
        (Comparison("overall", "equals", "not_sure"), False, False, True),
        (Comparison("overall", "not_equals", "good"), True, False, True),
        (Comparison("overall", "one_of", ("good", "poor")), False, True, False),
        (Comparison("overall", "answered", True), False, True, True),
        (Comparison("overall", "answered", False), True, False, False),
        (Comparison("overall", "at_least", 2.0), False, True, False),
        (Comparison("overall", "at_most", 1.0), False, False, False),
        (Comparison("used", "contains", "video"), False, True, False),
        (Comparison("used", "contains", "not_sure"), False, False, True),
        (Comparison("used", "contains", "transport"), False, False, False),
        (Comparison("used", "answered", True), False, True, True),
        (Comparison("weeks-waited", "at_least", 3.0), False, True, False),
        (Comparison("weeks-waited", "at_most", 3.0), False, True, True),
        (Not(Comparison("overall", "equals", "good")), True, False, True),
        (AllOf((Comparison("overall", "answered", True), Comparison("used", "contains", "video"))), False, True, False),
        (
            AnyOf((Comparison("overall", "equals", "poor"), Comparison("weeks-waited", "at_most", 0.0))),
            False,
            False,
            True,
        ),
    ],
)
def test_conditions(condition: Condition, blank: bool, seen: bool, unsure: bool) -> None:
    questionnaire = _asking(condition)
    assert ["extra" in shown_items(questionnaire, answers) for answers in (BLANK, SEEN, UNSURE)] == [
        blank,
        seen,
        unsure,
    ]


def test_a_page_whose_every_question_is_hidden_is_passed_over() -> None:
    hidden = Comparison("overall", "equals", "very-poor")
    words = Text((("en", "…"),))
    page = Page(id="end", questions=(Statement(id="said", text=words, show_if=hidden),))
    questionnaire = replace(EVERY_KIND, pages=(*EVERY_KIND.pages, page))
    last = journey(questionnaire)[-1]
    assert last.id == "end"
    assert not is_shown(questionnaire, last, {"overall": "good"})
    assert is_shown(questionnaire, last, {"overall": "very-poor"})


@given(st.data())
def test_keeping_what_is_on_the_path_changes_nothing_the_second_time(data: st.DataObject) -> None:
    questionnaire = data.draw(questionnaires())
    answers = data.draw(answers_to(questionnaire))
    kept = on_path(questionnaire, answers)
    assert on_path(questionnaire, kept) == kept
    assert shown_items(questionnaire, answers) == frozenset(kept) == shown_items(questionnaire, kept)
    assert all(kept[key] == answers.get(key) for key in kept)


@given(st.data())
def test_walking_forward_and_back_meets_the_same_pages(data: st.DataObject) -> None:
    questionnaire = data.draw(questionnaires())
    answers = data.draw(answers_to(questionnaire))
    forward, page = [], next_page(questionnaire, None, answers)
    while page is not None:
        forward.append(page)
        page = next_page(questionnaire, page.id, answers)
    back, page = [], previous_page(questionnaire, None, answers)
    while page is not None:
        back.append(page)
        page = previous_page(questionnaire, page.id, answers)
    assert forward == back[::-1]
    assert forward == [page for page in journey(questionnaire) if is_shown(questionnaire, page, answers)]
    assert {key for page in forward for key in page.item_keys} >= shown_items(questionnaire, answers)
