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
_TELEPHONE = re.compile(rf"(?<![0-9])(?=\+|\(?0[0-9])\+?{_GROUP}(?: {_GROUP})+")


def with_number_runs(words: str, wrapped: Callable[[str], str]) -> str:
    """The text with each such stretch as ``wrapped`` gives it; a telephone number is held together on one line."""
    return _RUN.sub(lambda found: wrapped(held_together(found[0])), words)


def held_together(words: str) -> str:
    """The text with no line ending inside a telephone number: groups of digits, the first with a nought or a plus."""
    return _TELEPHONE.sub(lambda found: found[0].replace(" ", "\u00a0"), words)
