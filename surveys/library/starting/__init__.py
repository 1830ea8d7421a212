"""Where a new survey can start: questionnaires with their questions ready and their own words still to be written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from surveys.designing.texts import new_id
from surveys.questionnaire import OtherWay, Questionnaire, Text, Theme
from surveys.questionnaire_file import from_document
from surveys.reading_time import estimated_minutes
from surveys.routing import journey

_FOLDER = Path(__file__).parent
_ORDER = ("strategy", "experience", "proposal", "ideas", "workshop", "staff", "blank")


@dataclass(frozen=True, slots=True)
class StartingPoint:
    """One way to start. ``imports_themes``: the themes come from a document, ``usual_themes`` of them as a rule."""

    id: str
    name: str
    purpose: str
    questionnaire: Questionnaire
    audience: str = ""
    imports_themes: bool = False
    usual_themes: int = 0

    @property
    def minutes(self) -> int:
        """About how many minutes it takes to answer, rounded up, with the usual number of themes."""
        return max(1, -int(-estimated_minutes(self._usual())[0] // 1))

    @property
    def pages(self) -> int:
        """How many pages of questions somebody meets on a phone, with the usual number of themes."""
        return len(journey(self._usual()))

    def _usual(self) -> Questionnaire:
        """The questionnaire as it will be: with themes of the usual length, and an opening of two sentences."""
        about = replace(self.questionnaire.about, purpose=_sample(30))
        themes = self.questionnaire.themes or tuple(
            Theme(id=f"theme-{number}", title=_sample(6), plain_title=_sample(5), explanation=_sample(35, number))
            for number in range(self.usual_themes)
        )
        return replace(self.questionnaire, about=about, themes=themes)


@cache
def starting_points() -> tuple[StartingPoint, ...]:
    """Every starting point, the most usual first."""
    return tuple(_read(name) for name in _ORDER)


@cache
def suggested_texts() -> Mapping[str, str]:
    """Standing texts that an organisation can begin with; ``{organisation}`` stands for its name."""
    held: dict[str, str] = yaml.safe_load((_FOLDER / "standing_texts.yaml").read_text("utf-8"))
    return {name: text.strip() for name, text in held.items()}


def begin_questionnaire(
    point: StartingPoint, *, title: str, audience: str, organisation: str, standing_texts: Mapping[str, str]
) -> Questionnaire:
    """A questionnaire that starts at ``point``, with the organisation's standing texts where it has some.

    What an organisation has not written yet is taken from ``suggested_texts``; a text that is known to neither is
    left blank for the officer.
    """
    texts = {**_suggested_for(organisation), **{name: text for name, text in standing_texts.items() if text}}
    start = point.questionnaire
    about = replace(
        start.about,
        contact=_text(texts.get("contact")),
        help_line=_text(texts.get("help_line")),
        outcome_promise=_text(texts.get("outcome_promise")),
    )
    ways = tuple(OtherWay(kind, Text((("en", texts[kind]),))) for kind in ("telephone", "paper") if texts.get(kind))
    return replace(
        start,
        slug=new_id(title, (), "survey"),
        title=Text((("en", title),)),
        audience=_text(audience or point.audience),
        organisation=Text((("en", organisation),)),
        about=about,
        privacy=Text((("en", texts.get("privacy", "")),)),
        other_ways=ways,
    )


def _suggested_for(organisation: str) -> dict[str, str]:
    return {name: text.replace("{organisation}", organisation) for name, text in suggested_texts().items()}


def _read(name: str) -> StartingPoint:
    held: dict[str, Any] = yaml.safe_load((_FOLDER / f"{name}.yaml").read_text("utf-8"))
    document = held.pop("questionnaire")
    return StartingPoint(id=name, questionnaire=from_document(document, blanks=True), **held)


def _text(words: str | None) -> Text | None:
    return Text((("en", words),)) if words else None


def _sample(words: int, number: int = 0) -> Text:
    """A text of so many words, different for each number, because equal texts are read once."""
    return Text((("en", " ".join([f"word{number}"] * words)),))
