"""The figures that an officer's text can name, each with the words that a report prints for it.

A name is made of ids alone, ``fair-care chosen patients``, so it stays the same in every language and every report.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from reports import printed_figures as printed
from reports.question_rules import asks_about_people
from reports.survey_figures import SurveyFigures
from reports.tabulation import ChoiceTable, CommentTable, Figure, Group, RatingTable, Shown
from surveys.commentary.references import FigureReference
from surveys.questionnaire import ClosedQuestion, Item, RatingQuestion, Theme

PEOPLE = "people"
EVERYBODY = "everybody"


def figure_references(survey: SurveyFigures) -> tuple[FigureReference, ...]:
    """Every figure that can be named, in the order in which to list them: people, themes, other questions.

    One for each audience, hidden ones too: they print the word for a hidden figure. Everybody together has figures
    only where no audience can be told apart, because audiences are never pooled, and of questions about people.
    """
    named = _named_groups(survey)
    found = {one.name: one for one in reversed([*_people(survey), *_all(survey, named)])}
    return tuple(reversed(found.values()))


def _named_groups(survey: SurveyFigures) -> list[tuple[str, Group[Figure]]]:
    named = [(group.value or EVERYBODY, group) for group in survey.results.audiences]
    return named if named and not survey.shown_together else [*named, (EVERYBODY, survey.results.everybody)]


def _people(survey: SurveyFigures) -> Iterator[FigureReference]:
    everybody = survey.results.everybody
    yield _reference(survey, PEOPLE, PEOPLE, "Who answered", "Everybody who answered", everybody.responses)
    for group in survey.results.audiences:
        says = f"{survey.label(group)} who answered"
        yield _reference(survey, f"{PEOPLE} {group.value}", PEOPLE, "Who answered", says, group.responses)


def _all(survey: SurveyFigures, named: list[tuple[str, Group[Figure]]]) -> Iterator[FigureReference]:
    items = survey.questionnaire.items
    for theme in survey.themes:
        yield from _of_theme(survey, theme, "chosen", named)
        for item in items:
            if item.theme is not None and item.theme.id == theme.id:
                for name, group in named:
                    yield from _of_item(survey, item, name, group)
        yield from _of_theme(survey, theme, "unclear", named)
    everybody = [(EVERYBODY, survey.results.everybody)]
    for item in items:
        if item.theme is None:
            for name, group in everybody if asks_about_people(survey.questionnaire, item) else named:
                yield from _of_item(survey, item, name, group)


def _of_theme(
    survey: SurveyFigures, theme: Theme, measure: Literal["chosen", "unclear"], named: list[tuple[str, Group[Figure]]]
) -> Iterator[FigureReference]:
    for name, group in named:
        table = survey.theme_table(group, theme.id)
        if table is None:
            continue
        if measure == "chosen":
            says, part, base = "who chose it", table.chosen_count, table.chosen_base
        else:
            says, part, base = "who found it hard to understand", table.unclear_count, table.unclear_base
        if part is not None:
            name, says = f"{theme.id} {measure} {name}", f"{survey.label(group)} {says}"
            yield _reference(survey, name, theme.id, survey.plain(theme), says, part, base)


def _of_item(survey: SurveyFigures, item: Item, name: str, group: Group[Figure]) -> Iterator[FigureReference]:
    table, question, people = survey.question(group, item.key), item.question, survey.label(group)
    about = item.theme.id if item.theme else item.key
    heading = survey.plain(item.theme) if item.theme else survey.words.said(question.text)
    key = f"{item.theme.id} {question.id}" if item.theme else question.id
    match table:
        case RatingTable() if isinstance(question, RatingQuestion):
            good = [point for point in survey.questionnaire.scale(question.scale).points if point.positive]
            said = " or ".join(f"“{survey.words.said(point.label)}”" for point in good)
            positive = _together([table.counts[point.id] for point in good])
            yield _reference(survey, f"{key} {name}", about, heading, f"{people} who said {said}", positive, table.base)
        case CommentTable():
            says = f"{people} who wrote a comment"
            yield _reference(survey, f"{key} {name}", about, heading, says, table.commented, table.base)
        case ChoiceTable() if isinstance(question, ClosedQuestion):
            if getattr(question, "purpose", None) in ("priority", "clarity"):
                # Said of each theme already, as chosen and unclear.
                return
            for option in survey.questionnaire.options(question):
                says = f"{people} who said “{survey.words.said(option.label)}”"
                count = table.counts.get(option.id)
                yield _reference(survey, f"{key} {option.id} {name}", about, heading, says, count, table.base)


def _together(figures: list[Figure]) -> Figure | None:
    hidden = next((figure for figure in figures if printed.number(figure) is None), None)
    if hidden is not None or not figures:
        return hidden
    return Shown(sum(printed.number(figure) or 0 for figure in figures))


def _reference(
    survey: SurveyFigures,
    name: str,
    about: str,
    heading: str,
    says: str,
    part: Figure | None,
    base: Figure | None = None,
) -> FigureReference:
    value = printed.count(survey.words, part) if base is None else printed.share(survey.words, part, base)
    # Of nobody there is no share either, only a dash.
    shown = printed.number(part) is not None and (base is None or bool(printed.number(base)))
    return FigureReference(name.lower(), about, heading, says, value, shown)
