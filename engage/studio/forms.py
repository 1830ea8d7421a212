"""The studio's forms."""

from __future__ import annotations

from wtforms import DateField, Form, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import AnyOf, InputRequired, Length, Optional, Regexp

from engage.access.forms import StaffForm

PRINTED = {
    "poster-a4": "Poster, A4",
    "poster-a3": "Poster, A3",
    "poster-a5": "Poster, A5 (a flyer or a card)",
    "leaflet": "Leaflet, A4 folded, with every theme explained",
}


class PrintForm(StaffForm):
    what = RadioField("What shall we make?", [InputRequired("Choose what to make")], choices=PRINTED)


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
