"""The phrases of printed documents: each in every language that documents are printed in, with the same values."""

from __future__ import annotations

import datetime
import re

import pytest
from babel import Locale

from reports.words import Phrase, Words, catalogue

LANGUAGES = ("en", "ar")
_VALUE = re.compile(r"\{(\w+)")


def _forms(phrase: Phrase) -> dict[str, str]:
    return phrase if isinstance(phrase, dict) else {"other": phrase}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_is_in_every_language(language: str) -> None:
    assert [key for key, texts in catalogue().items() if not texts.get(language)] == []


def test_a_phrase_holds_the_same_values_in_every_language() -> None:
    """One or two may be a word of its own in a language, so that the number is not written."""
    wrong = []
    for key, texts in catalogue().items():
        wanted = {value for form in _forms(texts["en"]).values() for value in _VALUE.findall(form)}
        for language, phrase in texts.items():
            found = {value for form in _forms(phrase).values() for value in _VALUE.findall(form)}
            if found != wanted:
                wrong.append((key, language, sorted(found ^ wanted)))
    assert wrong == []


def test_plurals_are_those_of_the_language() -> None:
    wrong = []
    for key, texts in catalogue().items():
        for language, phrase in texts.items():
            if isinstance(phrase, dict):
                known = {*Locale.parse(language).plural_form.tags, "other"}
                if "other" not in phrase or not set(phrase) <= known:
                    wrong.append((key, language))
    assert wrong == []


def test_a_language_without_a_translation_is_spoken_to_in_english() -> None:
    assert Words("cy")("or_type") == Words("en")("or_type")


def test_dates_and_numbers_inside_english_phrases_are_english_too() -> None:
    welsh, arabic, day = Words("cy"), Words("ar"), datetime.date(2026, 9, 28)
    assert (welsh.date(day), welsh.day_and_month(day)) == ("28 September 2026", "28 September")
    assert Words("pl").number(12_345) == "12,345"
    assert welsh.minutes(6) == Words("en").minutes(6)
    assert arabic.date(day) != Words("en").date(day)
    assert welsh("reach_people", n=2, count="2") == Words("en")("reach_people", n=2, count="2")
