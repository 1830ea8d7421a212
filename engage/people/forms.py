"""Forms about people."""

from __future__ import annotations

from wtforms import PasswordField, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length

from engage.access.forms import StaffForm
from engage.access.passwords import LONGEST
from engage.access.permissions import Role
from engage.people.roles import ROLE_NAMES


def _roles() -> SelectMultipleField:
    return SelectMultipleField("What may this person do?", [InputRequired("Choose at least one role")])


class RolesForm(StaffForm):
    roles = _roles()

    def offer(self, roles: tuple[Role, ...]) -> None:
        """Let these roles be chosen."""
        self.roles.choices = [(role, ROLE_NAMES[role]) for role in roles]


class InviteForm(RolesForm):
    email = StringField("E-mail address", [InputRequired("Enter an e-mail address"), Length(max=254)])
    organisation = SelectField("Organisation", [InputRequired("Choose an organisation")], coerce=int)
    # Again, so that it comes last among the fields and their problems.
    roles = _roles()


class SetUpAccountForm(StaffForm):
    name = StringField("Your name", [InputRequired("Enter your name"), Length(max=200)])
    password = PasswordField("Choose a password", [InputRequired("Choose a password"), Length(max=LONGEST * 4)])


class ChoosePasswordForm(StaffForm):
    password = PasswordField("Choose a new password", [InputRequired("Choose a password"), Length(max=LONGEST * 4)])
