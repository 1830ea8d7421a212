"""The forms of the queue."""

from __future__ import annotations

import datetime
from typing import Any

from wtforms import HiddenField, RadioField, StringField
from wtforms.validators import AnyOf, InputRequired, Length, Optional, ValidationError

from engage.access.forms import StaffForm
from engage.insight.comments.saying import REVEAL_REASONS
from surveys.comments.repeating import repeats
from surveys.masking import find_masks

ACTIONS = ("read", "no action", "escalate", "take over")
REPEATS = "Do not repeat words of the comment here"


class _OwnWords(StaffForm):
    """A form whose texts must not carry the comment elsewhere. ``said`` is the comment as it was written."""

    said = ""

    def check_own_words(self, field: Any) -> None:
        """ValidationError where the text repeats the comment."""
        if field.data and repeats(field.data, self.said):
            raise ValidationError(REPEATS)


class DecisionForm(_OwnWords):
    """``seen`` is the state that the page showed."""

    action = HiddenField(validators=[AnyOf(ACTIONS)])
    seen = HiddenField(validators=[Length(max=40)])
    owner = StringField(
        "Who takes it on?", [Optional(), Length(max=254, message="Use 254 characters or fewer")], default=""
    )
    reference = StringField(
        "Its number in another system", [Optional(), Length(max=100, message="Use 100 characters or fewer")], default=""
    )

    def validate_owner(self, field: Any) -> None:
        """A role or a person."""
        self.check_own_words(field)

    def validate_reference(self, field: Any) -> None:
        """A number of a report, not one of a patient."""
        self.check_own_words(field)
        if field.data and any(mask.kind in ("nhs_number", "phone", "birth") for mask in find_masks(field.data)):
            raise ValidationError("Write the number of the report, not one of a person")


class RevealForm(_OwnWords):
    reason = RadioField(
        "Why do you need to see it?",
        choices=REVEAL_REASONS,
        validators=[InputRequired("Choose why you need to see it")],
    )
    other = StringField("Which other reason?", [Length(max=100, message="Use 100 characters or fewer")])

    def validate_other(self, field: Any) -> None:
        """Needed only for another reason."""
        self.check_own_words(field)
        if self.reason.data == "other" and not (field.data or "").strip():
            raise ValidationError("Write the other reason in a few words")

    @property
    def said_why(self) -> str:
        """The reason as the audit trail keeps it."""
        given = str(self.reason.data)
        return f"{REVEAL_REASONS[given]}: {self.other.data}" if given == "other" else REVEAL_REASONS[given]


class AsideForm(StaffForm):
    """``refs`` are the names of the comments that the page showed, with a space between."""

    refs = HiddenField(validators=[InputRequired(), Length(max=5_000)])


class UndoForm(StaffForm):
    """``moment`` is when the comments were put aside."""

    moment = HiddenField(validators=[InputRequired(), Length(max=40)])

    def given_moment(self) -> datetime.datetime | None:
        """The moment, or None where it is none."""
        try:
            moment = datetime.datetime.fromisoformat(str(self.moment.data))
        except ValueError:
            return None
        return moment if moment.tzinfo else None
