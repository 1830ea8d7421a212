"""The words of printed documents: our own phrases by language, dates, durations, and a survey's own texts."""

from __future__ import annotations

import datetime
import math
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_decimal
from babel.units import format_unit

from reports.statistics.rounding import half_up
from surveys.number_runs import held_together, with_number_runs
from surveys.questionnaire import Text

Phrase = str | dict[str, str]
"""One phrase, or its forms by plural category where it holds a number: one, two, few, many, other."""


# The one in C takes a tenth of the time, and every process that reports reads all phrases once.
_LOADER = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader


@cache
def catalogue() -> dict[str, dict[str, Phrase]]:
    """Every phrase of every file in ``reports/wording``, by key and language. ValueError for a key given twice."""
    phrases: dict[str, dict[str, Phrase]] = {}
    for path in sorted((Path(__file__).parent / "wording").glob("*.yaml")):
        held = yaml.load(path.read_text(encoding="utf-8"), _LOADER)  # noqa: S506 Both loaders make plain values only.
        for section in held.values():
            twice = phrases.keys() & section.keys()
            if twice:
                raise ValueError(f"{path.name} repeats the phrases {', '.join(sorted(twice))}")
            phrases |= section
    return phrases


@dataclass(frozen=True, slots=True)
class Words:
    """Our own phrases in one language, English where a phrase has not been translated.

    ``variants`` are beginnings of phrases to prefer: with ``("rated",)`` the phrase ``rated_most_one`` is said in place
    of ``most_one``, where there is one.
    """

    language: str
    variants: tuple[str, ...] = ()

    def __call__(self, phrase: str, **values: Any) -> str:
        """The phrase with its values filled in, in the plural that the value ``n`` asks for. KeyError without one."""
        phrases = catalogue()
        varied = (f"{variant}_{phrase}" for variant in self.variants)
        texts = phrases[next((one for one in varied if one in phrases), phrase)]
        said = texts.get(self.language, texts["en"])
        if isinstance(said, dict):
            said = said.get(self.spoken_locale.plural_form(values["n"]), said["other"])
        return said.format(**values)

    @property
    def locale(self) -> Locale:
        """Babel's locale: British for English, English for a language that Babel does not know."""
        try:
            return Locale.parse("en_GB" if self.language == "en" else self.language.replace("-", "_"))
        except (UnknownLocaleError, ValueError):
            return Locale.parse("en_GB")

    @property
    def speaks_english(self) -> bool:
        """Whether our own phrases are in English, because the language is, or has no translation of them."""
        return self.language not in catalogue()["group_everybody"] or self.language == "en"

    @property
    def spoken_locale(self) -> Locale:
        """Babel's locale for the numbers and dates in our own phrases."""
        return Locale.parse("en_GB") if self.speaks_english else self.locale

    @property
    def direction(self) -> str:
        """``ltr`` or ``rtl``."""
        direction: str = self.locale.text_direction
        return direction

    @property
    def tag(self) -> str:
        """The language as documents declare it: ``en-GB`` for English, otherwise the questionnaire's own code."""
        return "en-GB" if self.language == "en" else self.language

    @property
    def as_passages(self) -> dict[str, str]:
        """How passages in this language are named in a document that runs the other way: the tag by the direction."""
        return {self.direction: self.tag}

    def said(self, *texts: Text, joint: str = " ") -> str:
        """A survey's texts one after the other in this language, each in the survey's own where no translation exists.

        What runs the other way is wrapped in isolating marks, so that its full stop stays at its own end; texts beside
        each other that run the same way stand in the same marks, so that the first is read first.
        """
        runs: list[tuple[str, str]] = []
        for text in texts:
            words = text.in_language(self.language)
            direction = self.direction if text.has(self.language) else Words(text.by_language[0][0]).direction
            if runs and runs[-1][1] == direction:
                words = f"{runs.pop()[0]}{joint}{words}"
            runs.append((words, direction))
        return joint.join(self._isolated(words, direction) for words, direction in runs)

    def set_apart(self, words: str) -> str:
        """Words in a language that nobody noted, such as a place's name, isolated where they run the other way."""
        strong = next((kind for sign in words if (kind := unicodedata.bidirectional(sign)) in ("L", "R", "AL")), None)
        return words if strong is None else self._isolated(words, "ltr" if strong == "L" else "rtl")

    def _isolated(self, words: str, direction: str) -> str:
        if direction != self.direction:
            return ("\u2066" if direction == "ltr" else "\u2067") + words + "\u2069"
        return with_number_runs(words, "\u2066{}\u2069".format) if direction == "rtl" else held_together(words)

    def number(self, value: int) -> str:
        """A whole number in Western digits, its thousands set apart as the language does: 1,234."""
        return format_decimal(value, locale=self.spoken_locale, numbering_system="latn")

    def in_tenths(self, value: float) -> str:
        """A number with one decimal in Western digits, halves away from zero: 7.6."""
        return format_decimal(half_up(value, 1), format="0.0", locale=self.spoken_locale, numbering_system="latn")

    def date(self, day: datetime.date) -> str:
        """A day in words: 17 March 2026."""
        return format_date(day, "d MMMM y", locale=self.spoken_locale)

    def day_and_month(self, day: datetime.date) -> str:
        """A day without its year: 17 March."""
        return format_date(day, "d MMMM", locale=self.spoken_locale)

    def minutes(self, minutes: float) -> str:
        """Whole minutes, at least one, with the unit in its right plural."""
        return format_unit(max(1, math.ceil(minutes)), "duration-minute", length="long", locale=self.spoken_locale)


def language_name(language: str) -> str:
    """A language by its own name (``ar`` → العربية); its code where Babel does not know it."""
    try:
        locale = Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return language
    return locale.get_display_name(locale) or language
