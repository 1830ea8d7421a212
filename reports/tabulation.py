"""The shape of a survey's results, before and after disclosure control.

Every class is generic in its figure: ``Results[Raw]`` holds plain numbers and never leaves ``reports``;
``Results[Figure]`` holds ``Shown`` and ``Suppressed`` and is the only thing a renderer accepts (``DisclosedResults``).
Percentages are 0-100, scores 0-10, shares and intervals in the unit of the value beside them.
"""

from __future__ import annotations

import datetime
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


@dataclass(frozen=True, slots=True)
class RatingTable(Generic[F]):
    """One rating question. ``counts`` by scale point in the order shown; percent_positive 0-100 over ``base``."""

    key: str
    theme_id: str | None
    base: F
    counts: dict[str, F]
    not_scored: dict[str, F]
    skipped: F
    not_shown: F
    percent_positive: Estimate[F] | None
    mean: Estimate[F] | None
    score_0_10: Estimate[F] | None
    minimum_base: int


@dataclass(frozen=True, slots=True)
class ChoiceTable(Generic[F]):
    """A choice, choices or ranking question. ``base`` is people who answered it; counts are people per option.

    For a ranking, ``counts`` are people who placed the option anywhere in their list and ``first`` those who put it
    first. ``percent`` holds for each option the share of ``base`` (0-100) with its Wilson interval.
    """

    key: str
    kind: Literal["choice", "choices", "ranking"]
    base: F
    counts: dict[str, F]
    percent: dict[str, Estimate[F] | None]
    not_scored: dict[str, F]
    skipped: F
    not_shown: F
    minimum_base: int
    first: dict[str, F] | None = None


@dataclass(frozen=True, slots=True)
class NumberTable(Generic[F]):
    key: str
    base: F
    mean: Estimate[F] | None
    median: F | None
    skipped: F
    not_shown: F
    minimum_base: int


@dataclass(frozen=True, slots=True)
class CommentTable(Generic[F]):
    """An open question: how many people wrote something, of ``responses`` people."""

    key: str
    theme_id: str | None
    commented: F
    base: F
    minimum_base: int


QuestionTable = RatingTable[F] | ChoiceTable[F] | NumberTable[F] | CommentTable[F]


@dataclass(frozen=True, slots=True)
class ThemeTable(Generic[F]):
    """A theme: its composite score, how many chose it among the most important, how many found it hard to understand.

    ``score_0_10`` averages each respondent's mean over composite questions first, then respondents (base
    ``score_base``). ``chosen`` and ``unclear`` are shares 0-100 of the people who answered those questions. Ranks are
    1-based with the 95 % range of a bootstrap of whole respondents; None where no order can be given.
    """

    theme_id: str
    score_base: F
    score_0_10: Estimate[F] | None
    chosen_count: F | None
    chosen_base: F | None
    chosen: Estimate[F] | None
    unclear_count: F | None
    unclear_base: F | None
    unclear: Estimate[F] | None
    commented: F | None
    rank: F | None
    rank_low: F | None
    rank_high: F | None
    tied_with: tuple[str, ...]
    minimum_base: int


@dataclass(frozen=True, slots=True)
class Group(Generic[F]):
    """The same tables for one group of people. ``field`` and ``value`` say which; both None for everybody."""

    field: str | None
    value: str | None
    label: str
    responses: F
    minimum_base: int
    themes: tuple[ThemeTable[F], ...]
    questions: tuple[QuestionTable[F], ...]


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

    ``p_adjusted`` is Holm's over the ``family_size`` comparisons of the same measure. ``words``: "higher", "lower",
    "similar" (see STATISTICS in docs/methods.md) or "too few to say".
    """

    measure: Literal["chosen", "percent_positive"]
    key: str
    first: str
    second: str
    difference: Estimate[F] | None
    p_adjusted: F | None
    family_size: int
    words: Literal["higher", "lower", "similar", "too few to say"]


@dataclass(frozen=True, slots=True)
class Filters:
    """What was asked for. Dates bound whole weeks; ``where`` are (field, value) pairs, all of which must hold."""

    since: datetime.date | None = None
    until: datetime.date | None = None
    where: tuple[tuple[str, str], ...] = ()
    by: str | None = None


@dataclass(frozen=True, slots=True)
class DisclosureRules:
    """The rules in force, printed in every method note."""

    minimum_base: int
    minimum_base_staff: int
    minimum_cell: int


@dataclass(frozen=True, slots=True)
class Results(Generic[F]):
    survey_slug: str
    survey_title: dict[str, str]
    demonstration: bool
    versions: tuple[str, ...]
    period: tuple[datetime.date, datetime.date] | None
    filters: Filters
    generated_at: datetime.datetime
    data_fingerprint: str
    rules: DisclosureRules
    pooling: str | None
    headline_order: Literal["chosen", "score"]
    orders_disagree: bool
    everybody: Group[F]
    audiences: tuple[Group[F], ...]
    groups: tuple[Group[F], ...]
    who_answered: tuple[Breakdown[F], ...]
    differences: tuple[Difference[F], ...]
    method: dict[str, str]
