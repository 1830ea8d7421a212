"""What people raised in their own words: how many people each code was given to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Literal

from reports.tabulation.figures import F

MentionsBase = Literal["commented", "respondents", "mentions"]
"""What percentages are of: the people whose comments are coded, all who answered, or all mentions that are listed."""
Sentiment = Literal["positive", "negative", "mixed", "neutral"]


@dataclass(frozen=True, slots=True)
class MentionColumn(Generic[F]):
    """Some people: ``field`` is None for everybody, "audience", or the key of the question that rates the theme, where
    ``points`` are the points of its scale that they gave.

    ``coded`` are those whose comments have been coded, ``respondents`` all of them, ``mentions`` the sum of the rows
    that are shown. ``minimum_base``: fewer coded people than this are not shown.
    """

    field: str | None
    value: str | None
    label: str
    points: tuple[str, ...]
    coded: F
    respondents: F
    mentions: F
    minimum_base: int


@dataclass(frozen=True, slots=True)
class MentionRow(Generic[F]):
    """One point that people raised. ``people`` by column, each person once. ``code`` is None for all points together
    that few people raised; ``sentiment``: the people in the first column by how they said it, empty where it is not
    told."""

    code: str | None
    name: str
    people: tuple[F, ...]
    sentiment: dict[str, F]


@dataclass(frozen=True, slots=True)
class MentionTable(Generic[F]):
    """The points that people raised about one question, the one that most people raised first.

    ``frame`` names the code frame with its version. ``key`` is the item's, None for all questions of the frame
    together, where a person counts once however often they raised a point. ``commented`` are people who wrote
    something; of these the first column's ``coded`` were coded so far.
    """

    frame: str
    frame_version: int
    key: str | None
    theme_id: str | None
    base: MentionsBase
    commented: F
    columns: tuple[MentionColumn[F], ...]
    rows: tuple[MentionRow[F], ...]


@dataclass(frozen=True, slots=True)
class CodeAgreement(Generic[F]):
    """How far two coders agreed on one code: ``percent`` of comments (0-100, whole), Cohen's ``kappa`` (-1 to 1) and
    its standard error, both to two decimals and None where kappa is not defined. ``verdict`` says what it is worth."""

    code: str
    name: str
    percent: F
    kappa: F | None
    standard_error: F | None
    verdict: Literal["strong", "usable", "recode", "not defined", "too few"]


@dataclass(frozen=True, slots=True)
class Coding(Generic[F]):
    """How comments were coded with one frame. ``passed_on``: comments of the survey that were passed on to somebody
    and count nowhere. ``sample``: comments that a second person coded as well, the newest time that was done; None
    where it was not."""

    frame: str
    frame_version: int
    passed_on: F
    sample: F | None
    agreement: tuple[CodeAgreement[F], ...]
