"""The studio's forms."""

from __future__ import annotations

from wtforms import DateField, Form, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import AnyOf, InputRequired, Length, Optional, Regexp

from engage.access.forms import StaffForm


class SearchForm(Form):
    """Sent with GET: it changes nothing, so it needs no token."""

    collector = SelectField("Collector", [Optional()])
    day = DateField("Day it was sent, for example 2026-11-21", [Optional()])
    words = StringField("Words in a comment", [Optional(), Length(max=200)])


class RemoveForm(StaffForm):
    key = HiddenField(validators=[InputRequired(), Regexp(r"^[0-9a-f]{32}$")])
    reason = TextAreaField(
        "Why does this answer not belong?",
        [InputRequired("Say why it is removed"), Length(min=5, max=300, message="Write 5 to 300 characters")],
    )
    sure = HiddenField(validators=[AnyOf(["yes"])])
