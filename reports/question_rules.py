"""Which answers of a question are hidden with one another, and which questions make a theme."""

from __future__ import annotations

from collections.abc import Mapping

from reports.disclosing import QuestionRule, Reason
from surveys.questionnaire import (
    ChoiceQuestion,
    ChoicesQuestion,
    Item,
    LongTextQuestion,
    NumberQuestion,
    Questionnaire,
    RankingQuestion,
    RatingQuestion,
    TextQuestion,
)

COUNTS, BESIDE, OPTION = "counts", "beside", "option "


def cell_sets(questionnaire: Questionnaire, key: str) -> dict[str, slice | list[int]]:
    """Which answers of a question are hidden together where one of them is small, as places in its line's cells.

    "counts": all answers to a rating or a choice, "beside": the answers beside the options of other questions, of which
    each option is a set by its id. Numbers have none.
    """
    question = questionnaire.item(key).question
    if isinstance(question, NumberQuestion):
        return {}
    if not isinstance(question, ChoicesQuestion | RankingQuestion):
        return {COUNTS: slice(None)}
    ids = [option.id for option in questionnaire.options(question)]
    # Cells hold all options, then, once more, those who put each first, then the answers beside the options.
    options: dict[str, slice | list[int]] = {
        f"{OPTION}{id_}": [place, place + len(ids)] for place, id_ in enumerate(ids)
    }
    return {**options, BESIDE: slice(2 * len(ids), None)}


def asks_about_people(questionnaire: Questionnaire, item: Item) -> bool:
    """Whether a question offers a choice outside of themes. In a survey without themes those ask for opinions too."""
    return bool(questionnaire.themes) and item.theme is None and isinstance(item.question, ChoiceQuestion)


def question_rule(whole: Reason, cells: Mapping[str, Reason]) -> QuestionRule:
    """The rule of one question in one population; ``cells`` by the names of ``cell_sets``."""
    return QuestionRule(
        whole=whole,
        counts=cells.get(COUNTS),
        options={name.removeprefix(OPTION): why for name, why in cells.items() if name.startswith(OPTION) and why},
        beside=cells.get(BESIDE),
    )


def composite_keys(questionnaire: Questionnaire, theme_id: str) -> list[str]:
    """The items whose scores make the theme's score."""
    return [
        item.key
        for item in questionnaire.items
        if item.theme is not None
        and item.theme.id == theme_id
        and isinstance(item.question, RatingQuestion)
        and item.question.composite
    ]


def theme_comment_key(questionnaire: Questionnaire, theme_id: str) -> str | None:
    """The theme's open question, the first if there are several; None where there is none."""
    for question in questionnaire.ask_about_each_theme:
        if isinstance(question, TextQuestion | LongTextQuestion):
            return f"{theme_id}.{question.id}"
    return None
