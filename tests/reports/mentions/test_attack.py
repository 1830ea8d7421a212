"""Everything that is published of mentions together gives away nothing that is hidden, and would without each step."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from reports.auditing import Audit
from reports.mentions import tables
from reports.mentions.gate import FEWEST, Gate
from reports.suppression import Judge
from tests.reports.mentions.random_codes import Published, some_people
from tests.reports.mentions.solving_for_mentions import exposed
from tests.reports.test_disclosure_attack import primary_only


def attacked(seeds: Iterable[int]) -> tuple[list[str], int]:
    found, secrets = [], 0
    for seed in seeds:
        more, number = exposed(Published(some_people(seed)))
        found += [f"survey {seed}, {one}" for one in more]
        secrets += number
    return found, secrets


@pytest.mark.parametrize("seeds", [range(70), range(70, 140), range(140, 210)])
def test_no_number_of_few_people_can_be_worked_out(seeds: range) -> None:
    found, secrets = attacked(seeds)
    assert (found, secrets > 1000) == ([], True)


def test_there_is_something_to_find_beside_what_is_hidden() -> None:
    rows = [row for _, made in Published(some_people(0)).asked() for table in made for row in table["rows"]]
    numbers = [cell["n"] for row in rows for cell in row["people"]]
    assert numbers.count("suppressed") > 5
    assert len(numbers) - numbers.count("suppressed") > 5


def test_without_secondary_suppression_the_same_attack_succeeds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Judge, "_close", primary_only)
    monkeypatch.setattr(Judge, "_exposed", lambda *_: [])
    monkeypatch.setattr(Audit, "exposed", lambda *_, **__: [])
    assert len(attacked(range(3))[0]) > 5


def test_sentiments_that_are_hidden_alone_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def primary(numbers: list[int], *, minimum_base: int) -> list[bool]:
        return [not 0 < number < FEWEST for number in numbers]

    monkeypatch.setattr(tables, "told_sentiments", primary)
    assert attacked(range(3))[0]


def test_people_who_raised_a_point_elsewhere_are_found_in_all_questions_together(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tables, "may_be_told", lambda *_: True)
    assert any("elsewhere" in one for one in attacked(range(2))[0])


def test_the_points_that_few_raised_are_found_in_their_sum(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Gate, "_is_listed", lambda _, point: point.code is not None or len(point.people) >= FEWEST)
    assert attacked([2])[0]
