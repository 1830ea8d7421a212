"""The form of one workshop: its own fields, and those of the voting and capture sheets for each theme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from wtforms import Field, HiddenField, IntegerField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import InputRequired, Length

from engage.access.forms import StaffForm
from engage.studio.about.dates import FORMS, Day
from surveys.workshops.records import LONGEST_LINE, LONGEST_POINTS, POINTS, USUAL_VOTES_EACH, Record, Said

ANYBODY = ""
_FITS = Length(max=LONGEST_LINE, message=f"Use {LONGEST_LINE} characters or fewer")
_POINTS_FIT = Length(max=LONGEST_POINTS, message=f"Use {LONGEST_POINTS:,} characters or fewer")
_MOST_DIGITS = 7


class WholeNumber(IntegerField):
    """A whole number from 0, with the commas and spaces that people write into it; None where it is left empty."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """As the field's own, with a message that says what to do."""
        typed = "".join(valuelist[:1]).replace(",", "").replace(" ", "")
        self.data = None
        if not typed:
            return
        if not (typed.isascii() and typed.isdigit() and len(typed) <= _MOST_DIGITS):
            raise ValueError(f"{self.label.text}: write a whole number such as 25")
        self.data = int(typed)


class Needed:
    """The field needs an answer; spaces alone are none."""

    field_flags: Mapping[str, Any] = {}

    def __init__(self, message: str) -> None:
        self.message = message

    def __call__(self, form: Any, field: Field) -> None:
        if field.errors or field.data is None or not str(field.data).strip():
            raise ValidationError(field.errors[0] if field.errors else self.message)


class WorkshopForm(StaffForm):
    """``seen`` is the row version that was read before changing."""

    seen = HiddenField()
    held_on = Day("Date of the workshop", [InputRequired("Write the date of the workshop")], format=FORMS)
    place = StringField("Place", [Needed("Write where the workshop was"), _FITS])
    facilitator_role = StringField("Who led it: their role, not their name (optional)", [_FITS])
    people = WholeNumber("How many people came", [Needed("Write how many people came")])
    audience = SelectField("Who it was for (optional)", default=ANYBODY)
    votes_each = WholeNumber(
        "How many votes each person had", [Needed("Write how many votes each person had")], default=USUAL_VOTES_EACH
    )

    def offer(self, audiences: Sequence[tuple[str, str]]) -> None:
        """Fill the list of audiences."""
        self.audience.choices = {ANYBODY: "Everybody, or not stated"} | dict(audiences)

    def record(self, themes: Sequence[str], kept: Mapping[str, Said]) -> Record:
        """What was filled in; what is ``kept`` of themes that the survey no longer has stays."""
        held_on = self.held_on.data
        if held_on is None:
            raise ValueError("only a complete form says what was filled in")
        said = {
            theme: Said(
                self[field_of("votes", theme)].data, *(self[field_of(name, theme)].data or "" for name in POINTS)
            )
            for theme in themes
        }
        return Record(
            held_on=held_on,
            place=self.place.data or "",
            facilitator_role=self.facilitator_role.data or "",
            people=self.people.data or 0,
            audience=self.audience.data or None,
            votes_each=self.votes_each.data or 0,
            themes={**{theme: one for theme, one in kept.items() if theme not in said}, **said},
        )

    def say(self, problems: Mapping[str, str]) -> None:
        """Put what is wrong beside its field: ``people``, or ``votes.THEME``."""
        for where, message in problems.items():
            name, _, theme = where.partition(".")
            self[field_of(name, theme) if theme else name].errors = [message]


def field_of(name: str, theme: str) -> str:
    """The name of a theme's field."""
    return f"{name}--{theme}"


@cache
def form_for(themes: tuple[str, ...]) -> type[WorkshopForm]:
    """The form with the fields of these themes, by id."""
    fields: dict[str, Field] = {}
    for theme in themes:
        fields[field_of("votes", theme)] = WholeNumber("Votes")
        for name, label in POINTS.items():
            fields[field_of(name, theme)] = TextAreaField(label, [_POINTS_FIT])
    return type("WorkshopFormWithThemes", (WorkshopForm,), fields)


def filled_from(record: Record, *, seen: int) -> dict[str, Any]:
    """What the form begins with where a workshop is changed."""
    begins: dict[str, Any] = {
        "seen": str(seen),
        "held_on": record.held_on,
        "place": record.place,
        "facilitator_role": record.facilitator_role,
        "people": record.people,
        "audience": record.audience or ANYBODY,
        "votes_each": record.votes_each,
    }
    for theme, said in record.themes.items():
        begins[field_of("votes", theme)] = said.votes
        begins |= {field_of(name, theme): getattr(said, name) for name in POINTS}
    return begins
