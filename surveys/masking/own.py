"""What an organisation adds: the shape of its hospital numbers, and names of its staff.

A shape is written as its numbers look, ``RX1 999999``: 9 stands for any digit, A for any letter, other signs for
themselves. People type no pattern of a program, so nothing they type can be slow or hide everything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from surveys.masking.kinds import Mask, OwnDetails
from surveys.masking.reading import plain
from surveys.masking.words import vocabulary

LONGEST_SHAPES = 100
MOST_NAMES = 5_000
LONGEST_NAME = 80

_FEWEST_DIGITS, _FEWEST_SIGNS, _MOST_SHAPES = 4, 6, 5
_SEPARATORS = " -/."
_SHAPE_SIGNS = re.compile(r"[A-Z0-9 \-/.]+")
_PART = re.compile(r"[^\W_]+")
_BETWEEN = re.compile(r"[\s'.\-]{1,3}")


def shape_fault(typed: str) -> str | None:
    """What is wrong with the shapes as typed, separated by commas, and how to put it right; None where nothing is.

    No shape at all is not wrong.
    """
    shapes = _shapes(typed)
    if len(typed) > LONGEST_SHAPES:
        return f"Use at most {LONGEST_SHAPES} characters for all shapes together"
    if len(shapes) > _MOST_SHAPES:
        return f"Give at most {_MOST_SHAPES} shapes, separated by commas"
    for shape in shapes:
        if not _SHAPE_SIGNS.fullmatch(shape):
            return (
                f"“{shape}” may hold letters, digits, spaces, hyphens, slashes and full stops only, such as RX1 999999"
            )
        if shape.count("9") < _FEWEST_DIGITS or sum(sign.isalnum() for sign in shape) < _FEWEST_SIGNS:
            return (
                f"“{shape}” would hide too much: write at least {_FEWEST_SIGNS} letters and digits, and among them at "
                f"least {_FEWEST_DIGITS} times the digit 9, which stands for any digit"
            )
    return None


def shape_example(typed: str) -> str:
    """A number of the first shape, for people to compare with theirs; "" without a shape."""
    shapes = _shapes(typed)
    if not shapes:
        return ""
    digits, letters = iter("4839201756" * 10), iter("KHMTRBWLNP" * 10)
    return "".join(next(digits) if sign == "9" else next(letters) if sign == "A" else sign for sign in shapes[0])


def read_names(lines: Sequence[str]) -> tuple[tuple[str, ...], tuple[tuple[int, str], ...]]:
    """The names of a list with one a line, each once and in its order, and the faults as (line, what to do).

    Empty lines are passed over, and "Jones, Anna" is read as "Anna Jones".
    """
    names: dict[str, str] = {}
    faults: list[tuple[int, str]] = []
    for number, line in enumerate(lines, start=1):
        last, comma, first = line.partition(",")
        name = " ".join((f"{first} {last}" if comma else line).split())
        if not name:
            continue
        fault = _name_fault(name)
        if fault:
            faults.append((number, fault))
        else:
            names.setdefault(" ".join(_parts(name)), name)
    if len(names) > MOST_NAMES:
        faults.append((len(lines), f"There are {len(names)} names; give at most {MOST_NAMES}"))
    return tuple(names.values()), tuple(faults)


def find_own(plain_text: str, own: OwnDetails) -> Iterator[Mask]:
    """Everything that the organisation's own rules find in a plain reading of a text.

    A name of the list is found as whole words, whatever its capitals and accents; "Jones" is found in "Jones's" too.
    """
    if own.hospital_number:
        for match in _pattern(own.hospital_number).finditer(plain_text):
            yield Mask(*match.span(), "hospital_number")
    if own.staff_names:
        yield from _staff(plain_text, _by_first_part(own.staff_names))


def _name_fault(name: str) -> str | None:
    parts = _parts(name)
    if len(name) > LONGEST_NAME:
        return f"Use at most {LONGEST_NAME} characters for a name"
    if not any(len(part) > 1 and part.isalpha() for part in parts) or any(part.isdecimal() for part in parts):
        return f"“{name}” is not a name: write one name a line, without numbers"
    words = vocabulary()
    if len(parts) == 1 and (parts[0] in words.everyday or parts[0] in words.not_names):
        return f"“{name}” is an everyday word too and would be hidden wherever it stands: write it with the first name"
    return None


def _shapes(typed: str) -> list[str]:
    return [" ".join(shape.split()).upper() for shape in typed.split(",") if shape.strip()]


@lru_cache(maxsize=64)
def _pattern(typed: str) -> re.Pattern[str]:
    signs = {"9": r"\d", "A": "[A-Z]", **dict.fromkeys(_SEPARATORS, r"[ \-/.]?")}
    patterns = ("".join(signs.get(sign, re.escape(sign)) for sign in shape) for shape in _shapes(typed))
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(patterns)})(?![^\W_])", re.I)


@lru_cache(maxsize=64)
def _by_first_part(names: tuple[str, ...]) -> dict[str, dict[int, set[tuple[str, ...]]]]:
    """First part of a name: number of parts, most first: the names."""
    found: dict[str, dict[int, set[tuple[str, ...]]]] = {}
    for parts in sorted(map(_parts, names), key=len, reverse=True):
        if parts:
            found.setdefault(parts[0], {}).setdefault(len(parts), set()).add(parts)
    return found


def _parts(name: str) -> tuple[str, ...]:
    return tuple(_PART.findall(plain(name).casefold()))


def _staff(plain_text: str, names: dict[str, dict[int, set[tuple[str, ...]]]]) -> Iterator[Mask]:
    for match in _PART.finditer(plain_text):
        by_length = names.get(match[0].casefold())
        if by_length is None:
            continue
        parts, ends = [match[0].casefold()], [match.end()]
        while len(parts) < max(by_length) and (between := _BETWEEN.match(plain_text, ends[-1])):
            word = _PART.match(plain_text, between.end())
            if word is None:
                break
            parts.append(word[0].casefold())
            ends.append(word.end())
        for length, known in by_length.items():
            if tuple(parts[:length]) in known:
                yield Mask(match.start(), ends[length - 1], "name")
                break
