"""Forms of the staff side: every one carries a token that is tied to the session, and is refused without it."""

from __future__ import annotations

import hmac
from typing import Any

from flask import abort
from flask_wtf import FlaskForm
from wtforms import Field, PasswordField, StringField, SubmitField, ValidationError
from wtforms.csrf.core import CSRF
from wtforms.validators import InputRequired, Length

from engage.access.passwords import LONGEST
from engage.access.signed_in import form_token
from engage.services import services


class SessionTokens(CSRF):
    """A token made from the session's own cookie: it ends with the session and is of no use in another one."""

    def generate_csrf_token(self, csrf_token_field: Field) -> str:
        return form_token(services().settings.secret_key)

    def validate_csrf_token(self, form: Any, field: Field) -> None:
        settings = services().settings
        given = str(field.data or "").encode("utf-8", "replace")
        for key in (settings.secret_key, *settings.secret_key_fallbacks):
            expected = form_token(key)
            if expected and hmac.compare_digest(given, expected.encode()):
                return
        raise ValidationError("This form is no longer valid.")


class StaffForm(FlaskForm):
    """A form without fields of its own is a button that changes something."""

    class Meta(FlaskForm.Meta):
        csrf = True
        csrf_class = SessionTokens

    def is_sent(self) -> bool:
        """Whether the form was sent and is complete. A form without its token ends the request with status 400."""
        complete = bool(self.validate_on_submit())
        if self.is_submitted() and self.csrf_token.errors:
            abort(400, "The form was not sent from this session. Go back, reload the page and try again.")
        return complete


class SignInForm(StaffForm):
    email = StringField("E-mail address", [InputRequired("Enter your e-mail address"), Length(max=254)])
    password = PasswordField("Password", [InputRequired("Enter your password"), Length(max=LONGEST * 4)])
    submit = SubmitField("Sign in")
