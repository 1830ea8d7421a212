"""All figures of a survey together, with what was asked for and the rules in force."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Generic, Literal

from reports.tabulation.between_groups import Breakdown, Difference
from reports.tabulation.change import Change
from reports.tabulation.figures import F
from reports.tabulation.mentions import Coding, MentionsBase, MentionTable
from reports.tabulation.place_bands import PlaceBand
from reports.tabulation.quotes import Quotes
from reports.tabulation.representation import Representation, Weighted
from reports.tabulation.tables import Group
from reports.tabulation.workshops import WorkshopTold


@dataclass(frozen=True, slots=True)
class Filters:
    """What was asked for. Dates bound whole weeks; ``where`` are (field, value) pairs, all of which must hold.

    ``mentions_base``: what percentages of mentions are of.
    """

    since: datetime.date | None = None
    until: datetime.date | None = None
    where: tuple[tuple[str, str], ...] = ()
    by: str | None = None
    mentions_base: MentionsBase = "commented"


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
    representation: tuple[Representation[F], ...] = ()
    weighted: Weighted[F] | None = None
    change: Change[F] | None = None
    places: tuple[PlaceBand[F], ...] = ()
    order_by_channel_agrees: bool | None = None
    mentions: tuple[MentionTable[F], ...] = ()
    coding: tuple[Coding[F], ...] = ()
    quotes: Quotes[F] | None = None
    workshops: tuple[WorkshopTold[F], ...] = ()
