"""Themes in the rows of a table: which column holds the number, the title and the explanation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from surveys.strategy_documents.blocks import Block, word_count
from surveys.strategy_documents.numbering import numbered
from surveys.strategy_documents.titles import BELOW_BOLD, ROWS, Candidate, Title, is_like_a_title, without_furniture


def row_series(blocks: Sequence[Block], usable: list[int]) -> Iterator[Candidate]:
    """A series for each table whose rows are a title and, mostly, an explanation."""
    of_tables = [index for index in usable if blocks[index].kind == "row"]
    for _, members in groupby(of_tables, key=lambda index: blocks[index].table):
        rows = [index for index in members if not blocks[index].header]
        width = max((len(blocks[index].cells) for index in rows), default=0)
        if width < 2 or len(rows) < 2:
            continue
        number, title, explanation = _columns([blocks[index].cells for index in rows], width)
        titles = [_row_title(index, blocks[index].cells, number, title, explanation) for index in rows]
        yield Candidate(ROWS, without_furniture([one for one in titles if is_like_a_title(one.text)]), BELOW_BOLD)


def _columns(rows: Sequence[tuple[tuple[str, ...], ...]], width: int) -> tuple[int | None, int, int | None]:
    """Which columns hold the number, the title and the explanation."""
    columns = [[" ".join(row[at]) if at < len(row) else "" for row in rows] for at in range(width)]
    numbers = [at for at, texts in enumerate(columns) if all(not text or _is_number(text) for text in texts)]
    number = next((at for at in numbers if any(columns[at])), None)
    wordy = [at for at in range(width) if at not in numbers]
    if not wordy:
        return number, 0, None
    title = next((at for at in wordy if all(is_like_a_title(text) for text in columns[at])), wordy[0])
    others = [at for at in wordy if at > title]
    # The first column of sentences explains; those behind it say who does what, and by when.
    full = [at for at in others if sum(map(word_count, columns[at])) >= 6 * len(rows)]
    most = max(others, key=lambda at: sum(map(word_count, columns[at])), default=None)
    return number, title, full[0] if full else most


def _is_number(text: str) -> bool:
    return re.fullmatch(r"\W*(?:theme|priority|goal|no\.?)?\s*\d{1,3}\W*", text, re.IGNORECASE) is not None


def _row_title(
    index: int, cells: tuple[tuple[str, ...], ...], number: int | None, title: int, explanation: int | None
) -> Title:
    def cell(at: int | None) -> tuple[str, ...]:
        return cells[at] if at is not None and at < len(cells) else ()

    words, explained = cell(title), cell(explanation)
    if explanation is None and len(words) > 1:
        words, explained = words[:1], words[1:]
    text = " ".join(words)
    found = numbered(text)
    digits = re.search(r"\d+", " ".join(cell(number)))
    if found is not None and found.title:
        return Title(index, index + 1, found.title, found.number, explained)
    return Title(index, index + 1, text, int(digits[0]) if digits else None, explained)
