"""Questions of a design: added, changed, moved, put elsewhere and taken out, ready ones switched on and off."""

import dataclasses
import json
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.designing.conditions import put_condition
from surveys.designing.finding import each_found, find_question
from surveys.designing.lines import ids_of_lines
from surveys.designing.presets import switch, switched_on
from surveys.designing.questions import (
    MOST_EACH,
    Kind,
    OutOfOrder,
    QuestionWords,
    Where,
    add_question,
    can_move,
    change_question,
    move_question,
    place_question,
    question_words,
    remove_question,
)
from surveys.designing.themes import TooMany
from surveys.library import library_files
from surveys.questionnaire import (
    ChoiceQuestion,
    ChoicesQuestion,
    Comparison,
    NotScored,
    Option,
    Questionnaire,
    RatingQuestion,
    Text,
)
from surveys.questionnaire_file import canonical_json, from_document, read_questionnaire
from surveys.questionnaire_rules import check_rules
from surveys.ready_parts import ready_questions
from tests.factories import a_questionnaire, words


def shipped(name: str) -> Questionnaire:
    return read_questionnaire(Path(library_files()[name]).read_bytes())


EVERY_KIND = shipped("every-kind")


def keys(questionnaire: Questionnaire) -> list[str]:
    return [found.key for found in each_found(questionnaire)]


def test_questions_are_found_as_people_meet_them() -> None:
    assert keys(a_questionnaire()) == [
        "most_important",
        "each.importance",
        "each.comment",
        "connection",
        "order",
        "visits",
        "missing",
        "quote",
    ]
    assert find_question(a_questionnaire(), "comment").key == "each.comment"
    with pytest.raises(KeyError):
        find_question(a_questionnaire(), "each.quote")


@pytest.mark.parametrize("kind", get_args(Kind))
@pytest.mark.parametrize(
    ("where", "key"), [("each_theme", "each.why"), ("before_themes", "why"), ("after_themes", "why")]
)
def test_a_question_of_any_kind_is_added_at_the_end_of_any_place(kind: Kind, where: Where, key: str) -> None:
    typed = QuestionWords(
        text="Why?", hint="Say.", options=("A", "None of these"), scale="importance", most=1, not_sure=True
    )
    after = add_question(a_questionnaire(), kind, typed, where)
    found = find_question(after, key)
    assert found.question.kind == kind
    assert question_words(after, key).text == "Why?"
    assert check_rules(after) == []
    assert from_document(json.loads(canonical_json(after)), blanks=True) == after
    assert set(keys(after)) - set(keys(a_questionnaire())) == {key}


@pytest.mark.parametrize("kind", ["choice", "choices", "rating"])
def test_a_question_with_nothing_to_choose_is_not_made(kind: Kind) -> None:
    with pytest.raises(ValueError, match="something to choose"):
        add_question(a_questionnaire(), kind, QuestionWords(text="Why?"), "after_themes")


def test_without_any_answers_those_that_are_there_stay() -> None:
    for key in ("connection", "order"):
        after = change_question(a_questionnaire(), key, QuestionWords(text="Why?"))
        before = find_question(a_questionnaire(), key).question
        assert getattr(find_question(after, key).question, "options", None) == getattr(before, "options", ())


def test_none_of_these_rules_out_the_others_where_several_can_be_chosen() -> None:
    typed = QuestionWords(text="Which?", options=("A", "None of these"))
    after = add_question(a_questionnaire(), "choices", typed, "after_themes")
    asked = find_question(after, "which").question
    assert isinstance(asked, ChoicesQuestion)
    assert [option.exclusive for option in asked.options] == [False, True]


def test_a_list_that_is_full_takes_no_more() -> None:
    full = a_questionnaire()
    for _ in range(MOST_EACH - 2):
        full = add_question(full, "text", QuestionWords(text="Why?"), "each_theme")
    with pytest.raises(TooMany):
        add_question(full, "text", QuestionWords(text="Why?"), "each_theme")


@pytest.mark.parametrize("questionnaire", [EVERY_KIND, shipped("cancer-strategy-themes")], ids=lambda one: one.slug)
def test_saving_what_was_there_changes_nothing(questionnaire: Questionnaire) -> None:
    for key in keys(questionnaire):
        assert change_question(questionnaire, key, question_words(questionnaire, key)) == questionnaire


def test_corrected_answers_keep_their_names_hints_and_translations() -> None:
    asked = ChoiceQuestion(
        id="who",
        text=words("Who?"),
        options=(
            Option("patient", Text((("en", "I use it"), ("cy", "Claf"))), hint=words("Or did")),
            Option("carer", words("I care for someone")),
        ),
        not_scored=(NotScored("prefer_not_to_say", words("Rather not say")),),
    )
    page = dataclasses.replace(a_questionnaire().pages[1], questions=(asked,))
    before = a_questionnaire(pages=(page,), languages=("en", "cy"))
    typed = QuestionWords(text="Who?", options=("I care for somebody", "I used it", "I work here"), not_sure=True)
    after = find_question(change_question(before, "who", typed), "who").question
    assert isinstance(after, ChoiceQuestion)
    assert after.options == (
        Option("carer", words("I care for somebody")),
        Option("patient", Text((("en", "I used it"), ("cy", "Claf"))), hint=words("Or did")),
        Option("i-work-here", words("I work here")),
    )
    assert [beside.id for beside in after.not_scored] == ["prefer_not_to_say", "not_sure"]


def test_an_answer_that_is_gone_takes_conditions_on_it_along() -> None:
    typed = dataclasses.replace(question_words(EVERY_KIND, "answering-for"), options=("My own", "Someone I came with"))
    after = change_question(EVERY_KIND, "answering-for", typed)
    assert find_question(after, "weeks-waited").condition is None
    assert find_question(after, "used").condition is None
    assert check_rules(after) == []


def test_a_condition_on_several_answers_keeps_those_that_are_left() -> None:
    condition = Comparison("connection", "one_of", ("patient", "staff"))
    before = put_condition(a_questionnaire(), "missing", condition)
    typed = dataclasses.replace(question_words(before, "connection"), options=("Patient", "Parent", "Visitor"))
    after = change_question(before, "connection", typed)
    left = find_question(after, "missing").condition
    assert left == dataclasses.replace(condition, value=("patient",))
    assert check_rules(after) == []


def test_the_friends_and_family_scale_counts_every_answer() -> None:
    typed = QuestionWords(text="Overall?", scale="friends-and-family")
    after = change_question(a_questionnaire(), "each.importance", typed)
    asked = find_question(after, "each.importance").question
    assert isinstance(asked, RatingQuestion)
    assert (asked.scale, asked.base, after.scales[-1].id) == ("friends-and-family", "all", "friends-and-family")
    back = change_question(after, "each.importance", QuestionWords(text="Overall?", scale="importance"))
    assert isinstance(asked := find_question(back, "each.importance").question, RatingQuestion)
    assert asked.base == "scored"


def test_removing_a_question_removes_conditions_on_it_and_limits_that_nobody_meets() -> None:
    after = remove_question(remove_question(EVERY_KIND, "each.kept-informed"), "answering-for")
    assert check_rules(after) == []
    assert after.min_items == 1
    assert find_question(after, "used").condition is None


def test_the_last_question_of_a_page_takes_the_page_along() -> None:
    after = a_questionnaire()
    for key in ("connection", "order", "visits"):
        after = remove_question(after, key)
    assert [page.id for page in after.pages] == ["most_important", "missing", "quote"]


def test_a_question_moves_on_its_page_then_with_it() -> None:
    before = a_questionnaire()
    assert keys(move_question(before, "order", -1))[3:6] == ["order", "connection", "visits"]
    assert keys(move_question(before, "visits", 1))[3:] == ["missing", "connection", "order", "visits", "quote"]
    assert keys(move_question(before, "each.comment", -1))[1:3] == ["each.comment", "each.importance"]
    assert not can_move(before, find_question(before, "most_important"), 1)


@pytest.mark.parametrize(("key", "steps"), [("answering-for", 1), ("weeks-waited", -1), ("each.what-went-wrong", -1)])
def test_no_question_moves_past_one_that_it_depends_on(key: str, steps: int) -> None:
    with pytest.raises(OutOfOrder):
        move_question(EVERY_KIND, key, 1 if steps > 0 else -1)


def test_a_question_can_be_asked_elsewhere_unless_another_depends_on_it() -> None:
    before = a_questionnaire()
    assert keys(place_question(before, "missing", "before_themes"))[:2] == ["most_important", "missing"]
    assert keys(place_question(before, "connection", "each_theme"))[3] == "each.connection"
    after = place_question(before, "each.importance", "after_themes")
    assert keys(after)[-1] == "importance"
    assert check_rules(after) == []
    with pytest.raises(OutOfOrder):
        place_question(EVERY_KIND, "answering-for", "after_themes")


def test_a_question_that_leaves_its_page_gets_one_with_an_unused_name() -> None:
    after = place_question(EVERY_KIND, "anything-else", "before_themes")
    assert check_rules(after) == []


def test_every_ready_question_fits_every_survey() -> None:
    bare = a_questionnaire(pages=(), ask_about_each_theme=(), scales=())
    after = switch(bare, list(ready_questions()))
    assert switched_on(after) == frozenset(ready_questions())
    assert check_rules(after) == []
    assert keys(after)[0] == "matters-most"
    assert keys(after)[-1] == "quote-words"
    assert switch(after, ()) == dataclasses.replace(bare, scales=after.scales)


def test_a_ready_question_that_is_there_keeps_its_words_and_place() -> None:
    before = a_questionnaire()
    on = switched_on(before)
    assert on == {"importance", "comment", "matters-most", "connection", "quote-words"}
    assert switch(before, on) == before
    after = switch(before, on | {"anything-missing"})
    assert keys(after)[-2:] == ["anything-missing", "quote"]
    assert keys(switch(before, on - {"matters-most"}))[0] == "each.importance"


lines = st.lists(st.text(st.sampled_from("abcdefghij"), min_size=1, max_size=8), max_size=8, unique=True)


@given(lines, lines)
@settings(max_examples=80)
def test_lines_get_names_that_are_unlike_and_kept_where_the_words_are(before: list[str], after: list[str]) -> None:
    held = [(f"id{place}", words) for place, words in enumerate(before)]
    names = ids_of_lines(after, held, "option")
    assert len(set(names)) == len(names) == len(after)
    for name, line in zip(names, after, strict=True):
        if line in before:
            assert name == f"id{before.index(line)}"
        elif name.startswith("id") and name in dict(held):
            assert dict(held)[name] not in after


steps = st.lists(
    st.tuples(
        st.sampled_from(["up", "down", "remove", "each_theme", "before_themes", "after_themes"]), st.integers(0, 20)
    ),
    max_size=8,
)


@given(steps)
@settings(max_examples=60, deadline=None)
def test_whatever_is_moved_and_removed_the_rest_stays_sound(done: list[tuple[str, int]]) -> None:
    """After any steps: conditions and limits hold, the codec takes it, and no other question is lost."""
    now = EVERY_KIND
    for act, number in done:
        found = list(each_found(now))
        if not found:
            break
        asked = found[number % len(found)]
        if getattr(asked.question, "purpose", None) and act == "each_theme":
            continue
        try:
            if act == "remove":
                after = remove_question(now, asked.key)
            elif act in ("up", "down"):
                after = move_question(now, asked.key, -1 if act == "up" else 1)
            else:
                after = place_question(now, asked.key, act)  # type: ignore[arg-type]  # Drawn from the three places.
        except OutOfOrder:
            continue
        assert len(keys(after)) == len(keys(now)) - (act == "remove")
        now = after
    faults = [message for _, message in check_rules(now) if not message.startswith(("Nothing is asked", "min_items"))]
    assert faults == []
    assert from_document(json.loads(canonical_json(now)), blanks=True) == now
