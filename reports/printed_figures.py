"""How a figure is printed: small bases as counts, larger ones as percentages too, hidden ones as words.

Base under the threshold: hidden. Up to 49: counts alone, "21 of 30". From 50: "70% (35 of 50)". No decimals anywhere.
"""

from __future__ import annotations

from collections.abc import Iterable

from reports.statistics.rounding import whole
from reports.tabulation import Estimate, Figure, Shown, Suppressed

PERCENT_FROM = 50
"""The smallest base whose shares are printed as percentages."""

TOO_FEW = "too few"
KEPT_BACK = "kept back"
NONE = "–"
KEYS = {
    TOO_FEW: "too few: too few people answered to show this without the risk of recognising someone",
    KEPT_BACK: "kept back: showing this number would let somebody work out what a few people answered",
    NONE: "–: not asked, or nothing to work out",
}


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


def count(figure: Figure | None) -> str:
    """A number of people: ``1,234``, or the word for a hidden one."""
    value = number(figure)
    return hidden(figure) if value is None else f"{whole(value):,}"


def hidden(*figures: Figure | None) -> str:
    """The word that stands for the first hidden figure, a dash where none of them is hidden but one is missing."""
    for figure in figures:
        if isinstance(figure, Suppressed):
            return TOO_FEW if figure.reason == "small base" else KEPT_BACK
    return NONE


def counts_of(part: Figure | None, base: Figure | None) -> str:
    """``218 of 312``, held together on one line."""
    some, all_of_them = number(part), number(base)
    if some is None or all_of_them is None:
        return hidden(base, part)
    if all_of_them == 0:
        return NONE
    return f"{whole(some):,}\u00a0of\u00a0{whole(all_of_them):,}"


def percent(part: Figure | None, base: Figure | None) -> str:
    """``70%`` from a base of 50; otherwise the counts."""
    some, all_of_them = number(part), number(base)
    if some is None or all_of_them is None or all_of_them < PERCENT_FROM:
        return counts_of(part, base)
    return f"{whole(100 * some / all_of_them)}%"


def share(part: Figure | None, base: Figure | None) -> str:
    """``70% (218 of 312)`` from a base of 50; ``21 of 30`` below; the word for a hidden one."""
    some, all_of_them = number(part), number(base)
    if some is None or all_of_them is None or all_of_them < PERCENT_FROM:
        return counts_of(part, base)
    return f"{percent(part, base)} ({counts_of(part, base)})"


def in_ten(part: Figure | None, base: Figure | None) -> str:
    """A share as a sentence says it: ``about 7 in 10 (218 of 312)``; counts alone under a base of 50."""
    some, all_of_them = number(part), number(base)
    if some is None or all_of_them is None or all_of_them < PERCENT_FROM:
        return counts_of(part, base)
    tenths = 10 * some / all_of_them
    if some in (0, all_of_them):
        words = "nobody" if some == 0 else "everybody"
    elif whole(tenths) == 0:
        words = "fewer than 1 in 10"
    elif whole(tenths) == 10:
        words = "more than 9 in 10"
    else:
        words = f"{'' if tenths == whole(tenths) else 'about '}{whole(tenths)} in 10"
    return f"{words} ({counts_of(part, base)})"


def chance_range(estimate: Estimate[Figure] | None, base: Figure | None) -> str:
    """The 95 % interval of a share (0-100) as whole percentages, ``65% to 75%``, from a base of 50."""
    people = number(base)
    if estimate is None or people is None or people < PERCENT_FROM:
        return NONE
    low, high = number(estimate.low), number(estimate.high)
    if low is None or high is None:
        return hidden(estimate.low, estimate.high)
    return f"{whole(low)}% to {whole(high)}%"


def has_percent(base: Figure | None) -> bool:
    """Whether shares of this base are printed as percentages."""
    people = number(base)
    return people is not None and people >= PERCENT_FROM


def score(estimate: Estimate[Figure] | None, base: Figure | None) -> str:
    """A score from 0 to 10, whole, from a base of 50; otherwise a dash or the word for a hidden one."""
    if estimate is None or number(estimate.value) is None:
        return hidden(estimate.value if estimate else None)
    return str(whole(number(estimate.value) or 0)) if has_percent(base) else NONE


def keys_for(cells: Iterable[str]) -> tuple[str, ...]:
    """The explanations that a table with these cells needs beneath it."""
    used = set(cells)
    return tuple(text for word, text in KEYS.items() if word in used)


def listed(names: list[str]) -> str:
    """Names as a sentence lists them: ``A``, ``A and B``, ``A, B and C``."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"
