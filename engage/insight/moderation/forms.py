"""The forms of moderation."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, HiddenField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from engage.access.forms import StaffForm
from engage.studio.editions.names import OFFERED, both_names, english_name
from surveys.comments.moderating import REASONS

LONGEST_TRANSLATION = 20_000
_REASON = "Choose why these words are taken out"
_WHICH = "Choose which of them to take out"
_LANGUAGE = "Choose a language"


def _unknown(message: str) -> dict[str, Any]:
    """What a list says of a choice that it does not have."""
    return {"invalid_choice_message": message}


class RedactForm(StaffForm):
    """``which`` is asked only where the words stand there several times: "all", or the number of one from 0."""

    words = TextAreaField("Words to take out", [InputRequired("Enter the words to take out")])
    reason = RadioField("Why?", choices=REASONS, validators=[InputRequired(_REASON)], **_unknown(_REASON))
    which = RadioField("Which of them?", [Optional()], validate_choice=False)


class ShowForm(StaffForm):
    """``rules`` are those under which the masks were counted; ``sure`` is empty until the words were seen."""

    number = RadioField("Which mask is wrong?", [InputRequired("Choose a mask")], validate_choice=False)
    harmless = BooleanField("It is not a name or number", [InputRequired("Tick the box if this is so")])
    rules = HiddenField()
    sure = HiddenField()


class UndoForm(StaffForm):
    passage = IntegerField(validators=[InputRequired()])


class TranslationForm(StaffForm):
    language = SelectField(
        "Language of the translation", [InputRequired(_LANGUAGE)], validate_choice=False, **_unknown(_LANGUAGE)
    )
    words = TextAreaField(
        "Translation",
        [
            InputRequired("Enter the translation"),
            Length(max=LONGEST_TRANSLATION, message=f"Use {LONGEST_TRANSLATION:,} characters or fewer"),
        ],
    )
    name = StringField(
        "Name of the person or of the program",
        [InputRequired("Enter who or what translated it"), Length(max=150, message="Use 150 characters or fewer")],
    )
    way = RadioField(
        "Who translated it?",
        choices={"person": "A person", "machine": "A machine"},
        validators=[InputRequired("Choose who translated it")],
        **_unknown("Choose who translated it"),
    )


class RemoveTranslationForm(StaffForm):
    language = HiddenField(validators=[InputRequired()])


class LanguageForm(StaffForm):
    language = SelectField("The comment is in", [InputRequired(_LANGUAGE)], **_unknown(_LANGUAGE))


def language_choices(*more: str) -> list[tuple[str, str]]:
    """Languages by their English names: those that many people here speak, and ``more``."""
    return [(code, both_names(code)) for code in sorted({*OFFERED, *more}, key=english_name)]
