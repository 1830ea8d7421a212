"""How a figure is printed: small bases as counts, larger ones as percentages too, hidden ones as words.

Base under the threshold: hidden. Up to 49: counts alone, "21 of 30". From 50: "70% (35 of 50)". No decimals anywhere.
Whatever holds a word takes the ``Words`` of the report's language.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Sequence

from reports.statistics.proportions import wilson
from reports.statistics.rounding import whole
from reports.tabulation import Estimate, Figure, Shown, Suppressed
from reports.words import Words

PERCENT_FROM = 50
"""The smallest base whose shares are printed as percentages."""

ONE_TENTH_FROM = 300
"""The smallest base of which a sentence says one tenth: below, chance moves a share over more than one."""

_NEAR_A_TENTH = 0.25
"""How far from a whole tenth, in tenths, a share may be that a sentence calls by that one alone."""

NONE = "–"


def number(figure: Figure | None) -> float | None:
    """The figure's value, or None where it is hidden or does not exist.

    TypeError for a plain number: what has not passed disclosure control is never printed.
    """
    match figure:
        case Shown(value):
            return value
        case Suppressed() | None:
            return None
        case _:
            raise TypeError(f"only disclosed figures are printed, not {type(figure).__name__}")


def count(words: Words, figure: Figure | None) -> str:
    """A number of people: ``1,234``, or the word for a hidden one."""
    value = number(figure)
    return hidden(words, figure) if value is None else words.number(whole(value))


def hidden(words: Words, *figures: Figure | None) -> str:
    """The word that stands for the first hidden figure, a dash where none of them is hidden but one is missing."""
    for figure in figures:
        if isinstance(figure, Suppressed):
            return words("figure_too_few" if figure.reason == "small base" else "figure_kept_back")
    return NONE


def hidden_words(words: Words) -> tuple[str, str]:
    """The words that stand for hidden figures, by which a cell is known to be hidden."""
    return words("figure_too_few"), words("figure_kept_back")


def counts_of(words: Words, part: Figure | None, base: Figure | None) -> str:
    """``218 of 312``, held together on one line."""
    some, all_of_them = number(part), number(base)
    if some is None or all_of_them is None:
        return hidden(words, base, part)
    if all_of_them == 0:
        return NONE
    return words("figure_of", part=words.number(whole(some)), base=words.number(whole(all_of_them)))


def percent(words: Words, part: Figure | None, base: Figure | None) -> str:
    """``70%`` from a base of 50; otherwise the counts."""
    some, all_of_them = number(part), number(base)
    if some is None or all_of_them is None or all_of_them < PERCENT_FROM:
        return counts_of(words, part, base)
    return percentage(words, 100 * some / all_of_them)


def percentage(words: Words, value: float) -> str:
    """A number from 0 to 100 as a whole percentage, ``70%``, its sign held on its own side.

    Never rounded to none or to all: ``under 1%`` and ``over 99%`` where that would say what is not so.
    """
    rounded = whole(value)
    if rounded == 0 and value > 0:
        return words("figure_percent_under", percent=words("figure_percent", number=1))
    if rounded == 100 and value < 100:
        return words("figure_percent_over", percent=words("figure_percent", number=99))
    return words("figure_percent", number=rounded)


def percent_range(words: Words, low: float, high: float) -> str:
    """Two ends of a range from 0 to 100 as whole percentages, ``65% to 75%``.

    An end that rounding would put on none or on all is moved outwards by as little, so that the range holds what it
    says: ``99% to 100%``.
    """
    first, last = whole(low), whole(high)
    first = 99 if first == 100 and low < 100 else first
    last = 1 if last == 0 and high > 0 else last
    return from_to(words, *(words("figure_percent", number=end) for end in (first, last)))


def share(words: Words, part: Figure | None, base: Figure | None) -> str:
    """``70% (218 of 312)`` from a base of 50; ``21 of 30`` below; the word for a hidden one."""
    if number(part) is None or not has_percent(base):
        return counts_of(words, part, base)
    return words("figure_with_counts", share=percent(words, part, base), counts=counts_of(words, part, base))


def in_ten(words: Words, part: Figure | None, base: Figure | None) -> str:
    """A share as a sentence says it: ``about 7 in 10 (218 of 312)``; counts alone under a base of 50."""
    said = tenths(words, part, base)
    counts = counts_of(words, part, base)
    return words("figure_with_counts", share=said, counts=counts) if said else counts


def tenths(words: Words, part: Figure | None, base: Figure | None) -> str:
    """A share in words without its counts; empty under a base of 50 and where a side is hidden.

    ``about 7 in 10`` from ``ONE_TENTH_FROM`` people, and ``3 to 4 in 10`` where a share is about half-way, so that 34
    and 35 % are not told apart; of fewer people, the tenths between which chance alone could move it, by Wilson's
    interval: ``6 to 8 in 10``.
    """
    some, all_of_them = number(part), number(base)
    if some is None or all_of_them is None or all_of_them < PERCENT_FROM:
        return ""
    if some in (0, all_of_them):
        return words("figure_nobody" if some == 0 else "figure_everybody")
    exact = 10 * some / all_of_them
    if whole(exact) == 0:
        return words("figure_under_one_in_ten")
    if whole(exact) == 10:
        return words("figure_over_nine_in_ten")
    if all_of_them < ONE_TENTH_FROM:
        return _from_which_to_which(words, some, all_of_them)
    return _nearest(words, exact)


def _nearest(words: Words, exact: float) -> str:
    lower = math.floor(exact)
    if not lower or min(exact - lower, lower + 1 - exact) < _NEAR_A_TENTH:
        return words("figure_in_ten" if exact == whole(exact) else "figure_about_in_ten", tenths=whole(exact))
    if lower == 9:
        return words("figure_over_nine_in_ten")
    return words("figure_tenths_in_ten", low=lower, high=lower + 1)


def _from_which_to_which(words: Words, some: float, all_of_them: float) -> str:
    low, high = wilson(some, all_of_them) or (0.0, 1.0)
    first, last = math.floor(10 * low), whole(10 * high)
    if first == 0:
        return words("figure_up_to_in_ten", tenths=last)
    if last == 10:
        return words("figure_in_ten_or_more", tenths=first)
    return words("figure_tenths_in_ten", low=first, high=last)


def chance_range(words: Words, estimate: Estimate[Figure] | None, base: Figure | None) -> str:
    """The 95 % interval of a share (0-100) as whole percentages, ``65% to 75%``, from a base of 50."""
    people = number(base)
    if estimate is None or people is None or people < PERCENT_FROM:
        return NONE
    low, high = number(estimate.low), number(estimate.high)
    if low is None or high is None:
        return hidden(words, estimate.low, estimate.high)
    return percent_range(words, low, high)


def from_to(words: Words, low: str, high: str) -> str:
    """``2 to 4``, of two numbers that are words already."""
    return words("figure_from_to", low=low, high=high)


def dates(words: Words, first: datetime.date, last: datetime.date) -> str:
    """``1 to 21 November 2026``, saying the month and the year twice only where they differ."""
    if first == last:
        return words.date(first)
    if (first.year, first.month) == (last.year, last.month):
        return from_to(words, str(first.day), words.date(last))
    if first.year == last.year:
        return from_to(words, words.day_and_month(first), words.date(last))
    return from_to(words, words.date(first), words.date(last))


def has_percent(base: Figure | None) -> bool:
    """Whether shares of this base are printed as percentages."""
    people = number(base)
    return people is not None and people >= PERCENT_FROM


def score(words: Words, estimate: Estimate[Figure] | None, base: Figure | None) -> str:
    """A score from 0 to 10 with one decimal, from a base of 50; otherwise a dash or the word for a hidden one.

    Scores stand in tables and charts only, where whole ones would look alike and hide what puts themes in order.
    """
    value = number(estimate.value) if estimate else None
    if value is None:
        return hidden(words, estimate.value if estimate else None)
    return words.in_tenths(value) if has_percent(base) else NONE


def key_to_words(words: Words) -> dict[str, str]:
    """What the words and the dash in cells mean, in the order in which the meanings are printed."""
    too_few, kept_back = hidden_words(words)
    return {
        too_few: words("figure_too_few_key"),
        kept_back: words("figure_kept_back_key"),
        NONE: words("figure_none_key"),
    }


def keys_for(words: Words, cells: Iterable[str]) -> tuple[str, ...]:
    """The explanations that a table with these cells needs beneath it."""
    used = set(cells)
    return tuple(text for word, text in key_to_words(words).items() if word in used)


def quoted(words: Words, title: str) -> str:
    """A title inside a sentence, in the quotation marks of the language."""
    return words("figure_quoted", title=title)


def listed(words: Words, names: Sequence[str]) -> str:
    """Names as a sentence lists them: ``A``, ``A and B``, ``A, B and C``."""
    if len(names) < 2:
        return "".join(names)
    return words("figure_list_end", before=words("figure_list_joint").join(names[:-1]), last=names[-1])
