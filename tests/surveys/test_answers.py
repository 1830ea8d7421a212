"""Answers: what is taken, what is refused, and that nothing is lost on the way to storage and back."""

from __future__ import annotations

import json
import timeit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.answers import (
    AnswerFault,
    Layout,
    Value,
    answers_from_document,
    closed_document,
    decode,
    encode,
    layout_from_json,
    layout_of,
    layout_to_json,
    parse_answer,
)
from surveys.library import library_files
from surveys.questionnaire import LongTextQuestion, Questionnaire, TextQuestion
from surveys.questionnaire_file import read_questionnaire
from surveys.routing import on_path
from tests.surveys.strategies import answers_to

SHIPPED = read_questionnaire(library_files()["cancer-strategy-themes"].read_bytes())
EVERY_KIND = read_questionnaire(library_files()["every-kind"].read_bytes())


def parse(key: str, *raw: str, questionnaire: Questionnaire = EVERY_KIND) -> Value:
    return parse_answer(questionnaire, questionnaire.item(key), raw)


def refused(key: str, *raw: str) -> AnswerFault:
    with pytest.raises(AnswerFault) as caught:
        parse(key, *raw)
    return caught.value


@pytest.mark.parametrize("key", [item.key for item in EVERY_KIND.items])
@pytest.mark.parametrize("raw", [(), ("",), ("  ",)])
def test_nothing_and_blanks_are_skipped(key: str, raw: tuple[str, ...]) -> None:
    assert parse(key, *raw) is None


def test_a_rating_takes_a_point_or_an_answer_beside_the_scale() -> None:
    assert parse("during.kept-informed", "always") == "always"
    assert parse("during.kept-informed", " not_applicable ") == "not_applicable"


def test_an_option_that_is_not_offered_is_refused_without_repeating_it() -> None:
    fault = refused("overall", "excellent")
    assert (fault.key, fault.code, fault.params) == ("overall", "not_an_option", {})
    assert "excellent" not in str(fault)


def test_one_choice_means_one() -> None:
    assert parse("answering-for", "my-own", "my-own") == "my-own"
    fault = refused("answering-for", "my-own", "someone-else")
    assert (fault.code, fault.params) == ("too_many", {"max": 1, "chosen": 2})


def test_choices_come_in_the_order_of_the_options_whatever_was_ticked_first() -> None:
    assert parse("used", "video", "text-reminder", "video") == ("text-reminder", "video")


def test_more_choices_than_allowed_are_refused_with_both_figures() -> None:
    fault = refused("best-part", "before", "during")
    assert (fault.code, fault.params) == ("too_many", {"max": 1, "chosen": 2})


@pytest.mark.parametrize("other", ["none-of-these", "not_sure"])
def test_an_exclusive_option_or_non_answer_stands_alone(other: str) -> None:
    fault = refused("used", "video", other)
    assert (fault.code, fault.params) == ("exclusive", {"option": other})
    assert parse("used", "none-of-these") == ("none-of-these",)
    assert parse("used", "not_sure") == "not_sure"


def test_a_ranking_keeps_its_order_and_ignores_ranks_left_blank() -> None:
    assert parse("improve-first", "", "parking", "", "before") == ("parking", "before")


def test_a_ranking_refuses_repeats_and_too_many() -> None:
    assert refused("improve-first", "parking", "parking").params == {"option": "parking"}
    assert refused("improve-first", "parking", "before", "during").params == {"max": 2, "chosen": 3}


@pytest.mark.parametrize(
    ("typed", "number"),
    [("12", 12), (" 12 ", 12), ("12.0", 12), ("+7", 7), ("0", 0), ("٤٢", 42), ("1 00", 100), ("-0", 0)],
)
def test_numbers_are_read_as_people_type_them(typed: str, number: int) -> None:
    value = parse("weeks-waited", typed)
    assert value == number
    assert isinstance(value, int)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("twelve", "not_a_number"),
        ("1e3", "not_a_number"),
        ("nan", "not_a_number"),
        ("inf", "not_a_number"),
        ("1_0", "not_a_number"),
        ("1,00", "not_a_number"),
        ("-", "not_a_number"),
        (".", "not_a_number"),
        ("9" * 5000, "not_a_number"),
        ("2.5", "not_whole"),
        ("-1", "out_of_range"),
        ("1,000", "out_of_range"),
        ("9" * 30, "out_of_range"),
    ],
)
def test_numbers_that_cannot_be_taken(typed: str, code: str) -> None:
    fault = refused("weeks-waited", typed)
    assert fault.code == code
    if code == "out_of_range":
        assert fault.params == {"minimum": 0.0, "maximum": 260.0}


def test_text_is_kept_as_written_without_what_cannot_be_shown() -> None:
    assert parse("anything-else", " One\r\ntwo\rthree\t\x00\ud800\x1b[31m ") == "One\ntwo\nthree [31m"
    assert parse("which-language", "Pol\nski") == "Pol ski"
    assert parse("anything-else", "e\u0301te\u0301") == "\u00e9t\u00e9"


def test_text_that_is_too_long_is_refused_with_both_figures() -> None:
    assert parse("which-language", "é" * 60) == "é" * 60
    assert refused("which-language", "é" * 61).params == {"max": 60, "length": 61}


@given(st.text())
def test_no_text_can_do_harm(text: str) -> None:
    value = parse("anything-else", text[:500])
    if value is not None:
        assert isinstance(value, str)
        value.encode()
        assert value == value.strip() != ""
        assert "\x00" not in value
        assert parse("anything-else", value) == value


@given(st.data())
def test_the_vector_gives_back_every_closed_answer(data: st.DataObject) -> None:
    kept = on_path(EVERY_KIND, data.draw(answers_to(EVERY_KIND)))
    layout = layout_of(EVERY_KIND)
    codes = encode(layout, kept)
    assert len(codes) == layout.length
    open_items = {item.key for item in EVERY_KIND.items if isinstance(item.question, TextQuestion | LongTextQuestion)}
    assert decode(layout, codes) == {key: value for key, value in kept.items() if key not in open_items}


@given(st.data())
def test_the_document_gives_back_every_closed_answer_after_json(data: st.DataObject) -> None:
    kept = on_path(EVERY_KIND, data.draw(answers_to(EVERY_KIND)))
    document = json.loads(json.dumps(closed_document(EVERY_KIND, kept)))
    again = answers_from_document(EVERY_KIND, document)
    assert encode(layout_of(EVERY_KIND), again) == encode(layout_of(EVERY_KIND), kept)
    assert again == decode(layout_of(EVERY_KIND), encode(layout_of(EVERY_KIND), kept))


def test_the_codes_are_those_that_were_promised() -> None:
    layout = layout_of(EVERY_KIND)
    columns = {column.key: column for column in layout.columns}
    codes = encode(
        layout,
        {
            "before.kept-informed": "sometimes",
            "before.treated-with-respect": "not_applicable",
            "during.kept-informed": "not_sure",
            "during.treated-with-respect": None,
            "used": ("text-reminder", "interpreter"),
            "improve-first": ("parking", "before"),
            "weeks-waited": 12,
            "best-part": None,
        },
    )

    def of(key: str) -> list[int]:
        return list(codes[columns[key].offset : columns[key].offset + columns[key].width])

    assert of("before.kept-informed") == [18]
    assert of("before.treated-with-respect") == [3]
    assert of("during.kept-informed") == [4]
    assert of("during.treated-with-respect") == [1]
    assert of("afterwards.kept-informed") == [0]
    assert of("used") == [17, 16, 17, 16, 16]
    assert of("improve-first") == [18, 16, 16, 17, 16]
    assert of("best-part") == [1, 1, 1]
    assert of("weeks-waited") == [17]
    assert codes[layout.byte_width :] == b"\x00\x00\x00\x00\x00\x00\x28\x40"


def test_a_layout_survives_being_stored() -> None:
    for questionnaire in (SHIPPED, EVERY_KIND):
        assert layout_from_json(layout_to_json(layout_of(questionnaire))) == layout_of(questionnaire)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"columns":[{"key":"a"}]}', "null"])
def test_a_layout_that_cannot_be_read_says_so(text: str) -> None:
    with pytest.raises(ValueError):
        layout_from_json(text)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("overall", "superb"),
        ("overall", 3),
        ("used", ("video", "aeroplane")),
        ("used", "video"),
        ("weeks-waited", "twelve"),
        ("improve-first", ("aeroplane",)),
    ],
)
def test_answers_out_of_form_are_never_encoded(key: str, value: Value) -> None:
    with pytest.raises(ValueError, match=key) as caught:
        encode(layout_of(EVERY_KIND), {key: value})
    assert "superb" not in str(caught.value)
    assert "aeroplane" not in str(caught.value)


def _spoilt(layout: Layout, key: str, *codes: int) -> bytes:
    column = next(column for column in layout.columns if column.key == key)
    spoilt = bytearray(layout.length)
    spoilt[column.offset : column.offset + len(codes)] = bytes(codes)
    return bytes(spoilt)


@pytest.mark.parametrize(
    ("key", "codes"),
    [
        ("overall", (22,)),
        ("overall", (16,)),
        ("overall", (9,)),
        ("used", (1, 1, 0, 0, 0)),
        ("used", (16, 16, 16, 16, 16)),
        ("used", (18, 16, 16, 16, 16)),
        ("used", (17, 1, 1, 1, 1)),
        ("improve-first", (18, 16, 16, 16, 16)),
        ("improve-first", (17, 17, 16, 16, 16)),
    ],
)
def test_codes_that_no_answer_gives_are_noticed(key: str, codes: tuple[int, ...]) -> None:
    layout = layout_of(EVERY_KIND)
    with pytest.raises(ValueError, match=key):
        decode(layout, _spoilt(layout, key, *codes))


def test_codes_of_another_length_are_noticed() -> None:
    with pytest.raises(ValueError, match="bytes long"):
        decode(layout_of(EVERY_KIND), b"\x00")


@pytest.mark.parametrize("document", [{"no-such-item": None}, {"overall": {}}, {"anything-else": "words"}])
def test_a_stored_document_of_another_version_is_noticed(document: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="stored answer"):
        answers_from_document(EVERY_KIND, document)


def test_encoding_a_whole_response_is_quick() -> None:
    layout = layout_of(SHIPPED)
    answers = {item.key: parse_answer(SHIPPED, item, []) for item in SHIPPED.items}
    for theme in SHIPPED.themes:
        answers[f"{theme.id}.importance"] = "very"
    answers["matters-most"] = tuple(theme.id for theme in SHIPPED.themes[:3])
    seconds = min(timeit.repeat(lambda: encode(layout, answers), number=200, repeat=5)) / 200
    # Ten times what it takes, so that a busy machine does not fail it and a change of method does.
    assert seconds < 200e-6
