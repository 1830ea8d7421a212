"""Sentences and tables about places, word for word: what chance may have moved, and what is worse."""

from __future__ import annotations

import dataclasses
from typing import Literal

import pytest

from reports import sentences
from reports.board_report.by_place import by_place
from reports.charts import Word
from reports.page_charts import TALLEST
from reports.tabulation import Estimate, Figure, PlaceBand, Shown, Suppressed
from tests.reports.bare_survey import plain, survey
from tests.reports.random_results import share_of

NORTH: PlaceBand[Figure] = PlaceBand(
    "place",
    "North",
    "North",
    "research",
    "chosen",
    Shown(100),
    share_of(45, 100),
    Shown(10.0),
    Shown(30.0),
    "higher than expected",
    None,
    None,
    None,
    p_adjusted=Shown(0.0001),
    words="higher",
)


@pytest.mark.parametrize(
    ("words", "direction", "beside", "against"),
    [
        ("higher", "higher is better", "higher than expected", "▼ below acceptable"),
        ("similar", "lower is better", "above, may be chance", "▼ worse than acceptable"),
    ],
)
def test_a_table_of_places_says_what_may_be_chance_and_what_is_worse(
    words: Literal["higher", "similar"],
    direction: Literal["higher is better", "lower is better"],
    beside: str,
    against: str,
) -> None:
    band = dataclasses.replace(
        NORTH, words=words, direction=direction, acceptable=30.0, achievable=30.0, threshold="below acceptable"
    )
    made = by_place(survey("en", places=(band,)))
    assert made is not None
    ((_, cells),) = made.tables[0].rows
    assert cells[2:] == (beside, against)
    assert made.tables[0].coloured[against] == "poor"


def test_places_are_to_be_examined_and_challenged() -> None:
    band = NORTH
    few = dataclasses.replace(
        band, base=Shown(20), share=share_of(9, 20), band="too few to say", words="too few to say"
    )
    assert tuple(map(plain, sentences.places(survey("en", places=(band, few))))) == (
        "North: 45% (45 of 100) chose “New treatments through research”, more than expected.",
        "Examine and challenge this variation: it asks a question and gives no verdict.",
        "For one comparison of places too few people answered to say.",
    )
    assert sentences.places(survey("en", places=(few,))) == (
        "For one comparison of places too few people answered to say.",
    )
    worse = dataclasses.replace(band, threshold="below acceptable", direction="lower is better")
    assert tuple(map(plain, sentences.below_acceptable(survey("en", places=(worse,))))) == (
        "North: 45% (45 of 100) chose “New treatments through research”, worse than the acceptable level.",
    )
    by_chance = dataclasses.replace(band, words="similar")
    assert sentences.places(survey("en", places=(by_chance,))) == (
        "One of 1 comparisons of places lies beyond its range, and chance alone could do that.",
    )
    assert sentences.places(survey("en", places=(band, by_chance)))[2:] == (
        "One more of 2 comparisons of places lies beyond its range, and chance alone could do that.",
    )
    as_expected = sentences.places(survey("en", places=(dataclasses.replace(by_chance, band="as expected"),)))
    assert as_expected == ("No place is further from the others than chance and the usual spread would leave it.",)
    assert sentences.places(survey("en")) == ()


def test_why_places_are_not_compared_is_told_as_it_is() -> None:
    unknown = dataclasses.replace(NORTH, band="too few to say", words="too few to say")
    kept_back = dataclasses.replace(unknown, share=Estimate(*(Suppressed("secondary"),) * 3))
    no_base = dataclasses.replace(unknown, base=Suppressed("small base"), share=None)
    assert sentences.places(survey("en", places=(unknown, kept_back, no_base))) == (
        "For one comparison of places too few places had enough answers to say.",
        "2 comparisons are not made, because they rest on numbers that are not shown.",
    )


@pytest.mark.parametrize("words", ["higher", "similar"])
def test_what_is_said_of_a_place_stands_whole_beside_its_band(words: Literal["higher", "similar"]) -> None:
    made = by_place(survey("en", places=(dataclasses.replace(NORTH, words=words),)))
    assert made is not None
    for drawing in (*made.charts[0].wide, made.charts[0].narrow):
        beside = [mark for mark in drawing.marks if isinstance(mark, Word) and len(mark.text) > 15]
        assert beside
        # A letter of this type is about five and a half units wide on average.
        assert all(mark.x + 5.5 * len(mark.text) <= drawing.width for mark in beside)


@pytest.mark.parametrize(("places", "parts"), [(1, 1), (36, 1), (60, 2), (75, 3), (100, 3)])
def test_a_chart_of_many_places_has_as_many_parts_as_it_needs_pages_and_each_place_once(
    places: int, parts: int
) -> None:
    wards = [dataclasses.replace(NORTH, label=f"Ward {number}") for number in range(places)]
    made = by_place(survey("en", places=tuple(wards)))
    assert made is not None
    (chart,) = made.charts
    assert len(chart.wide) == parts
    assert all(drawing.height <= TALLEST for drawing in chart.wide)
    wards_drawn = [
        mark.text
        for drawing in chart.wide
        for mark in drawing.marks
        if isinstance(mark, Word) and mark.text.startswith("Ward")
    ]
    assert wards_drawn == [ward.label for ward in wards]
    assert [drawing.title.removeprefix(chart.title) for drawing in chart.wide] == [
        "",
        *(f" Part {number} of {parts}." for number in range(2, parts + 1)),
    ]
    assert [bool(drawing.description) for drawing in chart.wide] == [True] + [False] * (parts - 1)
