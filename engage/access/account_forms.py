"""Forms about one's own account: name, password, second factor, sessions."""

from __future__ import annotations

from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired, Length, Regexp

from engage.access.forms import StaffForm
from engage.access.passwords import LONGEST


class CodeForm(StaffForm):
    code = StringField("Code", [InputRequired("Enter the code"), Length(max=60)])


class SetUpForm(StaffForm):
    """``secret`` is sealed: the browser carries it to the next page and cannot read it."""

    secret = HiddenField(validators=[InputRequired(), Length(max=400)])
    code = StringField("Code from the app", [InputRequired("Enter the code that the app shows"), Length(max=60)])


class NameForm(StaffForm):
    name = StringField("Your name", [InputRequired("Enter your name"), Length(max=200)])


class OwnPasswordForm(StaffForm):
    password = PasswordField("Your password", [InputRequired("Enter your password"), Length(max=LONGEST * 4)])


class NewPasswordForm(StaffForm):
    present = PasswordField("Your password now", [InputRequired("Enter your password"), Length(max=LONGEST * 4)])
    password = PasswordField("New password", [InputRequired("Enter a new password"), Length(max=LONGEST * 4)])


class EndSessionForm(StaffForm):
    session = HiddenField(validators=[InputRequired(), Regexp(r"^[0-9a-f]{64}$")])
