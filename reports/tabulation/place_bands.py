"""Places beside one another: what chance would make of their figures, and what the survey's owner calls achievable."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Literal

from reports.statistics.comparisons import Words
from reports.tabulation.figures import Estimate, F

Band = Literal["higher than expected", "as expected", "lower than expected", "too few to say"]
Threshold = Literal["achievable", "acceptable", "below acceptable"]


@dataclass(frozen=True, slots=True)
class PlaceBand(Generic[F]):
    """One measure of one theme in one place. Shares are 0-100.

    ``expected_low`` and ``expected_high`` are the limits that chance and the usual spread between places would leave
    around the share of all places together; a place in twenty lies beyond them by chance alone. ``words`` say whether
    the place may be called higher or lower: beyond its limits, and clearly apart from all others together, with Holm's
    ``p_adjusted`` over all places and themes of the measure. ``threshold`` is None where no thresholds were given for
    the measure; ``direction`` says which way round they were.
    """

    field: Literal["place", "collector"]
    value: str
    label: str
    theme_id: str
    measure: Literal["chosen", "percent_positive"]
    base: F
    share: Estimate[F] | None
    expected_low: F | None
    expected_high: F | None
    band: Band
    acceptable: float | None
    achievable: float | None
    threshold: Threshold | None
    direction: Literal["higher is better", "lower is better"] = "higher is better"
    p_adjusted: F | None = None
    words: Words = "too few to say"
