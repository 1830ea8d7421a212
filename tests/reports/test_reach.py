"""How widely a survey heard: each grade at its borders, with the reason that holds it down."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

import pytest

from reports.reach import Reach, reach
from reports.survey_figures import SurveyFigures
from reports.tabulation import Breakdown, Figure, ReferenceGroup, Representation, Results, Shown, Suppressed
from tests.reports.random_results import SURVEY, random_results

HIDDEN = Suppressed("small base")
TWO_CHANNELS = {"poster": 150, "letter": 150}


def age(index: float = 100.0, *, percent: float = 30.0, base: int = 250) -> Representation[Figure]:
    """Everybody's age beside the reference: one group with this index and this share of the reference."""
    count = round(base * percent * index / 10_000)
    young = ReferenceGroup(
        "16-24",
        "16 to 24",
        percent,
        Shown(count),
        Shown(100 * count / base),
        Shown(percent * (index - 100) / 100),
        Shown(index),
        Shown(10.0),
        under_represented=index < 80,
    )
    return Representation("age", "Age", "Register", "2025", Shown(base), Shown(50), (young,), None, None)


def graded(
    people: int = 300,
    channels: Mapping[str, Figure | int] = TWO_CHANNELS,
    *,
    representation: tuple[Representation[Figure], ...] = (age(),),
    order: bool | None = True,
    language: str = "en",
) -> Reach:
    counts: dict[str, Figure] = {
        name: Shown(count) if isinstance(count, int) else count for name, count in channels.items()
    }
    base = sum(count for count in channels.values() if isinstance(count, int))
    breakdown: Breakdown[Figure] = Breakdown(
        "channel", "Channel", counts, {name: name for name in counts}, Shown(base), Shown(people - base)
    )
    drawn = random_results(1)
    everybody = dataclasses.replace(drawn.everybody, responses=Shown(people))
    patients = dataclasses.replace(drawn.audiences[0], responses=Shown(people))
    results: Results[Figure] = dataclasses.replace(
        drawn,
        everybody=everybody,
        audiences=(patients,),
        who_answered=(breakdown,),
        representation=representation,
        order_by_channel_agrees=order,
    )
    return reach(SurveyFigures(results, SURVEY, language))


@pytest.mark.parametrize(
    ("people", "channels", "grade"),
    [
        (300, {"poster": 150, "letter": 150}, "Strong"),
        (299, {"poster": 150, "letter": 149}, "Fair"),
        (100, {"poster": 70, "letter": 30}, "Fair"),
        (99, {"poster": 50, "letter": 49}, "Weak"),
        (300, {"poster": 210, "letter": 90}, "Strong"),
        (300, {"poster": 211, "letter": 89}, "Weak"),
        # A share of those whose channel is known, who are at least half of all.
        (300, {"poster": 105, "letter": 45}, "Strong"),
        (300, {"poster": 104, "letter": 45}, "Fair"),
        (300, {}, "Fair"),
        # Channels that are hidden might hold most people.
        (300, {"poster": HIDDEN, "letter": HIDDEN}, "Fair"),
    ],
)
def test_grades_follow_the_number_of_people_and_their_channels(
    people: int, channels: Mapping[str, Figure | int], grade: str
) -> None:
    assert graded(people, channels).grade == grade


@pytest.mark.parametrize(
    ("representation", "grade", "reason"),
    [
        (
            age(50.0),
            "Strong",
            (
                "Age: no large group is under half its share of the population. "
                "This counts the 250 people who told us their age."
            ),
        ),
        (
            age(49.9),
            "Fair",
            (
                "People aged 16 to 24 are under half their share of the population. They are 15% (37) of the "
                "250 people who told us their age, and 30% of the reference population."
            ),
        ),
        # A small group may be far under its share: it is named and does not lower the grade.
        (
            age(40.0, percent=9.9),
            "Strong",
            (
                "People aged 16 to 24 are under-represented. They are 4% (10) of the 250 people "
                "who told us their age, and 10% of the reference population."
            ),
        ),
        (
            age(base=150),
            "Strong",
            (
                "Age: no large group is under half its share of the population. "
                "This counts the 150 people who told us their age."
            ),
        ),
        (age(base=149), "Fair", "Age: only 149 of 300 people told us, too few to compare."),
    ],
)
def test_a_large_group_under_half_its_share_keeps_the_best_grade_away(
    representation: Representation[Figure], grade: str, reason: str
) -> None:
    found = graded(representation=(representation,))
    assert found.grade == grade
    assert reason in found.reasons


def test_what_cannot_be_compared_keeps_the_best_grade_away() -> None:
    table = age()
    hidden = dataclasses.replace(table.groups[0], count=HIDDEN, index=HIDDEN, percent=HIDDEN)
    found = graded(representation=(dataclasses.replace(table, groups=(hidden,)),))
    assert found.grade == "Fair"
    assert "Age: some groups are too small to compare with the reference population." in found.reasons
    found = graded(representation=())
    assert found.grade == "Fair"
    assert found.reasons[-1] == "That comparison could raise the grade to “strong”."
    assert "raise" not in " ".join(graded(representation=(), order=None).reasons)


@pytest.mark.parametrize(("order", "grade"), [(True, "Strong"), (False, "Fair"), (None, "Fair")])
def test_the_order_of_themes_must_be_the_same_in_the_main_channels(order: bool | None, grade: str) -> None:
    assert graded(order=order).grade == grade


def test_several_characteristics_are_said_in_one_sentence_with_the_smallest_base() -> None:
    sex = dataclasses.replace(age(base=240), characteristic="sex", label="Sex")
    assert (
        "By age and sex, no large group is under half its share of the population. "
        "At least 240 people answered each of these." in graded(representation=(age(), sex)).reasons
    )


def test_a_population_of_one_audience_is_said_to_be_compared_with_that_audience() -> None:
    of_patients = dataclasses.replace(age(), audience="patients")
    sex = dataclasses.replace(of_patients, characteristic="sex", label="Sex", base=Shown(240))
    assert (
        graded(representation=(of_patients, sex)).reasons[-2].endswith("At least 240 patients answered each of these.")
    )
    few = dataclasses.replace(age(base=149), audience="patients")
    told = graded(representation=(few,)).reasons
    assert "Age: only 149 of 300 patients told us, too few to compare." in told


def test_no_grade_is_called_sure_and_each_has_its_word_in_arabic() -> None:
    for people in (50, 150, 300):
        assert "sure" not in " ".join(graded(people, {"poster": people // 2, "letter": people // 2}).reasons)
    words = [
        graded(people, {"poster": people // 2, "letter": people // 2}, language="ar").word for people in (50, 150, 300)
    ]
    assert words == ["ضيق", "متوسط", "واسع"]


def test_nothing_is_graded_where_the_number_of_people_is_hidden() -> None:
    drawn = random_results(1)
    hidden = dataclasses.replace(drawn, everybody=dataclasses.replace(drawn.everybody, responses=HIDDEN))
    found = reach(SurveyFigures(hidden, SURVEY, "en"))
    assert (found.grade, found.reasons) == ("Cannot be said", ("Too few people answered to say even how many.",))


def test_the_grade_names_all_people_where_an_audience_is_hidden() -> None:
    drawn = random_results(1)
    staff = dataclasses.replace(drawn.audiences[0], value="staff", label="Staff", responses=Shown(70))
    patients = dataclasses.replace(drawn.audiences[0], responses=Suppressed("secondary"))
    everybody = dataclasses.replace(drawn.everybody, responses=Shown(212))
    results = dataclasses.replace(drawn, everybody=everybody, audiences=(patients, staff))
    found = reach(SurveyFigures(results, SURVEY, "en"))
    assert found.reasons[:2] == (
        "70 staff answered.",
        "With audiences whose numbers are not shown, 212 people answered in all.",
    )


def test_an_only_audience_that_is_hidden_is_not_told_apart_from_everybody() -> None:
    drawn = random_results(1)
    everybody = dataclasses.replace(drawn.everybody, responses=HIDDEN)
    patients = dataclasses.replace(drawn.audiences[0], responses=HIDDEN)
    results = dataclasses.replace(drawn, everybody=everybody, audiences=(patients,))
    assert SurveyFigures(results, SURVEY, "en").hidden_audiences == ()
