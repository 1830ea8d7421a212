"""What an examination of an installation finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. A note is worth knowing; a fault needs ``remedy``."""

    what: str
    state: Literal["ok", "note", "fault"]
    message: str
    remedy: str = ""


def ok(what: str, message: str) -> Finding:
    """Nothing to do."""
    return Finding(what, "ok", message)


def note(what: str, message: str, remedy: str = "") -> Finding:
    """Works, and somebody should know."""
    return Finding(what, "note", message, remedy)


def fault(what: str, message: str, remedy: str) -> Finding:
    """Does not work until somebody does what ``remedy`` says."""
    return Finding(what, "fault", message, remedy)
