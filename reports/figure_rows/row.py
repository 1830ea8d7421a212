"""One figure with whom and what it is about: ids for programs, names for people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reports.survey_figures import SurveyFigures
from reports.tabulation import Estimate, Figure, Shown


@dataclass(frozen=True, slots=True)
class Subject:
    """Ids as in the results JSON, each with its name in the language of the report; empty where there is none.

    ``part`` is the name of the JSON's part. ``population_field`` is empty for everybody. ``source`` says where a figure
    comes from that does not come from this survey's closed answers alone: a wave, a reference population, a code frame,
    a workshop.
    """

    part: str
    population_field: str = ""
    population_value: str = ""
    population: str = ""
    theme_id: str = ""
    theme: str = ""
    question_id: str = ""
    question: str = ""
    answer_id: str = ""
    answer: str = ""
    compared_with_id: str = ""
    compared_with: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class FigureRow:
    """``figure`` with its 95 % interval and the people it rests on, as far as it has them.

    ``figure`` is None only where a ``verdict`` stands in its place. ``verdict`` is a word for people.
    """

    subject: Subject
    measure: str
    figure: Figure | None
    low: Figure | None = None
    high: Figure | None = None
    base: Figure | None = None
    verdict: str = ""


def asked_of(survey: SurveyFigures, key: str) -> dict[str, str]:
    """The columns of a subject that say what a figure is of, by its key: a theme, or a question with its theme."""
    for theme in survey.questionnaire.themes:
        if theme.id == key:
            return {"theme_id": key, "theme": survey.plain(theme)}
    item = survey.questionnaire.item(key)
    of_theme = {"theme_id": item.theme.id, "theme": survey.plain(item.theme)} if item.theme else {}
    return {**of_theme, "question_id": key, "question": survey.words.said(item.question.text)}


def single(
    subject: Subject, measure: str, figure: Figure | None, *, base: Figure | None = None, verdict: str = ""
) -> Iterator[FigureRow]:
    """The row of one disclosed figure; none where it does not exist."""
    if figure is not None:
        yield FigureRow(subject, measure, figure, base=base, verdict=verdict)


def plain(subject: Subject, measure: str, number: float | None) -> Iterator[FigureRow]:
    """The row of a number that tells nothing about people who answered, such as a threshold that staff set."""
    if number is not None:
        yield FigureRow(subject, measure, Shown(number))


def estimated(
    subject: Subject,
    measure: str,
    estimate: Estimate[Figure] | None,
    *,
    base: Figure | None = None,
    verdict: str = "",
) -> Iterator[FigureRow]:
    """The row of an estimate; where it does not exist, one only for a verdict that says why."""
    if estimate is not None:
        yield FigureRow(subject, measure, estimate.value, estimate.low, estimate.high, base, verdict)
    elif verdict:
        yield FigureRow(subject, measure, None, verdict=verdict)
