"""What is said across groups: who answered, and where two groups differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Literal

from reports.tabulation.figures import Estimate, F


@dataclass(frozen=True, slots=True)
class Breakdown(Generic[F]):
    """Who answered, by one field (audience, place, collector, channel, mode, language, week or an equality topic).

    ``counts`` by value in the order to print, ``labels`` for print; ``base`` the people with a value, ``missing`` the
    rest.
    """

    field: str
    label: str
    counts: dict[str, F]
    labels: dict[str, str]
    base: F
    missing: F


@dataclass(frozen=True, slots=True)
class Difference(Generic[F]):
    """Two groups compared on one theme's or question's share (0-100 points, first minus second, Newcombe interval).

    ``field`` is what the groups were made by; ``second`` is None where ``first`` is compared with all others together:
    all others with the same second value, where groups were made by two fields. ``p_adjusted`` is Holm's over the
    ``family_size`` comparisons of the same measure. ``words``: "higher", "lower", "similar" (see docs/methods.md) or
    "too few to say". Of three groups and more, ``p_over_all`` is that of one test over all of them (Holm's over the
    themes), ``cramers_v`` (0-1) how strongly the answer depends on the group.
    """

    field: str
    measure: Literal["chosen", "percent_positive"]
    key: str
    first: str
    second: str | None
    difference: Estimate[F] | None
    p_adjusted: F | None
    family_size: int
    words: Literal["higher", "lower", "similar", "too few to say"]
    p_over_all: F | None = None
    cramers_v: F | None = None
