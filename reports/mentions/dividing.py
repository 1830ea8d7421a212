"""The ways of dividing people by which mentions are told: audience, rating of the theme, and what filters may name."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reports.divisions import Survey
from reports.splitting import Split
from surveys.answers.codes import FIRST_OPTION
from surveys.questionnaire import Questionnaire, RatingQuestion

RATING = "rating"


@dataclass(frozen=True, slots=True)
class RatedApart:
    """People by how they rated the theme that a question belongs to: on a positive point of the scale, or on another.

    ``points``: the ids of the points of each of the two.
    """

    split: Split
    key: str
    points: tuple[tuple[str, ...], ...]


def rated_apart(survey: Survey, item_key: str) -> RatedApart | None:
    """The theme's rating: of the one in its score, else of its first. None for a question of no theme, and where the
    theme is not rated or its scale has no positive points, or no others."""
    questionnaire: Questionnaire = survey.people.questionnaire
    theme = questionnaire.item(item_key).theme
    ratings = [one for one in questionnaire.ask_about_each_theme if isinstance(one, RatingQuestion)]
    if theme is None or not ratings:
        return None
    question = next((one for one in ratings if one.composite), ratings[0])
    scale = questionnaire.scale(question.scale).points
    points = tuple(tuple(point.id for point in scale if point.positive == positive) for positive in (True, False))
    if not all(points):
        return None
    key = f"{theme.id}.{question.id}"
    matrix = survey.people.matrix
    column = next(one for one in matrix.layout.columns if one.key == key)
    group_of = np.full(256, -1, dtype=np.int16)
    for place, option in enumerate(column.options):
        group_of[FIRST_OPTION + place] = next((group for group, ids in enumerate(points) if option in ids), -1)
    codes = group_of[matrix.rows(column)[0]]
    values = ("positive", "not positive")
    return RatedApart(Split(RATING, key, values, {}, codes, sensitive=False), key, points)


def circumstances(survey: Survey) -> list[Split]:
    """The fields that results may be filtered by where mentions are told: all but the audience."""
    return [one for field, one in survey.divisions.items() if field != "audience"]
