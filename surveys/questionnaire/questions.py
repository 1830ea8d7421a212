"""The questions of a questionnaire and what they are made of: texts, conditions, options, scales."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

NonAnswer = Literal["prefer_not_to_say", "not_applicable", "not_sure"]
NON_ANSWERS: tuple[NonAnswer, ...] = get_args(NonAnswer)

Operator = Literal["equals", "not_equals", "one_of", "contains", "at_least", "at_most", "answered"]
Purpose = Literal["priority", "clarity", "quote_permission"]
BaseRule = Literal["scored", "all"]


@dataclass(frozen=True, slots=True)
class Text:
    """One text in one or more languages, as (language, text) pairs; the first is the questionnaire's own language."""

    by_language: tuple[tuple[str, str], ...]

    def in_language(self, language: str) -> str:
        """The text in ``language``, or in the questionnaire's own language where no translation exists."""
        for code, words in self.by_language:
            if code == language:
                return words
        return self.by_language[0][1]

    def has(self, language: str) -> bool:
        """Whether the text exists in ``language`` itself."""
        return any(code == language for code, _ in self.by_language)


@dataclass(frozen=True, slots=True)
class Comparison:
    """``field`` is an item key; inside a theme a bare question id means that question of the same theme.

    ``value`` is an option id (equals, not_equals, contains), several (one_of), a number (at_least, at_most) or, for
    ``answered``, True or False.
    """

    field: str
    operator: Operator
    value: str | tuple[str, ...] | float | bool


@dataclass(frozen=True, slots=True)
class AllOf:
    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    condition: Condition


Condition = Comparison | AllOf | AnyOf | Not


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that can be chosen. ``exclusive``: choosing it rules out every other option of the question."""

    id: str
    label: Text
    hint: Text | None = None
    exclusive: bool = False


@dataclass(frozen=True, slots=True)
class NotScored:
    """An answer that is counted and never scored."""

    id: NonAnswer
    label: Text


@dataclass(frozen=True, slots=True)
class ScalePoint:
    id: str
    label: Text
    value: float
    positive: bool = False


@dataclass(frozen=True, slots=True)
class Scale:
    """Ordered points as they are shown, first to last, and the answers that stand beside the scale."""

    id: str
    points: tuple[ScalePoint, ...]
    not_scored: tuple[NotScored, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    id: str
    text: Text
    hint: Text | None = None
    show_if: Condition | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingQuestion(_Asked):
    """``scale`` names a scale; ``base`` "all" counts every option shown, as the Friends and Family Test does."""

    kind: Literal["rating"] = "rating"
    scale: str
    reverse: bool = False
    base: BaseRule = "scored"
    composite: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceQuestion(_Asked):
    kind: Literal["choice"] = "choice"
    options: tuple[Option, ...]
    not_scored: tuple[NotScored, ...] = ()
    purpose: Purpose | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoicesQuestion(_Asked):
    """``options_are_themes``: the options are the themes themselves, then ``options`` (for example "None of these")."""

    kind: Literal["choices"] = "choices"
    options: tuple[Option, ...] = ()
    options_are_themes: bool = False
    max: int | None = None
    not_scored: tuple[NotScored, ...] = ()
    purpose: Purpose | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RankingQuestion(_Asked):
    """Put the ``top`` most important options in order, first choice first."""

    kind: Literal["ranking"] = "ranking"
    options: tuple[Option, ...] = ()
    options_are_themes: bool = False
    top: int = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberQuestion(_Asked):
    kind: Literal["number"] = "number"
    minimum: float | None = None
    maximum: float | None = None
    whole: bool = True
    unit: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TextQuestion(_Asked):
    kind: Literal["text"] = "text"
    max_length: int = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class LongTextQuestion(_Asked):
    kind: Literal["long_text"] = "long_text"
    max_length: int = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(_Asked):
    """Words to read; nothing to answer."""

    kind: Literal["statement"] = "statement"


ClosedQuestion = RatingQuestion | ChoiceQuestion | ChoicesQuestion | RankingQuestion | NumberQuestion
OpenQuestion = TextQuestion | LongTextQuestion
Question = ClosedQuestion | OpenQuestion | Statement
