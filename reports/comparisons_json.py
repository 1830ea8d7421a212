"""Differences between groups and changes over waves as JSON, with their schemas."""

from __future__ import annotations

from reports.figures_json import Json, estimate_to_json, number_to_json
from reports.schema_parts import ESTIMATE, FIGURE, TEXT, WHOLE, closed_object
from reports.tabulation import Difference, Figure

_MEASURES = ["chosen", "percent_positive"]
_WORDS = ["higher", "lower", "similar", "too few to say"]


def difference_to_json(difference: Difference[Figure]) -> Json:
    """One comparison; ``second`` is null where it is with all others together."""
    return {
        "field": difference.field,
        "measure": difference.measure,
        "id": difference.key,
        "first": difference.first,
        "second": difference.second,
        "difference": estimate_to_json(difference.difference),
        "p_adjusted": number_to_json(difference.p_adjusted),
        "family_size": difference.family_size,
        "p_over_all": number_to_json(difference.p_over_all),
        "cramers_v": number_to_json(difference.cramers_v),
        "words": difference.words,
    }


def difference_schema() -> Json:
    """The schema of what ``difference_to_json`` gives."""
    return closed_object(
        {
            "field": TEXT,
            "measure": {"enum": _MEASURES},
            "id": TEXT,
            "first": TEXT,
            "second": {"type": ["string", "null"]},
            "difference": ESTIMATE,
            "p_adjusted": FIGURE,
            "family_size": WHOLE,
            "p_over_all": FIGURE,
            "cramers_v": FIGURE,
            "words": {"enum": _WORDS},
        }
    )
