"""A plain copy of a text to search in: one spelling for each digit, dash, quote and letter, with the way back.

Compatible forms become their plain form as in Unicode's NFKD, accents and invisible signs go, and every digit of every
script becomes 0 to 9. A place in the copy leads to the place in the original.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from surveys.masking.kinds import KINDS

HIDDEN = "\ufffc"
"""Stands for whatever is masked already. No detector's pattern can match it, so nothing is found across it."""

_TOKENS = re.compile("|".join(re.escape(token) for token in KINDS.values()))
_MOST_PARTS = 4
"""A sign made of more, such as a whole blessing in one, is nobody's name, and would make long texts far longer."""

_DASHES = dict.fromkeys("‐‑‒–—―−﹣－", "-")
_QUOTES = dict.fromkeys("’‘ʼ′`´ʹ＇", "'")


@dataclass(frozen=True, slots=True)
class Reading:
    """``plain[i]`` was read from ``starts[i]`` to ``ends[i]`` (exclusive) of the original."""

    plain: str
    starts: Sequence[int]
    ends: Sequence[int]

    def without(self, spans: Iterable[tuple[int, int]]) -> Reading:
        """The same with one sign for each of these spans, which lie in their order and do not overlap."""
        plain: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        at = 0
        for start, end in spans:
            plain += [self.plain[at:start], HIDDEN]
            starts += [*self.starts[at:start], self.starts[start]]
            ends += [*self.ends[at:start], self.ends[end - 1]]
            at = end
        return Reading("".join([*plain, self.plain[at:]]), [*starts, *self.starts[at:]], [*ends, *self.ends[at:]])


def read(text: str) -> Reading:
    """The text as the detectors read it. Words that take a detail's place, such as ``[name]``, are one sign in it."""
    tokens = [match.span() for match in _TOKENS.finditer(text)] if "[" in text else []
    if text.isascii():
        reading = Reading(text, range(len(text)), range(1, len(text) + 1))
    else:
        reading, tokens = _plain(text, tokens)
    return reading.without(tokens) if tokens else reading


def plain(text: str) -> str:
    """The plain copy alone."""
    return text if text.isascii() else "".join(map(_plain_sign, text))


def _plain(text: str, tokens: list[tuple[int, int]]) -> tuple[Reading, list[tuple[int, int]]]:
    pieces = list(map(_plain_sign, text))
    starts: list[int] = []
    ends: list[int] = []
    places: list[int] = []
    for at, piece in enumerate(pieces):
        places.append(len(starts))
        if len(piece) == 1:
            starts.append(at)
            ends.append(at + 1)
        elif piece:
            starts += [at] * len(piece)
            ends += [at + 1] * len(piece)
        elif ends and ends[-1] == at and unicodedata.combining(text[at]):
            # An accent is hidden with its letter.
            ends[-1] = at + 1
    spans = [(places[start], places[end - 1] + 1) for start, end in tokens]
    return Reading("".join(pieces), starts, ends), spans


@lru_cache(maxsize=8192)
def _plain_sign(sign: str) -> str:
    if sign in _DASHES or sign in _QUOTES:
        return _DASHES.get(sign) or _QUOTES[sign]
    digit = unicodedata.decimal(sign, None)
    if digit is not None:
        return str(digit)
    parts = unicodedata.normalize("NFKD", sign)
    if len(parts) > _MOST_PARTS:
        return sign
    return "".join(
        _DASHES.get(part) or _QUOTES.get(part) or part
        for part in parts
        if unicodedata.category(part) not in ("Mn", "Me", "Cf")
    )
