"""Disclosed figures as plain sentences, by rule, in every language of reports. Import from here.

A sentence has 20 words at most where the survey's own names are short, no decimals, and every figure stands with its
base. A theme leads only where chance alone could put no other level with it; groups, waves and places differ only where
the comparison itself says so.
"""

from reports.sentences.changes import clear_changes, mix_warnings, other_changes
from reports.sentences.differences import (
    audiences_differ,
    clear_differences,
    clearly_differ,
    group_differences,
    groups_differ,
)
from reports.sentences.finding import Finding, capital
from reports.sentences.missing import nobody_missing, references, who_is_missing
from reports.sentences.not_compared import groups_not_compared
from reports.sentences.places import below_acceptable, places
from reports.sentences.priorities import (
    beside_the_themes,
    clarity,
    importance,
    matters_most,
    positive_answers,
)
from reports.sentences.raised import most_raised, raised_finding
from reports.sentences.ratings import positive_in_ratings, ratings

__all__ = [
    "Finding",
    "audiences_differ",
    "below_acceptable",
    "beside_the_themes",
    "capital",
    "clarity",
    "clear_changes",
    "clear_differences",
    "clearly_differ",
    "group_differences",
    "groups_differ",
    "groups_not_compared",
    "importance",
    "matters_most",
    "mix_warnings",
    "most_raised",
    "nobody_missing",
    "other_changes",
    "places",
    "positive_answers",
    "positive_in_ratings",
    "raised_finding",
    "ratings",
    "references",
    "who_is_missing",
]
