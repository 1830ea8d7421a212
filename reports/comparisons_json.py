"""Differences between groups and changes over waves as JSON, with their schemas."""

from __future__ import annotations

from reports.figures_json import Json, estimate_to_json, number_to_json
from reports.schema_parts import DATE, ESTIMATE, FIGURE, TEXT, WHOLE, closed_object, list_of
from reports.tabulation import Change, Difference, Figure, Series, WaveOf

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


def change_to_json(change: Change[Figure] | None) -> Json | None:
    """Every measure over the waves, from the earliest; null where nothing was asked before."""
    if change is None:
        return None
    return {"waves": [_wave(one) for one in change.waves], "series": [_series(one) for one in change.series]}


def _wave(wave: WaveOf) -> Json:
    first, last = wave.period or (None, None)
    return {
        "survey": wave.survey_slug,
        "title": wave.title,
        "version": wave.version,
        "from": first.isoformat() if first else None,
        "to": last.isoformat() if last else None,
    }


def _series(series: Series[Figure]) -> Json:
    return {
        "measure": series.measure,
        "id": series.key,
        "audience": series.audience,
        "comparability": list(series.comparability),
        "points": [{"base": number_to_json(point.base), **estimate_to_json(point.value)} for point in series.points],
        "difference": estimate_to_json(series.difference),
        "p_adjusted": number_to_json(series.p_adjusted),
        "family_size": series.family_size,
        "trend_p": number_to_json(series.trend_p),
        "words": series.words,
        "mix_moved": series.mix_moved,
    }


def change_schema() -> Json:
    """The schema of what ``change_to_json`` gives."""
    wave = closed_object({"survey": TEXT, "title": TEXT, "version": TEXT, "from": DATE, "to": DATE})
    point = closed_object({"base": FIGURE, "value": FIGURE, "low": FIGURE, "high": FIGURE})
    series = closed_object(
        {
            "measure": {"enum": [*_MEASURES, "score_0_10"]},
            "id": TEXT,
            "audience": {"type": ["string", "null"]},
            "comparability": list_of({"enum": ["same", "similar", "new"]}),
            "points": list_of(point),
            "difference": ESTIMATE,
            "p_adjusted": FIGURE,
            "family_size": WHOLE,
            "trend_p": FIGURE,
            "words": {"enum": [*_WORDS, "not comparable"]},
            "mix_moved": {"type": "boolean"},
        }
    )
    return {"anyOf": [{"type": "null"}, closed_object({"waves": list_of(wave), "series": list_of(series)})]}
