"""Why figures weighted to the reference population are not published, as a sentence in any language of reports."""

from __future__ import annotations

from reports.tabulation import Figure, Weighted
from reports.words import Words


def why_not_weighted(words: Words, weighted: Weighted[Figure]) -> str:
    """The sentence; empty where the figures are published."""
    if weighted.why_not is None:
        return ""
    return words(f"weighting_{weighted.why_not}", name=words.set_apart(weighted.why_not_about))
