"""An officer's commentary as JSON, inside a report and beside it, with the schema."""

from __future__ import annotations

from reports.commentary import Written
from reports.figures_json import Json
from reports.schema_parts import TEXT, WHOLE, by_name, closed_object, list_of
from surveys.commentary.editions import STATES
from surveys.commentary.texts import ADVICE


def commentary_to_json(commentary: Written) -> Json:
    """The commentary with its figures filled in, its edition and state, and the digest of what was written."""
    return {
        "edition": commentary.edition,
        "state": commentary.state,
        "state_on": commentary.state_on.isoformat(),
        "state_by": commentary.state_by,
        "digest": commentary.digest,
        "front": dict(commentary.front),
        "summary": list(commentary.summary),
        "advised": {
            name: {
                "advice": one.advice,
                "reason": one.reason,
                "by": one.by,
                "on": one.on.isoformat() if one.on else None,
            }
            for name, one in commentary.advised.items()
        },
    }


def commentary_schema() -> Json:
    """The schema of what ``commentary_to_json`` gives."""
    return closed_object(
        {
            "edition": WHOLE,
            "state": {"enum": list(STATES)},
            "state_on": {"type": "string", "format": "date"},
            "state_by": TEXT,
            "digest": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            "front": by_name(TEXT),
            "summary": list_of(TEXT),
            "advised": by_name(
                closed_object(
                    {
                        "advice": {"enum": list(ADVICE)},
                        "reason": TEXT,
                        "by": TEXT,
                        "on": {"type": ["string", "null"], "format": "date"},
                    }
                )
            ),
        }
    )
