"""NHS, hospital, telephone and National Insurance numbers, and car registrations, in a plain reading of a text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from surveys.masking.kinds import Mask
from surveys.masking.words import vocabulary

_DIGIT = re.compile(r"\d")
_LETTER = re.compile(r"[A-Za-z]")
_BETWEEN_DIGITS = re.compile(r"\D")
_LETTER_BEFORE_NUMBER = r"(?:[\s:=#.,]{0,3}(?:is|was|now|of)\b)?[\s:=#.,]{0,3}"

_TEN_DIGITS = re.compile(r"(?<!\d)\d(?:[ \t\n.\-/]?\d){9}(?!\d)")
_LOOSE_GROUPS = re.compile(r"(?<!\d)\d{3}[\s.\-]{1,3}\d{3}[\s.\-]{1,3}\d{4}(?!\d)")
_NHS_WORDS = r"\b(?:NHS|CHI|H ?& ?C|health and (?:social )?care)\b"
_NAMES_NHS = re.compile(_NHS_WORDS, re.I)
_ABOUT_NHS = re.compile(_NHS_WORDS + r"[^\d\ufffc]{0,60}$", re.I)
_ABOUT_AN_ORDER = re.compile(
    r"\b(?:order|invoice|reference|ref|tracking|ticket|receipt|booking|incident|complaint|case|claim|account|serial)"
    r"(?: (?:number|no|num|id))?[\s:=#.]{0,3}(?:is |was )?$",
    re.I,
)

_UK_PHONE = re.compile(
    r"(?<![\d+.,/:])"
    r"(?:(?:\+|00)44[\s.\-]?(?:\(?0\)?)?[\s.\-]?\(?[1-9](?:[\s.\-()]{0,2}\d){8,9}|\(?0(?:[\s.\-()]{0,2}\d){9,10})(?!\d)"
    r"(?:,?\s?(?:extension|ext|x)\.?\s?\d{2,6}(?!\d))?",
    re.I,
)
_FOREIGN_PHONE = re.compile(r"(?<![\d+])(?:\+[1-9]|00[1-9])(?:[\s.\-()]{0,2}\d){8,14}(?!\d)")
_LOCAL_PHONE = re.compile(
    r"\b(?:(?:tele)?phone|tel|mobile|mob|landline|fax|(?:ring|call|phone|text) (?:me|us|him|her|them) on)\b"
    rf"(?:\s(?:number|no|num)\b)?{_LETTER_BEFORE_NUMBER}(\d(?:[ \-]?\d){{4,10}})(?!\d)",
    re.I,
)
_INSIDE_PHONE = re.compile(
    r"\b(?:ext|extn|extension|bleep|bleeped|bleeper|pager|paged)\b\.?(?:\s(?:number|no|num)\b)?"
    rf"{_LETTER_BEFORE_NUMBER}(\d{{3,6}})(?![\d%]|[.:/]\d)",
    re.I,
)
_DATE_SHAPE = re.compile(r"\(?\d{1,2}[\s.\-]\d{1,2}[\s.\-](?:19|20)?\d{2}(?!\d)")

_INSURANCE = re.compile(r"(?<![^\W_])([A-Z]{2})(?:[ \-.]?\d{2}){3}[ \-.]?[A-D](?![^\W_])", re.I)
_ABOUT_INSURANCE = re.compile(r"\b(?:NI|NINO|national insurance)\b[^\d\ufffc]{0,20}$", re.I)
_SMALL_WORD = re.compile(r"a[mnst]|b[ey]|go|h[ei]|i[fnst]|m[ey]|no|o[fhknr]|so|to|u[ps]|we")

_HOSPITAL = re.compile(
    r"\b(?:(?:hospital|patient|unit|case ?notes?|medical records?|district)\s?(?:number|no|num|id|ref)|MRN)\b\.?"
    rf"{_LETTER_BEFORE_NUMBER}([A-Z]{{0,4}}[ \-/]?\d{{1,10}}(?:[ \-/]?[A-Z]{{0,2}}\d{{2,10}}){{0,2}}[A-Z]?)(?![^\W_])",
    re.I,
)

_CAR = re.compile(r"(?<![^\W_])[A-HJ-PR-Y]{2}\d{2} ?([A-HJ-PR-Z]{3})(?![^\W_])")
_CAR_AFTER_WORDS = re.compile(
    r"\b(?:reg|registration|number ?plate|licen[cs]e plate)\b(?:\s(?:number|no|num|mark|plate)\b)?\.?"
    rf"{_LETTER_BEFORE_NUMBER}([A-Z]{{2}}\d{{2}} ?[A-Z]{{3}}|[A-Z]\d{{1,3}} ?[A-Z]{{3}}|[A-Z]{{3}} ?\d{{1,3}}[A-Z]?)"
    r"(?![^\W_])",
    re.I,
)


def check_digit_is_right(number: str) -> bool:
    """Whether ten digits carry the check digit of NHS, CHI and Health and Care numbers (modulus 11, weights 10 to 2).

    ``number`` may hold spaces, dots and hyphens. Ten equal digits can pass: the rule alone makes no number real.
    Source: NHS Data Dictionary, NHS NUMBER.
    """
    digits = [int(sign) for sign in number if sign.isdecimal()]
    if len(digits) != 10:
        return False
    check = 11 - sum(weight * digit for weight, digit in zip(range(10, 1, -1), digits, strict=False)) % 11
    return check != 10 and digits[9] == check % 11


def find_numbers(plain: str) -> Iterator[Mask]:
    """Every such number, the telephone numbers too."""
    if not _DIGIT.search(plain):
        return
    yield from _nhs_numbers(plain)
    yield from _phones(plain)
    if _LETTER.search(plain):
        yield from _beside_letters(plain)


def _beside_letters(plain: str) -> Iterator[Mask]:
    for match in _LOCAL_PHONE.finditer(plain):
        if not _DATE_SHAPE.match(match[1]):
            yield Mask(*match.span(1), "phone")
    for match in _INSIDE_PHONE.finditer(plain):
        yield Mask(*match.span(1), "phone")
    for match in _HOSPITAL.finditer(plain):
        if 4 <= sum(sign.isdecimal() for sign in match[1]) <= 14:
            yield Mask(*match.span(1), "hospital_number")
    for match in _INSURANCE.finditer(plain):
        is_word = " " in match[0] and _SMALL_WORD.fullmatch(match[1]) is not None
        if not is_word or _ABOUT_INSURANCE.search(plain, max(0, match.start() - 40), match.start()):
            yield Mask(*match.span(), "ni_number")
    for match in _CAR.finditer(plain):
        if match[1].casefold() not in vocabulary().everyday:
            yield Mask(*match.span(), "vehicle")
    for match in _CAR_AFTER_WORDS.finditer(plain):
        if match[1][-3:].casefold() not in vocabulary().everyday:
            yield Mask(*match.span(1), "vehicle")


def _nhs_numbers(plain: str) -> Iterator[Mask]:
    is_named = _NAMES_NHS.search(plain) is not None
    for match in _TEN_DIGITS.finditer(plain):
        # A mistyped number still leads to somebody, so the check digit decides only where the shape is in doubt.
        groups = tuple(map(len, _BETWEEN_DIGITS.split(match[0])))
        if groups in ((3, 3, 4), (3, 7)) or (groups in ((10,), (6, 4)) and check_digit_is_right(match[0])):
            expected = True
        elif groups == (10,):
            expected = not _ABOUT_AN_ORDER.search(plain, max(0, match.start() - 40), match.start())
        else:
            before = (plain, max(0, match.start() - 80), match.start())
            expected = is_named and _ABOUT_NHS.search(*before) is not None
        if expected:
            yield Mask(*match.span(), "nhs_number")
    for match in _LOOSE_GROUPS.finditer(plain):
        yield Mask(*match.span(), "nhs_number")


def _phones(plain: str) -> Iterator[Mask]:
    for match in _UK_PHONE.finditer(plain):
        groups = [len(group) for group in _BETWEEN_DIGITS.split(match[0]) if group]
        if not _DATE_SHAPE.match(match[0]) and (max(groups) >= 3 or max(groups) == 1 or match[0].startswith("07")):
            yield Mask(*match.span(), "phone")
    for match in _FOREIGN_PHONE.finditer(plain):
        yield Mask(*match.span(), "phone")
