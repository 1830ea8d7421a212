"""Which passwords are good enough, and that a stored one tells nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.access.passwords import (
    LONGEST,
    SHORTEST,
    PasswordRefused,
    check_new_password,
    common_passwords,
    hash_password,
    matches,
)

EMAIL = "ann.smith@example.nhs.uk"


@pytest.mark.parametrize(
    "password",
    [
        "short", "fourteen chars", "x" * (LONGEST + 1), "passwordpassword", "Password123456!!", "123456789012345678",
        "aaaaaaaaaaaaaaaa", "abcabcabcabcabcabc", "qwertyuiopasdfgh", "ann.smith@example.nhs.uk", "AnnSmith-AnnSmith",
        "zyxwvutsrqponmlk", "tab\tin the middle of it", "engage-engage-engage",
    ],
)  # fmt: skip
def test_a_password_that_is_guessed_first_is_refused(password: str) -> None:
    with pytest.raises(PasswordRefused):
        check_new_password(password, email=EMAIL)


@pytest.mark.parametrize(
    "password",
    [
        "rainy harbour seven lamps", "Ärger über Öl & Käse", "correct horse battery staple", "x7#kQ9!mZ2@vL5$",
        "ψηλό βουνό και μπλε θάλασσα",
    ],
)  # fmt: skip
def test_a_long_password_needs_no_special_characters(password: str) -> None:
    check_new_password(password, email=EMAIL)


def test_the_list_of_common_passwords_is_long_and_known() -> None:
    assert len(common_passwords()) > 3000
    assert {"password1", "iloveyou", "football", "1qaz2wsx", "trustno1"} <= common_passwords()


COMMON = st.sampled_from(sorted(common_passwords())[::50])


@given(st.lists(COMMON, min_size=1, max_size=2), st.sampled_from(["", "!", "2024"]))
def test_one_or_two_common_passwords_again_and_again_are_refused(words: list[str], added: str) -> None:
    password = "-".join(words)
    while len(password) < SHORTEST:
        password += " " + words[-1]
    with pytest.raises(PasswordRefused):
        check_new_password(password + added, email=EMAIL)


def test_three_common_words_are_long_enough_to_be_guessed_last() -> None:
    check_new_password("starwars corvette mountain", email=EMAIL)


def test_the_same_password_from_another_keyboard_matches() -> None:
    assert matches(hash_password("caf\u00e9 au lait d'hiver"), "cafe\u0301 au lait d'hiver")


def test_a_hash_is_argon2_and_salted() -> None:
    first, second = hash_password("rainy harbour seven lamps"), hash_password("rainy harbour seven lamps")
    assert first.startswith("$argon2id$")
    assert first != second


@given(st.text(max_size=300))
def test_nothing_that_is_typed_breaks_the_comparison(typed: str) -> None:
    assert not matches("not a hash", typed)


def test_an_unknown_account_matches_nothing() -> None:
    assert not matches(None, "a password that belongs to nobody")
