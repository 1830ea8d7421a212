"""Drawing comments for quoting in proportion to how people rated, so that nobody picks what pleases."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import TypeVar

Group = TypeVar("Group")


def shared_out(number: int, sizes: Mapping[Group, int]) -> dict[Group, int]:
    """``number`` quotes over groups of people in proportion to their sizes, by largest remainders.

    Ties go to the group named first. All zero where there is nobody.
    """
    everybody = sum(sizes.values())
    if not everybody:
        return dict.fromkeys(sizes, 0)
    exact = {group: number * size / everybody for group, size in sizes.items()}
    shares = {group: int(share) for group, share in exact.items()}
    by_remainder = sorted(sizes, key=lambda group: shares[group] - exact[group])
    for group in by_remainder[: number - sum(shares.values())]:
        shares[group] += 1
    return shares


def next_group(sizes: Mapping[Group, int], have: Mapping[Group, int]) -> list[Group]:
    """The groups in the order in which the next quote should come from them: those that lack most first."""
    wanted = shared_out(sum(have.values()) + 1, sizes)
    lacking = {group: wanted[group] - have.get(group, 0) for group in sizes}
    return sorted(sizes, key=lambda group: (-lacking[group], -sizes[group]))


def shuffled(refs: Sequence[bytes], *, question: str) -> list[bytes]:
    """The comments in an order that nobody chose; it is the same every time, so that drawing again gains nothing."""
    return sorted(refs, key=lambda ref: hashlib.sha256(question.encode() + ref).digest())
