"""Spreadsheet tables of what workshops said, apart from the tables of answers."""

from __future__ import annotations

from collections.abc import Callable

from reports.printed_workshops import POINTS, audience_name
from reports.sheet_labels import headed
from reports.survey_figures import SurveyFigures
from reports.tabulation import Figure
from reports.workbook import Cell
from reports.workshops_said import votes_together

Rows = tuple[list[str], list[list[Cell]]]


def workshop_sheets(survey: SurveyFigures, value: Callable[[Figure | None], Cell]) -> list[tuple[str, str, Rows]]:
    """Name, title and table of each sheet; none where no workshop was entered. ``value`` writes a disclosed figure."""
    if not survey.results.workshops:
        return []
    tables = {
        "workshops": _held(survey, value),
        "workshop_votes": _votes(survey, value),
        "workshop_points": _points(survey),
    }
    words = survey.words
    return [(words(f"sheet_name_{name}"), words(f"sheet_title_{name}"), table) for name, table in tables.items()]


def _held(survey: SurveyFigures, value: Callable[[Figure | None], Cell]) -> Rows:
    words = survey.words
    columns = headed(words, "sheet_workshop", "sheet_date", "field_place", "workshops_led_by", "field_audience")
    columns += headed(words, "table_people", "sheet_minimum_base", "sheet_votes_each", "sheet_votes")
    rows: list[list[Cell]] = [
        [
            *(number, one.held_on.isoformat(), words.set_apart(one.place), words.set_apart(one.facilitator_role)),
            audience_name(survey, one),
            *(value(one.people), one.minimum_base, one.votes_each, value(one.votes)),
        ]
        for number, one in enumerate(survey.results.workshops, start=1)
    ]
    return columns, rows


def _votes(survey: SurveyFigures, value: Callable[[Figure | None], Cell]) -> Rows:
    words = survey.words
    columns = headed(words, "table_theme", "sheet_workshop", "sheet_votes", "sheet_of_all_votes", "table_people")
    together = votes_together(survey.results.workshops)
    rows: list[list[Cell]] = []
    for theme in survey.themes:
        title = survey.plain(theme)
        for number, one in enumerate(survey.results.workshops, start=1):
            found = next((at for at in one.themes if at.theme_id == theme.id), None)
            votes = value(found.votes) if found else None
            rows.append([title, number, votes, value(one.votes), value(one.people)])
        if together is not None:
            of_theme = value(together.by_theme.get(theme.id))
            rows.append([title, words("sheet_all_shown"), of_theme, value(together.votes), value(together.people)])
    return columns, rows


def _points(survey: SurveyFigures) -> Rows:
    words = survey.words
    columns = headed(words, "table_theme", "sheet_workshop", "sheet_kind", "mention_point")
    rows: list[list[Cell]] = [
        [survey.plain(theme), number, words(f"sheet_point_{name}"), words.set_apart(point)]
        for theme in survey.themes
        for number, one in enumerate(survey.results.workshops, start=1)
        for at in one.themes
        if at.theme_id == theme.id
        for name in POINTS
        for point in getattr(at, name)
    ]
    return columns, rows
