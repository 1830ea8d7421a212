"""What a questionnaire is: frozen definitions, with no knowledge of files, databases or web pages.

Every text is localised. Everything is a tuple, so a questionnaire can be hashed, compared and shared between threads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

from surveys.questionnaire.questions import (
    NON_ANSWERS,
    AllOf,
    AnyOf,
    BaseRule,
    ChoiceQuestion,
    ChoicesQuestion,
    ClosedQuestion,
    Comparison,
    Condition,
    LongTextQuestion,
    NonAnswer,
    Not,
    NotScored,
    NumberQuestion,
    OpenQuestion,
    Operator,
    Option,
    Purpose,
    Question,
    RankingQuestion,
    RatingQuestion,
    Scale,
    ScalePoint,
    Statement,
    Text,
    TextQuestion,
)

__all__ = [
    "NON_ANSWERS",
    "About",
    "AllOf",
    "AnyOf",
    "BaseRule",
    "ChoiceQuestion",
    "ChoicesQuestion",
    "ClosedQuestion",
    "Comparison",
    "Condition",
    "EasyRead",
    "Item",
    "Journey",
    "LongTextQuestion",
    "NonAnswer",
    "Not",
    "NotScored",
    "NumberQuestion",
    "OpenQuestion",
    "Operator",
    "Option",
    "OtherWay",
    "Page",
    "Place",
    "Purpose",
    "Question",
    "Questionnaire",
    "RankingQuestion",
    "RatingQuestion",
    "Scale",
    "ScalePoint",
    "SignUpOffer",
    "Statement",
    "Text",
    "TextQuestion",
    "Theme",
]

T = TypeVar("T")

Journey = Literal["short_first", "themes_first"]
Place = Literal["before_themes", "after_themes"]


@dataclass(frozen=True, slots=True)
class EasyRead:
    title: Text
    sentences: tuple[Text, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """``title`` is the official one, for the board; ``plain_title`` is for people.

    ``origin`` says in reports where the theme comes from, ``origin_idea`` names the idea that it was: the survey in
    which people raised it, the number of the list of ideas and the idea's key, with "/" between.
    """

    id: str
    title: Text
    plain_title: Text
    explanation: Text
    picture: str | None = None
    alt: Text | None = None
    audio: str | None = None
    video: str | None = None
    easy_read: EasyRead | None = None
    origin: Text | None = None
    origin_idea: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Questions that are asked together, apart from the themes."""

    id: str
    questions: tuple[Question, ...]
    title: Text | None = None
    show_if: Condition | None = None
    place: Place = "after_themes"


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    purpose: Text
    can_change: Text | None = None
    cannot_change: Text | None = None
    decision: Text | None = None
    contact: Text | None = None
    help_line: Text | None = None
    closing: Text | None = None
    outcome_promise: Text | None = None


@dataclass(frozen=True, slots=True)
class OtherWay:
    """Another way to take part; posters promise only what stands here."""

    kind: Literal["telephone", "paper", "easy_read", "large_print", "language", "bsl", "in_person"]
    text: Text


@dataclass(frozen=True, slots=True)
class SignUpOffer:
    """Something people can leave an address for after sending, on a separate form that is never linked to answers."""

    kind: Literal["workshop", "results"]
    text: Text


@dataclass(frozen=True, slots=True)
class Item:
    """One question as it is answered: ``key`` is THEME.QUESTION for a theme's question, else the question's id."""

    key: str
    question: ClosedQuestion | OpenQuestion
    theme: Theme | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Questionnaire:
    """``languages`` holds the default language first. ``equality`` names entries of the question bank."""

    slug: str
    title: Text
    language: str
    organisation: Text
    about: About
    privacy: Text
    format: int = 1
    languages: tuple[str, ...] = ()
    partners: tuple[Text, ...] = ()
    audience: Text | None = None
    themes: tuple[Theme, ...] = ()
    ask_about_each_theme: tuple[Question, ...] = ()
    pages: tuple[Page, ...] = ()
    scales: tuple[Scale, ...] = ()
    journey: Journey = "short_first"
    min_items: int = 1
    equality: tuple[str, ...] = ()
    other_ways: tuple[OtherWay, ...] = ()
    sign_up: tuple[SignUpOffer, ...] = ()
    demonstration: bool = False
    _items: dict[str, Item] = field(init=False, repr=False, compare=False, hash=False)
    _derived: dict[object, Any] = field(init=False, repr=False, compare=False, hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_derived", {})
        object.__setattr__(self, "_items", {item.key: item for item in self._each_item()})

    def _each_item(self) -> Iterator[Item]:
        for theme in self.themes:
            for question in self.ask_about_each_theme:
                if not isinstance(question, Statement):
                    yield Item(f"{theme.id}.{question.id}", question, theme)
        for page in self.pages:
            for question in page.questions:
                if not isinstance(question, Statement):
                    yield Item(question.id, question)

    def derived(self, make: Callable[[Questionnaire], T]) -> T:
        """What ``make`` works out from this questionnaire: done once and kept with it, for it can never change."""
        try:
            known: T = self._derived[make]
        except KeyError:
            known = self._derived[make] = make(self)
        return known

    @property
    def items(self) -> tuple[Item, ...]:
        """Every item: the themes' in order, then the pages' in order. The order fixes the byte layout of answers."""
        return tuple(self._items.values())

    def item(self, key: str) -> Item:
        """The item with this key; KeyError if there is none."""
        return self._items[key]

    def scale(self, scale_id: str) -> Scale:
        """The scale with this id; KeyError if there is none."""
        for scale in self.scales:
            if scale.id == scale_id:
                return scale
        raise KeyError(scale_id)

    def theme(self, theme_id: str) -> Theme:
        """The theme with this id; KeyError if there is none."""
        for theme in self.themes:
            if theme.id == theme_id:
                return theme
        raise KeyError(theme_id)

    def options(self, question: ClosedQuestion) -> tuple[Option, ...]:
        """What can be chosen, in the order shown: scale points, options, or the themes by their plain titles."""
        match question:
            case RatingQuestion():
                return tuple(Option(point.id, point.label) for point in self.scale(question.scale).points)
            case ChoiceQuestion():
                return question.options
            case ChoicesQuestion() | RankingQuestion():
                themes = self.themes if question.options_are_themes else ()
                return tuple(Option(theme.id, theme.plain_title) for theme in themes) + question.options
            case NumberQuestion():
                return ()

    def not_scored(self, question: ClosedQuestion) -> tuple[NotScored, ...]:
        """The answers beside the options: not sure, not applicable, prefer not to say."""
        match question:
            case RatingQuestion():
                return self.scale(question.scale).not_scored
            case ChoiceQuestion() | ChoicesQuestion():
                return question.not_scored
            case _:
                return ()

    def with_purpose(self, purpose: Purpose) -> ChoiceQuestion | ChoicesQuestion | None:
        """The question that serves this purpose, if the questionnaire has one."""
        for page in self.pages:
            for question in page.questions:
                if isinstance(question, ChoiceQuestion | ChoicesQuestion) and question.purpose == purpose:
                    return question
        return None
