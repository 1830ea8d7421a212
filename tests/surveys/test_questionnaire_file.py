"""Reading and writing questionnaire files: what every form of a key means, and that nothing is lost on the way."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import Any

import pytest
import yaml
from hypothesis import given

from surveys.library import library_files
from surveys.questionnaire import (
    AllOf,
    AnyOf,
    ChoiceQuestion,
    ChoicesQuestion,
    Comparison,
    Not,
    NotScored,
    NumberQuestion,
    Option,
    Page,
    Questionnaire,
    Text,
)
from surveys.questionnaire_file import (
    canonical_json,
    from_document,
    read_questionnaire,
    read_with_lines,
    to_document,
    to_yaml,
)
from tests.surveys.strategies import questionnaires

SMALL = """\
format: 1
slug: small
title: A small survey
language: en
organisation: A trust
about: {purpose: To learn.}
privacy: We do not ask for your name.
questions:
"""


def small(questions: str, **more: str) -> Questionnaire:
    further = "".join(f"{key}: {value}\n" for key, value in more.items())
    return read_questionnaire((further + SMALL + questions).encode())


def english(text: str) -> Text:
    return Text((("en", text),))


def test_yes_no_octals_and_times_stay_what_was_written() -> None:
    questionnaire = small(
        "  - {id: q, kind: choice, text: 2024-01-01, "
        "options: {no: No, yes: Yes, 012: 1:30, 1e3: ~3, null: 0x10, 2: 0b1}}\n"
    )
    question = questionnaire.pages[0].questions[0]
    assert isinstance(question, ChoiceQuestion)
    assert question.text == english("2024-01-01")
    assert [(option.id, option.label.in_language("en")) for option in question.options] == [
        ("no", "No"),
        ("yes", "Yes"),
        ("012", "1:30"),
        ("1e3", "~3"),
        ("null", "0x10"),
        ("2", "0b1"),
    ]


@pytest.mark.parametrize("word", ["true", "True", "yes", "on"])
def test_true_is_understood_as_yaml_writes_it(word: str) -> None:
    assert small("  - {id: q, kind: text, text: T}\n", demonstration=word).demonstration is True


def test_options_may_be_a_list_or_a_map_and_mean_the_same() -> None:
    as_list = small(
        "  - {id: q, kind: choice, text: T, options: [{id: a, label: A}, {id: b, label: B}], "
        "not_scored: [{id: not_sure, label: Not sure}]}\n"
    )
    as_map = small("  - {id: q, kind: choice, text: T, options: {a: A, b: B}, not_scored: {not_sure: Not sure}}\n")
    with_keys = small(
        "  - {id: q, kind: choice, text: T, options: {a: {label: A}, b: {label: B, exclusive: no}}, "
        "not_scored: {not_sure: {label: Not sure}}}\n"
    )
    assert as_list == as_map == with_keys
    question = as_map.pages[0].questions[0]
    assert isinstance(question, ChoiceQuestion)
    assert question.options == (Option("a", english("A")), Option("b", english("B")))
    assert question.not_scored == (NotScored("not_sure", english("Not sure")),)
    assert canonical_json(as_list) == canonical_json(as_map) == canonical_json(with_keys)


def test_a_label_in_several_languages_may_stand_alone_in_a_map_of_options() -> None:
    asked = "  - {id: q, kind: choice, text: T, options: {a: {en: A, cy: Â}, b: {cy: Bî, en: B}}}\n"
    question = small(asked, languages="[cy]").pages[0].questions[0]
    assert isinstance(question, ChoiceQuestion)
    assert question.options[1].label == Text((("en", "B"), ("cy", "Bî")))


def test_a_bare_question_is_a_page_of_its_own() -> None:
    bare = small(
        "  - {id: first, kind: text, text: T, place: before_themes}\n"
        "  - {id: q, kind: text, text: T, show_if: {field: first, operator: answered}}\n"
    )
    assert [page.id for page in bare.pages] == ["first", "q"]
    assert bare.pages[0].place == "before_themes"
    assert bare.pages[1].show_if == Comparison("first", "answered", value=True)
    paged = small(
        "  - {page: first, place: before_themes, questions: [{id: first, kind: text, text: T}]}\n"
        "  - {page: q, show_if: {field: first, operator: answered, value: true}, "
        "questions: [{id: q, kind: text, text: T}]}\n"
    )
    assert bare == paged
    assert canonical_json(bare) == canonical_json(paged)


def test_themes_as_options_come_before_the_further_ones() -> None:
    questionnaire = small(
        "  - {id: q, kind: choices, text: T, options: themes, more_options: {none: None of these}}\n",
        themes="[{id: t, title: Official, plain_title: Plain, explanation: E}]",
    )
    question = questionnaire.pages[0].questions[0]
    assert isinstance(question, ChoicesQuestion)
    assert question.options_are_themes
    assert [option.label.in_language("en") for option in questionnaire.options(question)] == ["Plain", "None of these"]


def test_conditions_are_read_as_data() -> None:
    condition = (
        "{and: [{or: [{field: a, operator: equals, value: x}, {field: a, operator: one_of, value: [x, y]}]}, "
        "{not: {field: n, operator: at_least, value: -1.5}}, {field: n, operator: answered, value: no}]}"
    )
    questionnaire = small(
        "  - {id: a, kind: choice, text: T, options: {x: X, y: Y}}\n  - {id: n, kind: number, text: T, whole: false}\n"
        f"  - {{id: q, kind: text, text: T, show_if: {condition}}}\n"
    )
    assert questionnaire.pages[2].show_if == AllOf(
        (
            AnyOf((Comparison("a", "equals", "x"), Comparison("a", "one_of", ("x", "y")))),
            Not(Comparison("n", "at_least", -1.5)),
            Comparison("n", "answered", value=False),
        )
    )
    assert from_document(to_document(questionnaire)) == questionnaire
    assert read_questionnaire(to_yaml(questionnaire).encode()) == questionnaire


def test_numbers_are_read_as_numbers() -> None:
    asked = "  - {id: q, kind: number, text: T, minimum: -2, maximum: 1.5e1, whole: false}\n"
    question = small(asked).pages[0].questions[0]
    assert isinstance(question, NumberQuestion)
    assert (question.minimum, question.maximum, question.whole) == (-2.0, 15.0, False)


def test_a_text_in_one_language_serves_them_all_and_a_map_holds_the_default_first() -> None:
    questionnaire = small("  - {id: q, kind: text, text: {cy: Cymraeg, en: English}}\n", languages="[cy]")
    assert questionnaire.languages == ("en", "cy")
    assert questionnaire.title == english("A small survey")
    assert questionnaire.pages[0].questions[0].text == Text((("en", "English"), ("cy", "Cymraeg")))


def test_a_theme_keeps_where_it_comes_from() -> None:
    theme = "{id: waits, title: T, plain_title: P, explanation: E, origin: {en: Suggested by 23 people, cy: Awgrymwyd}"
    questionnaire = small(
        "  - {id: q, kind: text, text: T}\n",
        languages="[cy]",
        themes=f"[{theme}, origin_idea: ideas-2027/3/shorter-waits}}]",
    )
    (kept,) = from_document(to_document(questionnaire)).themes
    assert kept.origin == Text((("en", "Suggested by 23 people"), ("cy", "Awgrymwyd")))
    assert kept.origin_idea == "ideas-2027/3/shorter-waits"
    assert read_questionnaire(to_yaml(questionnaire).encode()) == questionnaire


def test_a_file_may_begin_with_a_mark_and_end_lines_as_windows_does() -> None:
    text = SMALL + "  - {id: q, kind: text, text: T}\n"
    assert read_questionnaire(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()) == read_questionnaire(
        text.encode()
    )


def test_texts_are_composed_so_that_equal_words_are_equal() -> None:
    decomposed, composed = "  - {id: q, kind: text, text: Cafe\u0301}\n", "  - {id: q, kind: text, text: Caf\u00e9}\n"
    assert canonical_json(small(decomposed)) == canonical_json(small(composed))


@pytest.mark.parametrize("name", sorted(library_files()))
def test_json_says_the_same_as_yaml(name: str) -> None:
    content = library_files()[name].read_bytes()
    questionnaire = read_questionnaire(content)
    loaded = yaml.load(content, Loader=yaml.BaseLoader)  # noqa: S506 It makes nothing but text.
    # BaseLoader leaves numbers and truth values as text, which JSON tells apart.
    typed = json.loads(json.dumps(loaded), object_hook=_typed)
    for indent in (None, 2):
        for ascii_only in (True, False):
            as_json = json.dumps(typed, indent=indent, ensure_ascii=ascii_only).encode()
            assert read_questionnaire(as_json, is_json=True) == questionnaire
            assert read_questionnaire(as_json) == questionnaire


_TYPED = {"format", "min_items", "max", "top", "minimum", "maximum", "max_length", "positive", "composite", "exclusive"}


def _typed(part: dict[str, Any]) -> dict[str, Any]:
    numbers = (
        _TYPED
        | {"reverse"}
        | ({"value"} if "label" in part or part.get("operator") in ("at_least", "at_most") else set())
    )
    return {key: json.loads(value) if key in numbers else value for key, value in part.items()}


def test_signs_outside_the_first_plane_come_through_json_escapes() -> None:
    text = json.dumps({"en": "😀"})
    assert "\\ud83d" in text
    content = json.dumps(to_document(small("  - {id: q, kind: text, text: 😀}\n")))
    assert "😀" in canonical_json(read_questionnaire(content.encode(), is_json=True))


@given(questionnaires())
def test_nothing_is_lost_in_the_canonical_document(questionnaire: Questionnaire) -> None:
    document = json.loads(canonical_json(questionnaire))
    assert from_document(document) == questionnaire
    assert canonical_json(from_document(document)) == canonical_json(questionnaire)


@given(questionnaires())
def test_nothing_is_lost_in_a_file_written_for_people(questionnaire: Questionnaire) -> None:
    written = to_yaml(questionnaire)
    same = read_questionnaire(written.encode()) == questionnaire
    assert same, written


def test_the_canonical_text_does_not_depend_on_the_order_of_keys() -> None:
    content = library_files()["every-kind"].read_bytes()
    questionnaire = read_questionnaire(content)
    shuffled = json.dumps(_reversed(to_document(questionnaire))).encode()
    again = read_questionnaire(shuffled, is_json=True)
    digest = hashlib.sha256(canonical_json(questionnaire).encode()).hexdigest()
    assert again.themes == questionnaire.themes
    assert hashlib.sha256(canonical_json(again).encode()).hexdigest() == digest


def _reversed(part: Any) -> Any:
    if isinstance(part, dict):
        return {key: _reversed(part[key]) for key in reversed(part)}
    return [_reversed(inner) for inner in part] if isinstance(part, list) else part


def test_another_word_is_another_canonical_text() -> None:
    questionnaire = read_questionnaire(library_files()["every-kind"].read_bytes())
    assert canonical_json(replace(questionnaire, title=english("Another"))) != canonical_json(questionnaire)


def test_a_stored_document_that_was_tampered_with_is_refused() -> None:
    document = to_document(small("  - {id: q, kind: text, text: T}\n"))
    for spoilt in ({}, [], document | {"themes": "none"}, document | {"slug": 1.5}):
        with pytest.raises(ValueError):
            from_document(spoilt)  # type: ignore[arg-type]


def test_a_published_version_stays_readable_when_a_rule_grows_stricter() -> None:
    questionnaire = replace(small("  - {id: q, kind: text, text: T}\n"), pages=())
    assert from_document(to_document(questionnaire)) == questionnaire


def test_every_part_is_found_on_its_line() -> None:
    text = SMALL + "  - id: q\n    kind: text\n    text: T\n    hint:\n      H\n"
    _, lines = read_with_lines(text.encode())
    assert lines.line_of(("title",)) == 3
    assert lines.line_of(("questions", 0)) == 9
    assert lines.line_of(("questions", 0, "questions", 0, "text")) == 11
    assert lines.line_of(("questions", 0, "questions", 0, "no such key")) == 9
    assert lines.line_of(()) is None


def test_a_page_made_in_code_is_written_as_a_page() -> None:
    page = Page(id="p", title=english("Heading"), questions=(ChoiceQuestion(id="q", text=english("T"), options=()),))
    questionnaire = replace(small("  - {id: q, kind: text, text: T}\n"), pages=(page,))
    assert to_document(questionnaire)["questions"][0]["page"] == "p"
