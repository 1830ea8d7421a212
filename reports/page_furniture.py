"""Running heads, page numbers and watermarks as decoration, which a screen reader passes over.

WeasyPrint 70 marks what stands in the margins of a page as content of the document and then leaves it out of the
structure tree, so a reader finds text that belongs nowhere. PDF/UA-1 wants it marked as decoration of the page (7.8).

Only the process that renders documents imports this.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pydyf
from weasyprint import draw
from weasyprint.formatting_structure.boxes import MarginBox
from weasyprint.pdf import tags


def mark_furniture_as_decoration() -> None:
    """From now on, whatever is drawn in the margins of a page is an artifact of pagination, and has no tags."""
    draw_context, build = draw.draw_stacking_context, tags._build_box_tree

    def draw_as_decoration(stream: Any, context: Any) -> None:
        if not isinstance(context.box, MarginBox) or stream._tags is None:
            draw_context(stream, context)
            return
        pydyf.Stream.begin_marked_content(stream, "Artifact", pydyf.Dictionary({"Type": "/Pagination"}))
        kept, stream._tags = stream._tags, None
        draw_context(stream, context)
        stream._tags = kept
        stream.end_marked_content()

    def build_content(box: Any, *places: Any) -> Iterator[Any]:
        if not isinstance(box, MarginBox):
            yield from build(box, *places)

    draw.draw_stacking_context, tags._build_box_tree = draw_as_decoration, build_content
