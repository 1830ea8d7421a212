"""One difference between two questionnaires."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Effect = Literal["structural", "wording", "safe"]
Kind = Literal["added", "removed", "changed"]


@dataclass(frozen=True, slots=True)
class Difference:
    """``what`` names the part in words, ``before`` and ``after`` are its words or settings, "" where there is none.

    ``language`` is that of the words where it is not the questionnaire's own.
    """

    kind: Kind
    what: str
    before: str
    after: str
    effect: Effect
    language: str | None = None
