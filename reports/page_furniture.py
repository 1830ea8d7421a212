"""Running heads, page numbers and watermarks as decoration, which a screen reader passes over.

WeasyPrint 70 marks what stands in the margins of a page as content of the document and then leaves it out of the
structure tree, so a reader finds text that belongs nowhere. PDF/UA-1 wants it marked as decoration of the page (7.8).

Only the process that renders documents imports this.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pydyf
import weasyprint.draw
import weasyprint.pdf.tags
from weasyprint.formatting_structure.boxes import MarginBox

_draw = weasyprint.draw.draw_stacking_context
_tag = weasyprint.pdf.tags._build_box_tree  # WeasyPrint offers no other way to what it tags.


def mark_furniture_as_decoration() -> None:
    """From now on, whatever is drawn in the margins of a page is an artifact of pagination, and has no tags."""
    weasyprint.draw.draw_stacking_context = _draw_marked
    weasyprint.pdf.tags._build_box_tree = _tag_content


def _draw_marked(stream: Any, context: Any) -> None:
    if not isinstance(context.box, MarginBox) or stream._tags is None:
        _draw(stream, context)
        return
    pydyf.Stream.begin_marked_content(stream, "Artifact", pydyf.Dictionary({"Type": "/Pagination"}))
    kept, stream._tags = stream._tags, None
    _draw(stream, context)
    stream._tags = kept
    stream.end_marked_content()


def _tag_content(box: Any, *others: Any) -> Iterator[Any]:
    if not isinstance(box, MarginBox):
        yield from _tag(box, *others)
