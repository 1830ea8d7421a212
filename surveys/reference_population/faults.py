"""What can be wrong with the file of a reference population."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a line of the file, and what to do; line 1 holds the names of the columns."""

    line: int
    message: str


class ReferenceFaults(ValueError):
    """The file cannot be taken; ``faults`` says everything that is wrong with it."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(f"line {fault.line}: {fault.message}" for fault in self.faults))


def quoted(text: str) -> str:
    """What was written, shortened, for a message."""
    return f"“{text[:60]}”" if text else "(empty)"


def in_words(names: Iterable[str], most: int = 30) -> str:
    """The names one after the other, the first ``most`` of them."""
    given = [name or "(empty)" for name in names]
    return ", ".join(given[:most]) + (f" and {len(given) - most} more" if len(given) > most else "") or "none"
