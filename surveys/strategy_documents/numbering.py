"""Numbers before titles: "3: …", "Theme 3 – …", "3)", "Priority three:", "III.", "٣." and numbers that a list gives."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_KEYWORDS = "|".join(
    (
        "theme", "priority", "strategic priority", "key priority", "goal", "strategic goal", "objective",
        "strategic objective", "aim", "ambition", "pillar", "strand", "workstream", "work stream", "commitment",
        "outcome", "domain", "area", "focus area", "key area", "principle", "mission", "promise", "pledge", "action",
        "recommendation", "step", "milestone", "question", "chapter", "section", "part", "enabler", "challenge",
        "thema", "ziel", "schwerpunkt", "handlungsfeld", "maßnahme", "thème", "objectif", "priorité", "axe", "tema",
        "objetivo", "prioridad", "المحور", "الموضوع", "الهدف", "الأولوية",
    )
)  # fmt: skip
_WORDS = {
    word: number
    for words in (
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen",
        "eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
        "un deux trois quatre cinq six sept huit neuf dix onze douze",
    )
    for number, word in enumerate(words.split(), 1)
}
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}
_MARK = r"\s*[:.)\]–—-]+\s*"
_KEYED = re.compile(
    rf"^[\W_]{{0,3}}(?P<key>{_KEYWORDS})\s+(?:no\.?\s*|number\s+|nr\.?\s*)?(?P<number>\d{{1,2}}|[^\W\d_]{{1,8}})(?:{_MARK}|\s+|$)(?P<title>.*)$",
    re.IGNORECASE,
)
_DIGITS = re.compile(
    r"^[\[(]?(?P<number>\d{1,2}(?:\.\d{1,2}){0,3})(?P<mark>\s*[:)\]–—|]|\s*\.(?!\d)|\s-|-(?=\s)|(?=\s))\s*(?P<title>\S.*|)$"
)
_OTHER = re.compile(r"^[\[(]?(?P<number>[ivxl]{1,6}|[IVXL]{1,6}|[a-z]|[A-Z])(?P<mark>[:.)\]])\s+(?P<title>\S.*)$")


@dataclass(frozen=True, slots=True)
class Numbered:
    """A number with the title behind it. ``key`` is the same for numbers that can follow each other."""

    number: int
    title: str
    key: str
    keyword: str = ""


def numbered(text: str, label: str = "") -> Numbered | None:
    """What number the line begins with; a number in the text itself counts before the ``label`` that a list gives."""
    text = text.strip()
    return _keyed(text) or _digits(text) or _labelled(text, label) or _other(text)


def bare_number(text: str) -> Numbered | None:
    """A line that is nothing but a number, with or without a word such as "Theme" before it."""
    found = numbered(text)
    return found if found is not None and not found.title else None


def _keyed(text: str) -> Numbered | None:
    match = _KEYED.match(text)
    if match is None:
        return None
    number = _value(match["number"])
    if number is None:
        return None
    keyword = match["key"].lower()
    return Numbered(number, match["title"].strip(), f"keyword {keyword}", keyword)


def _digits(text: str) -> Numbered | None:
    match = _DIGITS.match(text)
    if match is None:
        return None
    *above, last = (_decimal(part) for part in match["number"].split("."))
    mark, title = match["mark"].strip(), match["title"].strip()
    if not mark and not above and (not title[:1].isalpha() or title[0].islower()):
        # "12 people came" is a sentence; "12 Faster care" may be a title.
        return None
    return Numbered(last, title, f"digits {above} {mark}")


def _labelled(text: str, label: str) -> Numbered | None:
    if not label or not text:
        return None
    found = _digits(f"{label} {text}") or _keyed(f"{label} {text}") or _other(f"{label} {text}")
    return Numbered(found.number, text, f"list {found.key}", found.keyword) if found else None


def _other(text: str) -> Numbered | None:
    match = _OTHER.match(text)
    if match is None:
        return None
    sign, mark = match["number"], match["mark"]
    roman = _roman(sign)
    # Each of these could be a letter as well; a series of letters has "A" and "B" before it reaches them.
    if roman is not None and sign.lower() not in ("c", "d", "l", "m"):
        return Numbered(roman, match["title"].strip(), f"roman {sign.isupper()} {mark}")
    if len(sign) == 1:
        return Numbered(ord(sign.lower()) - ord("a") + 1, match["title"].strip(), f"letters {sign.isupper()} {mark}")
    return None


def _value(written: str) -> int | None:
    if written.isdecimal():
        return _decimal(written)
    return _WORDS.get(written.lower()) or _roman(written) or _letter(written)


def _letter(written: str) -> int | None:
    return ord(written) - ord("A") + 1 if re.fullmatch(r"[A-H]", written) else None


def _decimal(digits: str) -> int:
    return int("".join(str(unicodedata.decimal(digit)) for digit in digits))


def _roman(written: str) -> int | None:
    values = [_ROMAN.get(letter) for letter in written.lower()]
    total = 0
    for value, following in zip(values, [*values[1:], 0], strict=True):
        if value is None or following is None:
            return None
        total += -value if value < following else value
    return total if 0 < total <= 40 else None
