"""Texts of a design as a form shows and changes them: in the questionnaire's own language, translations kept."""

from __future__ import annotations

from surveys.designing.texts import own_words, with_words
from surveys.questionnaire import Text

__all__ = ["kept_words", "own_words", "with_words"]


def kept_words(text: Text | None, words: str, language: str) -> Text | None:
    """The text with these words; None where there are no words and nothing else to keep.

    A translated text stays, blank in its own language: what is saved while somebody types must not lose translations.
    """
    if words.strip() or (text is not None and len(text.by_language) > 1):
        return with_words(text, words, language)
    return None
