"""A value beside what its owner calls acceptable and achievable: word and colour, never the colour alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ThresholdWord = Literal["achievable", "acceptable", "below acceptable"]
ThresholdColour = Literal["green", "amber", "red"]
COLOURS: dict[ThresholdWord, ThresholdColour] = {
    "achievable": "green",
    "acceptable": "amber",
    "below acceptable": "red",
}
"""The colour that may stand beside each word."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a value stands, kept with what it was compared with."""

    value: float
    acceptable: float
    achievable: float
    direction: Literal["higher is better", "lower is better"]
    word: ThresholdWord
    colour: ThresholdColour


def standing(
    value: float,
    *,
    acceptable: float,
    achievable: float,
    direction: Literal["higher is better", "lower is better"] = "higher is better",
) -> Standing:
    """Green from ``achievable`` on, amber from ``acceptable`` on, red below it; turned round where lower is better.

    All are in one unit, and ``value`` is to be the unrounded one. ValueError where achievable is not at least
    as good as acceptable.
    """
    sign = 1 if direction == "higher is better" else -1
    if sign * achievable < sign * acceptable:
        raise ValueError(f"{achievable} is not as good as {acceptable}, so it cannot be what is achievable.")
    word: ThresholdWord = "below acceptable"
    if sign * value >= sign * achievable:
        word = "achievable"
    elif sign * value >= sign * acceptable:
        word = "acceptable"
    return Standing(value, acceptable, achievable, direction, word, COLOURS[word])
