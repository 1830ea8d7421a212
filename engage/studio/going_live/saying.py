"""What a survey does, in one sentence: from when to when, in which languages, through how many codes."""

from __future__ import annotations

import datetime

from engage.languages import long_date, own_name
from surveys.questionnaire import Questionnaire


def answering_sentence(
    questionnaire: Questionnaire,
    days: tuple[datetime.date | None, datetime.date | None],
    codes: int,
    today: datetime.date,
) -> str:
    """For example: People can answer from 3 February to 17 March 2027 in English and Urdu through 14 codes."""
    opens, closes = days
    if closes and closes < today:
        return f"People could answer until {long_date(closes, 'en')}. The survey is closed."
    begin = _day(opens, closes) if opens and opens > today else "now"
    end = f" to {long_date(closes, 'en')}" if closes else ", without a last day,"
    languages = _joined([english_name(code) for code in _spoken(questionnaire)])
    through = "1 code" if codes == 1 else f"{codes} codes"
    sentence = f"People can answer from {begin}{end} in {languages}"
    return f"{sentence} through {through}." if codes else f"{sentence}. No code leads to it yet."


def answering_days(days: tuple[datetime.date | None, datetime.date | None]) -> str:
    """The first and the last day, as the end of a sentence."""
    opens, closes = days
    last = f"until {long_date(closes, 'en')}" if closes else "without a last day"
    return f"from {long_date(opens, 'en')} {last}" if opens else last


def english_name(language: str) -> str:
    """What English calls the language; its code where that is not known."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(language, sep="-").get_display_name("en") or own_name(language)
    except (UnknownLocaleError, ValueError):
        return language


def _spoken(questionnaire: Questionnaire) -> tuple[str, ...]:
    return tuple(dict.fromkeys((questionnaire.language, *questionnaire.languages)))


def _day(day: datetime.date, end: datetime.date | None) -> str:
    """A first day, without its year where the last day names it."""
    named = long_date(day, "en")
    return named.removesuffix(f" {day.year}") if end and end.year == day.year else named


def _joined(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
