"""Comments like another one: those that share words with it that few others have."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.coding.coding import can_be_coded
from surveys.coding.searched_words import folded
from surveys.storage import tables

MOST_COMPARED = 5_000
"""Comments that are looked at; beyond them, those whose random names follow on that of the comment."""

MOST_FOUND = 20
_LEAST_LIKE = 0.25
_TOO_COMMON, _FEW = 0.2, 5
_WORD = re.compile(r"[^\W\d_]{3,}")
_MASK = re.compile(r"\[[^\[\]]{1,40}\]")


@dataclass(frozen=True, slots=True)
class Similar:
    """``likeness`` is 0-1; ``shared`` are the words in common, those that fewest others have first."""

    ref: bytes
    likeness: float
    shared: tuple[str, ...]


def similar_comments(session: Session, *, frame: tables.CodeFrame, ref: bytes) -> tuple[Similar, ...]:
    """The comments of the frame most like this one, the most alike first.

    Likeness is the cosine of the comments' words, each weighted by ln(comments / comments that have it) (Spärck Jones
    1972, "A statistical interpretation of term specificity"). Words do not count that no other comment has, nor those
    that more than five and more than a fifth of the comments have, nor masks.
    """
    words = _compared(session, frame, ref)
    if ref not in words:
        return ()
    having = Counter(word for one in words.values() for word in one)
    too_common = max(_FEW, _TOO_COMMON * len(words))
    weights = {word: math.log(len(words) / number) for word, number in having.items() if 1 < number <= too_common}
    own = words.pop(ref) & weights.keys()
    lengths = math.hypot(*(weights[word] for word in own))
    found = []
    for other, theirs in words.items():
        shared = own & theirs
        if not shared:
            continue
        length = math.hypot(*(weights[word] for word in theirs if word in weights))
        likeness = sum(weights[word] ** 2 for word in shared) / (lengths * length) if lengths and length else 0.0
        if likeness >= _LEAST_LIKE:
            rarest_first = tuple(sorted(shared, key=lambda word: (having[word], word)))
            found.append(Similar(other, likeness, rarest_first))
    found.sort(key=lambda one: (-one.likeness, one.ref))
    return tuple(found[:MOST_FOUND])


def _compared(session: Session, frame: tables.CodeFrame, ref: bytes) -> dict[bytes, frozenset[str]]:
    """The words of the comments from this one on and, at the end, from the beginning."""
    screened = tables.ScreenedComment
    query = select(screened.ref, screened.words).where(*can_be_coded(frame)).order_by(screened.ref)
    found: dict[bytes, frozenset[str]] = {}
    for part in (screened.ref >= ref, screened.ref < ref):
        rows = session.execute(query.where(part).limit(MOST_COMPARED - len(found)))
        found |= {row.ref: _words(row.words) for row in rows}
    return found


def _words(words: str) -> frozenset[str]:
    return frozenset(_WORD.findall(folded(_MASK.sub(" ", words))))
