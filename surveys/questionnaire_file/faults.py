"""What is wrong with a questionnaire file, said so that its author can put it right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

MOST_FAULTS = 500
"""Nobody reads further, and a hostile file could otherwise make a list that is longer than itself."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, where, and what to do. ``line`` counts from 1; None where no line is known."""

    line: int | None
    message: str
    severity: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        return self.message if self.line is None else f"line {self.line}: {self.message}"


class QuestionnaireFaults(ValueError):
    """A questionnaire file cannot be taken; ``faults`` holds everything that is wrong with it, in the file's order."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        ordered = sorted(dict.fromkeys(faults), key=lambda fault: fault.line or 0)
        if len(ordered) > MOST_FAULTS:
            rest = len(ordered) - MOST_FAULTS
            ordered = [*ordered[:MOST_FAULTS], Fault(None, f"There are {rest} more faults. Put these right first.")]
        self.faults: tuple[Fault, ...] = tuple(ordered)
        super().__init__("\n".join(str(fault) for fault in self.faults))
