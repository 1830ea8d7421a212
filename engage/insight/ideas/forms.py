"""The forms of the page of ideas."""

from __future__ import annotations

from flask import request
from wtforms import SelectMultipleField, StringField
from wtforms.validators import DataRequired, Length

from engage.access.forms import StaffForm
from engage.studio.beginning import LONGEST_TITLE
from surveys.coding.ideas import MOST_FORWARD, Forward, Idea

_LONGEST_PLACE = 4


class BeginForm(StaffForm):
    """``questions`` gets its choices from the survey."""

    questions = SelectMultipleField("Questions whose answers hold ideas")


class ForwardForm(StaffForm):
    """Beside the title, three fields for each idea: its place, its plain title and its explanation."""

    title = StringField(
        "What shall the next survey be called?",
        [
            DataRequired("Write what the next survey shall be called"),
            Length(max=LONGEST_TITLE, message=f"Use {LONGEST_TITLE} characters or fewer for the title"),
        ],
    )


def place_field(idea: Idea) -> str:
    """The name of the field that says as how many-th theme an idea goes forward."""
    return f"place-{idea.code.id}"


def typed(idea: Idea, field: str) -> str:
    """What was typed for an idea (``field`` is place, plain or explanation), else what it begins with."""
    begins = {"place": "", "plain": idea.code.name, "explanation": idea.code.definition}
    return request.form.get(f"{field}-{idea.code.id}", begins[field])


def chosen(ideas: tuple[Idea, ...]) -> tuple[list[Forward], dict[str, str]]:
    """The ideas that have a place, in the order of their places; and what is wrong, by the name of the field."""
    placed: list[tuple[int, Forward]] = []
    problems: dict[str, str] = {}
    for idea in ideas:
        place = typed(idea, "place").strip()
        if not place:
            continue
        if not (place.isascii() and place.isdigit() and len(place) < _LONGEST_PLACE and int(place) > 0):
            problems[place_field(idea)] = f"Write a number from 1 to {MOST_FORWARD} for “{idea.code.name}”"
            continue
        placed.append((int(place), Forward(idea.code, typed(idea, "plain"), typed(idea, "explanation"))))
    return [one for _, one in sorted(placed, key=lambda pair: pair[0])], problems
