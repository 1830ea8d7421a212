"""The way through a questionnaire: which pages in which order, and which questions a person's answers lead to.

Routing is data (``show_if``), never an expression that is evaluated. A condition sees only answers of questions that
were themselves reached, so one walk along the journey settles everything: an answer left over from a branch that the
final path does not reach can neither be kept nor open another branch.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from surveys.answers import Answers, Value
from surveys.questionnaire import (
    AllOf,
    AnyOf,
    ChoicesQuestion,
    Comparison,
    Condition,
    Not,
    Page,
    Question,
    Questionnaire,
    RatingQuestion,
    Statement,
    Theme,
)

Test = Callable[[Mapping[str, Value]], bool]


@dataclass(frozen=True, slots=True)
class JourneyPage:
    """One page with questions. ``id`` is "theme.THEME" for a theme's page, else the page's own id.

    ``questions`` include statements; ``item_keys`` are the keys of the questions that can be answered, in order.
    """

    id: str
    kind: Literal["theme", "page"]
    theme: Theme | None
    page: Page | None
    questions: tuple[Question, ...]
    item_keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Step:
    """A page with its conditions ready to run: its own, and per question the item key (None for a statement)."""

    page_id: str
    test: Test | None
    questions: tuple[tuple[str | None, Test | None], ...]


def journey(questionnaire: Questionnaire) -> tuple[JourneyPage, ...]:
    """Every page with questions, in the order in which a person meets them if every condition holds.

    Short first: the page with the priority question, pages placed before the themes, one page per theme, the rest.
    Themes first: the same without moving the priority page. Themes have pages only where something is asked of each.
    """
    return questionnaire.derived(_pages)


def shown_items(questionnaire: Questionnaire, answers: Mapping[str, Value]) -> frozenset[str]:
    """Keys of the items on the path that these answers give."""
    return frozenset(_walk(questionnaire, answers)[1])


def is_shown(questionnaire: Questionnaire, page: JourneyPage, answers: Mapping[str, Value]) -> bool:
    """Whether the path that these answers give meets ``page`` and any question on it."""
    return page.id in _walk(questionnaire, answers)[0]


def next_page(questionnaire: Questionnaire, page_id: str | None, answers: Mapping[str, Value]) -> JourneyPage | None:
    """The page shown after ``page_id`` (the first one for None); None after the last. KeyError: no such page."""
    pages, start = journey(questionnaire), 0
    if page_id is not None:
        start = questionnaire.derived(_positions)[page_id] + 1
    shown = _walk(questionnaire, answers)[0]
    return next((page for page in pages[start:] if page.id in shown), None)


def previous_page(
    questionnaire: Questionnaire, page_id: str | None, answers: Mapping[str, Value]
) -> JourneyPage | None:
    """The page shown before ``page_id`` (the last one for None); None before the first. KeyError: no such page."""
    pages = journey(questionnaire)
    end = len(pages) if page_id is None else questionnaire.derived(_positions)[page_id]
    shown = _walk(questionnaire, answers)[0]
    return next((page for page in reversed(pages[:end]) if page.id in shown), None)


def on_path(questionnaire: Questionnaire, answers: Mapping[str, Value]) -> Answers:
    """The answers as they are kept: one entry for each item shown, None where it was left blank, nothing else."""
    return _walk(questionnaire, answers)[1]


def item_key(questionnaire: Questionnaire, theme: Theme | None, field: str) -> str:
    """The item key that ``field`` of a condition means: inside a theme a bare question id is that theme's own."""
    if theme is not None and any(question.id == field for question in questionnaire.ask_about_each_theme):
        return f"{theme.id}.{field}"
    return field


def _walk(questionnaire: Questionnaire, answers: Mapping[str, Value]) -> tuple[set[str], Answers]:
    """Ids of the pages met and the answers reached, in one pass from the first page to the last."""
    pages: set[str] = set()
    reached: Answers = {}
    for step in questionnaire.derived(_steps):
        if step.test is not None and not step.test(reached):
            continue
        for key, test in step.questions:
            if test is None or test(reached):
                pages.add(step.page_id)
                if key is not None:
                    reached[key] = answers.get(key)
    return pages, reached


def _positions(questionnaire: Questionnaire) -> dict[str, int]:
    return {page.id: place for place, page in enumerate(journey(questionnaire))}


def _pages(questionnaire: Questionnaire) -> tuple[JourneyPage, ...]:
    first: list[Page] = []
    if questionnaire.journey == "short_first":
        first = [page for page in questionnaire.pages if _asks_priority(page)]
    rest = [page for page in questionnaire.pages if page not in first]
    themes = questionnaire.themes if questionnaire.ask_about_each_theme else ()
    return (
        *map(_own_page, first),
        *(_own_page(page) for page in rest if page.place == "before_themes"),
        *(_theme_page(questionnaire, theme) for theme in themes),
        *(_own_page(page) for page in rest if page.place == "after_themes"),
    )


def _asks_priority(page: Page) -> bool:
    return any(isinstance(asked, ChoicesQuestion) and asked.purpose == "priority" for asked in page.questions)


def _own_page(page: Page) -> JourneyPage:
    return JourneyPage(page.id, "page", None, page, page.questions, _keys(page.questions, ""))


def _theme_page(questionnaire: Questionnaire, theme: Theme) -> JourneyPage:
    asked = questionnaire.ask_about_each_theme
    return JourneyPage(f"theme.{theme.id}", "theme", theme, None, asked, _keys(asked, f"{theme.id}."))


def _keys(questions: tuple[Question, ...], prefix: str) -> tuple[str, ...]:
    return tuple(prefix + asked.id for asked in questions if not isinstance(asked, Statement))


def _steps(questionnaire: Questionnaire) -> tuple[_Step, ...]:
    return tuple(
        _Step(
            shown.id,
            _test(questionnaire, None, shown.page.show_if) if shown.page else None,
            tuple(_question_step(questionnaire, shown.theme, asked) for asked in shown.questions),
        )
        for shown in journey(questionnaire)
    )


def _question_step(
    questionnaire: Questionnaire, theme: Theme | None, asked: Question
) -> tuple[str | None, Test | None]:
    key = None if isinstance(asked, Statement) else f"{theme.id}.{asked.id}" if theme else asked.id
    return key, _test(questionnaire, theme, asked.show_if)


def _test(questionnaire: Questionnaire, theme: Theme | None, condition: Condition | None) -> Test | None:
    """A function that says whether the condition holds for given answers, its parts prepared once."""
    match condition:
        case None:
            return None
        case AllOf(conditions):
            parts = [_test(questionnaire, theme, part) for part in conditions]
            return lambda answers: all(part(answers) for part in parts if part)
        case AnyOf(conditions):
            parts = [_test(questionnaire, theme, part) for part in conditions]
            return lambda answers: any(part(answers) for part in parts if part)
        case Not(inner):
            part = _test(questionnaire, theme, inner)
            return lambda answers: not (part and part(answers))
        case Comparison():
            return _comparison(questionnaire, item_key(questionnaire, theme, condition.field), condition)


def _comparison(questionnaire: Questionnaire, key: str, comparison: Comparison) -> Test:
    wanted = comparison.value
    match comparison.operator:
        case "equals":
            return lambda answers: answers.get(key) == wanted
        case "not_equals":
            return lambda answers: answers.get(key) != wanted
        case "one_of":
            several = wanted if isinstance(wanted, tuple) else (wanted,)
            return lambda answers: answers.get(key) in several
        case "contains":
            return lambda answers: _contains(answers.get(key), wanted)
        case "answered":
            return lambda answers: (answers.get(key) is not None) == wanted
        case "at_least" | "at_most":
            values = _scale_values(questionnaire, key)
            limit = float(wanted) if isinstance(wanted, int | float) else 0.0
            sign = 1 if comparison.operator == "at_least" else -1
            return lambda answers: _reaches(answers.get(key), values, sign, limit)


def _contains(value: Value, wanted: object) -> bool:
    return wanted in value if isinstance(value, tuple) else value is not None and value == wanted


def _scale_values(questionnaire: Questionnaire, key: str) -> dict[str, float]:
    """The values of a rating's points by id; nothing for a number, which is its own value."""
    question = questionnaire.item(key).question
    if not isinstance(question, RatingQuestion):
        return {}
    return {point.id: point.value for point in questionnaire.scale(question.scale).points}


def _reaches(value: Value, values: Mapping[str, float], sign: int, limit: float) -> bool:
    """Whether a number, or a rating's point, is at least (sign 1) or at most (sign -1) the limit."""
    number = values.get(value) if isinstance(value, str) else value
    return isinstance(number, int | float) and sign * number >= sign * limit
