"""What small cells hide of each question in the groups of a sensitive breakdown, and which questions make a theme."""

from __future__ import annotations

from collections.abc import Sequence

from reports.disclosing import QuestionRule
from reports.small_cells import CellJudge
from reports.suppression import Hidden, Line, Verdict
from surveys.questionnaire import (
    ChoicesQuestion,
    LongTextQuestion,
    NumberQuestion,
    Questionnaire,
    RankingQuestion,
    RatingQuestion,
    TextQuestion,
)


def rules_for_groups(
    questionnaire: Questionnaire, key: str, line: Line, verdict: Verdict, *, minimum_cell: int
) -> Sequence[QuestionRule]:
    """The rule of one question in each group, small cells included."""
    groups = range(line.base.shape[2] - 1)
    if line.cells is None:
        return [QuestionRule(whole=verdict.groups.get(group)) for group in groups]
    question = questionnaire.item(key).question

    judge = CellJudge(line.answered[0], minimum_cell, verdict.audiences)
    cells = line.cells[0]
    counts: Hidden = {}
    beside: Hidden = {}
    options: dict[str, Hidden] = {}
    if isinstance(question, ChoicesQuestion | RankingQuestion):
        ids = [option.id for option in questionnaire.options(question)]
        # Cells hold all options, then, once more, those who put each first, then the answers beside the options.
        for place, option in enumerate(ids):
            options[option] = judge.hide(cells[..., [place, place + len(ids)]], verdict.groups)
        beside = judge.hide(cells[..., 2 * len(ids) :], verdict.groups)
    elif not isinstance(question, NumberQuestion):
        counts = judge.hide(cells, verdict.groups)
    return [
        QuestionRule(
            whole=verdict.groups.get(group),
            counts=counts.get(group),
            options={option: hidden[group] for option, hidden in options.items() if group in hidden},
            beside=beside.get(group),
        )
        for group in groups
    ]


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
