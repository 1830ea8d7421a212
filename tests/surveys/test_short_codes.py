"""Short codes: the check character, and what is said to someone who mistypes one."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.short_codes import (
    ALPHABET,
    CODE_LENGTH,
    RETURN_CODE_LENGTH,
    CodeReading,
    check_character,
    grouped,
    new_code,
    normalise,
)

codes = st.text(ALPHABET, min_size=5, max_size=5).map(lambda payload: payload + check_character(payload))


@pytest.mark.parametrize(
    ("payload", "check"),
    [("7C3QX", "8"), ("22222", "2"), ("XXXXX", "7"), ("CFGHJ", "W"), ("98765", "2"), ("MPQRV", "V")],
)
def test_check_characters_equal_the_published_ones(payload: str, check: str) -> None:
    assert check_character(payload) == check


@given(codes, st.integers(0, CODE_LENGTH - 1), st.sampled_from(ALPHABET))
def test_one_wrong_key_is_always_noticed(code: str, place: int, wrong: str) -> None:
    mistyped = code[:place] + wrong + code[place + 1 :]
    if mistyped != code:
        assert normalise(mistyped) == CodeReading(None, "check")


@given(codes)
def test_case_spaces_and_hyphens_do_not_matter(code: str) -> None:
    for typed in (code.lower(), f" {code[:3]} {code[3:]} ", f"{code[:3]}-{code[3:].lower()}", f"{code[:3]}–{code[3:]}"):
        assert normalise(typed) == CodeReading(code, None)


@pytest.mark.parametrize("typed", ["7C3QO8", "7c3q08", "LC3QX8", "iC3QX8", "1C3QX8"])
def test_letters_that_are_never_used_because_they_look_alike_get_their_own_message(typed: str) -> None:
    assert normalise(typed) == CodeReading(None, "look_alike")


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", "length"),
        ("7C3QX", "length"),
        ("7C3QX88", "length"),
        ("7C3QX9", "check"),
        ("7C3QXé", "alphabet"),
        ("hello!", "alphabet"),
        ("٣٣٣٣٣٣", "alphabet"),
        ("7C3QX8" * 1000, "length"),
    ],
)
def test_every_other_mistake_is_named(typed: str, problem: str) -> None:
    assert normalise(typed) == CodeReading(None, problem)


@given(st.integers(), st.sampled_from([CODE_LENGTH, RETURN_CODE_LENGTH]))
def test_new_codes_are_well_formed_and_repeatable(seed: int, length: int) -> None:
    code = new_code(random.Random(seed), length=length)
    assert normalise(code, length=length) == CodeReading(code, None)
    assert code == new_code(random.Random(seed), length=length)


def test_codes_are_grouped_for_print() -> None:
    assert grouped("7C3QX8") == "7C3 QX8"
    assert grouped("7C3QX87C3QX8") == "7C3Q X87C 3QX8"
