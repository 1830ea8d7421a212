"""What belongs to each title of a series: the paragraphs below it, up to where the theme ends."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from surveys.strategy_documents.blocks import Block, word_count
from surveys.strategy_documents.furniture import asks_for_something, is_never_a_theme
from surveys.strategy_documents.titles import ROWS, Candidate, Title, level_of

BEFORE, BETWEEN, AFTER = "Before the first theme", "Between two themes", "After the last theme"


@dataclass(frozen=True, slots=True)
class Explained:
    """The paragraphs of each title, and why each other block (by its index) is left out."""

    paragraphs: tuple[tuple[str, ...], ...]
    left_out: dict[int, str]


def explained(blocks: Sequence[Block], candidate: Candidate, noise: Mapping[int, str]) -> Explained:
    """Share the blocks out among the titles of ``candidate``."""
    titles = candidate.titles
    taken: set[int] = set()
    left_out: dict[int, str] = {}
    repeated = _repeated(blocks, least=max(3, len(titles) // 2))
    bodies: list[list[int]] = []
    for position, title in enumerate(titles):
        is_last = position == len(titles) - 1
        end = len(blocks) if is_last else titles[position + 1].index
        taken.update(range(title.index, title.below))
        body, reasons = _body(blocks, candidate, title, end, noise, repeated, is_last=is_last)
        left_out.update(reasons)
        bodies.append(body)
    bodies[-1] = _no_longer_than_the_others(bodies, titles)
    taken.update(index for body in bodies for index in body)
    first, last = titles[0].index, titles[-1].index
    for index in range(len(blocks)):
        if index not in taken:
            place = BEFORE if index < first else AFTER if index > last else BETWEEN
            left_out[index] = noise.get(index) or left_out.get(index) or place
    for index in taken:
        left_out.pop(index, None)
    paragraphs = tuple(
        title.inline + tuple(_words(blocks[index]) for index in body)
        for title, body in zip(titles, bodies, strict=True)
    )
    return Explained(tuple(tuple(text for text in one if text) for one in paragraphs), left_out)


def _words(block: Block) -> str:
    is_marked = block.kind == "item" and not re.match(r"^\W*[•▪◦●·]", block.label or "")
    return f"{block.label} {block.text}" if is_marked and re.search(r"\w", block.label) else block.text


def _body(
    blocks: Sequence[Block],
    candidate: Candidate,
    title: Title,
    end: int,
    noise: Mapping[int, str],
    repeated: frozenset[str],
    *,
    is_last: bool,
) -> tuple[list[int], dict[int, str]]:
    body: list[int] = []
    reasons: dict[int, str] = {}
    below = ""
    if candidate.how == ROWS:
        return body, reasons
    for index in range(title.below, end):
        block = blocks[index]
        if index in noise:
            if is_last and noise[index] in ("A link", "About a code to scan"):
                break
            continue
        if _ends(block, candidate, is_last=is_last):
            break
        if _is_sub_heading(block) or block.text in repeated:
            if body or title.inline:
                below = block.text
            reasons[index] = "A sub-heading"
        elif block.kind == "row":
            reasons[index] = "A table"
        elif below:
            reasons[index] = f"Below the sub-heading “{below[:60]}”"
        else:
            body.append(index)
    return body, reasons


def _repeated(blocks: Sequence[Block], *, least: int) -> frozenset[str]:
    """Short lines that come back again and again: sub-headings, however they look."""
    plain = [block.text for block in blocks if block.kind == "paragraph" and word_count(block.text) <= 8]
    counts = Counter(text for text in plain if not re.search(r"[.:;,!?]$", text))
    return frozenset(text for text, count in counts.items() if count >= least)


def _ends(block: Block, candidate: Candidate, *, is_last: bool) -> bool:
    """Whether the theme is over at this block, which is not the next title of the series."""
    if block.kind == "heading" and block.level <= candidate.level:
        return True
    if block.kind in ("heading", "bold") and is_never_a_theme(block.text):
        return True
    if not is_last:
        return False
    is_equal = _is_sub_heading(block) and level_of(block) <= candidate.level
    return is_equal or asks_for_something(block)


def _is_sub_heading(block: Block) -> bool:
    if block.kind == "bold":
        return not re.search(r"[.!?؟]$", block.text) or word_count(block.text) <= 3
    return block.kind == "heading"


def _no_longer_than_the_others(bodies: Sequence[list[int]], titles: Sequence[Title]) -> list[int]:
    """The last theme's blocks. Where every other theme has the same number, what follows more is the closing text."""
    sizes = {len(body) + len(title.inline) for body, title in zip(bodies[:-1], titles[:-1], strict=True)}
    if len(bodies) < 3 or len(sizes) != 1:
        return bodies[-1]
    return bodies[-1][: max(0, sizes.pop() - len(titles[-1].inline))]
