"""What changed since a report was made, in words that say what to look at."""

from __future__ import annotations

from typing import Any

import pytest

from reports.what_changed import what_changed

RULES = {"minimum_base": 10, "minimum_base_staff": 11, "minimum_cell": 5}
REFERENCE = {
    "characteristic": "age",
    "source": "Census",
    "date": "2021",
    "groups": [{"group": "16-34", "reference_percent": 30}],
}
MENTIONS = {
    "frame": "Care",
    "frame_version": 1,
    "key": "waiting.comment",
    "columns": [{"coded": 20}],
    "rows": [{"code": "parking", "name": "Parking", "people": [{"n": 12, "percent": 60.0}]}],
}
PLACE = {"id": "waiting", "measure": "chosen", "acceptable": 60, "achievable": 80}


def results(**changes: Any) -> dict[str, Any]:
    """The parts of a results document that are compared in words."""
    return {
        "filters": {"where": []},
        "responses": 100,
        "versions": ["1.0"],
        "disclosure": RULES,
        "representation": [REFERENCE],
        "change": {"waves": [{"survey": "before", "version": "1.0"}]},
        "places": [PLACE],
        "mentions": [MENTIONS],
        "data_fingerprint": "a1",
        **changes,
    }


FEW = (
    "A few answers came or went since the report was made, or comments were coded: the number of people changed by "
    "fewer than 11."
)
OTHER = {"data_fingerprint": "b2"}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, ()),
        (
            {**OTHER, "responses": 1_112},
            ("1,012 more people are counted now than when the report was made.",),
        ),
        ({**OTHER, "responses": 89}, ("11 fewer people are counted now than when the report was made.",)),
        ({**OTHER, "responses": 110}, (FEW,)),
        ({**OTHER, "responses": 90}, (FEW,)),
        ({**OTHER, "responses": 100}, (FEW,)),
        ({**OTHER, "responses": "suppressed"}, (FEW,)),
        (
            {**OTHER, "responses": 110, "disclosure": {**RULES, "minimum_base": 10, "minimum_base_staff": 10}},
            ("10 more people are counted now than when the report was made.", "The rules for small numbers changed."),
        ),
        (
            {"versions": ["1.0", "1.1"]},
            ("The questionnaire: the report is about version 1.0, answers now about version 1.0, 1.1.",),
        ),
        ({"disclosure": {**RULES, "minimum_base": 15}}, ("The rules for small numbers changed.",)),
        ({"mentions": []}, ("Mentions are no longer counted by the code frame “Care”.",)),
        (
            {"mentions": [{**MENTIONS, "frame_version": 2}]},
            ("The code frame “Care” was changed: version 1 then, 2 now.",),
        ),
        (
            {"mentions": [{**MENTIONS, "columns": [{"coded": 21}]}]},
            ("Other people's comments count by the code frame “Care” now: more or fewer are coded or withheld.",),
        ),
        (
            {"mentions": [{**MENTIONS, "rows": []}]},
            ("Comments were coded differently by the code frame “Care” since.",),
        ),
        ({"representation": []}, ("The reference population was taken away.",)),
        (
            {"representation": [{**REFERENCE, "date": "2022"}]},
            ("The reference population is another one: Census, 2022.",),
        ),
        (
            {"representation": [{**REFERENCE, "groups": [{"group": "16-34", "reference_percent": 31}]}]},
            ("The reference population is another one: Census, 2021.",),
        ),
        ({"change": None}, ("The earlier surveys that it is compared with are others now.",)),
        (
            {"places": [{**PLACE, "achievable": 85}]},
            ("What is called acceptable and achievable for a place is different now.",),
        ),
        (
            {"places": [{**PLACE, "direction": "lower is better"}]},
            ("What is called acceptable and achievable for a place is different now.",),
        ),
        ({"places": []}, ()),
        ({"places": [{**PLACE, "id": "other", "acceptable": None, "achievable": None}]}, ()),
        ({"workshops": {"held": []}}, ("What is entered of workshops is not the same as then.",)),
    ],
)
def test_each_change_is_said_once(changes: dict[str, Any], said: tuple[str, ...]) -> None:
    assert what_changed(results(), results(**changes)) == said


def test_a_reference_population_that_came_later_is_said() -> None:
    assert what_changed(results(representation=[]), results()) == ("The reference population was added.",)


def test_a_report_of_an_earlier_version_of_the_software_is_read() -> None:
    old = {name: part for name, part in results().items() if name not in ("representation", "change", "places")}
    assert what_changed(old, results(representation=[], change=None, places=[])) == ()


@pytest.mark.parametrize("changes", [{}, {"responses": 500}, {"mentions": []}])
def test_of_some_people_the_same_is_said_whoever_came(changes: dict[str, Any]) -> None:
    some = {"filters": {"where": [{"field": "place", "value": "North"}]}}
    said = what_changed(results(**some), results(**some, **OTHER, **changes))
    assert said == ("Answers of the survey came or went since the report was made, or comments were coded.",)
