"""The language of every part of a tagged PDF: WeasyPrint 70 declares that of the document alone.

Only the process that renders documents imports this.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pydyf
from weasyprint.pdf import tags


def name_languages() -> None:
    """From now on, a structure element made of an HTML element with ``lang`` says which language it is in."""
    build = tags._build_box_tree

    def build_and_name(box: Any, *places: Any) -> Iterator[Any]:
        # Generated boxes and placeholders have no element; the document's own language stands in the catalogue.
        element = getattr(box, "element", None)
        language = None if element is None or element.tag == "html" else element.get("lang")
        for made in build(box, *places):
            if language:
                made["Lang"] = pydyf.String(language)
            yield made

    tags._build_box_tree = build_and_name
