"""Rows of what workshops said: a source of its own, of which nothing is added to figures of the survey."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from reports.figure_rows.about_answers import one_value
from reports.figure_rows.row import FigureRow, Subject, asked_of, plain, single
from reports.printed_workshops import audience_name
from reports.survey_figures import SurveyFigures
from reports.tabulation import Figure, WorkshopTold
from reports.workshops_said import votes_together


def rows_about_workshops(survey: SurveyFigures) -> Iterator[FigureRow]:
    """Each workshop with its votes, by its number in the report, then the votes of all whose counts may be shown."""
    words, workshops = survey.words, survey.results.workshops
    for number, one in enumerate(workshops, start=1):
        yield from _workshop(survey, str(number), one)
    together = votes_together(workshops)
    if together is None:
        return
    whom = Subject("workshops", "workshop", population=words("sheet_all_shown"), source=words("sheet_name_workshops"))
    yield from plain(whom, "workshops", together.workshops)
    yield from single(whom, "people", together.people)
    yield from single(whom, "votes", together.votes)
    for theme_id, votes in together.by_theme.items():
        yield from single(replace(whom, **asked_of(survey, theme_id)), "votes", votes, base=together.votes)


def _workshop(survey: SurveyFigures, number: str, one: WorkshopTold[Figure]) -> Iterator[FigureRow]:
    words = survey.words
    name = one_value(survey, words("sheet_workshop"), number)
    told = (one.held_on.isoformat(), words.set_apart(one.place), audience_name(survey, one))
    whom = Subject("workshops", "workshop", number, name, source=words("figure_list_apart").join(told))
    yield from single(whom, "people", one.people)
    yield from plain(whom, "votes_each", one.votes_each)
    yield from single(whom, "votes", one.votes, base=one.people)
    for theme in one.themes:
        yield from single(replace(whom, **asked_of(survey, theme.theme_id)), "votes", theme.votes, base=one.votes)
