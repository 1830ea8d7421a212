"""The parts that JSON Schemas of results are put together from; ``#/$defs`` are those of ``results_schema``."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

FIGURE: Json = {"$ref": "#/$defs/figure"}
COUNT: Json = {"$ref": "#/$defs/count"}
COUNTS: Json = {"$ref": "#/$defs/counts"}
INTERVAL: Json = {"$ref": "#/$defs/interval"}
ESTIMATE: Json = {"$ref": "#/$defs/estimate"}
TEXT: Json = {"type": "string"}
WHOLE: Json = {"type": "integer", "minimum": 0}
DATE: Json = {"type": ["string", "null"], "format": "date"}


def closed_object(required: Json, optional: Json | None = None) -> Json:
    """An object with these properties and no others."""
    return {
        "type": "object",
        "properties": {**required, **(optional or {})},
        "required": list(required),
        "additionalProperties": False,
    }


def list_of(items: Json) -> Json:
    """An array of such items."""
    return {"type": "array", "items": items}


def by_name(values: Json) -> Json:
    """An object of such values under any names."""
    return {"type": "object", "additionalProperties": values}
