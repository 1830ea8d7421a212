"""Differences in what is asked and how people are led through: themes, questions, options, scales, conditions."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from surveys.comparing.difference import Difference, Effect, Kind
from surveys.comparing.setting_words import said
from surveys.question_bank import topics
from surveys.questionnaire import Option, Page, Question, Questionnaire, Scale, Text, Theme

T = TypeVar("T")

_KINDS = {
    "rating": "a rating on a scale",
    "choice": "one answer from a list",
    "choices": "several answers from a list",
    "ranking": "an order of what matters most",
    "number": "a number",
    "text": "a short text",
    "long_text": "a comment",
    "statement": "words to read",
}
_SETTINGS = {
    "scale": "the scale",
    "reverse": "whether a high answer is a poor one",
    "base": "what percentages are counted from",
    "composite": "whether it counts towards the theme’s score",
    "purpose": "what the answer is used for",
    "options_are_themes": "whether the answers are the themes",
    "max": "how many can be chosen",
    "top": "how many are put in order",
    "minimum": "the smallest number",
    "maximum": "the largest number",
    "whole": "whether only whole numbers count",
    "max_length": "how many characters fit",
    "show_if": "who is asked",
}
_JOURNEYS = {"short_first": "the most important themes first", "themes_first": "every theme first"}


def differences_of_structure(before: Questionnaire, after: Questionnaire) -> Iterator[Difference]:
    """Everything that splits results, and media, which do not."""
    yield from _themes(before, after)
    pairs = [
        ("asked about each theme", before.ask_about_each_theme, after.ask_about_each_theme),
        ("", _asked(before), _asked(after)),
    ]
    for where, earlier, later in pairs:
        yield from _questions(before, after, earlier, later, where)
    yield from _pages(before, after)
    yield from _scales(before, after)
    yield from _whole(before, after)


def _words(survey: Questionnaire, text: Text | None) -> str:
    return text.in_language(survey.language) if text else ""


def _asked(survey: Questionnaire) -> tuple[Question, ...]:
    return tuple(asked for page in survey.pages for asked in page.questions)


def _themes(before: Questionnaire, after: Questionnaire) -> Iterator[Difference]:
    yield from _came_and_went(
        "A theme",
        {one.id: _words(before, one.plain_title) for one in before.themes},
        {one.id: _words(after, one.plain_title) for one in after.themes},
        "The order of the themes",
    )
    earlier = {one.id: one for one in before.themes}
    for number, theme in enumerate(after.themes, 1):
        if theme.id in earlier:
            yield from _media(f"Theme {number}", earlier[theme.id], theme)


def _media(where: str, before: Theme, after: Theme) -> Iterator[Difference]:
    for key in ("picture", "audio", "video", "origin_idea"):
        old, new = getattr(before, key) or "", getattr(after, key) or ""
        if old != new:
            kind: Kind = "changed" if old and new else "added" if new else "removed"
            yield Difference(kind, f"{where}: {key.replace('_', ' ')}", old, new, "safe")


def _came_and_went(
    what: str, before: dict[str, str], after: dict[str, str], order: str, effect: Effect = "structural"
) -> Iterator[Difference]:
    """Parts that only one side has, by their id, and a new order of those that both have."""
    for name, words in after.items():
        if name not in before:
            yield Difference("added", what, "", words or name, effect)
    for name, words in before.items():
        if name not in after:
            yield Difference("removed", what, words or name, "", effect)
    kept, now = [name for name in before if name in after], [name for name in after if name in before]
    if kept != now:
        old, new = ("; ".join(words[name] or name for name in names) for words, names in ((before, kept), (after, now)))
        yield Difference("changed", order, old, new, effect)


def _questions(
    before: Questionnaire, after: Questionnaire, earlier: Sequence[Question], later: Sequence[Question], where: str
) -> Iterator[Difference]:
    of = f" {where}" if where else ""
    yield from _came_and_went(
        f"A question{of}",
        {one.id: _words(before, one.text) for one in earlier},
        {one.id: _words(after, one.text) for one in later},
        f"The order of the questions{of}",
    )
    known = {one.id: one for one in earlier}
    for asked in later:
        if asked.id in known:
            yield from _settings(before, after, known[asked.id], asked)


def _settings(before: Questionnaire, after: Questionnaire, earlier: Question, later: Question) -> Iterator[Difference]:
    name = f"“{_words(after, later.text) or later.id}”"
    if earlier.kind != later.kind:
        what = f"{name}: the kind of question"
        yield Difference("changed", what, _KINDS[earlier.kind], _KINDS[later.kind], "structural")
        return
    for field in dataclasses.fields(later):
        if field.name in _SETTINGS:
            old, new = getattr(earlier, field.name), getattr(later, field.name)
            if old != new:
                what = f"{name}: {_SETTINGS[field.name]}"
                yield Difference("changed", what, said(before, old), said(after, new), "structural")
    yield from _options(before, after, name, getattr(earlier, "options", ()), getattr(later, "options", ()))
    yield from _beside(before, after, name, getattr(earlier, "not_scored", ()), getattr(later, "not_scored", ()))


def _options(
    before: Questionnaire, after: Questionnaire, name: str, earlier: tuple[Option, ...], later: tuple[Option, ...]
) -> Iterator[Difference]:
    yield from _came_and_went(
        f"{name}: an answer",
        {one.id: _words(before, one.label) for one in earlier},
        {one.id: _words(after, one.label) for one in later},
        f"{name}: the order of the answers",
    )
    alone = {one.id: one.exclusive for one in earlier}
    for option in later:
        if option.id in alone and alone[option.id] != option.exclusive:
            what = f"{name}: whether “{_words(after, option.label)}” rules out the others"
            old, new = said(before, alone[option.id]), said(after, option.exclusive)
            yield Difference("changed", what, old, new, "structural")


def _beside(before: Questionnaire, after: Questionnaire, name: str, earlier: Any, later: Any) -> Iterator[Difference]:
    yield from _came_and_went(
        f"{name}: an answer beside the others",
        {one.id: _words(before, one.label) for one in earlier},
        {one.id: _words(after, one.label) for one in later},
        f"{name}: the order of the answers beside the others",
    )


def _pages(before: Questionnaire, after: Questionnaire) -> Iterator[Difference]:
    earlier = {page.id: page for page in before.pages}
    for page in after.pages:
        if page.id in earlier and (old := earlier[page.id]) != page:
            yield from _page(before, after, old, page)


def _page(before: Questionnaire, after: Questionnaire, old: Page, new: Page) -> Iterator[Difference]:
    first = new.questions[0] if new.questions else None
    name = f"The page with “{_words(after, first.text)}”" if first else "A page"
    if old.show_if != new.show_if:
        yield Difference(
            "changed", f"{name}: who is asked", said(before, old.show_if), said(after, new.show_if), "structural"
        )
    if old.place != new.place:
        words = {"before_themes": "before the themes", "after_themes": "after the themes"}
        yield Difference("changed", f"{name}: where it comes", words[old.place], words[new.place], "structural")


def _scales(before: Questionnaire, after: Questionnaire) -> Iterator[Difference]:
    earlier = {scale.id: scale for scale in before.scales}
    # Scales are found by name, so their order says nothing.
    sides = [{one.id: _labels(survey, one) for one in survey.scales} for survey in (before, after)]
    for name in sides[1].keys() - sides[0].keys():
        yield Difference("added", "A scale", "", sides[1][name], "structural")
    for name in sides[0].keys() - sides[1].keys():
        yield Difference("removed", "A scale", sides[0][name], "", "structural")
    for scale in after.scales:
        if (old := earlier.get(scale.id)) is not None:
            name = f"Scale “{scale.id}”"
            yield from _came_and_went(
                f"{name}: an answer",
                {one.id: _words(before, one.label) for one in old.points},
                {one.id: _words(after, one.label) for one in scale.points},
                f"{name}: the order of the answers",
            )
            yield from _beside(before, after, name, old.not_scored, scale.not_scored)
            if _values(old, scale) != _values(scale, old):
                what = f"{name}: how the answers are counted"
                yield Difference("changed", what, _counted(before, old), _counted(after, scale), "structural")


def _values(scale: Scale, beside: Scale) -> dict[str, tuple[float, bool]]:
    """How the points that both scales have are counted in the first."""
    both = {point.id for point in beside.points}
    return {point.id: (point.value, point.positive) for point in scale.points if point.id in both}


def _labels(survey: Questionnaire, scale: Scale) -> str:
    return ", ".join(_words(survey, point.label) for point in scale.points)


def _counted(survey: Questionnaire, scale: Scale) -> str:
    return "; ".join(
        f"{_words(survey, point.label)}: {point.value:g}{' (positive)' if point.positive else ''}"
        for point in scale.points
    )


def _whole(before: Questionnaire, after: Questionnaire) -> Iterator[Difference]:
    if before.journey != after.journey:
        old, new = _JOURNEYS[before.journey], _JOURNEYS[after.journey]
        yield Difference("changed", "What comes first", old, new, "structural")
    if before.min_items != after.min_items:
        what = "How many answers a theme’s score needs"
        yield Difference("changed", what, str(before.min_items), str(after.min_items), "structural")
    if before.demonstration != after.demonstration:
        what = "Whether it is a demonstration"
        old, new = said(before, before.demonstration), said(after, after.demonstration)
        yield Difference("changed", what, old, new, "structural")
    bank = topics()
    earlier, later = (
        {name: bank[name].title.in_language("en") if name in bank else name for name in side.equality}
        for side in (before, after)
    )
    order = "The order of the questions about the person"
    yield from _came_and_went("A question about the person", earlier, later, order)
