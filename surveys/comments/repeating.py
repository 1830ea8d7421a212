"""Whether a note repeats the comment that it is about: notes go where comments must not."""

from __future__ import annotations

import re

_WORD = re.compile(r"\w+")
_IN_A_ROW = 4


def repeats(note: str, comment: str) -> bool:
    """Whether four words of the comment stand in the note in a row, or all of a comment that has fewer."""
    said, noted = _words(comment), _words(note)
    length = min(_IN_A_ROW, len(said))
    if not length:
        return False
    runs = {tuple(said[at : at + length]) for at in range(len(said) - length + 1)}
    return any(tuple(noted[at : at + length]) in runs for at in range(len(noted) - length + 1))


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]
