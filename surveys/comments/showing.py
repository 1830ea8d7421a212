"""The words of a comment as everybody sees them: masks and redactions in place, wrong masks lifted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from surveys.masking import KINDS, Mask

REDACTED = "[…]"
WITHHELD = "[withheld]"
"""Stands for all words of a comment that was escalated, wherever it is counted but not read."""

Action = Literal["redact", "show"]


@dataclass(frozen=True, slots=True)
class Passage:
    """A person's decision about ``start`` to ``end`` (exclusive) of a comment's own text."""

    action: Action
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """Shown words, and from where to where of the comment's own text they stand for.

    ``hides`` is empty where the words are the text itself, else the kind of a mask, or "redacted".
    """

    words: str
    start: int
    end: int
    hides: str = ""


def shown_words(text: str, masks: Iterable[Mask], passages: Iterable[Passage] = ()) -> str:
    """What everybody sees of the text; without masks and passages, the text itself."""
    return "".join(piece.words for piece in shown_pieces(text, masks, passages))


def shown_pieces(text: str, masks: Iterable[Mask], passages: Iterable[Passage] = ()) -> tuple[Piece, ...]:
    """The shown words piece by piece, in the order of the text.

    A redaction wins over a mask, and hides all of a mask of which it takes a part. A mask is lifted where it stands
    wholly within a passage to be shown: a wider one that later rules find hides its passage again.
    """
    passages = tuple(passages)
    redacted = [(one.start, one.end) for one in passages if one.action == "redact"]
    lifted = [(one.start, one.end) for one in passages if one.action == "show"]
    tokens: list[tuple[int, int, str]] = []
    for mask in masks:
        if any(start <= mask.start and mask.end <= end for start, end in lifted):
            continue
        if any(_overlap((mask.start, mask.end), one) for one in redacted):
            redacted.append((mask.start, mask.end))
        else:
            tokens.append((mask.start, mask.end, mask.kind))
    tokens += [(start, end, "redacted") for start, end in _joined(redacted)]
    return tuple(_pieces(text, sorted(tokens)))


def own_span(pieces: Iterable[Piece], start: int, end: int) -> tuple[int, int]:
    """Where the shown words from ``start`` to ``end`` stand in the comment's own text.

    Part of a token stands for everything that the token hides. ValueError for a span without words.
    """
    found: list[tuple[int, int]] = []
    for piece, begins, ends in places_of(pieces):
        first, last = max(start, begins) - begins, min(end, ends) - begins
        if first < last:
            found.append((piece.start, piece.end) if piece.hides else (piece.start + first, piece.start + last))
    if not found:
        raise ValueError(f"no words stand from {start} to {end}")
    return found[0][0], found[-1][1]


def find_words(shown: str, wanted: str) -> tuple[tuple[int, int], ...]:
    """Where the wanted words stand among the shown ones; a gap between words may be of any kind and length."""
    words = [re.escape(word) for word in wanted.split()]
    return tuple(match.span() for match in re.finditer(r"\s+".join(words), shown)) if words else ()


def surroundings(shown: str, start: int, end: int, *, letters: int = 40) -> tuple[str, str]:
    """What is shown before ``start`` and after ``end``, cut between words and never inside a token."""
    before, after = shown[max(0, start - letters) : start], shown[end : end + letters]
    if start > letters:
        before = re.sub(r"^[^\[\]]*\]", "", re.sub(r"^\S*\s", "", before))
    if end + letters < len(shown):
        after = re.sub(r"\[[^\[\]]*$", "", re.sub(r"\s\S*$", "", after))
    return before, after


def places_of(pieces: Iterable[Piece]) -> Iterator[tuple[Piece, int, int]]:
    """Each piece with where it begins and ends among the shown words."""
    at = 0
    for piece in pieces:
        yield piece, at, at + len(piece.words)
        at += len(piece.words)


def _pieces(text: str, tokens: Iterable[tuple[int, int, str]]) -> Iterator[Piece]:
    at = 0
    for start, end, hides in tokens:
        if at < start:
            yield Piece(text[at:start], at, start)
        yield Piece(KINDS.get(hides, REDACTED), start, end, hides)
        at = end
    if at < len(text):
        yield Piece(text[at:], at, len(text))


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
