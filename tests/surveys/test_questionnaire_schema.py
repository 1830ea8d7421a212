"""The JSON Schema of questionnaire files: it describes every key and agrees with the reader."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import given, settings

from surveys.library import library_files
from surveys.questionnaire import Questionnaire
from surveys.questionnaire_file import json_schema, read_questionnaire, to_document
from tests.surveys.strategies import questionnaires


@settings(max_examples=20)
@given(questionnaires())
def test_every_valid_questionnaire_fits_the_published_schema(questionnaire: Questionnaire) -> None:
    assert VALIDATOR.is_valid(to_document(questionnaire))


SCHEMA = json_schema()
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def test_the_schema_is_one_and_describes_every_key() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    undescribed = [path for path, part in _properties(SCHEMA, "") if not part.get("description")]
    assert undescribed == []
    assert {"slug", "themes", "scales", "equality"} <= set(SCHEMA["properties"])
    assert {"origin", "origin_idea"} <= set(SCHEMA["properties"]["themes"]["items"]["properties"])


def _properties(part: Any, path: str) -> list[tuple[str, dict[str, Any]]]:
    found = []
    if isinstance(part, dict):
        if part.get("type") == "object":
            found += [
                (f"{path}/{name}", inner)
                for name, inner in part.get("properties", {}).items()
                if path[-9:] != "condition"
            ]
        for name, inner in part.items():
            found += _properties(inner, f"{path}/{name}") if name != "condition" else []
    elif isinstance(part, list):
        for inner in part:
            found += _properties(inner, path)
    return found


@pytest.mark.parametrize("name", sorted(library_files()))
def test_the_shipped_files_fit_the_schema(name: str) -> None:
    VALIDATOR.validate(yaml.safe_load(library_files()[name].read_bytes()))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda document: document.update(titel="x"),
        lambda document: document.pop("slug"),
        lambda document: document.update(format=2),
        lambda document: document["themes"][0].pop("plain_title"),
        lambda document: document["questions"][0]["questions"][0].update(kind="grid"),
        lambda document: document["questions"][0]["questions"][0].update(max="three"),
        lambda document: document["scales"]["importance"]["points"][0].update(value="four"),
        lambda document: document["questions"][4].update(show_if={"field": "x", "operator": "is"}),
    ],
)
def test_the_schema_refuses_what_the_reader_refuses(spoil: Any) -> None:
    document = to_document(read_questionnaire(library_files()["cancer-strategy-themes"].read_bytes()))
    spoil(document)
    assert not VALIDATOR.is_valid(document)
    with pytest.raises(ValueError):
        read_questionnaire(json.dumps(document).encode(), is_json=True)
