"""What a title is, and what a series of titles that are alike is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from surveys.strategy_documents.blocks import TITLE_WORDS, Block, word_count
from surveys.strategy_documents.furniture import is_never_a_theme

NUMBERED, HEADINGS, BOLD, ROWS, LEADS, SHORT = (
    "numbered titles",
    "headings",
    "bold lines",
    "rows of a table",
    "bold words at the start of paragraphs",
    "short lines with a paragraph below",
)

BELOW_BOLD = 8
"""The level of a title that is an ordinary paragraph; a bold line has 7, and headings have their own."""

LEAD_WORDS = 20


@dataclass(frozen=True, slots=True)
class Title:
    """A title at ``index``; its text begins at block ``below``, after what the title's own block holds (``inline``)."""

    index: int
    below: int
    text: str
    number: int | None = None
    inline: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """Titles that are alike. ``level`` is where they stand among headings, ``parent`` the heading above them all.

    ``odd`` is the share of the titles that look otherwise than most.
    """

    how: str
    titles: tuple[Title, ...]
    level: int
    parent: str = ""
    keyword: str = ""
    odd: float = 0.0


def level_of(block: Block) -> int:
    """Where the block stands among headings: the smaller, the higher."""
    if block.kind == "heading":
        return block.level
    return BELOW_BOLD - 1 if block.kind == "bold" else BELOW_BOLD


def is_like_a_title(text: str) -> bool:
    """Whether the words could be a title: not many, and no sentence."""
    return bool(text) and word_count(text) <= TITLE_WORDS and re.search(r"\w", text) is not None


def without_furniture(titles: Sequence[Title]) -> tuple[Title, ...]:
    """The titles that can be themes: not introductions, contents, contacts and such."""
    return tuple(title for title in titles if not is_never_a_theme(title.text))
