"""The forms of the pages about questions and scales, and what they hold."""

from __future__ import annotations

from typing import Any

from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional, Regexp, ValidationError

from engage.studio.opening import DesignForm
from surveys.answers import clean_text
from surveys.designing.questions import MOST_OPTIONS, QuestionWords
from surveys.designing.scales import LEAST_POINTS, MOST_POINTS, ScaleWords
from surveys.questionnaire import ChoiceQuestion, Question

READY = {
    "importance": "How important each theme is",
    "comment": "A comment on each theme",
    "matters-most": "Which themes matter most (choose up to 3)",
    "hard-to-understand": "Which themes were hard to understand",
    "anything-missing": "What is missing",
    "connection": "How people are connected to you (patient, carer, staff)",
    "quote-words": "May we quote your words",
}
KINDS = {
    "choice": "Choose one",
    "choices": "Choose several",
    "rating": "Scale",
    "text": "Short text",
    "long_text": "Long text",
}
KIND_HINTS = {
    "choice": "One answer out of a list",
    "choices": "Any number of answers out of a list",
    "rating": "From best to worst, for example from very important to not at all important",
    "text": "A few words",
    "long_text": "As much as people like to write",
}
KIND_NAMES = KINDS | {"ranking": "Put in order", "number": "Number", "statement": "Words to read"}
PLACES = {
    "before_themes": "Once, before the themes",
    "each_theme": "About each theme",
    "after_themes": "Once, after the themes",
}
TESTS = {"is": "is", "is_not": "is not", "answered": "was given, whatever it is", "not_answered": "was left out"}
LONGEST_LINE = 500
LEAST_OPTIONS = 2
_WORDS = Length(max=1_000, message="Use at most 1,000 characters")
_LINES = Length(max=100_000, message="Use fewer words")
_QUESTION = InputRequired("Write the question")


class ReadyForm(DesignForm):
    ready = SelectMultipleField("Ready questions", choices=READY)


class QuestionsForm(DesignForm):
    act = HiddenField(validators=[InputRequired(), Regexp(r"^(up|down|remove) [A-Za-z0-9_.-]{1,70}$")])


class NewQuestionForm(DesignForm):
    text = StringField("Question", [_QUESTION, _WORDS])
    options = TextAreaField("Answers to choose from", [_LINES])
    kind = RadioField("How people answer", [InputRequired("Choose how people answer")], choices=KINDS)
    where = RadioField("When it is asked", [InputRequired("Choose when it is asked")], choices=PLACES)

    def validate_options(self, field: Any) -> None:
        found = lines_of(field.data)
        if self.kind.data in ("choice", "choices"):
            check_lines(found, least=LEAST_OPTIONS, most=MOST_OPTIONS)


class PlaceForm(DesignForm):
    where = RadioField("When it is asked", [InputRequired("Choose when it is asked")], choices=PLACES)


class QuestionForm(DesignForm):
    text = TextAreaField("Question", [_QUESTION, _WORDS])
    hint = TextAreaField("Help below the question", [_WORDS])
    options = TextAreaField("Answers", [_LINES])
    most = IntegerField(  # type: ignore[call-arg]  # The published types do not know the message yet.
        "How many answers at most",
        invalid_value_message="Enter a number, for example 3, or nothing",
        validators=[Optional(), NumberRange(1, MOST_OPTIONS, f"Enter a number from 1 to {MOST_OPTIONS}, or nothing")],
    )
    scale = SelectField("Scale", [Optional()], choices={})
    not_sure = BooleanField("Offer “I am not sure” as well")

    def __init__(self, question: Question, scales: dict[str, str], **values: Any) -> None:
        self.asked = question
        super().__init__(**values)
        self.scale.choices = scales

    def validate_options(self, field: Any) -> None:
        found = lines_of(field.data)
        of_themes = getattr(self.asked, "options_are_themes", True) and not isinstance(self.asked, ChoiceQuestion)
        check_lines(found, least=0 if of_themes else LEAST_OPTIONS, most=MOST_OPTIONS)
        if getattr(self.asked, "purpose", None) == "quote_permission" and len(found) != 2:
            raise ValidationError("Keep two answers here: yes on the first line, no on the second")

    def words(self) -> QuestionWords:
        """What was typed."""
        return QuestionWords(
            text=self.text.data or "",
            hint=self.hint.data or "",
            options=lines_of(self.options.data),
            scale=self.scale.data or "",
            most=self.most.data,
            not_sure=bool(self.not_sure.data),
        )


class ConditionForm(DesignForm):
    field = HiddenField(validators=[InputRequired(), Regexp(r"^[A-Za-z0-9_.-]{1,121}$")])
    test = RadioField("Ask it if the answer", [InputRequired("Choose one")], choices=TESTS)
    options = SelectMultipleField("Answers", choices={})

    def validate_options(self, field: Any) -> None:
        if self.test.data in ("is", "is_not") and not field.data:
            raise ValidationError("Tick at least one answer")


class AlwaysForm(DesignForm):
    """Ask the question always."""


class TakeScaleForm(DesignForm):
    scale = RadioField("Ready scales", [InputRequired("Choose a scale")], choices={})


class ScaleForm(DesignForm):
    points = TextAreaField("Points", [InputRequired("Write the points, one on each line"), _LINES])
    positive = IntegerField(  # type: ignore[call-arg]  # The published types do not know the message yet.
        "How many of the first points are good answers",
        invalid_value_message="Enter a number, for example 2",
        validators=[InputRequired("Enter a number, for example 2"), NumberRange(1, MOST_POINTS, "Enter 1 or more")],
    )
    not_sure = BooleanField("Offer “I am not sure” as well", default=True)

    def validate_points(self, field: Any) -> None:
        found = lines_of(field.data)
        check_lines(found, least=LEAST_POINTS, most=MOST_POINTS)

    def validate_positive(self, field: Any) -> None:
        count = len(lines_of(self.points.data))
        if field.data and count and field.data >= count:
            raise ValidationError(f"Of {count} points at most {count - 1} can be good answers")

    def words(self) -> ScaleWords:
        """What was typed."""
        return ScaleWords(lines_of(self.points.data), self.positive.data or 1, bool(self.not_sure.data))


def lines_of(text: str | None) -> list[str]:
    """The lines that are not empty."""
    return [line for part in (text or "").splitlines() if (line := clean_text(part, lines=False))]


def check_lines(lines: list[str], *, least: int, most: int) -> None:
    """Raise ValidationError where there are too few or many lines, one is too long or two read the same."""
    if len(lines) < least:
        raise ValidationError(f"Write at least {least} here, one on each line")
    if len(lines) > most:
        raise ValidationError(f"There are {len(lines)} lines here. Use at most {most}")
    long = next((line for line in lines if len(line) > LONGEST_LINE), None)
    if long:
        raise ValidationError(f"Shorten “{long[:40]}…” to at most {LONGEST_LINE} characters")
    folded = [line.casefold() for line in lines]
    twice = next((line for place, line in enumerate(lines) if folded[place] in folded[:place]), None)
    if twice:
        raise ValidationError(f"“{twice}” stands there twice. Change or delete one of the two")
