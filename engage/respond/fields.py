"""What templates need to know of each question on a page, in one language: its name, words and choices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engage.languages import Wording, grouped
from engage.public_pages import urgent_help
from surveys.questionnaire import (
    ChoiceQuestion,
    ChoicesQuestion,
    LongTextQuestion,
    NumberQuestion,
    Option,
    Question,
    Questionnaire,
    RankingQuestion,
    RatingQuestion,
    Statement,
    Text,
    TextQuestion,
    Theme,
)
from surveys.routing import JourneyPage

Kind = Literal["radios", "checkboxes", "ranks", "input", "textarea", "statement"]


@dataclass(frozen=True, slots=True)
class Choice:
    id: str
    label: str
    hint: str | None = None
    explanation: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """``name`` is the item key and the name of the control; ``apart`` are the choices that follow an "or".

    ``theme`` is said to those who cannot see under which heading the question stands.
    """

    name: str
    kind: Kind
    label: str
    hints: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    apart: tuple[Choice, ...] = ()
    places: tuple[str, ...] = ()
    maximum: int | None = None
    unit: str | None = None
    inputmode: str | None = None
    autocomplete: str | None = None
    width: str | None = None
    style: str | None = None
    help_line: str | None = None
    is_conditional: bool = False
    theme: str | None = None

    @property
    def label_in_full(self) -> str:
        """The question with the theme that it is about, where several look alike."""
        return f"{self.label}: {self.theme}" if self.theme else self.label


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a text; blank lines stand between them."""
    return tuple(part.strip() for part in text.split("\n\n") if part.strip())


def fields_of(questionnaire: Questionnaire, page: JourneyPage, words: Wording) -> tuple[Field, ...]:
    """The questions of ``page`` in order, as ``words`` has it; statements included."""
    prefix = f"{page.theme.id}." if page.theme else ""
    return tuple(field_of(questionnaire, asked, prefix + asked.id, words) for asked in page.questions)


def field_of(questionnaire: Questionnaire, asked: Question, key: str, words: Wording) -> Field:
    """One question as ``key`` names it."""
    language = words.language
    own_hint = (asked.hint.in_language(language),) if asked.hint else ()
    label, conditional = asked.text.in_language(language), asked.show_if is not None
    match asked:
        case Statement():
            return Field(name=key, kind="statement", label=label, hints=own_hint)
        case LongTextQuestion():
            about = questionnaire.about
            return Field(
                name=key,
                kind="textarea",
                label=label,
                hints=own_hint
                or (words("Please do not include names or anything that could identify you or someone else."),),
                maximum=asked.max_length,
                help_line=about.help_line.in_language(language) if about.help_line else urgent_help(words),
                is_conditional=conditional,
            )
        case TextQuestion():
            return Field(name=key, kind="input", label=label, hints=own_hint, is_conditional=conditional)
        case NumberQuestion():
            return Field(
                name=key,
                kind="input",
                label=label,
                hints=own_hint,
                unit=asked.unit.in_language(language) if asked.unit else None,
                inputmode="numeric"
                if asked.whole and (asked.minimum or 0) >= 0
                else "decimal"
                if (asked.minimum or 0) >= 0
                else None,
                width="5",
                is_conditional=conditional,
            )
        case RankingQuestion():
            return Field(
                name=key,
                kind="ranks",
                label=label,
                hints=own_hint,
                choices=tuple(_choice(option, language) for option in questionnaire.options(asked)),
                places=tuple(_place(number, words) for number in range(1, asked.top + 1)),
                is_conditional=conditional,
            )
        case RatingQuestion() | ChoiceQuestion() | ChoicesQuestion():
            options = questionnaire.options(asked)
            several = isinstance(asked, ChoicesQuestion)
            explained = {theme.id: theme for theme in questionnaire.themes} if _offers_themes(asked) else {}
            hints = own_hint
            if isinstance(asked, ChoicesQuestion) and not hints:
                limit = asked.max
                hints = (words("Select all that apply.") if limit is None else words("Select up to %(n)s.", n=limit),)
            return Field(
                name=key,
                kind="checkboxes" if several else "radios",
                label=label,
                hints=hints,
                choices=tuple(_choice(option, language, explained) for option in options if not option.exclusive),
                apart=(
                    *(_choice(option, language) for option in options if option.exclusive),
                    *(
                        Choice(answer.id, answer.label.in_language(language))
                        for answer in questionnaire.not_scored(asked)
                    ),
                ),
                is_conditional=conditional,
            )


def _offers_themes(asked: RatingQuestion | ChoiceQuestion | ChoicesQuestion) -> bool:
    # Once a person has been through the themes nothing needs explaining; when they choose among them, it does.
    return isinstance(asked, ChoicesQuestion) and asked.options_are_themes and asked.purpose == "priority"


def _choice(option: Option, language: str, explained: dict[str, Theme] | None = None) -> Choice:
    theme = (explained or {}).get(option.id)
    return Choice(
        option.id,
        option.label.in_language(language),
        option.hint.in_language(language) if option.hint else None,
        paragraphs(theme.explanation.in_language(language)) if theme else (),
    )


def _place(number: int, words: Wording) -> str:
    named = {1: words("First choice"), 2: words("Second choice"), 3: words("Third choice")}
    return named.get(number) or words("Choice %(number)s", number=grouped(number, words.language))


def in_words(questionnaire: Questionnaire, asked: Question, value: object, language: str) -> tuple[str, ...]:
    """What an answer says, line by line, in ``language``; nothing where there is no answer."""
    if value is None or isinstance(asked, Statement):
        return ()
    if isinstance(asked, TextQuestion | LongTextQuestion):
        return tuple(str(value).split("\n"))
    if isinstance(asked, NumberQuestion):
        unit = f" {asked.unit.in_language(language)}" if asked.unit else ""
        return (f"{value}{unit}",)
    labels: dict[str, Text] = {option.id: option.label for option in questionnaire.options(asked)}
    labels |= {answer.id: answer.label for answer in questionnaire.not_scored(asked)}
    chosen = value if isinstance(value, tuple) else (str(value),)
    lines = tuple(labels[option].in_language(language) for option in chosen if option in labels)
    if isinstance(asked, RankingQuestion):
        return tuple(f"{number}. {line}" for number, line in enumerate(lines, 1))
    return lines
