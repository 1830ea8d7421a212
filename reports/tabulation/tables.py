"""The tables of one population: its questions, its themes, and all of them together as a group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Literal

from reports.tabulation.figures import Estimate, F


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
