"""Places beside one another as JSON, with the schema."""

from __future__ import annotations

from reports.figures_json import Json, estimate_to_json, number_to_json
from reports.schema_parts import COUNT, ESTIMATE, FIGURE, TEXT, closed_object
from reports.statistics.thresholds import COLOURS
from reports.tabulation import Figure, PlaceBand

_BANDS = ["higher than expected", "as expected", "lower than expected", "too few to say"]
_MAYBE_NUMBER: Json = {"type": ["number", "null"]}


def place_to_json(band: PlaceBand[Figure]) -> Json:
    """One measure of one theme in one place; ``colour`` only ever stands beside the word ``threshold``."""
    return {
        "field": band.field,
        "value": band.value,
        "label": band.label,
        "id": band.theme_id,
        "measure": band.measure,
        "base": number_to_json(band.base),
        "percent": estimate_to_json(band.share),
        "expected_low": number_to_json(band.expected_low),
        "expected_high": number_to_json(band.expected_high),
        "band": band.band,
        "p_adjusted": number_to_json(band.p_adjusted),
        "words": band.words,
        "acceptable": band.acceptable,
        "achievable": band.achievable,
        "direction": band.direction if band.acceptable is not None else None,
        "threshold": band.threshold,
        "colour": COLOURS[band.threshold] if band.threshold else None,
    }


def place_schema() -> Json:
    """The schema of what ``place_to_json`` gives."""
    return closed_object(
        {
            "field": {"enum": ["place", "collector"]},
            "value": TEXT,
            "label": TEXT,
            "id": TEXT,
            "measure": {"enum": ["chosen", "percent_positive"]},
            "base": COUNT,
            "percent": ESTIMATE,
            "expected_low": FIGURE,
            "expected_high": FIGURE,
            "band": {"enum": _BANDS},
            "p_adjusted": FIGURE,
            "words": {"enum": ["higher", "lower", "similar", "too few to say"]},
            "acceptable": _MAYBE_NUMBER,
            "achievable": _MAYBE_NUMBER,
            "direction": {"enum": ["higher is better", "lower is better", None]},
            "threshold": {"enum": [*COLOURS, None]},
            "colour": {"enum": [*COLOURS.values(), None]},
        }
    )
