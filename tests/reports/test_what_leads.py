"""What a report calls first, and how widely it says that it heard."""

from __future__ import annotations

import dataclasses

import pytest

from reports.findings import findings
from reports.reach import reach
from reports.survey_figures import SurveyFigures
from reports.tabulation import Breakdown, Shown, Suppressed, ThemeTable
from tests.reports.conftest import Answered


def survey_with_ranks(answered: Answered, **first: object) -> SurveyFigures:
    """The survey with another table for the first theme of the largest audience."""
    survey = SurveyFigures(answered.results, answered.questionnaire, "en")
    lead = survey.audiences[0]
    top = survey.themes[0].id
    changed: list[ThemeTable[Shown | Suppressed]] = [
        dataclasses.replace(table, **first) if table.theme_id == top else table  # type: ignore[arg-type]
        for table in lead.themes
    ]
    groups = tuple(
        dataclasses.replace(group, themes=tuple(changed)) if group.value == lead.value else group
        for group in answered.results.audiences
    )
    results = dataclasses.replace(answered.results, audiences=groups)
    return SurveyFigures(results, answered.questionnaire, "en")


@pytest.mark.parametrize(
    ("tied", "headline"),
    [
        (0, "“Shorter waits at every step” matters most to patients."),
        (1, "Two themes lead among patients and are about equal."),
        (2, "No single theme leads among patients."),
        (5, "No single theme leads among patients."),
    ],
)
def test_a_theme_matters_most_only_where_chance_could_not_say_otherwise(
    cancer_survey: Answered, tied: int, headline: str
) -> None:
    others = [theme.id for theme in cancer_survey.questionnaire.themes if theme.id != "faster-care"]
    survey = survey_with_ranks(cancer_survey, rank=Shown(1), tied_with=tuple(others[:tied]))
    found = findings(survey)[0]
    assert found.headline == headline
    assert ("level with it" in " ".join(found.sentences)) == (tied > 0)


@pytest.mark.parametrize(
    ("people", "channels", "grade"),
    [
        (320, {"Poster": 160, "Letter": 160}, "Fair"),
        (120, {"Poster": 80, "Letter": 40}, "Fair"),
        (120, {}, "Fair"),
        (99, {"Poster": 50, "Letter": 49}, "Weak"),
        (400, {"Poster": 281, "Letter": 119}, "Weak"),
        (400, {"Poster": 280, "Letter": 120}, "Fair"),
    ],
)
def test_how_widely_we_heard_follows_its_rule(
    cancer_survey: Answered, people: int, channels: dict[str, int], grade: str
) -> None:
    base = sum(channels.values())
    breakdown = Breakdown(
        "channel",
        "Channel",
        {name: Shown(count) for name, count in channels.items()},
        {name: name for name in channels},
        Shown(base),
        Shown(people - base),
    )
    results = dataclasses.replace(
        cancer_survey.results,
        everybody=dataclasses.replace(cancer_survey.results.everybody, responses=Shown(people)),
        who_answered=(breakdown,),
    )
    assert reach(SurveyFigures(results, cancer_survey.questionnaire, "en")).grade == grade
