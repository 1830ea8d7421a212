"""The forms on the pages of editions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_wtf.file import FileField
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import AnyOf, InputRequired, Length, Optional

from engage.access.forms import StaffForm
from engage.studio.editions.names import OFFERED, both_names
from engage.studio.opening import DesignForm
from surveys.editions import Translation
from surveys.questionnaire_file.forms import LANGUAGE_CODE

LONGEST_TEXT = 10_000


class AddLanguageForm(DesignForm):
    language = SelectField("Language", [Optional()])
    code = StringField("Code of another language", [Optional(), Length(max=20)])

    def validate_code(self, field: Any) -> None:
        if field.data and not LANGUAGE_CODE.fullmatch(field.data):
            raise ValidationError("Write a language code such as sw, or pt-BR")

    @property
    def chosen(self) -> str:
        """The language to add, "" where none was chosen."""
        return self.code.data or self.language.data or ""

    def offer(self, taken: Iterable[str]) -> None:
        """Let one be chosen that the survey is not in yet."""
        left = sorted((both_names(code), code) for code in OFFERED if code not in set(taken))
        self.language.choices = [("", "Choose a language"), *((code, name) for name, code in left)]


class ChoiceForm(DesignForm):
    when_out_of_date = RadioField(
        "What happens when texts are missing or out of date?",
        [InputRequired("Choose what happens")],
        choices={"withdrawn": "Leave this language out until it is ready", "fallback": "Fill the gaps"},
    )


class RemoveLanguageForm(DesignForm):
    sure = HiddenField(validators=[AnyOf(["yes"])])


class SignOffForm(StaffForm):
    """``revision``: what the person read."""

    revision = HiddenField(validators=[InputRequired(), Length(max=9)])
    name = StringField("Name of the person who read it", [InputRequired("Enter the name"), Length(max=200)])
    role = StringField("Who they are", [InputRequired("Say who they are"), Length(max=40)])
    read = BooleanField(
        "They have read every text in this language and say that it is right",
        [InputRequired("Tick this if they have read every text")],
    )


class UploadForm(StaffForm):
    file = FileField("The sheet with translations")


class TakeOverForm(DesignForm):
    act = HiddenField(validators=[AnyOf(["take", "leave"])])


class TextsForm(DesignForm):
    """A page of texts to translate: for each the words, and for one out of date a tick that it is still right."""

    shown: tuple[Translation, ...]

    def words_of(self, key: str) -> Any:
        """The field for the words of a text."""
        return self[f"text.{key}"]

    def right_of(self, key: str) -> Any:
        """The tick that the words are still right."""
        return self[f"right.{key}"]


def texts_form(shown: tuple[Translation, ...]) -> TextsForm:
    """The form for these texts, filled with their words."""
    fields: dict[str, Any] = {}
    for one in shown:
        fields[f"text.{one.key}"] = TextAreaField(
            one.where,
            [Length(max=LONGEST_TEXT, message=f"{one.where}: at most {LONGEST_TEXT:,} characters fit")],
            default=one.words,
        )
        if one.status == "out_of_date":
            fields[f"right.{one.key}"] = BooleanField("The translation is still right")
    form: TextsForm = type("TextsOfAPage", (TextsForm,), fields)()
    form.shown = shown
    return form
