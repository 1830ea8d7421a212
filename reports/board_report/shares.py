"""Shares of which results hold the percentage and the base: printed with the people behind them, like all others."""

from __future__ import annotations

from reports import printed_figures as printed
from reports.sentences.finding import people_of
from reports.tabulation import Estimate, Figure
from reports.words import Words


def share_of(words: Words, estimate: Estimate[Figure] | None, base: Figure | None) -> str:
    """``72% (220 of 305)``, or the word for what is hidden."""
    return printed.share(words, people_of(estimate, base), base)
