"""What an officer is told about a theme's words while writing: how many, how hard to read, what is still missing."""

from __future__ import annotations

from surveys.designing.texts import own_words
from surveys.questionnaire import Questionnaire, Theme
from surveys.reading_level import long_words, smog, words

MOST_WORDS = 60
HARD, VERY_HARD = 12.0, 14.0
_MOST_LONG_WORDS_NAMED = 12


def count_hint(explanation: str) -> str:
    """How many words the explanation has, and how many are well."""
    count = len(words(explanation))
    said = f"{count} {'word' if count == 1 else 'words'}"
    if count > MOST_WORDS:
        return f"{said}: {count - MOST_WORDS} more than the {MOST_WORDS} that people read easily."
    return f"{said} of {MOST_WORDS} at most."


def score_hint(explanation: str, language: str) -> str:
    """The reading score in words; nothing for an empty text, and none in another language than English."""
    if not words(explanation) or not _is_english(language):
        return ""
    score = smog(explanation)
    if score >= VERY_HARD:
        meaning = "most people may struggle with it"
    elif score >= HARD:
        meaning = "hard to read for many people"
    else:
        meaning = "most people can read it"
    return f"Reading score (SMOG) {score:.1f}: {meaning}. Aim for less than {HARD:.0f}."


def long_words_hint(explanation: str, language: str) -> str:
    """The long words of an English text, each once, for swapping them for shorter ones."""
    if not _is_english(language):
        return ""
    found = list(dict.fromkeys(word.casefold() for word in long_words(explanation)))
    if not found:
        return ""
    more = f" and {len(found) - _MOST_LONG_WORDS_NAMED} more" if len(found) > _MOST_LONG_WORDS_NAMED else ""
    return f"Long words: {', '.join(found[:_MOST_LONG_WORDS_NAMED])}{more}."


def theme_flags(questionnaire: Questionnaire, theme: Theme) -> tuple[str, ...]:
    """What is still missing from a theme or hard to read in it, each in a few words."""
    language = questionnaire.language
    title, plain = own_words(theme.title, language), own_words(theme.plain_title, language)
    explanation = own_words(theme.explanation, language)
    found = (
        ("No plain title yet", not plain),
        ("The plain title is still the official one", bool(plain) and plain == title),
        ("No explanation yet", not explanation),
        (f"More than {MOST_WORDS} words", len(words(explanation)) > MOST_WORDS),
        ("Hard to read", _is_english(language) and bool(explanation) and smog(explanation) >= HARD),
        ("The picture is not described", bool(theme.picture) and not own_words(theme.alt, language)),
    )
    return tuple(flag for flag, holds in found if holds)


def _is_english(language: str) -> bool:
    return language.split("-")[0] == "en"
