"""Words in charts, drawn whole: WeasyPrint 70 lays them out letter by letter, which tears joined scripts apart.

Only the process that renders documents imports this. Nothing of a chart places letters one by one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from weasyprint.svg import Node


class _Whole(str):
    """A text whose only letter, for a loop over its letters, is all of it."""

    __slots__ = ()

    def __iter__(self) -> Iterator[str]:
        yield str(self)


def draw_words_whole() -> None:
    """From now on, draw the words of an SVG's node as one line, their letters joined and in their own direction."""
    Node.text = property(_text)


def _text(node: Any) -> str | None:
    text = node._etree_node.text  # WeasyPrint offers no other way to a node's text.
    return None if text is None else _Whole(text)
