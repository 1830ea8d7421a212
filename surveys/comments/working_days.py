"""By when a comment has to be read: the end of the next working day. Bank holidays are not known here."""

from __future__ import annotations

import datetime

_ONE_DAY = datetime.timedelta(days=1)


def is_working_day(day: datetime.date) -> bool:
    """Monday to Friday."""
    return day.weekday() < 5


def due_day(sent_on: datetime.date) -> datetime.date:
    """The next working day after the one on which the comment was sent; it is late once that day is over."""
    day = sent_on + _ONE_DAY
    while not is_working_day(day):
        day += _ONE_DAY
    return day


def newest_overdue(today: datetime.date) -> datetime.date:
    """The last day whose unread comments are overdue today, as are those of every day before it."""
    day = today - _ONE_DAY
    while due_day(day) >= today:
        day -= _ONE_DAY
    return day


def working_days_between(sent_on: datetime.date, read_on: datetime.date) -> int:
    """Working days that began after the comment was sent, up to the one it was read on: 0 on the same day or over a
    weekend, 1 on the next working day. Never less than 0, whatever clocks said.
    """
    if read_on <= sent_on:
        return 0
    weeks, rest = divmod((read_on - sent_on).days, 7)
    further = (read_on - _ONE_DAY * offset for offset in range(rest))
    return weeks * 5 + sum(is_working_day(day) for day in further)
