"""Words of comments that may be printed, and what became of the comments that could have been quoted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic

from reports.tabulation.figures import F


@dataclass(frozen=True, slots=True)
class QuoteTranslation:
    """A quote in another language, masked; ``translated_by`` is "NAME (person)" or "NAME (machine)"."""

    words: str
    translated_by: str


@dataclass(frozen=True, slots=True)
class QuotedWords:
    """A quote on the question ``key``, of its theme if it has one. ``audience`` is all that is said of its writer.

    ``translations``: the whole quote by language.
    """

    key: str
    theme_id: str | None
    words: str
    language: str
    audience: str
    translations: Mapping[str, QuoteTranslation] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Quotes(Generic[F]):
    """The quotes of a survey, by question, and counts of comments.

    ``comments``: all of them; ``may_quote``: those whose writers agreed to be quoted; ``masked``: those in which
    something is hidden. ``chosen`` and ``approved`` count quotes, and ``left_out`` comments and quotes that were passed
    over, by reason: these are what staff did, and tell nothing about people.
    """

    quoted: tuple[QuotedWords, ...]
    comments: F
    may_quote: F
    masked: F
    chosen: int
    approved: int
    left_out: Mapping[str, int]
