"""What refers to other parts of a design, put in order after one of them is gone."""

from __future__ import annotations

from dataclasses import replace

from surveys.questionnaire import (
    AllOf,
    AnyOf,
    ChoicesQuestion,
    Comparison,
    Condition,
    Not,
    NumberQuestion,
    OpenQuestion,
    Question,
    Questionnaire,
    RankingQuestion,
    RatingQuestion,
    Theme,
)
from surveys.routing import item_key


def in_order(questionnaire: Questionnaire) -> Questionnaire:
    """The questionnaire without conditions on what is no longer asked or offered, and with limits that can be met.

    A question whose whole condition is gone is asked of everybody.
    """
    each = tuple(_question(questionnaire, asked, _first(questionnaire)) for asked in questionnaire.ask_about_each_theme)
    pages = tuple(
        replace(
            page,
            show_if=_kept(questionnaire, page.show_if, None),
            questions=tuple(_question(questionnaire, asked, None) for asked in page.questions),
        )
        for page in questionnaire.pages
    )
    composite = sum(isinstance(asked, RatingQuestion) and asked.composite for asked in each)
    return replace(
        questionnaire,
        ask_about_each_theme=each,
        pages=pages,
        min_items=min(questionnaire.min_items, max(composite, 1)),
    )


def _first(questionnaire: Questionnaire) -> Theme | None:
    """The theme that stands for all: what is asked about one is asked about each."""
    return next(iter(questionnaire.themes), None)


def _question(questionnaire: Questionnaire, asked: Question, theme: Theme | None) -> Question:
    condition = _kept(questionnaire, asked.show_if, theme)
    if isinstance(asked, ChoicesQuestion | RankingQuestion) and not asked.options_are_themes:
        # Where the options are the themes, more of them may come back, and the limit with them.
        offered = max(len(asked.options), 1)
        if isinstance(asked, RankingQuestion):
            return replace(asked, show_if=condition, top=min(asked.top, offered))
        if asked.max is not None:
            return replace(asked, show_if=condition, max=min(asked.max, offered))
    return replace(asked, show_if=condition)


def _kept(questionnaire: Questionnaire, condition: Condition | None, theme: Theme | None) -> Condition | None:
    match condition:
        case AllOf(parts) | AnyOf(parts):
            kept = tuple(one for part in parts if (one := _kept(questionnaire, part, theme)) is not None)
            return type(condition)(kept) if kept else None
        case Not(part):
            inner = _kept(questionnaire, part, theme)
            return Not(inner) if inner is not None else None
        case Comparison():
            return _comparison(questionnaire, condition, theme)
    return None


def _comparison(questionnaire: Questionnaire, wanted: Comparison, theme: Theme | None) -> Comparison | None:
    if theme is None and not questionnaire.themes and wanted.field in _asked_of_themes(questionnaire):
        # Without themes nothing is asked about them yet; the condition holds again with the first theme.
        return wanted
    try:
        asked = questionnaire.item(item_key(questionnaire, theme, wanted.field)).question
    except KeyError:
        return None
    if wanted.operator in ("answered", "at_least", "at_most") or isinstance(asked, OpenQuestion | NumberQuestion):
        return wanted
    offered = {option.id for option in questionnaire.options(asked)}
    offered |= {beside.id for beside in questionnaire.not_scored(asked)}
    if isinstance(wanted.value, tuple):
        values = tuple(value for value in wanted.value if value in offered)
        return replace(wanted, value=values) if values else None
    return wanted if wanted.value in offered else None


def _asked_of_themes(questionnaire: Questionnaire) -> set[str]:
    return {asked.id for asked in questionnaire.ask_about_each_theme}
