"""Reading Markdown."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Sequence
from typing import Any

from surveys.strategy_documents.blocks import Block, Run, blocks_of_paragraph, cleaned
from surveys.strategy_documents.tables import table_blocks

_DEEPEST = 30


def looks_like_markdown(text: str) -> bool:
    """Whether pasted text has headings of Markdown."""
    return re.search(r"^#{1,6} +\S", text, re.MULTILINE) is not None


def read_markdown(text: str) -> list[Block]:
    """The blocks of a Markdown text. HTML in it and code are left out; pictures are their descriptions."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": _DEEPEST}).enable("table")
    return list(_Reader(parser.parse(text)).blocks())


class _Reader:
    def __init__(self, tokens: Sequence[Any]) -> None:
        self._tokens = tokens
        self._tables = 0

    def blocks(self) -> Iterator[Block]:
        lists: list[int | None] = []
        label, is_first, position = "", False, 0
        while position < len(self._tokens):
            token = self._tokens[position]
            if token.type in ("ordered_list_open", "bullet_list_open"):
                start = token.attrGet("start")
                lists.append((int(start) if start is not None else 1) - 1 if token.type[0] == "o" else None)
            elif token.type in ("ordered_list_close", "bullet_list_close"):
                lists.pop()
            elif token.type == "list_item_open":
                number = lists[-1]
                lists[-1] = number + 1 if number is not None else None
                label = f"{lists[-1]}{token.markup}" if number is not None else "•"
                is_first = True
            elif token.type == "heading_open":
                yield from self._inline(position + 1, kind_level=int(token.tag[1]), label=label if is_first else "")
                is_first = False
            elif token.type == "paragraph_open":
                if lists and is_first:
                    yield from self._inline(position + 1, item_level=len(lists), label=label)
                else:
                    yield from self._inline(position + 1)
                is_first = False
            elif token.type == "table_open":
                position = yield from self._table(position)
            position += 1

    def _inline(self, position: int, *, kind_level: int = 0, item_level: int = 0, label: str = "") -> Iterator[Block]:
        runs, pictures = _runs(self._tokens[position])
        if kind_level:
            yield from blocks_of_paragraph(runs, kind="heading", level=kind_level, label=label)
        elif item_level:
            yield from blocks_of_paragraph(runs, kind="item", level=item_level, label=label)
        else:
            yield from blocks_of_paragraph(runs)
        for description in pictures:
            yield Block("picture", f"[image: {description}]")

    def _table(self, position: int) -> Generator[Block, None, int]:
        """The rows of the table that opens at ``position``; the value is the place of its end."""
        cells: list[list[list[Block]]] = []
        marked: list[bool] = []
        while self._tokens[position].type != "table_close":
            token = self._tokens[position]
            if token.type == "tr_open":
                cells.append([])
                marked.append(False)
            elif token.type in ("th_open", "td_open"):
                runs, _ = _runs(self._tokens[position + 1])
                cells[-1].append(list(blocks_of_paragraph(runs)))
                # A heading row is part of the notation, even where it is left blank.
                marked[-1] = token.type == "th_open"
            position += 1
        self._tables += 1
        yield from table_blocks(cells, marked, self._tables)
        return position


def _runs(inline: Any) -> tuple[list[Run], list[str]]:
    """The pieces of a paragraph, and the descriptions of its pictures."""
    runs: list[Run] = []
    pictures: list[str] = []
    depth = 0
    for token in inline.children or ():
        if token.type in ("strong_open", "strong_close"):
            depth += 1 if token.type == "strong_open" else -1
        elif token.type in ("softbreak", "hardbreak"):
            runs.append(Run("\n", depth > 0))
        elif token.type == "image":
            pictures.append(cleaned(token.content))
        elif token.type in ("text", "code_inline"):
            runs.append(Run(token.content, depth > 0))
        elif token.type == "html_inline" and re.match(r"<br\b", token.content, re.IGNORECASE):
            runs.append(Run("\n", depth > 0))
    return runs, pictures
