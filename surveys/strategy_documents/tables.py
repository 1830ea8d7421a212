"""Telling tables that list something from tables that only arrange text on the page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from surveys.strategy_documents.blocks import Block

_HEADER = re.compile(
    r"^\W*(?:no\.?|nr\.?|#|number|thema|titel|thème"
    r"|(?:our |key |strategic )?(?:theme|priority|goal|objective|aim|title|name|area|ambition)s?(?: title| name)?)\W*$",
    re.IGNORECASE,
)
_DESCRIBES = re.compile(
    r"\b(?:description|explanation|explained|what|detail|details|meaning|means|summary|why|how|beschreibung|erklärung|explication)\b",
    re.IGNORECASE,
)


def table_blocks(cells: list[list[list[Block]]], marked: list[bool], number: int) -> Iterator[Block]:
    """A table as rows with this number; one that only arranges text (one column or row) as the text in its cells."""
    rows = [[cell for cell in row if cell] for row in cells]
    wide = [row for row in rows if len(row) >= 2]
    heads = [
        block
        for row in cells
        for cell in row
        if len(cell) > 1
        for block in cell[:1]
        if block.kind in ("heading", "bold")
    ]
    if len(wide) < 2 or len(heads) * 2 >= sum(map(len, wide)):
        for row in cells:
            for cell in row:
                yield from cell
        return
    for position, row in enumerate(cells):
        texts = tuple(tuple(_words(block) for block in cell if block.text) for cell in row)
        if any(texts):
            is_header = marked[position] or (position == 0 and _is_header(cells))
            yield Block("row", " ".join(" ".join(cell) for cell in texts), cells=texts, table=number, header=is_header)


def _is_header(cells: list[list[list[Block]]]) -> bool:
    first = [" ".join(block.text for block in cell) for cell in cells[0]]
    if any(_HEADER.match(text) for text in first) or any(
        _DESCRIBES.search(text) and len(text.split()) <= 6 for text in first[1:]
    ):
        return all(len(text.split()) <= 6 for text in first)
    all_bold = [all(block.kind in ("bold", "heading") for block in cell) for row in cells for cell in row[1:] if cell]
    width = len([cell for cell in cells[0][1:] if cell])
    return width > 0 and all(all_bold[:width]) and not any(all_bold[width:])


def _words(block: Block) -> str:
    return f"{block.label} {block.text}" if re.search(r"\w", block.label) else block.text
