"""The same questions asked more than once: in an earlier survey, or before the meaning of the questions changed."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Generic, Literal

from reports.tabulation.figures import Estimate, F

Comparability = Literal["same", "similar", "new"]


@dataclass(frozen=True, slots=True)
class WavePoint(Generic[F]):
    """One measure in one wave: the share (0-100) or score (0-10) and the people it rests on; None where not asked."""

    base: F | None
    value: Estimate[F] | None


@dataclass(frozen=True, slots=True)
class Series(Generic[F]):
    """One measure over the waves, in the order of ``Change.waves``, for one audience (None: the only one).

    ``comparability`` says of each wave but the first how its question compares with the wave before; a series breaks
    at "new". ``difference`` is the last wave less the one before (points or score), with Newcombe's interval for
    shares. ``trend_p``: Cochran-Armitage over three waves and more. ``words`` as for differences between groups, and
    "not comparable" where the question is new. ``mix_moved``: both audiences went one way and all together the other.
    """

    measure: Literal["chosen", "percent_positive", "score_0_10"]
    key: str
    audience: str | None
    comparability: tuple[Comparability, ...]
    points: tuple[WavePoint[F], ...]
    difference: Estimate[F] | None
    p_adjusted: F | None
    family_size: int
    trend_p: F | None
    words: Literal["higher", "lower", "similar", "too few to say", "not comparable"]
    mix_moved: bool


@dataclass(frozen=True, slots=True)
class WaveOf:
    """Which survey or version a wave is, and when people answered it."""

    survey_slug: str
    title: str
    version: str
    period: tuple[datetime.date, datetime.date] | None


@dataclass(frozen=True, slots=True)
class Change(Generic[F]):
    """All series, over waves from the earliest to this one."""

    waves: tuple[WaveOf, ...]
    series: tuple[Series[F], ...]
