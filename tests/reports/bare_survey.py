"""A survey with as few figures as a sentence needs: patients who chose themes, and whatever else is given."""

from __future__ import annotations

import dataclasses

from reports.survey_figures import SurveyFigures
from reports.tabulation import Figure, Group, Results, Shown
from surveys.questionnaire import RatingQuestion
from tests.reports.random_results import SURVEY, random_results

LED = ("faster-care", "research", "technology")
OTHER_RATING = "research.ease"
"""A rating of a theme that is not the one of importance, in the survey of ``two_ratings``."""


def plain(text: str) -> str:
    """Without the signs that hold a line or a direction together."""
    for sign in ("\u2066", "\u2067", "\u2069"):
        text = text.replace(sign, "")
    return text.replace("\u00a0", " ")


def patients(chosen: int = 218, base: int = 312, tied: tuple[str, ...] = ()) -> Group[Figure]:
    """Patients of whom so many chose the first theme, which chance could put level with those that are tied."""
    drawn = next(group for seed in range(50) if len((group := random_results(seed).audiences[0]).themes) > 1)
    themes = tuple(
        dataclasses.replace(
            table,
            rank=Shown(LED.index(table.theme_id) + 1 if table.theme_id in LED else 8),
            tied_with=tied if table.theme_id == LED[0] else (),
            chosen_count=Shown(chosen),
            chosen_base=Shown(base),
        )
        for table in drawn.themes
    )
    return dataclasses.replace(drawn, responses=Shown(base), themes=themes)


def survey(language: str, **changes: object) -> SurveyFigures:
    """A survey of those patients and nothing else, but for the changes to its results."""
    bare: Results[Figure] = dataclasses.replace(
        random_results(1), audiences=(patients(),), groups=(), differences=(), representation=(), change=None, places=()
    )
    return SurveyFigures(dataclasses.replace(bare, **changes), SURVEY, language)  # type: ignore[arg-type]


def two_ratings(*, composite: bool = False, **changes: object) -> SurveyFigures:
    """The same survey in English, which also asks of each theme how easy it is; ``composite``: the score of a theme
    holds that too."""
    scale = dataclasses.replace(SURVEY.scales[0], id="ease")
    rating = next(asked for asked in SURVEY.ask_about_each_theme if isinstance(asked, RatingQuestion))
    other = dataclasses.replace(rating, id=OTHER_RATING.partition(".")[2], scale=scale.id, composite=composite)
    asking = dataclasses.replace(
        SURVEY, ask_about_each_theme=(*SURVEY.ask_about_each_theme, other), scales=(*SURVEY.scales, scale)
    )
    return dataclasses.replace(survey("en", **changes), questionnaire=asking)
