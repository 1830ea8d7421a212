"""The forms of code frames and of their codes."""

from __future__ import annotations

from wtforms import RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from engage.access.forms import StaffForm
from surveys.coding.frames import LONGEST_NAME, CodeText

MOST_PARTS = 4
"""Codes that one code is split into at once."""

_LONGEST_TEXT = 1_000


class FrameForm(StaffForm):
    """``questions`` gets its choices from the survey."""

    name = StringField("Name of the frame", [InputRequired("Give the frame a name"), Length(max=LONGEST_NAME)])
    questions = SelectMultipleField("Questions whose comments get these codes")


class NewFrameForm(FrameForm):
    start = RadioField("Start with")


class CodeForm(StaffForm):
    name = StringField("Name", [InputRequired("Give the code a name"), Length(max=LONGEST_NAME)])
    definition = TextAreaField("When to give it", [Length(max=_LONGEST_TEXT)])
    include = TextAreaField("What else counts as this", [Length(max=_LONGEST_TEXT)])
    exclude = TextAreaField("What does not", [Length(max=_LONGEST_TEXT)])
    example = TextAreaField("An example", [Length(max=_LONGEST_TEXT)])

    def text(self) -> CodeText:
        """What was typed."""
        fields = (self.name, self.definition, self.include, self.exclude, self.example)
        return CodeText(*(str(field.data or "").strip() for field in fields))


class RewordForm(CodeForm):
    meaning = RadioField(
        "Does the code still mean the same?",
        [InputRequired("Say whether the code still means the same")],
        choices={"same": "Yes, these are only other words", "other": "No, so its comments must be coded again"},
    )


class MergeForm(StaffForm):
    """``merged`` gets its choices from the frame."""

    merged = SelectMultipleField("Codes to merge into it")


class SplitForm(StaffForm):
    """A name and a definition for each new code; rows without a name are left out."""

    name_1 = StringField("Name of the first code", [InputRequired("Name at least two codes"), Length(max=LONGEST_NAME)])
    definition_1 = TextAreaField("When to give the first code", [Length(max=_LONGEST_TEXT)])
    name_2 = StringField(
        "Name of the second code", [InputRequired("Name at least two codes"), Length(max=LONGEST_NAME)]
    )
    definition_2 = TextAreaField("When to give the second code", [Length(max=_LONGEST_TEXT)])
    name_3 = StringField("Name of the third code, if any", [Length(max=LONGEST_NAME)])
    definition_3 = TextAreaField("When to give the third code", [Length(max=_LONGEST_TEXT)])
    name_4 = StringField("Name of the fourth code, if any", [Length(max=LONGEST_NAME)])
    definition_4 = TextAreaField("When to give the fourth code", [Length(max=_LONGEST_TEXT)])

    def parts(self) -> list[CodeText]:
        """The codes that have a name."""
        rows = [(self[f"name_{row}"].data, self[f"definition_{row}"].data) for row in range(1, MOST_PARTS + 1)]
        texts = [CodeText((name or "").strip(), (definition or "").strip()) for name, definition in rows]
        return [one for one in texts if one.name]
