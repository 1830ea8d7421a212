"""What workshops said as JSON, and the part of the schema that describes it."""

from __future__ import annotations

from collections.abc import Sequence

from reports.figures_json import Json, number_to_json, numbers_to_json
from reports.schema_parts import COUNT, COUNTS, FIGURE, TEXT, WHOLE, closed_object, list_of
from reports.tabulation import Figure, WorkshopTold
from reports.workshops_said import votes_together


def workshops_to_json(workshops: Sequence[WorkshopTold[Figure]]) -> Json | None:
    """Each workshop, and the votes of those that may be shown together; None where there was none."""
    if not workshops:
        return None
    together = votes_together(workshops)
    return {
        "held": [_workshop(one) for one in workshops],
        "votes": together
        and {
            "workshops": together.workshops,
            "people": number_to_json(together.people),
            "votes": number_to_json(together.votes),
            "themes": numbers_to_json(together.by_theme),
        },
    }


def _workshop(one: WorkshopTold[Figure]) -> Json:
    return {
        "held_on": one.held_on.isoformat(),
        "place": one.place,
        "facilitator_role": one.facilitator_role,
        "audience": one.audience,
        "people": number_to_json(one.people),
        "minimum_base": one.minimum_base,
        "votes_each": one.votes_each,
        "votes": number_to_json(one.votes),
        "themes": [
            {
                "theme": theme.theme_id,
                "votes": number_to_json(theme.votes),
                "agreed": list(theme.agreed),
                "not_agreed": list(theme.not_agreed),
                "ideas": list(theme.ideas),
            }
            for theme in one.themes
        ],
    }


def workshops_schema() -> Json:
    """JSON Schema of what ``workshops_to_json`` makes."""
    points = {name: list_of(TEXT) for name in ("agreed", "not_agreed", "ideas")}
    workshop = closed_object(
        {
            "held_on": {"type": "string", "format": "date"},
            "place": TEXT,
            "facilitator_role": TEXT,
            "audience": {"type": ["string", "null"]},
            "people": COUNT,
            "minimum_base": WHOLE,
            "votes_each": WHOLE,
            "votes": FIGURE,
            "themes": list_of(closed_object({"theme": TEXT, "votes": FIGURE, **points})),
        }
    )
    votes = closed_object({"workshops": WHOLE, "people": COUNT, "votes": COUNT, "themes": COUNTS})
    together = {"anyOf": [{"type": "null"}, votes]}
    return {"anyOf": [{"type": "null"}, closed_object({"held": list_of(workshop), "votes": together})]}
