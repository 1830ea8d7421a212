"""The JSON Schema (draft 2020-12) of results as JSON."""

from __future__ import annotations

from reports.commentary_json import commentary_schema
from reports.comparisons_json import change_schema, difference_schema
from reports.figures_json import SUPPRESSED
from reports.mentions.as_json import mentions_schema
from reports.mentions.quality import coding_schema
from reports.places_json import place_schema
from reports.quotes_json import quotes_schema
from reports.representing_json import representation_schema, weighted_schema
from reports.schema_parts import (
    COUNT,
    COUNTS,
    DATE,
    ESTIMATE,
    FIGURE,
    INTERVAL,
    TEXT,
    WHOLE,
    Json,
    by_name,
    closed_object,
    list_of,
)
from reports.workshops_json import workshops_schema


def json_schema() -> Json:
    """The schema that ``results_json.to_json`` keeps to, and that ``engage results --schema`` prints."""
    population = {
        "label": TEXT,
        "responses": COUNT,
        "minimum_base": WHOLE,
        "themes": list_of({"$ref": "#/$defs/theme"}),
        "questions": list_of({"$ref": "#/$defs/question"}),
    }
    which = {"field": TEXT, "value": TEXT, "fields": list_of(TEXT), "values": list_of(TEXT)}
    top = closed_object(
        {
            "survey": closed_object(
                {"slug": TEXT, "title": TEXT, "titles": by_name(TEXT), "demonstration": {"type": "boolean"}}
            ),
            "versions": list_of({"type": "string", "pattern": r"^\d+\.\d+$"}),
            "period": {"anyOf": [{"type": "null"}, closed_object({"from": DATE, "to": DATE})]},
            "filters": closed_object(
                {
                    "since": DATE,
                    "until": DATE,
                    "where": list_of(closed_object({"field": TEXT, "value": TEXT})),
                    "by": {"type": ["string", "null"]},
                    "mentions_base": {"enum": ["commented", "respondents", "mentions"]},
                }
            ),
            "generated_at": {"type": "string", "format": "date-time"},
            "data_fingerprint": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            "disclosure": closed_object({"minimum_base": WHOLE, "minimum_base_staff": WHOLE, "minimum_cell": WHOLE}),
            "responses": COUNT,
            "headline_order": {"enum": ["chosen", "score"]},
            "orders_disagree": {"type": "boolean"},
            "order_by_channel_agrees": {"type": ["boolean", "null"]},
            "themes": population["themes"],
            "questions": population["questions"],
            "audiences": by_name({"$ref": "#/$defs/population"}),
            "who_answered": list_of({"$ref": "#/$defs/breakdown"}),
            "differences": list_of({"$ref": "#/$defs/difference"}),
            "change": change_schema(),
            "representation": list_of(representation_schema()),
            "weighted": weighted_schema(),
            "places": list_of(place_schema()),
            "mentions": list_of(mentions_schema()),
            "coding": list_of(coding_schema()),
            "quotes": quotes_schema(),
            "workshops": workshops_schema(),
            "method": by_name(TEXT),
        },
        {
            "pooling": {"type": "string", "pattern": "^unweighted, "},
            # Only in the file that stands beside a report: what an officer wrote there.
            "commentary": commentary_schema(),
            "groups": list_of(closed_object({**which, **population})),
        },
    )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Results of a survey, after disclosure control",
        "description": "Shares are 0-100, scores 0-10, p values 0-1. A figure is a number, the word 'suppressed', "
        "or null where there is nothing to estimate.",
        **top,
        "$defs": {**_figures(), "population": closed_object(population), **_tables()},
    }


def _figures() -> Json:
    hidden = {"const": SUPPRESSED}
    return {
        "figure": {"anyOf": [{"type": "number"}, hidden, {"type": "null"}]},
        "count": {"anyOf": [WHOLE, hidden]},
        "counts": by_name(COUNT),
        "interval": closed_object({"low": FIGURE, "high": FIGURE}),
        "estimate": closed_object({"value": FIGURE, "low": FIGURE, "high": FIGURE}),
        "share": {
            "anyOf": [
                {"type": "null"},
                closed_object({"n": COUNT, "base": COUNT, "percent": FIGURE, "low": FIGURE, "high": FIGURE}),
            ]
        },
    }


def _tables() -> Json:
    share = {"$ref": "#/$defs/share"}
    return {
        "theme": closed_object(
            {
                "id": TEXT,
                "title": TEXT,
                "plain_title": TEXT,
                "score_0_10": closed_object({"value": FIGURE, "low": FIGURE, "high": FIGURE, "base": COUNT}),
                "chosen": share,
                "unclear": share,
                "commented": FIGURE,
                "rank": FIGURE,
                "rank_low": FIGURE,
                "rank_high": FIGURE,
                "tied_with": list_of(TEXT),
                "minimum_base": WHOLE,
            }
        ),
        "question": {"oneOf": [{"$ref": f"#/$defs/{kind}"} for kind in ("rating", "choice", "number", "comment")]},
        "rating": _question(
            "rating",
            {
                "labels": by_name(TEXT),
                "base_rule": {"enum": ["scored", "all"]},
                "counts": COUNTS,
                "not_scored": COUNTS,
                "skipped": COUNT,
                "not_shown": COUNT,
                "percent_positive": ESTIMATE,
                "mean": FIGURE,
                "mean_interval": INTERVAL,
                "score_0_10": FIGURE,
                "score_interval": INTERVAL,
            },
        ),
        "choice": _question(
            ["choice", "choices", "ranking"],
            {
                "labels": by_name(TEXT),
                "counts": COUNTS,
                "percent": by_name(ESTIMATE),
                "not_scored": COUNTS,
                "skipped": COUNT,
                "not_shown": COUNT,
            },
            {"first": COUNTS},
        ),
        "number": _question(
            "number",
            {
                "labels": by_name(TEXT),
                "mean": FIGURE,
                "mean_interval": INTERVAL,
                "median": FIGURE,
                "skipped": COUNT,
                "not_shown": COUNT,
            },
        ),
        "comment": _question(["text", "long_text"], {"commented": COUNT}),
        "breakdown": closed_object(
            {
                "field": TEXT,
                "label": TEXT,
                "counts": COUNTS,
                "labels": by_name(TEXT),
                "base": COUNT,
                "missing": COUNT,
            }
        ),
        "difference": difference_schema(),
    }


def _question(kind: str | list[str], figures: Json, optional: Json | None = None) -> Json:
    kinds = {"enum": [kind] if isinstance(kind, str) else kind}
    always = {"id": TEXT, "kind": kinds, "text": TEXT, "base": COUNT}
    return closed_object({**always, **figures, "confidence_level": {"const": 0.95}, "minimum_base": WHOLE}, optional)
