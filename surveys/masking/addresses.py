"""E-mail addresses, postcodes, links and names in social media, in a plain reading of a text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from surveys.masking.kinds import Mask
from surveys.masking.words import vocabulary

_ENDS = (
    r"(?:com|org|net|uk|co|info|biz|edu|gov|ac|nhs|me|io|ie|eu|tv|de|fr|es|it|pl|pt|ro|nl|be|in|pk|app|dev|page|blog|"
    r"ly|gl|gg|wales|scot|cymru|london|example)"
)
_MAILERS = r"(?:gmail|googlemail|hotmail|outlook|yahoo|icloud|live|aol|btinternet|sky|nhs|protonmail|proton)"

# Possessive, and only from the first sign of a word: every sign is read once, however long the text.
_EMAIL = re.compile(
    r"(?<![\w.+%'-])[\w.+%'-]++(?:@| @ )"
    rf"(?:[\w-]++(?:\.[\w-]++){{0,8}}\.[^\W\d_][\w-]{{1,62}}|{_MAILERS}\b)",
    re.I,
)
_AT = r"(?: at | ?[(\[]at[)\]] ?| ?@ ?)"
_DOT = r"(?: dot | ?[(\[]dot[)\]] ?)"
_PART = r"[\w.+-]{1,64}"
_SPOKEN_EMAIL = re.compile(
    rf"(?<![\w.+-])(?:{_PART}(?:{_DOT}| (?:underscore|dash|hyphen) )){{0,3}}{_PART}(?:"
    rf"{_AT}{_PART}(?:{_DOT}{_PART}){{0,3}}{_DOT}{_ENDS}|"
    rf" at {_MAILERS}(?: dot |\.){_ENDS}|"
    r" ?[(\[]at[)\]] ?[\w-]{1,63}(?:\.[\w-]{1,63}){1,4})"
    r"(?![\w-])",
    re.I,
)
_MAY_BE_SPOKEN = re.compile(rf"\bdot\b|[(\[](?:at|dot)[)\]]| at {_MAILERS}\b", re.I)

_POSTCODE = re.compile(
    r"(?<![^\W_])(?:([A-Z]{1,2}\d[A-Z\d]?)( {0,2})(\d[ABD-HJLNP-UW-Z]{2})|ZZ99 ?\d[A-Z]{2}|GIR ?0AA|BFPO ?\d{1,4})"
    r"(?![^\W_])",
    re.I,
)
_ORDINAL_OR_UNIT = re.compile(r"(?:1st|2nd|3rd|[04-9]th|\d(?:hr|yr|ug|lb|ft|st|wd|ds|ph|ppl))$")
_A_PLACE_INSIDE = re.compile(r"\b(?:ward|bay|bed|block|clinic|room|level|zone|theatre|floor|wing|suite|bus)\s$", re.I)
_FLOOR = re.compile(r"\s(?:floors?|beds?|bays?|time|week|month|visit|door|left|right|day|of)\b", re.I)

_LINK = re.compile(r"\b(?:https?://|www\.)[^\s<>\"\ufffc]{2,}", re.I)
_LINK_WITHOUT_START = re.compile(rf"(?<![\w.@/-])(?:[\w-]{{1,63}}\.){{1,5}}{_ENDS}/[^\s<>\"\ufffc]{{1,}}", re.I)
_HANDLE = re.compile(r"(?<![\w@/.])@(?=[\w.]*[A-Za-z_])([\w.]{3,30})(?![\w@])")
_HANDLE_AFTER_WORDS = re.compile(
    r"\b(?:instagram|insta|snapchat|snap|tiktok|twitter|facebook|fb|reddit|username|user name)\b"
    r"(?:\s(?:name|handle|account|user)\b)?[\s:=]{1,3}(?:is |as |at |under |@ ?){0,2}([\w.]{3,30})",
    re.I,
)
_AT_THE_END = ".,;:!?)'\""


def find_addresses(plain: str) -> Iterator[Mask]:
    """Every such address."""
    if "@" in plain:
        for match in _EMAIL.finditer(plain):
            yield Mask(*match.span(), "email")
        for match in _HANDLE.finditer(plain):
            words = match[1].rstrip(".")
            if words.casefold() not in vocabulary().not_handles:
                yield Mask(match.start(), match.start(1) + len(words), "link")
    if _MAY_BE_SPOKEN.search(plain):
        for match in _SPOKEN_EMAIL.finditer(plain):
            yield Mask(*match.span(), "email")
    for match in _POSTCODE.finditer(plain):
        if not _is_in_a_building(plain, match):
            yield Mask(*match.span(), "postcode")
    yield from _links(plain)


def _is_in_a_building(plain: str, match: re.Match[str]) -> bool:
    """Whether "W6 2nd", which has the shape of a postcode, is rather a ward and a floor, or a bed and an hour."""
    space, inward = match[2], match[3]
    if not space or inward is None or not _ORDINAL_OR_UNIT.match(inward.casefold()):
        return False
    if _FLOOR.match(plain, match.end()) or _A_PLACE_INSIDE.search(plain, max(0, match.start() - 12), match.start()):
        return True
    return inward.islower() and not match[1][1:2].islower()


def _links(plain: str) -> Iterator[Mask]:
    lower = plain.casefold()
    has_start = "://" in lower or "www." in lower
    for pattern in (*([_LINK] if has_start else []), *([_LINK_WITHOUT_START] if "/" in plain else [])):
        for match in pattern.finditer(plain):
            yield Mask(match.start(), match.start() + len(match[0].rstrip(_AT_THE_END)), "link")
    for match in _HANDLE_AFTER_WORDS.finditer(plain):
        words = match[1].rstrip(".")
        if re.search(r"[\d_]", words) and re.search(r"[^\W\d_]", words):
            yield Mask(match.start(1), match.start(1) + len(words), "link")
