"""The forms around a preview."""

from __future__ import annotations

from wtforms import HiddenField, IntegerField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Regexp

from engage.access.forms import StaffForm
from engage.studio.preview.links import USUAL_DAYS

ROLES = {
    "a patient": "A patient",
    "a carer": "A carer or relative",
    "a clinician": "A clinician",
    "a colleague": "A colleague",
    "an advocate": "An advocate or a voluntary group",
    "a translator": "A translator",
    "somebody else": "Somebody else",
}
MOST_DAYS = 90


class PreviewForm(StaffForm):
    """``revision`` is the one that was tried."""

    revision = HiddenField(validators=[InputRequired(), Regexp(r"^[0-9]{1,9}$")])


class ReaderForm(StaffForm):
    reader = StringField("Name of the reader", [InputRequired("Enter the name of the reader"), Length(max=200)])
    role = SelectField("Who they are", choices=ROLES)
    days = IntegerField(
        "How many days the link works",
        [
            InputRequired("Enter a number of days"),
            NumberRange(min=1, max=MOST_DAYS, message=f"Enter a number of days from 1 to {MOST_DAYS}"),
        ],
        default=USUAL_DAYS,
    )


class NumberForm(StaffForm):
    """A button about one row of a list."""

    number = HiddenField(validators=[InputRequired(), Regexp(r"^[0-9]{1,9}$")])
