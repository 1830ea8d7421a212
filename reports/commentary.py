"""An officer's commentary as a report prints it: in their words, its figures filled in."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

State = Literal["draft", "for_comment", "final"]
Advice = Literal["keep", "change", "merge", "drop", "still deciding"]


@dataclass(frozen=True, slots=True)
class Advised:
    """What the officer advises for one theme."""

    advice: Advice
    reason: str
    """In their words, the figures filled in."""


@dataclass(frozen=True, slots=True)
class Written:
    """An officer's commentary with its figures filled in, ready to print."""

    edition: int
    state: State
    state_on: datetime.date
    """The day on which the commentary got its state."""
    state_by: str
    """Who gave it its state: a person's name, or their e-mail address."""
    front: tuple[tuple[str, str], ...]
    """The front sheet: ``purpose``, ``considered_before``, ``executive_lead``, ``author``,
    ``risk`` and ``equality`` with their texts, in this order; only those filled in."""
    summary: tuple[str, ...]
    """Paragraphs, the figures filled in. Empty: the generated sentences stand and say so."""
    advised: Mapping[str, Advised]
    """By theme id. A theme that is missing has no advice yet."""
