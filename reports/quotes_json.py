"""Quotes as JSON, and the part of the schema that describes them."""

from __future__ import annotations

from reports.figures_json import Json, number_to_json
from reports.schema_parts import COUNT, TEXT, WHOLE, by_name, closed_object, list_of
from reports.tabulation import Figure, Quotes


def quotes_to_json(quotes: Quotes[Figure] | None) -> Json | None:
    """The quotes by question with their counts; None where nobody has chosen any."""
    if quotes is None:
        return None
    return {
        "quoted": [
            {
                "question": one.key,
                "theme": one.theme_id,
                "audience": one.audience,
                "words": one.words,
                "language": one.language,
                "translations": {
                    language: {"words": translated.words, "translated_by": translated.translated_by}
                    for language, translated in one.translations.items()
                },
            }
            for one in quotes.quoted
        ],
        "comments": number_to_json(quotes.comments),
        "may_quote": number_to_json(quotes.may_quote),
        "masked": number_to_json(quotes.masked),
        "chosen": quotes.chosen,
        "approved": quotes.approved,
        "left_out": dict(quotes.left_out),
    }


def quotes_schema() -> Json:
    """JSON Schema of what ``quotes_to_json`` makes."""
    quoted = closed_object(
        {
            "question": TEXT,
            "theme": {"type": ["string", "null"]},
            "audience": TEXT,
            "words": TEXT,
            "language": TEXT,
            "translations": by_name(closed_object({"words": TEXT, "translated_by": TEXT})),
        }
    )
    quotes = closed_object(
        {
            "quoted": list_of(quoted),
            "comments": COUNT,
            "may_quote": COUNT,
            "masked": COUNT,
            "chosen": WHOLE,
            "approved": WHOLE,
            "left_out": by_name(WHOLE),
        }
    )
    return {"anyOf": [{"type": "null"}, quotes]}
