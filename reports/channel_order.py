"""Whether the order of themes is the same in the main channels, one of the reasons for how widely a survey heard."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from reports.people import People
from reports.splitting import Split, split
from reports.statistics.comparisons import SMALLEST_BASE
from reports.tabulation import Figure, Group, Raw, Suppressed
from reports.theme_tables import Ranking, ThemeData, ranking

MAIN_CHANNELS = 3


def order_by_channel_agrees(
    people: People, themes: ThemeData, *, everyone: NDArray[np.bool_], audience: Split
) -> bool | None:
    """Whether no two themes clearly change places between two main channels of an audience.

    Main channels are the three largest of those through which 50 people or more of the audience gave something to rank
    by: each costs a bootstrap of its own, and the order of smaller ones says least. Two themes change places where
    chance alone could not put the first level with the second in one channel, nor the second level with the first in
    the other: their 95 % ranges of ranks lie apart, the other way round. None where no audience has two main channels.
    """
    channel = split(people, {}, field="channel")
    ranked = themes.answered & everyone
    verdicts = []
    for group in range(len(audience.values)):
        mine = ranked & (audience.codes == group)
        people_of = np.bincount(channel.codes[mine & (channel.codes >= 0)])
        largest = np.argsort(-people_of, kind="stable")[:MAIN_CHANNELS]
        main = [place for place in largest if people_of[place] >= SMALLEST_BASE]
        orders = [ranking(themes, mine & (channel.codes == place)) for place in main]
        verdicts += [not _change_places(first, second) for first, second in combinations(orders, 2)]
    return all(verdicts) if verdicts else None


def disclosed_order(agrees: bool | None, raw: Sequence[Group[Raw]], audiences: Sequence[Group[Figure]]) -> bool | None:
    """The verdict where it rests on published orders alone: None where that of an audience with two channels is not."""
    for group, shown in zip(raw, audiences, strict=True):
        if group.responses >= 2 * SMALLEST_BASE and any(isinstance(one.rank, Suppressed) for one in shown.themes):
            return None
    return agrees


def _change_places(first: Ranking, second: Ranking) -> bool:
    both = sorted(first.rank.keys() & second.rank.keys())
    return any(
        _ahead(first, one, other) and _ahead(second, other, one)
        for pair in combinations(both, 2)
        for one, other in (pair, pair[::-1])
    )


def _ahead(order: Ranking, one: str, other: str) -> bool:
    return order.high[one] < order.low[other]
