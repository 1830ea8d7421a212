"""What an officer makes of the themes that were found: kept, renamed, merged, split, moved or taken out."""

from __future__ import annotations

import dataclasses
import json
import re
from dataclasses import dataclass, replace
from typing import Any

from surveys.strategy_documents.blocks import TITLE_WORDS, word_count
from surveys.strategy_documents.reading import Reading

MOST_LEFT_OUT = 1_000
MOST_THEMES = 100

_LONGEST_LEFT_OUT = 3_000
_NOT_KEPT = "Taken out by you"


@dataclass(frozen=True, slots=True)
class Proposed:
    """A theme as it stands in the review. ``place`` is where its title stands in the document; -1 for none."""

    title: str
    explanation: str
    kept: bool = True
    place: int = -1

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The explanation's paragraphs, which empty lines part."""
        return tuple(part.strip() for part in re.split(r"\n\s*\n", self.explanation) if part.strip())


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the document that is in no theme, and why."""

    text: str
    reason: str
    where: str
    place: int


@dataclass(frozen=True, slots=True)
class Way:
    """Another way to read the document: by what themes are recognised, how many, and the first of them."""

    how: str
    count: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Review:
    """The themes found in one document, as far as the officer has got.

    ``number`` grows with each change; ``way`` is which of the ``ways`` was taken, None as long as none is.
    ``source`` is the id of the document that was kept, ``more`` how many pieces are too many to be listed.
    """

    number: int
    source: int
    name: str
    way: int | None
    ways: tuple[Way, ...]
    themes: tuple[Proposed, ...]
    left_out: tuple[Piece, ...]
    notices: tuple[str, ...] = ()
    more: int = 0


def begin_review(reading: Reading, *, source: int, name: str, number: int, way: int | None = None) -> Review:
    """A review of what was found. ``way``: which series to take; the likeliest if None, or none where it is unsure.

    IndexError where there is no such series.
    """
    series = reading.finding.series
    taken = way if way is not None else 0 if reading.finding.sure else None
    shown = series[taken if taken is not None else 0]
    themes = shown.themes[:MOST_THEMES] if taken is not None else ()
    left_out = [Piece(one.text[:_LONGEST_LEFT_OUT], one.reason, one.where, one.place) for one in shown.left_out]
    if taken is None and shown.themes:
        left_out = []
    return Review(
        number=number,
        source=source,
        name=name,
        way=taken,
        ways=tuple(
            Way(one.how, len(one.themes), tuple(theme.title for theme in one.themes[:3]))
            for one in series
            if one.themes
        ),
        themes=tuple(Proposed(one.title, "\n\n".join(one.paragraphs), place=one.place) for one in themes),
        left_out=tuple(left_out[:MOST_LEFT_OUT]),
        notices=reading.notices,
        more=max(0, len(left_out) - MOST_LEFT_OUT),
    )


def move(review: Review, at: int, steps: int) -> Review:
    """The theme at ``at`` one place up (-1) or down (1). IndexError where there is none, or no room."""
    themes = list(review.themes)
    to = at + steps
    if min(at, to) < 0:
        raise IndexError(to)
    themes[at], themes[to] = themes[to], themes[at]
    return replace(review, themes=tuple(themes))


def merge(review: Review, at: int) -> Review:
    """The theme at ``at`` as part of the explanation of the one above it. IndexError where there is none above."""
    if at < 1:
        raise IndexError(at)
    above, below = review.themes[at - 1], review.themes[at]
    parts = [part.strip() for part in (above.explanation, below.title, below.explanation) if part.strip()]
    merged = replace(above, explanation="\n\n".join(parts), kept=above.kept or below.kept)
    return replace(review, themes=(*review.themes[: at - 1], merged, *review.themes[at + 1 :]))


def split(review: Review, at: int, paragraph: int) -> Review:
    """The theme at ``at`` parted before one of its paragraphs, which count from 0. A short one is the new title."""
    theme = review.themes[at]
    if not 0 < paragraph < len(theme.paragraphs):
        raise IndexError(paragraph)
    first, rest = theme.paragraphs[:paragraph], theme.paragraphs[paragraph:]
    is_title = _is_title(rest[0])
    made = Proposed(
        rest[0] if is_title else "", "\n\n".join(rest[1:] if is_title else rest), kept=theme.kept, place=theme.place
    )
    parted = replace(theme, explanation="\n\n".join(first))
    return replace(review, themes=(*review.themes[:at], parted, made, *review.themes[at + 1 :]))


def take_out(review: Review, at: int) -> Review:
    """The theme at ``at`` among what is left out, first in the list. IndexError where there is none."""
    theme = review.themes[at]
    text = "\n\n".join(part for part in (theme.title.strip(), theme.explanation.strip()) if part)
    themes = (*review.themes[:at], *review.themes[at + 1 :])
    if not text:
        return replace(review, themes=themes)
    return replace(review, themes=themes, left_out=(Piece(text, _NOT_KEPT, "", theme.place), *review.left_out))


def bring_back(review: Review, at: int) -> tuple[Review, int]:
    """What was left out at ``at`` as a theme, where it stood in the document, and the place of that theme."""
    piece = review.left_out[at]
    first, _, rest = piece.text.partition("\n\n")
    made = (
        Proposed(first, rest, place=piece.place) if _is_title(first) or rest else Proposed("", first, place=piece.place)
    )
    # Behind the last theme that stands before it in the document.
    place = max((i + 1 for i, theme in enumerate(review.themes) if theme.place <= piece.place), default=0)
    themes = (*review.themes[:place], made, *review.themes[place:])
    left_out = (*review.left_out[:at], *review.left_out[at + 1 :])
    return replace(review, themes=themes, left_out=left_out), place


def kept_themes(review: Review) -> list[tuple[str, str]]:
    """Title and explanation of each theme that is kept."""
    return [(one.title.strip(), one.explanation.strip()) for one in review.themes if one.kept]


def _is_title(text: str) -> bool:
    return word_count(text) <= TITLE_WORDS and not text.endswith((".", "!", "?"))


def to_bytes(review: Review) -> bytes:
    """The review as it is stored."""
    return json.dumps(dataclasses.asdict(review), ensure_ascii=False).encode()


def from_bytes(content: bytes) -> Review:
    """The review of ``to_bytes``."""
    record: dict[str, Any] = json.loads(content)
    return Review(
        **{
            **record,
            "ways": tuple(Way(**{**one, "examples": tuple(one["examples"])}) for one in record["ways"]),
            "themes": tuple(Proposed(**one) for one in record["themes"]),
            "left_out": tuple(Piece(**one) for one in record["left_out"]),
            "notices": tuple(record["notices"]),
        }
    )
