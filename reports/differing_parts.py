"""Which parts of two results documents differ, as coarsely as an officer needs it.

A part is a whole chapter, never a theme, a question or a group: among those the last person who came could be found by
verifying once before and once after.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

# Facts about the making of the report, not figures of the survey.
_NOT_COMPARED = frozenset({"generated_at", "data_fingerprint", "method"})
_OTHER = "something else"
_THEMES = "the themes"
_PEOPLE = "who answered, and what is compared"
_COMMENTS = "the comments"
# Whatever only some people move has one name with what everybody moves. Groups by a question that carers are not asked
# would else tell that the first person who moved them is none.
_PARTS = {
    "survey": "the title",
    "versions": "the questionnaire",
    "filters": "the weeks",
    "period": "the weeks",
    "disclosure": "the rules for small numbers",
    "responses": "how many people answered",
    **dict.fromkeys(("themes", "headline_order", "orders_disagree", "order_by_channel_agrees"), _THEMES),
    "questions": "the questions",
    **dict.fromkeys(("audiences", "pooling", "groups", "who_answered", "differences", "change"), _PEOPLE),
    **dict.fromkeys(("representation", "weighted", "places"), _PEOPLE),
    **dict.fromkeys(("mentions", "coding", "quotes"), _COMMENTS),
    "workshops": "the workshops",
}


def differing_parts(reported: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[str, ...]:
    """In words, each part of two results documents (``results_json``) that is not the same in both."""
    names = [name for name in [*_PARTS, *reported, *now] if name not in _NOT_COMPARED]
    return tuple(
        dict.fromkeys(_PARTS.get(name, _OTHER) for name in names if not alike(reported.get(name), now.get(name)))
    )


def alike(one: Any, other: Any) -> bool:
    """Whether two JSON documents say the same."""
    if isinstance(one, dict) and isinstance(other, dict):
        return all(alike(one.get(key), other.get(key)) for key in one.keys() | other.keys())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(alike, one, other))
    if isinstance(one, float | int) and isinstance(other, float | int):
        # Another processor may add in another order; a person more or less is far beyond this.
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-12)
    return bool(one == other)
