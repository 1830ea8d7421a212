"""Which part of the queue somebody is going through: it stands in the address and goes with them."""

from __future__ import annotations

from typing import Any, get_args

from flask import request

from surveys.comments.queue import Standing, Wanted
from surveys.triage import LEVELS


def wanted_now() -> Wanted:
    """What the address asks for; what it does not say, or says wrongly, is left open."""
    asked = request.args
    standing: Standing = next((one for one in get_args(Standing) if one == asked.get("standing")), "waiting")
    level = asked.get("level", "")
    return Wanted(
        standing=standing,
        level=level if level in LEVELS else "",
        question=asked.get("question", "")[:121].replace("\0", ""),
        overdue=asked.get("overdue") == "1",
    )


def as_query(wanted: Wanted) -> dict[str, Any]:
    """The same for an address; what is left open is left out."""
    query = {
        "standing": wanted.standing if wanted.standing != "waiting" else "",
        "level": wanted.level,
        "question": wanted.question,
        "overdue": "1" if wanted.overdue else "",
    }
    return {name: value for name, value in query.items() if value}


def page_number() -> int:
    """The page of a list, from 1."""
    text = request.args.get("page", "1")
    return min(max(int(text), 1), 1_000_000) if text.isascii() and text.isdigit() and len(text) < 9 else 1
