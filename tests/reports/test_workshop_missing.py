"""Who was missing: against a population, or by few answers, and never by what is hidden."""

from __future__ import annotations

import dataclasses

from reports.survey_figures import SurveyFigures
from reports.tabulation import Breakdown, Figure, ReferenceGroup, Representation, Results, Shown, Suppressed
from reports.workshop_missing import Missing, missing_people
from tests.reports.conftest import Answered

HIDDEN = (Suppressed("small base"), Suppressed("small cell"), Suppressed("secondary"))


def ages(counts: dict[str, Figure], *, base: int) -> Breakdown[Figure]:
    return Breakdown("age", "How old are you?", counts, {key: key for key in counts}, Shown(base), Shown(0))


def found(survey: Answered, **changes: object) -> Missing:
    results: Results[Figure] = dataclasses.replace(survey.results, **changes)  # type: ignore[arg-type]  # Any field.
    return missing_people(SurveyFigures(results, survey.questionnaire, "en"))


def test_groups_with_no_or_few_answers_are_to_be_invited(cancer_survey: Answered) -> None:
    counts: dict[str, Figure] = {"16-24": Shown(0), "25-64": Shown(96), "65+": Shown(4), "prefer_not_to_say": Shown(0)}
    missing = found(cancer_survey, who_answered=(ages(counts, base=100),), representation=())
    assert [(group.name, group.numbers.replace("\u00a0", " ")) for group in missing.groups] == [
        ("Age: 16-24", "Nobody of the 100 people who told us."),
        ("Age: 65+", "Few answers: 4% (4 of 100)."),
    ]
    assert "compared with no population" in missing.notes[0]
    assert missing.hidden == ()
    assert not missing.compared


def test_of_many_places_only_those_with_fewer_answers_than_the_rest_are_to_be_invited(cancer_survey: Answered) -> None:
    counts: dict[str, Figure] = {f"Ward {number}": Shown(10) for number in range(40)} | {"Ward 7": Shown(4)}
    places: Breakdown[Figure] = Breakdown("place", "Place", counts, {key: key for key in counts}, Shown(394), Shown(0))
    missing = found(cancer_survey, who_answered=(places,), representation=())
    assert [group.name for group in missing.groups] == ["Place: Ward 7"]


def test_a_hidden_group_is_named_but_never_called_missing(cancer_survey: Answered) -> None:
    """A small cell, a small base and one kept back to protect them read the same."""
    for hidden in HIDDEN:
        counts: dict[str, Figure] = {"16-24": hidden, "25-64": Shown(96), "65+": hidden}
        missing = found(cancer_survey, who_answered=(ages(counts, base=100),), representation=())
        assert missing == Missing((), ("Age: 16-24", "Age: 65+"), ())


def test_a_hidden_base_makes_nobody_missing(cancer_survey: Answered) -> None:
    breakdown = dataclasses.replace(ages({"a": Shown(0), "b": Shown(30)}, base=30), base=Suppressed("secondary"))
    assert found(cancer_survey, who_answered=(breakdown,), representation=()).groups == ()


def a_group(
    label: str, reference: float, count: Figure, missing: Figure | None, *, under: bool
) -> ReferenceGroup[Figure]:
    return ReferenceGroup(label, label, reference, count, None, None, None, missing, under)


def test_groups_below_their_share_of_the_population_come_first_by_how_many_are_missing(
    cancer_survey: Answered,
) -> None:
    groups = (
        a_group("16 to 24", 12.0, Shown(6), Shown(18), under=True),
        a_group("25 to 64", 60.0, Shown(150), Shown(0), under=False),
        a_group("65 or over", 28.0, Shown(20), Shown(36), under=True),
        a_group("Unknown", 1.0, Suppressed("small cell"), Suppressed("small cell"), under=True),
    )
    age = Representation("age", "How old are you?", "Census", "2021", Shown(200), Shown(3), groups, None, None)
    missing = found(cancer_survey, representation=(age,))
    more = "more people would have had to answer."
    assert [(group.name, group.numbers.replace("\u00a0", " ")) for group in missing.groups] == [
        (
            "Age: 65 or over",
            f"10% (20 of 200) of those who told us; in the population, 28%. About 36 {more}",
        ),
        (
            "Age: 16 to 24",
            f"3% (6 of 200) of those who told us; in the population, 12%. About 18 {more}",
        ),
    ]
    assert missing.hidden == ("Age: Unknown",)
    assert missing.compared
    assert missing.notes == ("“Age” is compared with: Census, 2021.",)
