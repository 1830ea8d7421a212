"""The forms of the tree of organisations and of sharing."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, Regexp

from engage.access.forms import StaffForm
from surveys.organisations import LONGEST_NAME
from surveys.sharing import LONGEST_REFERENCE

KINDS = {
    "alliance": "Alliance (a system or network of several places)",
    "place": "Place (a borough, district or locality)",
    "provider": "Provider (a trust, hospice or practice)",
    "site": "Site (a hospital or clinic of a provider)",
}
SCOPES = {
    "all": "All results of the survey",
    "own": "Only its own places, beside the total",
}


def _otherwise(message: str) -> dict[str, Any]:
    """What is said of a choice that is not offered."""
    return {"invalid_choice_message": message}


class AddOrganisationForm(StaffForm):
    name = StringField(
        "Name", [DataRequired("Enter the name"), Length(max=LONGEST_NAME, message="Use at most 200 characters")]
    )
    kind = RadioField(
        "What is it?", [InputRequired("Choose what it is")], choices=KINDS, **_otherwise("Choose what it is")
    )
    below = SelectField(
        "It belongs to",
        [InputRequired("Choose what it belongs to")],
        **_otherwise("Choose what it belongs to"),
    )


class ChangeOrganisationForm(StaffForm):
    name = StringField(
        "Name", [DataRequired("Enter the name"), Length(max=LONGEST_NAME, message="Use at most 200 characters")]
    )
    second_factor_required = BooleanField("People must use a second factor to sign in")


class SharingForm(StaffForm):
    survey = SelectField("Survey", [InputRequired("Choose a survey")], **_otherwise("Choose a survey"))
    reader = SelectField(
        "Organisation that may read the results",
        [InputRequired("Choose an organisation")],
        **_otherwise("Choose an organisation"),
    )
    scope = RadioField(
        "What may it see?",
        [InputRequired("Choose what it may see")],
        choices=SCOPES,
        **_otherwise("Choose what it may see"),
    )
    reference = StringField(
        "Where is the written agreement kept?",
        [
            DataRequired("Say where the written agreement is kept"),
            Length(max=LONGEST_REFERENCE, message="Use at most 300 characters"),
        ],
    )


class EndSharingForm(StaffForm):
    agreement = HiddenField(validators=[InputRequired(), Regexp(r"^[0-9]{1,9}$")])
