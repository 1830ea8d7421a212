"""By when a comment has to be read, and how long it took."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.comments.working_days import due_day, is_working_day, newest_overdue, working_days_between

DAYS = st.dates(datetime.date(2020, 1, 1), datetime.date(2040, 1, 1))
MONDAY = datetime.date(2026, 11, 16)


def day(name: str, *, week: int = 0) -> datetime.date:
    return MONDAY + datetime.timedelta(days=7 * week + ("mon", "tue", "wed", "thu", "fri", "sat", "sun").index(name))


@pytest.mark.parametrize(
    ("sent", "due"),
    [
        (day("mon"), day("tue")),
        (day("thu"), day("fri")),
        (day("fri"), day("mon", week=1)),
        (day("sat"), day("mon", week=1)),
        (day("sun"), day("mon", week=1)),
    ],
)
def test_a_comment_is_due_on_the_next_working_day(sent: datetime.date, due: datetime.date) -> None:
    assert due_day(sent) == due


@given(DAYS, DAYS)
def test_a_comment_is_overdue_once_its_day_is_over(sent: datetime.date, today: datetime.date) -> None:
    assert (sent <= newest_overdue(today)) == (due_day(sent) < today)


@given(DAYS, st.integers(0, 400))
def test_working_days_are_those_that_began_after_sending(sent: datetime.date, later: int) -> None:
    read = sent + datetime.timedelta(days=later)
    one_by_one = sum(is_working_day(sent + datetime.timedelta(days=number)) for number in range(1, later + 1))
    assert working_days_between(sent, read) == one_by_one
    assert one_by_one <= 1 or read > due_day(sent)


def test_a_reading_before_the_sending_took_no_time() -> None:
    assert working_days_between(day("wed"), day("mon")) == 0
