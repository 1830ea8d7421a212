"""Scales and questions that come with the software, for officers to switch on or take over into a survey."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from surveys.questionnaire import Question, Questionnaire, Scale
from surveys.questionnaire_file import from_document

FRIENDS_AND_FAMILY = "friends-and-family"
"""The scale of the Friends and Family Test, whose percent positive counts every answer."""


@cache
def ready_scales() -> Mapping[str, tuple[str, Scale]]:
    """Each scale of the bank by its id, with the name by which officers know it; in the order to offer them."""
    return MappingProxyType(
        {scale.id: (_held()["scales"][scale.id]["name"], scale) for scale in _questionnaire().scales}
    )


@cache
def ready_questions() -> Mapping[str, tuple[Question, bool]]:
    """Each ready question by its id, and whether it is asked about each theme."""
    parts = _questionnaire()
    about_themes = {asked.id: (asked, True) for asked in parts.ask_about_each_theme}
    once = {asked.id: (asked, False) for page in parts.pages for asked in page.questions}
    return MappingProxyType(about_themes | once)


@cache
def _held() -> dict[str, Any]:
    held: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "parts.yaml").read_text("utf-8"))
    return held


@cache
def _questionnaire() -> Questionnaire:
    scales = {
        name: {key: value for key, value in scale.items() if key != "name"} for name, scale in _held()["scales"].items()
    }
    # The parts are read as those of a questionnaire, which needs a few more words.
    around = {"format": 1, "slug": "ready-parts", "language": "en", "title": "-", "organisation": "-", "privacy": "-"}
    return from_document({**_held(), **around, "about": {"purpose": "-"}, "scales": scales})
