"""What languages are called in English, and those that officers are offered first."""

from __future__ import annotations

from functools import cache

from engage.languages import catalogue_languages, own_name

OFFERED = (
    "am", "ar", "bg", "bn", "ckb", "cs", "cy", "el", "en", "es", "fa", "fr", "ga", "gd", "gu", "he", "hi", "hu", "it",
    "ku", "lt", "lv", "ml", "ne", "pa", "pl", "ps", "pt", "ro", "ru", "sk", "so", "sq", "sw", "ta", "te", "th", "ti",
    "tr", "uk", "ur", "vi", "yi", "yo", "zh-Hans", "zh-Hant",
)  # fmt: skip
"""Languages that many people in the United Kingdom speak; any other can be given by its code."""


@cache
def english_name(language: str) -> str:
    """The name of a language in English; its code where it is not known."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(language, sep="-").get_display_name("en") or language
    except (UnknownLocaleError, ValueError):
        return language


def both_names(language: str) -> str:
    """The name in English and what its speakers call it, for example "Urdu (اردو)"."""
    english, own = english_name(language), own_name(language)
    return english if own.casefold() == english.casefold() else f"{english} ({own})"


def has_buttons(language: str) -> bool:
    """Whether buttons and messages around a survey's own words exist in this language."""
    return bool({language, language.split("-")[0]} & set(catalogue_languages()))
