"""The forms of sharing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from flask_wtf.file import FileField
from wtforms import BooleanField, IntegerField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from engage.access.forms import StaffForm
from engage.languages import own_name
from engage.studio.about.dates import FORMS, Day
from surveys.collectors import LONGEST_CHANNEL, LONGEST_NAME, LONGEST_PLACE
from surveys.planner import LONGEST_ACTIVITY, LONGEST_REMARK, MOST_PLANNED, Plan
from surveys.print_plan import KINDS, USUAL_KINDS

ANY_LANGUAGE = ""
MOST_TYPED = 60_000


class NumberOfPeople(IntegerField):
    """A whole number, with the commas and spaces that people write into it."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """As the field's own, with a message that says what to do."""
        typed = "".join(valuelist[:1])
        plain = typed.replace(",", "").replace(" ", "")
        if not plain:
            self.data = None
        elif plain.isascii() and plain.isdigit() and int(plain[:12]) <= MOST_PLANNED:
            self.data = int(plain)
        else:
            self.data = None
            raise ValueError(f"{self.label.text}: write a whole number such as 200, or leave this empty")


def at_most(most: int, what: str) -> Length:
    """A limit with a message that says what to do."""
    return Length(max=most, message=f"Shorten {what} to {most:,} characters or fewer")


class RowForm(StaffForm):
    """A row of the planner."""

    name = StringField("Name of this row", [InputRequired("Give the row a name"), at_most(LONGEST_NAME, "the name")])
    planned_on = Day("Date (optional)", [Optional()], format=FORMS)
    activity = StringField("Activity (optional)", [at_most(LONGEST_ACTIVITY, "the activity")])
    audience = SelectField("Audience")
    place = StringField("Place (optional)", [at_most(LONGEST_PLACE, "the place")])
    channel = StringField("Channel (optional)", [at_most(LONGEST_CHANNEL, "the channel")])
    language = SelectField("Language that the survey begins in", default=ANY_LANGUAGE)
    planned_reach = NumberOfPeople("How many people should it reach? (optional)")
    reached = NumberOfPeople("How many did it reach? (optional)")
    remark = TextAreaField("Comments (optional)", [at_most(LONGEST_REMARK, "the comments")])
    done = BooleanField("This activity is done")

    def offer(self, audiences: Sequence[tuple[str, str]], languages: Iterable[str]) -> None:
        """Fill the lists to choose from."""
        self.audience.choices = dict(audiences)
        named = {language: own_name(language) for language in languages}
        self.language.choices = {ANY_LANGUAGE: "The survey's own language", **named}

    def validate_name(self, field: Any) -> None:
        """Spaces alone are no name."""
        if not (field.data or "").strip():
            raise ValidationError("Give the row a name")

    def plan(self) -> Plan:
        """What was filled in."""
        return Plan(
            name=self.name.data or "",
            place=self.place.data or "",
            audience=self.audience.data,
            channel=self.channel.data or "",
            language=self.language.data or None,
            activity=self.activity.data or "",
            planned_on=self.planned_on.data,
            planned_reach=self.planned_reach.data,
            reached=self.reached.data,
            remark=self.remark.data or "",
            done=self.done.data,
        )


class PlacesForm(StaffForm):
    """A list of places, pasted or uploaded; ``sure`` once its preview was seen."""

    lines = TextAreaField("Places, one on each line", [at_most(MOST_TYPED, "the list")])
    file = FileField("Or upload the list as a CSV file (optional)")


class PrintForm(StaffForm):
    """What to print, for which rows."""

    kinds = SelectMultipleField("What shall we make?", choices=dict(KINDS))
    languages = SelectMultipleField("In which languages?")
    which = RadioField("For which rows?", choices={"all": "All rows", "some": "Only the rows ticked below"})
    rows = SelectMultipleField("Rows")
    sure = BooleanField("Yes, make all of these files")

    @staticmethod
    def usual() -> list[str]:
        """The kinds that are ticked at first."""
        return list(USUAL_KINDS)

    def validate_kinds(self, field: Any) -> None:
        """Something must be made."""
        if not field.data:
            raise ValidationError("Choose at least one kind of print")

    def validate_languages(self, field: Any) -> None:
        """In some language."""
        if not field.data:
            raise ValidationError("Choose at least one language")

    def validate_rows(self, field: Any) -> None:
        """For somebody."""
        if self.which.data == "some" and not field.data:
            raise ValidationError("Tick at least one row, or choose all rows")


class WordsForm(StaffForm):
    """Words to count; nothing of them is kept."""

    text = TextAreaField("Text message", [at_most(5000, "the text message")])
