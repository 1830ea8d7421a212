"""Stretches of a text that are read from the left in every language: telephone numbers in groups, addresses, times.

In a text that runs from right to left their parts would stand in the order of the text, and 0808 808 00 00 would be
read as 00 00 808 0808.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_GROUP = r"(?:\([0-9]+\)[0-9]*|[0-9]+)"
_RUN = re.compile(
    rf"\+?{_GROUP}(?:[ \u00a0]{_GROUP})+"
    r"|[+0][0-9]*(?:-[0-9]+)+"
    r"|[0-9]+[0-9A-Za-z.@:/_-]*[A-Za-z](?:[0-9A-Za-z.@:/_-]*[0-9A-Za-z/])?"
)
_GROUPS = re.compile(r"(?<=[0-9)]) (?=[(0-9])")


def with_number_runs(words: str, wrapped: Callable[[str], str]) -> str:
    """The text with each such stretch as ``wrapped`` gives it; its groups are held together on one line."""
    return _RUN.sub(lambda found: wrapped(held_together(found[0])), words)


def held_together(words: str) -> str:
    """The text with no line ending inside a number in groups."""
    return _GROUPS.sub("\u00a0", words)
