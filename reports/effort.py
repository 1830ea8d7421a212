"""What the audit of a report may cost."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Effort:
    """Seconds of an ordinary machine, estimated from the size of what is solved: a clock would hide more on a busy day
    than on a quiet one, and the two days' results could be taken from one another. What a part of ``whole`` spends,
    that spends too."""

    left: float = 10.0
    whole: Effort | None = None

    def part(self) -> Effort:
        """A quarter of what is left."""
        return Effort(self.left / 4, self)

    def solve(self, rows: int, columns: int) -> None:
        """For one linear programme."""
        self._spend(0.004 + 2e-7 * rows * columns)

    def multiply(self, *sizes: int) -> None:
        """For one product of tables, as many numbers as the product of these are multiplied for."""
        operations = 1.0
        for size in sizes:
            operations *= size
        self._spend(1e-4 + 1e-10 * operations)

    def _spend(self, seconds: float) -> None:
        self.left -= seconds
        if self.whole:
            self.whole._spend(seconds)
