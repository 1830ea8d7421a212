"""The languages of pages: their wording, direction, names and dates. A page's language stands in its address.

The words of a survey come from its questionnaire; the words around them come from gettext catalogues in
``engage/translations``, with English as the source. A language without a catalogue shows the words around in English.
"""

from __future__ import annotations

import datetime
import gettext
from functools import cache
from pathlib import Path

from markupsafe import Markup, escape

TRANSLATIONS = Path(__file__).parent / "translations"
DEFAULT = "en"
RIGHT_TO_LEFT = frozenset(
    {"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ku", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"}
)


class Wording:
    """The words around a survey in one language. Calling it translates; values are put in after escaping."""

    def __init__(self, language: str, catalogue: gettext.NullTranslations) -> None:
        self.language = language
        self.direction = direction(language)
        self._catalogue = catalogue

    def __call__(self, message: str, **values: object) -> Markup:
        text = escape(self._catalogue.gettext(message))
        return text % values if values else text

    def several(self, one: str, many: str, number: int, **values: object) -> Markup:
        """``one`` or ``many`` by the plural rules of the language; ``%(n)s`` stands for the number."""
        return escape(self._catalogue.ngettext(one, many, number)) % {"n": number, **values}


@cache
def wording(language: str) -> Wording:
    """The words of ``language``, or the English ones where there is no catalogue for it."""
    names = [language, language.split("-")[0]]
    catalogue = gettext.translation("messages", TRANSLATIONS, languages=names, fallback=True)
    return Wording(language, catalogue)


def catalogue_languages() -> tuple[str, ...]:
    """The languages that pages without a survey are offered in: English and those with a compiled catalogue."""
    compiled = sorted(path.parent.parent.name for path in TRANSLATIONS.glob("*/LC_MESSAGES/messages.mo"))
    return (DEFAULT, *(language for language in compiled if language != DEFAULT))


def direction(language: str) -> str:
    """``rtl`` or ``ltr``, as the attribute ``dir`` wants it. A script in the code decides before the language."""
    first, _, script = language.partition("-")
    if len(script) == 4:
        return "rtl" if script in ("Arab", "Hebr") else "ltr"
    return "rtl" if first in RIGHT_TO_LEFT else "ltr"


@cache
def own_name(language: str) -> str:
    """What speakers of the language call it; its code where that is not known."""
    # Babel reads large tables, which only pages that name a language or a date need.
    from babel import Locale, UnknownLocaleError

    try:
        name = Locale.parse(language, sep="-").get_display_name()
    except (UnknownLocaleError, ValueError):
        return language
    return name[0].upper() + name[1:] if name else language


@cache
def long_date(day: datetime.date, language: str) -> str:
    """A date in words, for example 17 March 2026."""
    from babel import Locale, UnknownLocaleError
    from babel.dates import format_date

    try:
        # English dates are written the way the United Kingdom writes them.
        locale = Locale.parse("en-GB" if language == "en" else language, sep="-")
    except (UnknownLocaleError, ValueError):
        locale = Locale("en", "GB")
    return format_date(day, "long", locale=locale)


def grouped(number: int, language: str) -> str:
    """A whole number with its thousands set apart as the language does, for example 2,134."""
    from babel import Locale, UnknownLocaleError
    from babel.numbers import format_decimal

    try:
        return format_decimal(number, locale=Locale.parse(language, sep="-"))
    except (UnknownLocaleError, ValueError):
        return f"{number:,}"
