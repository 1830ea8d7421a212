"""The words around a survey: every one of them goes through the catalogue, and the Arabic catalogue has them all."""

from __future__ import annotations

import datetime
import io
import re

from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from engage.languages import TRANSLATIONS, direction, long_date, own_name, wording

ROOT = TRANSLATIONS.parent.parent
_PLACES = re.compile(r"%\(\w+\)s|\{n\}")


def test_the_arabic_catalogue_is_complete() -> None:
    methods, options = parse_mapping_cfg(io.StringIO((TRANSLATIONS / "babel.cfg").read_text("utf-8")))
    keywords = {"_": None, "words": None, "wording": None, "several": (1, 2)}
    used = {message for _, _, message, _, _ in extract_from_dir(str(ROOT), methods, options, keywords)}
    assert len(used) > 150
    with (TRANSLATIONS / "ar" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        catalogue = read_po(file)
    translated = {message.id: message.string for message in catalogue if message.id}
    assert used - set(translated) == set(), "translate these"
    assert set(translated) - used == set(), "no page says these any more"
    for message, translation in translated.items():
        if isinstance(message, tuple):
            assert len(translation) == 6
            assert all(translation)
        else:
            assert translation
            assert set(_PLACES.findall(message)) == set(_PLACES.findall(translation)), message


def test_values_are_escaped_and_words_are_not() -> None:
    assert wording("en")("It closes on %(date)s.", date="<b>") == "It closes on &lt;b&gt;."
    assert str(wording("en")("You do not say \"or\" & 'and'")).count("&amp;") == 1


def test_plural_forms_follow_the_language() -> None:
    texts = {
        wording("ar").several("It takes about %(n)s minute.", "It takes about %(n)s minutes.", n) for n in (1, 2, 3, 11)
    }
    assert len(texts) == 4
    assert (
        wording("en").several("It takes about %(n)s minute.", "It takes about %(n)s minutes.", 1).endswith("1 minute.")
    )


def test_languages_have_names_directions_and_dates() -> None:
    assert (own_name("ar"), own_name("pl"), own_name("xx")) == ("العربية", "Polski", "xx")
    assert [direction(code) for code in ("ar", "ur", "en", "pl")] == ["rtl", "rtl", "ltr", "ltr"]
    assert long_date(datetime.date(2026, 3, 17), "en") == "17 March 2026"


def test_a_language_without_a_catalogue_speaks_english_around_the_survey() -> None:
    assert wording("cy")("Continue") == "Continue"
    assert wording("cy").language == "cy"
