"""What could be the themes of a document: series of titles that are alike, each with what stands below them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise

from surveys.strategy_documents.blocks import TITLE_WORDS, Block, word_count
from surveys.strategy_documents.numbering import Numbered, bare_number, numbered
from surveys.strategy_documents.row_series import row_series
from surveys.strategy_documents.titles import (
    BELOW_BOLD,
    BOLD,
    HEADINGS,
    LEAD_WORDS,
    LEADS,
    NUMBERED,
    SHORT,
    Candidate,
    Title,
    is_like_a_title,
    level_of,
    without_furniture,
)


def candidates(blocks: Sequence[Block], noise: frozenset[int]) -> Iterator[Candidate]:
    """Every series that the document could mean; ``noise`` are the blocks that are no part of any."""
    usable = [index for index, block in enumerate(blocks) if index not in noise]
    parents = _parents(blocks)
    yield from _numbered(blocks, usable, parents)
    yield from _styled(blocks, usable, parents)
    yield from row_series(blocks, usable)
    yield from _leads(blocks, usable, parents)
    yield from _short_lines(blocks, usable)


def _parents(blocks: Sequence[Block]) -> list[tuple[int, ...]]:
    """For each block the indices of the headings above it, highest first."""
    above: list[int] = []
    found: list[tuple[int, ...]] = []
    for index, block in enumerate(blocks):
        if block.kind == "heading":
            above = [one for one in above if blocks[one].level < block.level]
        found.append(tuple(above))
        if block.kind == "heading":
            above.append(index)
    return found


# Numbered titles


@dataclass(slots=True)
class _Chain:
    titles: list[Title] = field(default_factory=list)
    keyword: str = ""
    levels: list[int] = field(default_factory=list)

    @property
    def last(self) -> int:
        return self.titles[-1].number or 0


def _numbered(blocks: Sequence[Block], usable: list[int], parents: list[tuple[int, ...]]) -> Iterator[Candidate]:
    found = [
        (title, number, level_of(blocks[index]), blocks[index].kind)
        for place, index in enumerate(usable)
        if (both := _number_at(blocks, usable, place)) is not None
        for title, number in [both]
    ]
    alike: dict[tuple[object, ...], list[tuple[Title, Numbered, int]]] = {}
    for title, number, level, kind in found:
        for key in ((number.key, kind, level), (number.key.removeprefix("list "),)):
            alike.setdefault(key, []).append((title, number, level))
    for members in alike.values():
        for chain in _chains(members):
            kept = without_furniture(_parted(chain.titles))
            above = [blocks[one].text for one in parents[chain.titles[0].index]]
            odd = 1 - max(chain.levels.count(level) for level in chain.levels) / len(chain.levels)
            parent = above[-1] if above else ""
            yield Candidate(NUMBERED, kept, min(chain.levels), parent, chain.keyword, odd)


def _chains(members: list[tuple[Title, Numbered, int]]) -> list[_Chain]:
    """Numbers that follow each other. A list inside a theme begins a chain of its own and does not break the outer."""
    chains: list[_Chain] = []
    for title, number, level in members:
        fits = [chain for chain in chains if chain.last in (number.number - 1, number.number - 2)]
        exact = [chain for chain in fits if chain.last == number.number - 1] or fits
        if number.number <= 1 or not exact:
            chains.append(_Chain())
            exact = chains
        chain = exact[-1]
        chain.titles.append(title)
        chain.keyword = number.keyword
        chain.levels.append(level)
    return [chain for chain in chains if len(chain.titles) >= (2 if (chain.titles[0].number or 0) <= 1 else 3)]


def _number_at(blocks: Sequence[Block], usable: list[int], place: int) -> tuple[Title, Numbered] | None:
    index = usable[place]
    block = blocks[index]
    if block.kind == "row":
        return None
    alone = bare_number(block.text)
    if alone is not None:
        following = usable[place + 1] if place + 1 < len(usable) else None
        if following is None or not is_like_a_title(blocks[following].text) or blocks[following].kind == "row":
            return None
        if not alone.keyword and level_of(blocks[following]) == BELOW_BOLD:
            return None
        return Title(index, following + 1, blocks[following].text, alone.number), alone
    found = numbered(block.text, block.label)
    if found is None:
        return None
    title, inline = _split_title(block, found)
    return Title(index, index + 1, title, found.number, inline), found


def _split_title(block: Block, found: Numbered) -> tuple[str, tuple[str, ...]]:
    """The title of a numbered paragraph and, where its explanation follows in the same paragraph, that."""
    if block.lead:
        begins = len(block.text) - len(found.title)
        title, rest = block.text[begins : block.lead].strip(), block.text[max(begins, block.lead) :].strip()
        if title and rest:
            return _without_end(title), (rest.lstrip(":–—- "),)
    if word_count(found.title) > TITLE_WORDS:
        parted = re.match(r"^(?P<title>.{3,150}?)(?::|\s[–—-]|[.!?])\s+(?P<rest>\S.*)$", found.title)
        if parted is not None and word_count(parted["title"]) <= LEAD_WORDS:
            return parted["title"], (parted["rest"],)
    return found.title, ()


def _parted(titles: list[Title]) -> list[Title]:
    """The titles, parted at a colon or dash where nothing stands below any of them and all have one."""
    follow = all(below.index == above.below for above, below in pairwise(titles))
    parts = [re.match(r"^(?P<title>.{3,100}?)(?::|\s[–—-])\s+(?P<rest>\S.*)$", title.text) for title in titles]
    if not follow or not all(parts) or any(title.inline for title in titles):
        return titles
    return [
        replace(title, text=part["title"], inline=(part["rest"],))
        for title, part in zip(titles, parts, strict=True)
        if part is not None
    ]


def _without_end(title: str) -> str:
    return re.sub(r"\s*[:.–—-]+$", "", title)


# Headings and bold lines


def _styled(blocks: Sequence[Block], usable: list[int], parents: list[tuple[int, ...]]) -> Iterator[Candidate]:
    for kind, how in (("heading", HEADINGS), ("bold", BOLD)):
        found = [index for index in usable if blocks[index].kind == kind and is_like_a_title(blocks[index].text)]
        if kind == "bold":
            found = [index for index in found if not _is_sentence(blocks[index].text)]
        for level in sorted({level_of(blocks[index]) for index in found}):
            here = [index for index in found if level_of(blocks[index]) == level]
            yield Candidate(how, without_furniture([_title(blocks, index) for index in here]), level)
            for above, members in groupby(here, key=lambda index: parents[index]):
                if above:
                    titles = [_title(blocks, index) for index in members]
                    yield Candidate(how, without_furniture(titles), level, blocks[above[-1]].text)


def _is_sentence(text: str) -> bool:
    return text.endswith((".", "!", ";", ",")) and word_count(text) > 4


def _title(blocks: Sequence[Block], index: int) -> Title:
    block = blocks[index]
    found = numbered(block.text, block.label)
    if found is not None and found.title:
        return Title(index, index + 1, found.title, found.number)
    return Title(index, index + 1, _without_end(block.text) if block.kind == "bold" else block.text)


# Bold words at the start, and lines that are short


def _leads(blocks: Sequence[Block], usable: list[int], parents: list[tuple[int, ...]]) -> Iterator[Candidate]:
    found = [index for index in usable if blocks[index].lead and word_count(_lead(blocks[index])) <= LEAD_WORDS]
    for _, members in groupby(found, key=lambda index: parents[index]):
        titles = []
        for index in members:
            rest = blocks[index].text[blocks[index].lead :].lstrip(":–—- ")
            lead = _without_end(_lead(blocks[index]))
            number = numbered(lead, blocks[index].label)
            text = number.title if number and number.title else lead
            titles.append(Title(index, index + 1, text, number.number if number else None, (rest,)))
        above = parents[titles[0].index]
        yield Candidate(LEADS, without_furniture(titles), BELOW_BOLD, blocks[above[-1]].text if above else "")


def _lead(block: Block) -> str:
    return block.text[: block.lead].strip()


def _short_lines(blocks: Sequence[Block], usable: list[int]) -> Iterator[Candidate]:
    titles = []
    for index, following in pairwise(usable):
        block, below = blocks[index], blocks[following]
        # The first line of all is the document's own title.
        if index == usable[0] or block.kind != "paragraph" or below.kind not in ("paragraph", "item"):
            continue
        short = (
            numbered(block.text) is None
            and word_count(block.text) <= 15
            and not re.search(r"[.!?:;,]$", block.text)
            and block.text[:1].isalpha()
        )
        if short and word_count(below.text) > word_count(block.text) and re.search(r"[.!?؟。]$", below.text):
            titles.append(Title(index, index + 1, block.text))
    yield Candidate(SHORT, without_furniture(titles), BELOW_BOLD)
