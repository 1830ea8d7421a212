"""What two ways of dividing the same people give away together.

Take audiences and groups as the two sides of a graph, with the people who are in both as the weight of the line
between them. Everything that can be worked out from sums over audiences and sums over groups is a cut of this graph:
choose some audiences and groups, add up the former, take away the latter, and what is left are the people on the lines
that leave the choice. So nothing about few people can be worked out as long as no cut is light, and whether a line lies
on a light cut is a question of the greatest flow between its ends.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order, maximum_flow

from reports.distributions import Counts

_PERSON = 1000
"""Weight of one person in a base; somebody who answered outside the base weighs 1, so that a line is still there."""


def exposed_groups(
    base: Counts,
    answered: Counts,
    thresholds: NDArray[np.int64],
    hidden_audiences: set[int],
    hidden_groups: set[int],
    *,
    number_of_groups: int,
) -> list[int]:
    """Groups to hide, because too few people could be told apart; empty where nothing is exposed.

    ``base`` and ``answered`` are people by audience and group. Hidden audiences count as one, as their sum is still
    known; hidden groups and those from ``number_of_groups`` on likewise. Two groups on either side of a light cut are
    named, the smallest that are shown: together they close it.
    """
    audience_node = _nodes(base.shape[0], hidden_audiences)
    unnamed = hidden_groups | set(range(number_of_groups, base.shape[1]))
    unnamed_people = [group for group in unnamed if answered[:, group].any()]
    group_node = _nodes(base.shape[1], unnamed) + audience_node.max(initial=0) + 1
    size = int(group_node.max()) + 1
    weight = np.zeros((size, size), dtype=np.int64)
    needed = np.zeros((size, size), dtype=np.int64)
    for audience, group in np.argwhere(answered > 0):
        ends = audience_node[audience], group_node[group]
        weight[ends] += _PERSON * base[audience, group] + (base[audience, group] == 0)
        needed[ends] = max(needed[ends], _PERSON * thresholds[audience])
    light = np.argwhere((weight > 0) & (weight < needed))
    if not len(light):
        return []
    # A line as heavy as the greatest threshold is on no light cut; capping keeps weights in 32 bits.
    capped = np.minimum(weight, needed.max())
    graph = csr_array((capped + capped.T).astype(np.int32))
    for source, sink in light:
        near = _light_side(graph, int(source), int(sink), int(needed[source, sink]))
        if near is None:
            continue
        sizes = base.sum(axis=0)
        more = []
        for side in (near, ~near):
            if any(side[group_node[group]] for group in unnamed_people):
                continue
            shown = [group for group in range(number_of_groups) if group not in unnamed and side[group_node[group]]]
            more += sorted((group for group in shown if answered[:, group].any()), key=lambda g: (sizes[g], g))[:1]
        if more:
            return more
    return []


def _nodes(number: int, merged: set[int]) -> NDArray[np.int64]:
    """A number for each part; merged parts share the last one."""
    shown = [place for place in range(number) if place not in merged]
    nodes = np.full(number, len(shown), dtype=np.int64)
    nodes[shown] = np.arange(len(shown))
    return nodes


def _light_side(graph: csr_array, source: int, sink: int, needed: int) -> NDArray[np.bool_] | None:
    """The source's side of a cut between the two that is lighter than ``needed``; None where there is none."""
    result = maximum_flow(graph, source, sink)
    if result.flow_value >= needed:
        return None
    residual = csr_array(np.maximum((graph - result.flow).toarray(), 0))
    side = np.zeros(graph.shape[0], dtype=bool)
    side[breadth_first_order(residual, source, return_predecessors=False)] = True
    return side
