"""The JSON Schema (draft 2020-12) of results as JSON."""

from __future__ import annotations

from typing import Any

from reports.results_json import SUPPRESSED

Json = dict[str, Any]

_FIGURE = {"$ref": "#/$defs/figure"}
_COUNT = {"$ref": "#/$defs/count"}
_COUNTS = {"$ref": "#/$defs/counts"}
_INTERVAL = {"$ref": "#/$defs/interval"}
_ESTIMATE = {"$ref": "#/$defs/estimate"}
_TEXT = {"type": "string"}
_WHOLE = {"type": "integer", "minimum": 0}
_DATE = {"type": ["string", "null"], "format": "date"}


def _object(required: Json, optional: Json | None = None) -> Json:
    return {
        "type": "object",
        "properties": {**required, **(optional or {})},
        "required": list(required),
        "additionalProperties": False,
    }


def _list(items: Json) -> Json:
    return {"type": "array", "items": items}


def _by_name(values: Json) -> Json:
    return {"type": "object", "additionalProperties": values}


def json_schema() -> Json:
    """The schema that ``results_json.to_json`` keeps to, and that ``engage results --schema`` prints."""
    population = {
        "label": _TEXT,
        "responses": _COUNT,
        "minimum_base": _WHOLE,
        "themes": _list({"$ref": "#/$defs/theme"}),
        "questions": _list({"$ref": "#/$defs/question"}),
    }
    top = _object(
        {
            "survey": _object(
                {"slug": _TEXT, "title": _TEXT, "titles": _by_name(_TEXT), "demonstration": {"type": "boolean"}}
            ),
            "versions": _list({"type": "string", "pattern": r"^\d+\.\d+$"}),
            "period": {"anyOf": [{"type": "null"}, _object({"from": _DATE, "to": _DATE})]},
            "filters": _object(
                {
                    "since": _DATE,
                    "until": _DATE,
                    "where": _list(_object({"field": _TEXT, "value": _TEXT})),
                    "by": {"type": ["string", "null"]},
                }
            ),
            "generated_at": {"type": "string", "format": "date-time"},
            "data_fingerprint": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            "disclosure": _object({"minimum_base": _WHOLE, "minimum_base_staff": _WHOLE, "minimum_cell": _WHOLE}),
            "responses": _COUNT,
            "headline_order": {"enum": ["chosen", "score"]},
            "orders_disagree": {"type": "boolean"},
            "themes": population["themes"],
            "questions": population["questions"],
            "audiences": _by_name({"$ref": "#/$defs/population"}),
            "who_answered": _list({"$ref": "#/$defs/breakdown"}),
            "differences": _list({"$ref": "#/$defs/difference"}),
            "method": _by_name(_TEXT),
        },
        {
            "pooling": {"type": "string", "pattern": "^unweighted, "},
            "groups": _list(_object({"field": _TEXT, "value": _TEXT, **population})),
        },
    )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Results of a survey, after disclosure control",
        "description": "Shares are 0-100, scores 0-10, p values 0-1. A figure is a number, the word 'suppressed', "
        "or null where there is nothing to estimate.",
        **top,
        "$defs": {**_figures(), "population": _object(population), **_tables()},
    }


def _figures() -> Json:
    hidden = {"const": SUPPRESSED}
    return {
        "figure": {"anyOf": [{"type": "number"}, hidden, {"type": "null"}]},
        "count": {"anyOf": [_WHOLE, hidden]},
        "counts": _by_name(_COUNT),
        "interval": _object({"low": _FIGURE, "high": _FIGURE}),
        "estimate": _object({"value": _FIGURE, "low": _FIGURE, "high": _FIGURE}),
        "share": {
            "anyOf": [
                {"type": "null"},
                _object({"n": _COUNT, "base": _COUNT, "percent": _FIGURE, "low": _FIGURE, "high": _FIGURE}),
            ]
        },
    }


def _tables() -> Json:
    share = {"$ref": "#/$defs/share"}
    return {
        "theme": _object(
            {
                "id": _TEXT,
                "title": _TEXT,
                "plain_title": _TEXT,
                "score_0_10": _object({"value": _FIGURE, "low": _FIGURE, "high": _FIGURE, "base": _COUNT}),
                "chosen": share,
                "unclear": share,
                "commented": _FIGURE,
                "rank": _FIGURE,
                "rank_low": _FIGURE,
                "rank_high": _FIGURE,
                "tied_with": _list(_TEXT),
                "minimum_base": _WHOLE,
            }
        ),
        "question": {"oneOf": [{"$ref": f"#/$defs/{kind}"} for kind in ("rating", "choice", "number", "comment")]},
        "rating": _question(
            "rating",
            {
                "labels": _by_name(_TEXT),
                "base_rule": {"enum": ["scored", "all"]},
                "counts": _COUNTS,
                "not_scored": _COUNTS,
                "skipped": _COUNT,
                "not_shown": _COUNT,
                "percent_positive": _ESTIMATE,
                "mean": _FIGURE,
                "mean_interval": _INTERVAL,
                "score_0_10": _FIGURE,
                "score_interval": _INTERVAL,
            },
        ),
        "choice": _question(
            ["choice", "choices", "ranking"],
            {
                "labels": _by_name(_TEXT),
                "counts": _COUNTS,
                "percent": _by_name(_ESTIMATE),
                "not_scored": _COUNTS,
                "skipped": _COUNT,
                "not_shown": _COUNT,
            },
            {"first": _COUNTS},
        ),
        "number": _question(
            "number",
            {
                "labels": _by_name(_TEXT),
                "mean": _FIGURE,
                "mean_interval": _INTERVAL,
                "median": _FIGURE,
                "skipped": _COUNT,
                "not_shown": _COUNT,
            },
        ),
        "comment": _question(["text", "long_text"], {"commented": _COUNT}),
        "breakdown": _object(
            {
                "field": _TEXT,
                "label": _TEXT,
                "counts": _COUNTS,
                "labels": _by_name(_TEXT),
                "base": _COUNT,
                "missing": _COUNT,
            }
        ),
        "difference": _object(
            {
                "measure": {"enum": ["chosen", "percent_positive"]},
                "id": _TEXT,
                "first": _TEXT,
                "second": _TEXT,
                "difference": _ESTIMATE,
                "p_adjusted": _FIGURE,
                "family_size": _WHOLE,
                "words": {"enum": ["higher", "lower", "similar", "too few to say"]},
            }
        ),
    }


def _question(kind: str | list[str], figures: Json, optional: Json | None = None) -> Json:
    kinds = {"enum": [kind] if isinstance(kind, str) else kind}
    always = {"id": _TEXT, "kind": kinds, "text": _TEXT, "base": _COUNT}
    return _object({**always, **figures, "confidence_level": {"const": 0.95}, "minimum_base": _WHOLE}, optional)
