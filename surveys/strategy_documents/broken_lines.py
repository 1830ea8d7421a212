"""Which lines of a plain text belong together: where a line was only broken, and where a title or a paragraph ends."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from surveys.strategy_documents.blocks import TITLE_WORDS, cleaned, word_count
from surveys.strategy_documents.numbering import numbered

BULLET = re.compile(r"^\s*(?:[•▪◦●·‣o*]|-|–)\s+")

_STOPS = re.compile(r"[.!?؟。][\"'”’»)]*$")
_SENTENCE_INSIDE = re.compile(r"\w{3}[.!?؟。][\"'”’»)]*\s+\S")
_JOINS = re.compile(
    r"(?:[,&/–—-]|\b(?:and|or|of|to|the|a|an|in|for|with|into|from|our|their|und|oder|für|mit|von|der|et|ou|de|des|du|pour))$",
    re.IGNORECASE,
)
_SHORT_TITLE_WORDS = 15


@dataclass(frozen=True, slots=True)
class Width:
    """In a text whose lines were broken by width: the longest line, and how long most would be with one word more."""

    longest: int
    least_with_next: int

    def was_full(self, line: str, following: str) -> bool:
        """Whether the first word of the line ``following`` had no room at the end of ``line``."""
        return _with_next(line, following) >= self.least_with_next


def width_of(lines: list[str]) -> Width | None:
    """The width at which the text's lines were broken; None where each paragraph is one line."""
    broken = [
        (line, following)
        for above, (line, following) in zip(["", *lines], pairwise(lines), strict=False)
        if line.strip() and following.strip() and _says_the_width(above, line, following)
    ]
    lengths = [len(line) for line, _ in broken]
    if not lengths or max(lengths) > 130:
        return None
    # In a text broken by width, many lines end near the same column.
    longest = max(lengths)
    near = sum(1 for length in lengths if length >= longest * 0.8)
    if longest < 40 or near < 2 or near * 2 < len(lengths):
        return None
    within = sorted(
        _with_next(line, following)
        for line, following in broken
        if cleaned(following)[:1].islower() and not _is_numbered(line)
    )
    # A few lines may have been broken by hand, so the shortest tenth does not count.
    least = within[len(within) // 10] if within else longest + 1
    return Width(longest, max(round(longest * 0.6), min(least, longest + 1)))


def begins_anew(line: str) -> bool:
    """Whether the line is the first of its paragraph whatever stands above: a bullet or a number opens it."""
    return BULLET.match(line) is not None or _is_numbered(line)


def goes_on(paragraph: list[str], lines: list[str], position: int, width: Width | None) -> bool:
    """Whether the line at ``position`` of the text goes on with ``paragraph``, the lines directly above it."""
    if _can_be_title(paragraph):
        return _goes_on_with_title(paragraph, lines, position, width)
    if width is None or _is_short_title(paragraph, lines[position], width):
        return False
    return len(paragraph[-1].rstrip()) >= width.longest * 0.6


def _goes_on_with_title(title: list[str], lines: list[str], position: int, width: Width | None) -> bool:
    last, words = cleaned(title[-1]), cleaned(lines[position])
    if words[:1].islower() or _JOINS.search(last):
        # Lines that are not broken by width hold whole sentences; then only words without a stop belong to a title.
        is_sentence = _STOPS.search(words) or word_count(" ".join([*title, words])) > TITLE_WORDS
        return not is_sentence if width is None else True
    if width is None or _STOPS.search(last) or _STOPS.search(words) or not width.was_full(last, words):
        return False
    below = next((lines[at] for at in range(position + 1, len(lines)) if lines[at].strip()), "")
    begins_sentence = bool(below) and not begins_anew(below) and not cleaned(below)[:1].islower()
    return begins_sentence and not width.was_full(words, below)


def _can_be_title(paragraph: list[str]) -> bool:
    """Whether a paragraph is a numbered title so far, and not one whose explanation follows on the same line."""
    if len(paragraph) > TITLE_WORDS or not _is_numbered(paragraph[0]):
        return False
    words = cleaned(" ".join(paragraph))
    is_sentence = len(paragraph) > 1 and _STOPS.search(words)
    return not is_sentence and not _SENTENCE_INSIDE.search(words) and word_count(words) <= TITLE_WORDS


def _is_short_title(paragraph: list[str], following: str, width: Width) -> bool:
    """Whether a paragraph's only line so far is a title without a number, directly above its explanation."""
    line, words = cleaned(paragraph[0]), cleaned(following)
    return (
        len(paragraph) == 1
        and word_count(line) <= _SHORT_TITLE_WORDS
        and line[:1].isalpha()
        and words[:1].isupper()
        and not re.search(r"[.!?:;]$", line)
        and not _JOINS.search(line)
        and not width.was_full(line, words)
    )


def _says_the_width(above: str, line: str, following: str) -> bool:
    """Whether ``line`` may have been broken by width: not a title, nor the end of a sentence, before a capital."""
    if begins_anew(following):
        return False
    may_be_title = not above.strip() or _is_numbered(line)
    return not cleaned(following)[:1].isupper() or not (may_be_title or _STOPS.search(line.rstrip()))


def _is_numbered(line: str) -> bool:
    return numbered(cleaned(line)) is not None


def _with_next(line: str, following: str) -> int:
    return len(line.rstrip()) + 1 + len((following.split() or [""])[0])
