"""The only place where the web application and the command line ask what time it is."""

from __future__ import annotations

import datetime


def now() -> datetime.datetime:
    """The present moment in UTC."""
    return datetime.datetime.now(datetime.UTC)
