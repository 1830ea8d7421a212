"""The groups that were asked for, beside one another in tables."""

from __future__ import annotations

import dataclasses

import pytest

from reports.group_tables import MOST_BESIDE_ONE_ANOTHER, groups, in_even_parts
from reports.survey_figures import SurveyFigures
from reports.tabulation import Difference, Estimate, Figure, Shown
from tests.reports.conftest import Answered


@pytest.mark.parametrize(
    ("number", "sizes"), [(0, []), (1, [1]), (4, [4]), (5, [2, 3]), (9, [3, 3, 3]), (13, [3] * 3 + [4])]
)
def test_no_table_is_much_narrower_than_the_others(cancer_survey: Answered, number: int, sizes: list[int]) -> None:
    some = [dataclasses.replace(cancer_survey.results.everybody, value=str(place)) for place in range(number)]
    parts = in_even_parts(some)
    assert sorted(len(part) for part in parts) == sizes
    assert [one for part in parts for one in part] == some
    assert all(len(part) <= MOST_BESIDE_ONE_ANOTHER for part in parts)


def test_of_two_groups_both_are_marked(cancer_survey: Answered) -> None:
    results, questionnaire = cancer_survey.results, cancer_survey.questionnaire
    one, other = (
        dataclasses.replace(group, field="place", value=name, label=name)
        for group, name in zip(results.audiences, ("North", "South"), strict=True)
    )
    gap: Estimate[Figure] = Estimate(Shown(20.0), Shown(9.0), Shown(30.0))
    theme = questionnaire.themes[0].id
    higher: Difference[Figure] = Difference(
        field="place", measure="chosen", key=theme, first="North", second="South",
        difference=gap, p_adjusted=Shown(0.001), family_size=8, words="higher", p_over_all=None, cramers_v=None,
    )  # fmt: skip
    compared = dataclasses.replace(results, groups=(one, other), differences=(higher,))
    (table,) = groups(SurveyFigures(compared, questionnaire, "en"), (one, other))
    marked = {heading.text: cells for heading, cells in table.rows if any("▲" in cell for cell in cells)}
    ((north, south),) = marked.values()
    assert north.endswith("▲\N{NO-BREAK SPACE}higher")
    assert south.endswith("▼\N{NO-BREAK SPACE}lower")
