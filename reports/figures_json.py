"""Single figures as JSON: a number, the word "suppressed", or null where there is nothing to estimate."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reports.tabulation import Estimate, Figure, Shown

SUPPRESSED = "suppressed"

Json = dict[str, Any]


def number_to_json(figure: Figure | None) -> int | float | str | None:
    """One figure, unrounded."""
    if figure is None:
        return None
    return figure.value if isinstance(figure, Shown) else SUPPRESSED


def numbers_to_json(figures: Mapping[str, Figure]) -> Json:
    """Figures by name."""
    return {name: number_to_json(figure) for name, figure in figures.items()}


def estimate_to_json(estimate: Estimate[Figure] | None, *, value: str = "value") -> Json:
    """An estimate with its interval; all three are null where there is none. ``value`` is the estimate's own key."""
    if estimate is None:
        return {value: None, "low": None, "high": None}
    return {
        value: number_to_json(estimate.value),
        "low": number_to_json(estimate.low),
        "high": number_to_json(estimate.high),
    }
