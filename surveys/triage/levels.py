"""Where a comment can stand in the queue, most urgent first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Level = Literal["harm", "identifying", "complaint", "rest"]

LEVELS: tuple[Level, ...] = get_args(Level)
"""Possible harm, identifying details, complaint-like, the rest."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a rule put a comment where it stands: the rule's topic, and the phrase as the rule says it."""

    topic: str
    phrase: str


@dataclass(frozen=True, slots=True)
class Sorted:
    """Where the rules put a comment, with every reason; no reason for the rest."""

    level: Level
    reasons: tuple[Reason, ...]
