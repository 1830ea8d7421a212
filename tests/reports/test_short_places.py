"""Places in print go without what all their paths begin with."""

from __future__ import annotations

import dataclasses

import pytest

from reports.short_places import shared_beginning
from reports.tabulation import Figure, Group
from tests.reports.bare_survey import patients, survey


def at(place: str, field: str = "place") -> Group[Figure]:
    return dataclasses.replace(patients(), field=field, value=place, label=place)


@pytest.mark.parametrize(
    ("places", "shared"),
    [
        (("A / North / Ward", "A / South"), "A / "),
        (("A / B / One", "A / B / Two"), "A / B / "),
        # One place that holds the others keeps its name.
        (("A", "A / North"), ""),
        (("A / North", "B / North"), ""),
        (("A / North",), ""),
        ((), ""),
    ],
)
def test_what_all_paths_begin_with(places: tuple[str, ...], shared: str) -> None:
    results = dataclasses.replace(survey("en", groups=tuple(map(at, places))).results, who_answered=())
    assert shared_beginning(results) == shared


def test_groups_of_places_are_short_in_print_and_whole_in_data() -> None:
    groups = (at("A / North / Ward"), at("A / South"))
    of_places = survey("en", groups=groups)
    of_places = dataclasses.replace(of_places, results=dataclasses.replace(of_places.results, who_answered=()))
    assert [of_places.label(group) for group in groups] == ["North / Ward", "South"]
    assert [of_places.full_label(group) for group in groups] == ["A / North / Ward", "A / South"]
    assert of_places.name(groups[1]) == "people from South"
    arabic = dataclasses.replace(of_places, language="ar")
    assert arabic.label(groups[1]) == "\u2066South\u2069"


def test_crossed_groups_are_short_too_and_answers_are_as_they_are() -> None:
    crossed = at("A / North, staff", "place,audience")
    answer = at("A / North", "answer:where")
    of_places = survey("en", groups=(at("A / North"), at("A / South"), crossed, answer))
    of_places = dataclasses.replace(of_places, results=dataclasses.replace(of_places.results, who_answered=()))
    assert of_places.label(crossed) == "North, staff"
    assert of_places.label(answer) == "A / North"
