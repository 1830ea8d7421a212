"""The questionnaire file described as JSON Schema, for editors and for other software."""

from __future__ import annotations

from typing import Any

from surveys.questionnaire_file.conditions import CONDITION_SCHEMA
from surveys.questionnaire_file.forms import LANGUAGE_CODE, LONGEST_TEXT
from surveys.questionnaire_file.questions import KINDS, question_alone_schema
from surveys.questionnaire_file.survey_keys import QUESTIONNAIRE


def json_schema() -> dict[str, Any]:
    """JSON Schema 2020-12 of a questionnaire file. What one part must say about another stands in the documentation."""
    text = {"type": "string", "minLength": 1, "maxLength": LONGEST_TEXT}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Engage questionnaire file, format 1",
        **QUESTIONNAIRE.schema(),
        "$defs": {
            "text": {
                "description": "A text in the default language, or a map with the text in every language.",
                "anyOf": [
                    text,
                    {
                        "type": "object",
                        "propertyNames": {"pattern": f"^{LANGUAGE_CODE.pattern}$"},
                        "additionalProperties": text,
                        "minProperties": 1,
                    },
                ],
            },
            "condition": CONDITION_SCHEMA,
            **{f"{kind}_question": record.schema() for kind, record in KINDS.records.items()},
            "question_alone": question_alone_schema(),
        },
    }
