"""Forms of the staff side: every one carries a token that is tied to the session, and is refused without it."""

from __future__ import annotations

import hmac
from typing import Any, ClassVar

from flask import abort
from flask_wtf import FlaskForm
from wtforms import Field, IntegerField, PasswordField, StringField, SubmitField, TextAreaField, ValidationError
from wtforms.csrf.core import CSRF
from wtforms.validators import InputRequired, Length

from engage.access.passwords import LONGEST
from engage.access.signed_in import form_token
from engage.services import services
from surveys.answers import clean_text


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


_FURTHEST = 10**15


def _within_reach(number: Any) -> Any:
    return max(-_FURTHEST, min(number, _FURTHEST)) if isinstance(number, int) else number


class _PlainMessages:
    """What the form library says on its own, in words that say what to do."""

    _SAID: ClassVar[dict[str, str]] = {
        "Not a valid choice.": "Choose one of the answers in the list",
        "Not a valid integer value.": "Write a whole number, for example 25",
        "Not a valid date value.": "Write the date as day, month and year",
        "This field is required.": "This is needed",
        "'%(value)s' is not a valid choice for this field.": "Choose only answers in the list",
        "'%(value)s' are not valid choices for this field.": "Choose only answers in the list",
        "Field cannot be longer than %(max)d character.": "Use %(max)d character or fewer",
        "Field cannot be longer than %(max)d characters.": "Use %(max)d characters or fewer",
        "Invalid input.": "Check what you have written here",
    }

    def gettext(self, message: str) -> str:
        """The message in our words."""
        return self._SAID.get(message, message)

    def ngettext(self, one: str, many: str, number: int) -> str:
        """As ``gettext``, for one or several."""
        return self.gettext(one if number == 1 else many)


class StaffForm(FlaskForm):
    """A form without fields of its own is a button that changes something."""

    class Meta(FlaskForm.Meta):
        csrf = True
        csrf_class = SessionTokens

        def get_translations(self, form: Any) -> _PlainMessages:
            """The library's own messages are for programmers."""
            return _PlainMessages()

        def bind_field(self, form: Any, unbound_field: Any, options: Any) -> Any:
            """Texts are cleaned as they come in, so that no page stores what a database or a file refuses."""
            kind = unbound_field.field_class
            if issubclass(kind, IntegerField):
                # A number of hundreds of digits is out of every range, and comparing it would fail.
                options = {**options, "filters": [_within_reach, *unbound_field.kwargs.get("filters", ())]}
            if issubclass(kind, StringField) and not issubclass(kind, PasswordField):
                lines = issubclass(kind, TextAreaField)
                clean = [lambda text: clean_text(text, lines=lines) if isinstance(text, str) else text]
                options = {**options, "filters": [*clean, *unbound_field.kwargs.get("filters", ())]}
            return unbound_field.bind(form=form, **options)

    def is_sent(self) -> bool:
        """Whether the form was sent and is complete. A form without its token ends the request with status 400."""
        complete = bool(self.validate_on_submit())
        if self.is_submitted() and self.csrf_token.errors:
            abort(400, "The form was not sent from this session. Go back, reload the page and try again.")
        return complete

    def is_of_another_session(self) -> bool:
        """Whether it was opened before the person signed in again, so that it cannot be trusted but may be shown."""
        return self.is_submitted() and not self.validate_on_submit() and bool(self.csrf_token.errors)


class SignInForm(StaffForm):
    email = StringField("E-mail address", [InputRequired("Enter your e-mail address"), Length(max=254)])
    password = PasswordField("Password", [InputRequired("Enter your password"), Length(max=LONGEST * 4)])
    submit = SubmitField("Sign in")
