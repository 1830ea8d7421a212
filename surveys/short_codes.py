"""Short codes on posters: five characters and a check character, and what may go wrong when someone types them.

The alphabet of 20 has no pairs that look alike and no vowels, so no words. The check character is Luhn's, mod 20, the
rightmost payload character doubled first: it notices one wrong key and most swapped neighbours.
"""

from __future__ import annotations

import random
import secrets
from dataclasses import dataclass
from typing import Literal

ALPHABET = "23456789CFGHJMPQRVWX"
CODE_LENGTH = 6
RETURN_CODE_LENGTH = 12
_VALUE = {character: value for value, character in enumerate(ALPHABET)}
# Letters and digits that are not in the alphabet because they look like others that people read off a poster.
_LOOK_ALIKES = frozenset("0O1IL5S2Z8B") - frozenset(ALPHABET)
_IGNORED = frozenset(" \t\r\n\u00a0-\u2010\u2011\u2012\u2013\u2014")

Problem = Literal["look_alike", "length", "alphabet", "check"]


@dataclass(frozen=True, slots=True)
class CodeReading:
    """What was read: a well-formed ``code``, or None and the first ``problem`` with what was typed."""

    code: str | None
    problem: Problem | None


def check_character(payload: str) -> str:
    """The check character of ``payload``. KeyError for a character outside the alphabet."""
    total = 0
    for position, character in enumerate(reversed(payload)):
        value = _VALUE[character]
        if position % 2 == 0:
            value *= 2
            value = value // 20 + value % 20
        total += value
    return ALPHABET[-total % 20]


def new_code(rng: random.Random | None = None, *, length: int = CODE_LENGTH) -> str:
    """A random code of ``length`` characters, the check character included; ``rng`` makes it repeatable for tests."""
    choose = secrets.choice if rng is None else rng.choice
    payload = "".join(choose(ALPHABET) for _ in range(length - 1))
    return payload + check_character(payload)


def normalise(text: str, *, length: int = CODE_LENGTH) -> CodeReading:
    """Read what someone typed: any case, spaces and hyphens ignored. Nothing is guessed or corrected."""
    typed = "".join(character for character in text[:200].upper() if character not in _IGNORED)
    strange = {character for character in typed if character not in _VALUE}
    if strange & _LOOK_ALIKES and strange <= _LOOK_ALIKES:
        return CodeReading(None, "look_alike")
    if strange:
        return CodeReading(None, "alphabet")
    if len(typed) != length:
        return CodeReading(None, "length")
    if check_character(typed[:-1]) != typed[-1]:
        return CodeReading(None, "check")
    return CodeReading(typed, None)


def grouped(code: str, size: int | None = None) -> str:
    """For print: a short code as 3-3, a return code as 4-4-4."""
    step = size or (3 if len(code) == CODE_LENGTH else 4)
    return " ".join(code[start : start + step] for start in range(0, len(code), step))
