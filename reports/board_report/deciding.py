"""The table of decisions: every theme gets a row, with what was heard, what is advised, and room to decide."""

from __future__ import annotations

from dataclasses import dataclass

from reports import printed_figures as printed
from reports.commentary import Advised, Written
from reports.survey_figures import SurveyFigures
from surveys.questionnaire import Theme


@dataclass(frozen=True, slots=True)
class Decision:
    """One theme. ``heard``: per measure a line per audience. ``advice`` is empty until somebody has advised.

    ``signed``: who advised it, and on which day.
    """

    theme: str
    heard: tuple[tuple[str, ...], ...]
    advice: str
    reason: str
    signed: str


def decisions(survey: SurveyFigures, commentary: Written | None) -> list[Decision]:
    """A row for every theme, in the order of the report, the least popular included."""
    rows = []
    for theme in survey.themes:
        advised = commentary.advised.get(theme.id) if commentary else None
        advice = survey.words(f"advice_{advised.advice.replace(' ', '_')}") if advised else ""
        reason, signed = (advised.reason, _signed(survey, advised)) if advised else ("", "")
        rows.append(Decision(survey.plain(theme), _heard(survey, theme), advice, reason, signed))
    return rows


def _signed(survey: SurveyFigures, advised: Advised) -> str:
    if not advised.by or advised.on is None:
        return ""
    words = survey.words
    return words("advice_signed", person=words.set_apart(advised.by), date=words.date(advised.on))


def heard_columns(survey: SurveyFigures) -> list[str]:
    """The heads of the columns of what was heard."""
    asked = [("table_chose_it", survey.asks_choice), ("table_call_it_important", survey.importance is not None)]
    return [survey.words(phrase) for phrase, was_asked in asked if was_asked]


def _heard(survey: SurveyFigures, theme: Theme) -> tuple[tuple[str, ...], ...]:
    words = survey.words
    chose, called = [], []
    for group in survey.audiences:
        figures, rating = survey.theme_table(group, theme.id), survey.rating(group, theme)
        chosen = printed.share(words, figures.chosen_count, figures.chosen_base) if figures else printed.NONE
        important = printed.share(words, survey.positive(rating), rating.base) if rating else printed.NONE
        chose.append(f"{survey.label(group)}: {chosen}")
        called.append(f"{survey.label(group)}: {important}")
    measures = [(chose, survey.asks_choice), (called, survey.importance is not None)]
    return tuple(tuple(lines) for lines, was_asked in measures if was_asked)
