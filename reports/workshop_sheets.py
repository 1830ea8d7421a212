"""Spreadsheet tables of what workshops said, apart from the tables of answers."""

from __future__ import annotations

from collections.abc import Callable

from reports.survey_figures import SurveyFigures
from reports.tabulation import Figure
from reports.workshops_said import votes_together

Cell = str | float | int | None
Rows = tuple[list[str], list[list[Cell]]]


def workshop_sheets(survey: SurveyFigures, value: Callable[[Figure | None], Cell]) -> list[tuple[str, str, Rows]]:
    """Name, title and table of each sheet; none where no workshop was entered. ``value`` writes a disclosed figure."""
    if not survey.results.workshops:
        return []
    apart = "a separate source, never added to the survey's counts"
    return [
        ("Workshops", f"Workshops: {apart}", _held(survey, value)),
        ("Workshop votes", f"Votes at workshops: {apart}", _votes(survey, value)),
        ("Workshop points", f"Points raised at workshops: {apart}", _points(survey)),
    ]


def _held(survey: SurveyFigures, value: Callable[[Figure | None], Cell]) -> Rows:
    columns = ["Workshop", "Date", "Place", "Led by", "Audience", "People", "Minimum base", "Votes each", "Votes"]
    rows: list[list[Cell]] = [
        [
            *(number, one.held_on.isoformat(), one.place, one.facilitator_role, one.audience_label or "Everybody"),
            *(value(one.people), one.minimum_base, one.votes_each, value(one.votes)),
        ]
        for number, one in enumerate(survey.results.workshops, start=1)
    ]
    return columns, rows


def _votes(survey: SurveyFigures, value: Callable[[Figure | None], Cell]) -> Rows:
    columns = ["Theme", "Workshop", "Votes", "Of all votes counted", "People"]
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
            rows.append([title, "All that are shown", of_theme, value(together.votes), value(together.people)])
    return columns, rows


def _points(survey: SurveyFigures) -> Rows:
    columns = ["Theme", "Workshop", "Kind", "Point"]
    kinds = {"agreed": "Agreed", "not_agreed": "Not agreed", "ideas": "Idea to try"}
    rows: list[list[Cell]] = [
        [survey.plain(theme), number, kind, point]
        for theme in survey.themes
        for number, one in enumerate(survey.results.workshops, start=1)
        for at in one.themes
        if at.theme_id == theme.id
        for name, kind in kinds.items()
        for point in getattr(at, name)
    ]
    return columns, rows
