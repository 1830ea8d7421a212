"""Whatever happens to a questionnaire file on its way, reading it ends in faults and never in a stack trace."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.library import library_files
from surveys.questionnaire_file import QuestionnaireFaults, read_questionnaire

SHIPPED = library_files()["every-kind"].read_text("utf-8")


@given(st.data())
def test_no_damage_to_a_file_ends_in_anything_but_faults(data: st.DataObject) -> None:
    lines = SHIPPED.split("\n")
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(lines) - 1))
        damage = data.draw(st.sampled_from(["drop", "twice", "empty", "list", "deeper", "text", "number", "cut"]))
        key = lines[place].split(":")[0]
        lines[place : place + 1] = {
            "drop": [],
            "twice": [lines[place], lines[place]],
            "empty": [f"{key}:"],
            "list": [f"{key}: [1, {{a: b}}]"],
            "deeper": [f"  {lines[place]}"],
            "text": [f"{key}: {data.draw(st.text(max_size=8))}"],
            "number": [f"{key}: -1e99"],
            "cut": [lines[place][: data.draw(st.integers(0, 30))]],
        }[damage] or [""]
    with suppress(QuestionnaireFaults):
        read_questionnaire("\n".join(lines).encode("utf-8", "surrogatepass"))


@given(st.binary(max_size=200), st.booleans())
def test_no_bytes_end_in_anything_but_faults(content: bytes, is_json: bool) -> None:
    with pytest.raises(QuestionnaireFaults):
        read_questionnaire(content, is_json=is_json)
