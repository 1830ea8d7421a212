"""Shares of mentions, of whichever base was asked for."""

from __future__ import annotations

from reports.tabulation import Figure, MentionColumn, MentionsBase, Shown, Suppressed


def base_of(column: MentionColumn[Figure], base: MentionsBase) -> Figure:
    """What percentages in this column are of: coded people, all who answered, or the mentions listed in it."""
    if isinstance(column.coded, Suppressed):
        return column.coded
    return {"commented": column.coded, "respondents": column.respondents, "mentions": column.mentions}[base]


def percent_of(number: Figure, base: Figure) -> Figure | None:
    """A share, 0-100, unrounded; hidden where either is, None where the base is nobody."""
    for one in (base, number):
        if isinstance(one, Suppressed):
            return one
    if isinstance(number, Shown) and isinstance(base, Shown) and base.value:
        return Shown(100 * number.value / base.value)
    return None
