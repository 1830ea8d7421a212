"""Options and scale points written one per line: what was there keeps the name under which answers are stored."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from surveys.designing.texts import new_id

_ALIKE = 0.6
"""How much of two lines must be the same for one to be the other, corrected."""


def ids_of_lines(lines: Sequence[str], before: Sequence[tuple[str, str]], otherwise: str) -> list[str]:
    """A name for each line; ``before`` are the names and words that were there.

    A line keeps the name of the same words, else of words much like it, else of whatever stood in its place where the
    number of lines is the same. Every other line gets a new one.
    """
    left = dict(before)
    names: list[str | None] = [_same(line, left) for line in lines]
    for place, line in enumerate(lines):
        if names[place] is None:
            names[place] = _alike(line, left)
    for place in range(len(lines)):
        if names[place] is None and len(lines) == len(before) and before[place][0] in left:
            names[place] = before[place][0]
            del left[before[place][0]]
    taken = {name for name in names if name} | {name for name, _ in before}
    made: list[str] = []
    for name, line in zip(names, lines, strict=True):
        made.append(name or new_id(line, taken, otherwise))
        taken.add(made[-1])
    return made


def _same(line: str, left: dict[str, str]) -> str | None:
    name = next((name for name, words in left.items() if words == line), None)
    if name is not None:
        del left[name]
    return name


def _alike(line: str, left: dict[str, str]) -> str | None:
    alike = [(SequenceMatcher(None, line.casefold(), words.casefold()).ratio(), name) for name, words in left.items()]
    best = max(alike, default=(0.0, ""))
    if best[0] < _ALIKE:
        return None
    del left[best[1]]
    return best[1]
