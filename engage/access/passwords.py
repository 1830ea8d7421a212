"""Passwords: which are good enough, and how they are kept.

A second factor can be lost and switched off, so every password must be able to stand alone: it is long (NIST SP
800-63B-4 asks for 15 characters then) and not made of the ones that everybody has. No rule asks for kinds of
characters, and nothing expires: both make people choose worse passwords.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 15
LONGEST = 128

# Long passwords that guessing programs try first, without spaces and punctuation.
_FIRST_GUESSES = (
    "passwordpassword", "password123456", "passw0rdpassw0rd", "qwertyuiopasdfghjkl", "1qaz2wsx3edc4rfv",
    "iloveyouiloveyou", "administrator", "letmeinletmein", "welcomewelcome", "changemechangeme", "thequickbrownfox",
    "qwerty123456", "abc123abc123", "mypassword", "trustno1trustno1", "superman", "football", "princess", "sunshine",
)  # fmt: skip
_RUNS = ("abcdefghijklmnopqrstuvwxyz", "01234567890123456789", "qwertyuiopasdfghjklzxcvbnm", "1qaz2wsx3edc4rfv5tgb6yhn")

_hasher = PasswordHasher()


class PasswordRefused(ValueError):
    """The password is not good enough; the message says why and what helps."""


def normalise(password: str) -> str:
    """The same password from every keyboard: composed characters, nothing else changed."""
    return unicodedata.normalize("NFC", password)


def check_new_password(password: str, *, email: str) -> None:
    """PasswordRefused unless the password is long enough and not among the first that anybody would guess."""
    password = normalise(password)
    if len(password) < SHORTEST:
        raise PasswordRefused(f"Use {SHORTEST} characters or more. Four or five random words make a good password.")
    if len(password) > LONGEST:
        raise PasswordRefused(f"Use {LONGEST} characters or fewer.")
    if any(unicodedata.category(character) == "Cc" for character in password):
        raise PasswordRefused("Leave out tabs, line ends and other control characters.")
    rest = re.sub(r"[\W_]+", "", password.lower())
    own = [re.sub(r"[\W_]+", "", part) for part in (email, *re.split(r"[@.]", email))]
    for word in sorted({*_FIRST_GUESSES, *own, "password", "engage"}, key=len, reverse=True):
        if len(word) >= 4:
            rest = rest.replace(word, "")
    if len(rest) < 4 or _is_a_pattern(rest) or _is_one_or_two_common_ones(rest):
        raise PasswordRefused("This password is easy to guess. Four or five random words make a good one.")


def _is_a_pattern(text: str) -> bool:
    """Whether the text is one piece again and again, or a walk along the alphabet or a row of keys."""
    if len(set(text)) < 3 or re.fullmatch(r"(.{1,8}?)\1+.{0,3}", text):
        return True
    return any(text in run or text in run[::-1] for run in _RUNS)


def _is_one_or_two_common_ones(text: str) -> bool:
    """Whether the text is one or two of the commonest passwords, however often, and hardly anything else."""
    common, found, other, place = common_passwords(), set(), 0, 0
    while place < len(text):
        lengths = range(min(24, len(text) - place), 5, -1)
        taken = next((text[place : place + length] for length in lengths if text[place : place + length] in common), "")
        if taken:
            found.add(taken)
        else:
            other += 1
        place += len(taken) or 1
    # Four characters are what people add: a year, or "123!".
    return 1 <= len(found) <= 2 and other <= 4


@cache
def common_passwords() -> frozenset[str]:
    """The commonest passwords of 8 characters and more, as they were found in leaks; without punctuation."""
    # A list of 30,000 is read only where somebody chooses a password.
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    return frozenset(re.sub(r"[\W_]+", "", password) for password in FREQUENCY_LISTS["passwords"] if len(password) >= 8)


def hash_password(password: str) -> str:
    """The form that is stored (Argon2id)."""
    return _hasher.hash(normalise(password))


def matches(stored: str | None, password: str) -> bool:
    """Whether ``password`` is the stored one. ``stored`` None takes as long and is always False."""
    if len(password) > LONGEST:
        return False
    try:
        _hasher.verify(stored or _nobodys_hash(), normalise(password))
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


@cache
def _nobodys_hash() -> str:
    return _hasher.hash("a password that belongs to nobody")
