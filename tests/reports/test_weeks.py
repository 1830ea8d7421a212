"""Weeks of few people are taken together."""

import datetime

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from reports.splitting import Split
from reports.tabulation import Filters
from reports.weeks import enough_each, months_of, whole_stretches

MONDAYS = tuple((datetime.date(2026, 11, 2) + datetime.timedelta(weeks=week)).isoformat() for week in range(6))


def weeks_of(*people: int) -> Split:
    codes = np.repeat(np.arange(len(people), dtype=np.int32), people)
    values = MONDAYS[: len(people)]
    return Split("week", "Week starting", values, {value: value for value in values}, codes, sensitive=False)


def joined(*people: int) -> Split:
    return enough_each(weeks_of(*people), np.full(sum(people), 10))


def test_a_week_of_few_people_goes_with_the_next_and_the_last_with_the_one_before() -> None:
    found = joined(12, 4, 20, 3)
    assert np.bincount(found.codes).tolist() == [12, 27]
    assert found.values == (MONDAYS[0], MONDAYS[1])
    assert found.labels == {MONDAYS[0]: MONDAYS[0], MONDAYS[1]: "2026-11-09 – 2026-11-29"}


def test_too_few_people_altogether_are_one_stretch() -> None:
    assert np.bincount(joined(2, 3).codes).tolist() == [5]


def test_months_are_made_of_whole_stretches_so_that_few_late_answers_are_no_month() -> None:
    weeks = weeks_of(12, 14, 20, 13, 2)
    names = ("2026-11", "2026-12")
    by_month = np.array([0, 0, 0, 0, 1], dtype=np.int32)[weeks.codes]
    months = Split("month", "Month", names, {name: name for name in names}, by_month, sensitive=False)
    found = months_of(enough_each(weeks, np.full(61, 10)), months)
    assert found.values == ("2026-11",)
    assert set(found.labels) == {"2026-11"}
    assert np.bincount(found.codes).tolist() == [61]


def test_a_period_is_widened_to_whole_stretches() -> None:
    weeks = weeks_of(12, 4, 20, 3)
    filters = Filters(since=datetime.date(2026, 11, 16), until=datetime.date(2026, 11, 22))
    used, held = whole_stretches(filters, joined(12, 4, 20, 3), weeks)
    assert (used.since, used.until, held) == (datetime.date(2026, 11, 9), datetime.date(2026, 11, 29), [1])


@given(st.lists(st.integers(0, 25), min_size=1, max_size=6), st.integers(0, 5), st.integers(0, 5))
def test_two_periods_never_differ_by_a_few_people(people: list[int], first: int, last: int) -> None:
    weeks = weeks_of(*people)
    if sum(people) < 10:
        return
    together = joined(*people)
    sizes = []
    for until in (first, last):
        end = datetime.date.fromisoformat(MONDAYS[until]) + datetime.timedelta(days=6)
        _, held = whole_stretches(Filters(until=end), together, weeks)
        sizes.append(int(np.isin(together.codes, held).sum()))
    assert sizes[0] == sizes[1] or abs(sizes[0] - sizes[1]) >= 10
