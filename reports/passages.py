"""Passages that run the other way than the document around them, as elements with a direction and a language.

Texts hold such a passage between Unicode's isolating marks. Whoever lays a document out line by line loses the second
mark where the passage goes over a line, and then its full stop stands at the wrong end. An element keeps its direction
on every line, and tells a reader aloud which language follows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_LEFT_TO_RIGHT = "\u2066"
# What a style sheet, a title or a drawing holds stays text: nothing there can have elements inside or goes over a line.
_PARTS = re.compile(
    r"<(style|title|svg)\b.*?</\1>|<[^>]*>|(?P<mark>[\u2066\u2067])(?P<words>[^\u2066-\u2069<]*)\u2069", re.DOTALL
)
_LETTER = re.compile(r"[^\W\d_]")


def with_passages(html: str, languages: Mapping[str, str]) -> str:
    """The HTML with an element around each isolated passage; the marks stay, for whoever copies the words.

    ``languages`` has the language of passages by their direction, ``ltr`` or ``rtl``; one that is not there is not
    named. A number on its own, such as a percentage, cannot go over a line and stays as it is.
    """

    def element(part: re.Match[str]) -> str:
        if part["mark"] is None:
            return part[0]
        has_letters = bool(_LETTER.search(part["words"]))
        if not has_letters and " " not in part["words"]:
            return part[0]
        direction = "ltr" if part["mark"] == _LEFT_TO_RIGHT else "rtl"
        language = languages.get(direction) if has_letters else None
        spoken = f' lang="{language}"' if language else ""
        return f'<span{spoken} dir="{direction}">{part[0]}</span>'

    return _PARTS.sub(element, html)
