"""One figure, raw or as disclosure control lets it through, and an estimate made of such figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

F = TypeVar("F")
Raw = int | float
SuppressionReason = Literal["small base", "small cell", "secondary", "everyone alike"]


@dataclass(frozen=True, slots=True)
class Shown:
    value: Raw


@dataclass(frozen=True, slots=True)
class Suppressed:
    reason: SuppressionReason


Figure = Shown | Suppressed


@dataclass(frozen=True, slots=True)
class Estimate(Generic[F]):
    """A value with its 95 % interval; ``low`` and ``high`` are None where no interval exists (for example base 1)."""

    value: F
    low: F | None
    high: F | None
