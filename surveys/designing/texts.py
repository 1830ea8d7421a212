"""Words that officers type, put into the texts of a design: in its own language, with every translation kept."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

from surveys.answers import clean_text
from surveys.questionnaire import Text

LONGEST_ID = 60
_WANTED_ID = 40


def one_line(words: str) -> str:
    """The words as a title can hold them: on one line, with single spaces between them."""
    return " ".join(clean_text(words, lines=False).split())


def with_words(text: Text | None, words: str, language: str) -> Text:
    """The text with these words in ``language``, the questionnaire's own; its translations stay."""
    others = tuple(pair for pair in text.by_language if pair[0] != language) if text else ()
    return Text(((language, clean_text(words)), *others))


def optional_words(text: Text | None, words: str, language: str) -> Text | None:
    """As ``with_words``; None where there are no words, for a text that need not be there."""
    return with_words(text, words, language) if clean_text(words) else None


def own_words(text: Text | None, language: str) -> str:
    """What stands in the questionnaire's own language; nothing where there is no text."""
    return text.in_language(language) if text else ""


def new_id(words: str, taken: Container[str], otherwise: str) -> str:
    """A name for a new part, made from its words: legal in a questionnaire file and not among ``taken``.

    ``otherwise`` is the name where the words hold no Latin letter or digit.
    """
    letters = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    name = "-".join(re.findall(r"[a-z0-9]+", letters.replace("'", "")))
    if len(name) > _WANTED_ID:
        # A whole word less reads better than half a word more.
        name = name[: _WANTED_ID + 1].rpartition("-")[0] or name[:_WANTED_ID]
    name = name or otherwise
    number, unused = 1, name
    while unused in taken:
        number += 1
        unused = f"{name}-{number}"
    return unused
