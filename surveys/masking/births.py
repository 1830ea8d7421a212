"""Dates of birth, and ages that few people reach, in a plain reading of a text.

A date is a date of birth after words that say so, or where it is long past; days of care are what feedback is about,
and stay.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from surveys.masking.kinds import Mask
from surveys.masking.words import vocabulary

LONG_AGO = datetime.date(2025, 1, 1)
"""A full date before it is masked, whatever stands around it. It belongs to the rules, so that they always say the
same of the same text; it moves when they are revised."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\b"
)
_DAY_AND_MONTH = rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: day)?(?: of)?[ \-/.]{{0,2}}(?P<month>{_MONTH})"
_MONTH_AND_DAY = rf"(?P<month>{_MONTH})[ .\-]{{1,2}}(?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b"
_YEAR = r"(?P<year>(?:19|20)\d{2}|'?\d{2})(?!\d|[.\-/:]\d|%)"
_ANY_MONTH = re.compile(_MONTH, re.I)
_FULL_DATES_IN_WORDS = (
    re.compile(rf"(?<![\d/.\-]){_DAY_AND_MONTH}[ \-/.,]{{0,2}}{_YEAR}", re.I),
    re.compile(rf"\b{_MONTH_AND_DAY}[ ,.\-]{{1,3}}(?P<year>(?:19|20)\d{{2}})(?!\d)", re.I),
)
_TO_31 = r"(?:0?[1-9]|[12]\d|3[01])"
_FULL_DATES = tuple(
    re.compile(rf"(?<![\d/.\-]){pattern}(?!\d|[/.\-]\d)")
    for pattern in (
        rf"(?P<day>{_TO_31}) ?(?P<sign>[/.\-]) ?(?P<month>{_TO_31}) ?(?P=sign) ?(?P<year>(?:19|20)\d{{2}}|\d{{2}})",
        rf"(?P<day>{_TO_31}) (?P<month>{_TO_31}) (?P<year>(?:19|20)\d{{2}})",
        rf"(?P<year>(?:19|20)\d{{2}})(?P<sign>[/.\-])(?P<month>{_TO_31})(?P=sign)(?P<day>{_TO_31})",
    )
)

_ABOUT_BIRTH = re.compile(
    r"(?:\bd\.? ?o\.? ?b\b\.?|\bdate of birth\b|\bbirth ?dat(?:e|es)\b|\bbirthday\b|\bborn\b|"
    r"ميلادي|ميلاده|ميلادها|الميلاد|ولدت|مولود)"
    r"(?:[\s:=.,(\-]{0,3}\b(?:is|was|on|in|the|around|about|as|given|back)\b){0,4}[\s:=.,(\-]{0,3}",
    re.I,
)
_AFTER_BIRTH = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        r"\d{1,2} ?[/.\-] ?\d{1,2} ?[/.\-] ?(?:(?:19|20)\d{2}|\d{2})(?!\d)",
        r"\d{1,2} \d{1,2} (?:19|20)?\d{2}(?!\d)",
        rf"{_DAY_AND_MONTH}(?:[ \-/.,]{{0,2}}{_YEAR})?",
        rf"{_MONTH_AND_DAY}(?:[ ,.\-]{{1,3}}(?:19|20)\d{{2}}(?!\d))?",
        rf"{_MONTH}[ ,.\-]{{0,2}}(?:of )?(?:19|20)\d{{2}}(?!\d)",
        r"(?:19|20)\d{2}[/.\-]\d{1,2}[/.\-]\d{1,2}(?!\d)",
        r"(?:\d{8}|\d{6})(?!\d)",
        r"(?:19|20)\d{2}(?!\d)",
    )
)

_NUMBER = re.compile(
    r"(?<![\w.,/:£$€\-])(?:9\d|1[01]\d|ninety(?:[ \-](?:one|two|three|four|five|six|seven|eight|nine))?)(?![\w%])", re.I
)
_YEARS_OLD = re.compile(r"[ \-]?(?:years?|yrs?|y)[ \-]?(?:old\b|of age\b|o\b)", re.I)
_NOT_MEASURED = re.compile(r"$|\n|[;!?)]|[.,](?!\d)| (?:and|but|now|next|this|so|with|who|today|soon|i|in)\b", re.I)
_ALONE_BEFORE_AGES = frozenset(("aged", "age", "turned", "turning", "i'm", "im", "he's", "she's"))
_BETWEEN_SOMEBODY_AND_AGE = frozenset(("is", "was", "am", "be", "will", "now", "only", "nearly", "almost", "just"))


def find_births(plain: str) -> Iterator[Mask]:
    """Every date of birth, and every age of ninety years or more."""
    for pattern in _FULL_DATES_IN_WORDS if _ANY_MONTH.search(plain) else ():
        yield from _long_ago(pattern, plain)
    for pattern in _FULL_DATES:
        yield from _long_ago(pattern, plain)
    for words in _ABOUT_BIRTH.finditer(plain):
        dates = (pattern.match(plain, words.end()) for pattern in _AFTER_BIRTH)
        longest = max((date for date in dates if date), key=lambda date: date.end(), default=None)
        if longest:
            yield Mask(*longest.span(), "birth")
    for match in _NUMBER.finditer(plain):
        if _YEARS_OLD.match(plain, match.end()) or (
            _NOT_MEASURED.match(plain, match.end()) and _is_said_of_somebody(plain, match.start())
        ):
            yield Mask(*match.span(), "age")


def _is_said_of_somebody(plain: str, at: int) -> bool:
    """Whether "I am", "aged", "my mother is now" or the like stands before ``at``."""
    words = plain[max(0, at - 35) : at].casefold().split()
    if words and words[-1] in _ALONE_BEFORE_AGES:
        return True
    somebody = vocabulary().relatives | {"i", "he", "she"}
    for word in reversed(words):
        if word not in _BETWEEN_SOMEBODY_AND_AGE:
            is_between = word is not words[-1] or "'" in word
            return is_between and (word in somebody or word.partition("'")[0] in somebody)
    return False


def _long_ago(pattern: re.Pattern[str], plain: str) -> Iterator[Mask]:
    for match in pattern.finditer(plain):
        if _is_long_ago(match):
            yield Mask(*match.span(), "birth")


def _is_long_ago(match: re.Match[str]) -> bool:
    month, day, year = match["month"].casefold()[:3], int(match["day"]), match["year"].lstrip("'")
    if len(year) == 2 and int(year) <= LONG_AGO.year % 100 + 5:
        # Of this century, if it is a year at all: 5/10/15 is more often a dose than a day.
        return False
    number = _MONTHS.index(month) + 1 if month in _MONTHS else int(month)
    whole = int(year) if len(year) == 4 else 1900 + int(year)
    return any(_date(whole, *order) < LONG_AGO for order in ((number, day), (day, number)))


def _date(year: int, month: int, day: int) -> datetime.date:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return datetime.date.max
