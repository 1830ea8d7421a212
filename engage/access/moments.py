"""Moments as staff read them: how long ago, and by the clock of the organisation."""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

from engage import clock
from engage.languages import long_date
from engage.services import services


def ago(moment: datetime.datetime) -> str:
    """How long ago this was, for example "2 minutes ago"; after a week the day itself."""
    seconds = int((clock.now() - moment).total_seconds())
    if seconds < 60:
        return "just now"
    for unit, length, most in (("minute", 60, 60), ("hour", 3_600, 24), ("day", 86_400, 7)):
        number = seconds // length
        if number < most:
            return f"{number} {unit}{'' if number == 1 else 's'} ago"
    return f"on {long_date(_local(moment).date(), 'en')}"


def day_and_time(moment: datetime.datetime) -> str:
    """The day and the time of day where the organisation is, for example "3 March 2026, 14:05"."""
    local = _local(moment)
    return f"{long_date(local.date(), 'en')}, {local:%H:%M}"


def _local(moment: datetime.datetime) -> datetime.datetime:
    return moment.astimezone(ZoneInfo(services().settings.time_zone))
