"""Who answered beside a reference population, and weighted figures, as JSON with their schemas."""

from __future__ import annotations

from typing import get_args

from reports.figures_json import SUPPRESSED, Json, estimate_to_json, number_to_json
from reports.schema_parts import COUNT, ESTIMATE, FIGURE, TEXT, WHOLE, closed_object, list_of
from reports.tabulation import Figure, ReferenceGroup, Representation, Weighted, WeightedShare, WhyNot

_MAYBE_TEXT: Json = {"type": ["string", "null"]}
_MAYBE_ESTIMATE: Json = {"anyOf": [{"type": "null"}, ESTIMATE]}


def representation_to_json(one: Representation[Figure]) -> Json:
    """One characteristic; ``audience`` is null where everybody is compared."""
    return {
        "characteristic": one.characteristic,
        "label": one.label,
        "source": one.source,
        "date": one.date,
        "audience": one.audience,
        "base": number_to_json(one.base),
        "unknown": number_to_json(one.unknown),
        "groups": [_group(group) for group in one.groups],
        "dissimilarity": number_to_json(one.dissimilarity),
        "p_value": number_to_json(one.p_value),
        "tested_together": list(one.tested_together),
    }


def _group(group: ReferenceGroup[Figure]) -> Json:
    return {
        "group": group.group,
        "label": group.label,
        "reference_percent": group.reference_percent,
        "count": number_to_json(group.count),
        "percent": number_to_json(group.percent),
        "difference": number_to_json(group.difference),
        "index": number_to_json(group.index),
        "missing_people": number_to_json(group.missing_people),
        "under_represented": group.under_represented,
    }


def weighted_to_json(weighted: Weighted[Figure] | None) -> Json | None:
    """The weighted figures; null where the survey has no reference population."""
    if weighted is None:
        return None
    return {
        "method": weighted.method,
        "characteristics": list(weighted.characteristics),
        "audience": weighted.audience,
        "base": number_to_json(weighted.base),
        "design_effect": number_to_json(weighted.deff),
        "effective_number": number_to_json(weighted.n_eff),
        "trimmed": number_to_json(weighted.trimmed),
        "usable": weighted.usable,
        "why_not": weighted.why_not,
        "why_not_about": weighted.why_not_about,
        "figures": [_share(share) for share in weighted.shares],
    }


def _share(share: WeightedShare[Figure]) -> Json:
    return {
        "id": share.theme_id,
        "measure": share.measure,
        "base": number_to_json(share.base),
        "unweighted": None if share.unweighted is None else estimate_to_json(share.unweighted),
        "weighted": None if share.weighted is None else estimate_to_json(share.weighted),
    }


def representation_schema() -> Json:
    """The schema of what ``representation_to_json`` gives."""
    group = closed_object(
        {
            "group": TEXT,
            "label": TEXT,
            "reference_percent": {"type": "number", "exclusiveMinimum": 0, "maximum": 100.5},
            "count": COUNT,
            "percent": FIGURE,
            "difference": FIGURE,
            "index": FIGURE,
            "missing_people": {"anyOf": [WHOLE, {"const": SUPPRESSED}, {"type": "null"}]},
            "under_represented": {"type": "boolean"},
        }
    )
    return closed_object(
        {
            "characteristic": TEXT,
            "label": TEXT,
            "source": TEXT,
            "date": TEXT,
            "audience": _MAYBE_TEXT,
            "base": COUNT,
            "unknown": COUNT,
            "groups": list_of(group),
            "dissimilarity": FIGURE,
            "p_value": FIGURE,
            "tested_together": list_of(TEXT),
        }
    )


def weighted_schema() -> Json:
    """The schema of what ``weighted_to_json`` gives."""
    share = closed_object(
        {
            "id": TEXT,
            "measure": {"enum": ["chosen", "percent_positive", "score_0_10"]},
            "base": COUNT,
            "unweighted": _MAYBE_ESTIMATE,
            "weighted": _MAYBE_ESTIMATE,
        }
    )
    weighted = closed_object(
        {
            "method": {"enum": ["post-stratified", "raked"]},
            "characteristics": list_of(TEXT),
            "audience": _MAYBE_TEXT,
            "base": COUNT,
            "design_effect": FIGURE,
            "effective_number": FIGURE,
            "trimmed": COUNT,
            "usable": {"type": "boolean"},
            "why_not": {"enum": [None, *get_args(WhyNot)]},
            "why_not_about": TEXT,
            "figures": list_of(share),
        }
    )
    return {"anyOf": [{"type": "null"}, weighted]}
