"""What it is to divide responses into groups, and in which ways it can be done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reports.people import RequestRefused

Codes = NDArray[np.int32] | NDArray[np.int16]
"""Two bytes a person where a question makes the groups: a million people have some thirty of these at a time."""


class UnknownField(RequestRefused):
    """No field has this name; the message lists those that exist."""


@dataclass(frozen=True, slots=True)
class Split:
    """``codes[i]`` is the place in ``values`` of response i, -1 where it has none; ``labels`` are for print.

    ``sensitive``: the groups say something about people's background, health or place, so small cells inside them are
    hidden too. ``unpublished``: places in ``values`` of groups that nobody is shown. ``beside``: values that say no
    more than that somebody did not tell, so that nothing is compared with them.
    """

    field: str
    label: str
    values: tuple[str, ...]
    labels: dict[str, str]
    codes: Codes
    sensitive: bool
    unpublished: tuple[int, ...] = ()
    beside: frozenset[str] = frozenset()


Backgrounds = Mapping[str, Split]
