"""The words of a comment as everybody sees them: masks and redactions in place, wrong masks lifted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from surveys.masking import KINDS, Mask

REDACTED = "[…]"
WITHHELD = "[withheld]"
"""Stands for all words of a comment that was escalated, wherever it is counted but not read."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A person's decision about ``start`` to ``end`` (exclusive) of a comment's own text."""

    action: Literal["redact", "show"]
    start: int
    end: int


def shown_words(text: str, masks: Iterable[Mask], passages: Iterable[Passage] = ()) -> str:
    """What everybody sees of the text. A redaction wins over a mask, and a lifted mask is shown as it was written."""
    passages = tuple(passages)
    redacted = [(one.start, one.end) for one in passages if one.action == "redact"]
    lifted = [(one.start, one.end) for one in passages if one.action == "show"]
    hidden = [(start, end, REDACTED) for start, end in _joined(redacted)]
    for mask in masks:
        if not any(_overlap((mask.start, mask.end), one) for one in (*redacted, *lifted)):
            hidden.append((mask.start, mask.end, KINDS[mask.kind]))
        elif any(_overlap((mask.start, mask.end), one) for one in redacted):
            # Part of a masked detail was redacted: nothing of the rest may come to light.
            hidden = _widened(hidden, (mask.start, mask.end))
    parts, at = [], 0
    for start, end, token in sorted(hidden):
        parts += [text[at:start], token]
        at = max(at, end)
    return "".join([*parts, text[at:]])


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _widened(hidden: list[tuple[int, int, str]], span: tuple[int, int]) -> list[tuple[int, int, str]]:
    spans = _joined([(start, end) for start, end, token in hidden if token == REDACTED] + [span])
    others = [one for one in hidden if one[2] != REDACTED]
    return others + [(start, end, REDACTED) for start, end in spans]
