"""What somebody types to search comments: words, "phrases in quotes", and -words to leave out.

Whatever is typed is taken for words; nothing in it can be a command to the database. Both databases cut text into words
and fold letters alike: at everything that is neither letter nor digit, without accents, whatever the case.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

LONGEST = 200
"""Characters of a search."""

MOST_TERMS = 12

BETWEEN_WORDS = "".join(chr(code) for code in range(0x21, 0x7F) if not chr(code).isalnum()) + "‘’“”–—…•·،؛؟£€"
"""What PostgreSQL would make part of a word, and SQLite does not."""

_LETTERS = [chr(code) for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))]
_PARTS = re.compile(r'(-*)"([^"]*)"?|(-*)([^\s"]+)')
_QUOTES = str.maketrans("“”„", '"""')


def _plain(letter: str) -> str:
    first, *marks = list(unicodedata.normalize("NFD", letter))
    return first.lower() if marks and first.isascii() and first.isalpha() else ""


WITHOUT_ACCENTS = {letter: _plain(letter) for letter in _LETTERS if _plain(letter)}
"""Latin letters with accents, and what they are without."""

_CONTROLS = "".join(map(chr, (*range(0x20), 0x7F)))
_CUT = str.maketrans({**WITHOUT_ACCENTS, **dict.fromkeys(BETWEEN_WORDS + _CONTROLS, " ")})


@dataclass(frozen=True, slots=True)
class Sought:
    """Terms that a comment must have, and terms that it must not; a term is one word, or several in a row."""

    terms: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


def sought(typed: str) -> Sought:
    """What somebody typed means; parts without a letter or digit mean nothing."""
    terms: list[str] = []
    without: list[str] = []
    for minus, phrase, other_minus, word in _PARTS.findall(typed[:LONGEST].translate(_QUOTES)):
        term = " ".join(folded(phrase or word).split())
        if any(character.isalnum() for character in term):
            (without if minus or other_minus else terms).append(term)
    return Sought(tuple(dict.fromkeys(terms))[:MOST_TERMS], tuple(dict.fromkeys(without))[:MOST_TERMS])


def folded(text: str) -> str:
    """The text in small letters without accents, and a space for what stands between words; its length stays."""
    return "".join(one if len(one) == 1 else one[0] for one in map(str.lower, text.translate(_CUT)))


def marked(text: str, terms: Iterable[str]) -> tuple[tuple[str, bool], ...]:
    """The text in pieces, each with whether it is one of the terms."""
    patterns = [r"[\W_]+".join(re.escape(word) for word in re.findall(r"[^\W_]+", term)) for term in terms]
    patterns = sorted((one for one in patterns if one), key=len, reverse=True)
    if not patterns:
        return ((text, False),)
    pieces, at = [], 0
    for found in re.finditer(rf"(?<![^\W_])(?:{'|'.join(patterns)})(?![^\W_])", folded(text)):
        pieces += [(text[at : found.start()], False), (text[found.start() : found.end()], True)]
        at = found.end()
    return tuple((piece, is_term) for piece, is_term in [*pieces, (text[at:], False)] if piece)
