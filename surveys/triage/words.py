"""The words of a text as rules compare them: without case, accents and apostrophes, with the ends of clauses kept."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

SENTENCE_END, COMMA = ".", ","

_LONGEST = 40
# Vowel signs and nuktas of Indic scripts are no letters to the pattern library, but they are parts of a word.
_SIGNS = "\u0a01-\u0a03\u0a3c\u0a3e-\u0a4d\u0a70-\u0a75"
_WORDS = re.compile(f"[^\\W_{_SIGNS}](?:[^\\W_]|[{_SIGNS}'’ʼ])*|[.!?;:\\n…؟۔।]|[,،()]")
_COMMAS = frozenset(",،()")
_ENDS = frozenset(".!?;:\n…؟۔।")
_APOSTROPHES = str.maketrans("", "", "'’ʼ")
_OTHER_LETTERS = {"ł": "l", "ø": "o", "أ": "ا", "إ": "ا", "آ": "ا", "ة": "ه", "ى": "ي", "ی": "ي", "ک": "ك"}
_LETTERS: dict[int, str | None] = {
    **dict.fromkeys((*range(0x300, 0x370), *range(0x64B, 0x660), 0x670, 0x640), None),
    **{ord(letter): other for letter, other in _OTHER_LETTERS.items()},
}
# "and", "with", "for", "like" and "the" are written together with the word that follows.
_ATTACHED = re.compile(r"(?:[وفبلك]|ال)(?=[\u0620-\u06ff]{3})")


def words_of(text: str) -> list[str]:
    """The words in their order, with ``SENTENCE_END`` and ``COMMA`` between clauses."""
    if text.isascii():
        return [_plain(word) for word in _WORDS.findall(text.lower())]
    folded = unicodedata.normalize("NFKD", text.casefold()).translate(_LETTERS)
    return [_bare(_plain(word)) for word in _WORDS.findall(folded)]


def is_in_another_script(text: str) -> bool:
    """Whether most letters are none of the Latin script."""
    if text.isascii():
        return False
    folded = unicodedata.normalize("NFKD", text)
    letters = sum(letter.isalpha() for letter in folded)
    return 2 * sum(letter.isalpha() and letter > "\u024f" for letter in folded) > letters


def _plain(word: str) -> str:
    if word in _ENDS:
        return SENTENCE_END
    if word in _COMMAS:
        return COMMA
    return word.translate(_APOSTROPHES)[:_LONGEST]


@lru_cache(maxsize=50_000)
def _bare(word: str) -> str:
    """The word without what Arabic writes together with it."""
    if not "\u0620" <= word[:1] <= "\u06ff":
        return word
    while found := _ATTACHED.match(word):
        word = word[found.end() :]
    return word
